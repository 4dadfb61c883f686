"""Twitch: whatever came back for a channel, read in one order.

JSON ─▶ helix     HTML ─▶ pages     words of rendered pages ─▶ config/markers/twitch.toml
"""

from __future__ import annotations

from audits.model import Page, Reading, Transport
from audits.platform import Subject
from audits.platforms.twitch.helix import read_json
from audits.platforms.twitch.pages import read_page, read_shell
from audits.reading.embedded import try_loads
from audits.reading.markers import Packs
from audits.reading.pages import Answer, read_answer


def read(page: Page, subject: Subject, packs: Packs) -> Reading:
    """Read one page of Twitch, whatever it turned out to be. Raises nothing."""

    def look(answer: Answer) -> Reading | None:
        if answer.looks_like_json:
            return read_json(try_loads(answer.text), page, subject)
        return read_page(answer.document)

    reading = read_answer(page, "twitch", packs, look)
    if reading.transport is not Transport.UNREADABLE:
        return reading
    return read_shell(Answer(page).document) or reading  # only after every word that may stand in a rendered page
