"""Spotify: whatever came back for a show, an artist or a user, read in one order.

JSON ─▶ web_api     HTML, feeds ─▶ pages     walls ─▶ config/markers/spotify.toml
"""

from __future__ import annotations

from audits.model import Page, Reading
from audits.platform import Subject
from audits.platforms.spotify.pages import read_page, read_rss
from audits.platforms.spotify.web_api import read_json
from audits.reading.embedded import as_object, try_loads
from audits.reading.markers import Packs
from audits.reading.pages import Answer, read_answer


def read(page: Page, subject: Subject, packs: Packs) -> Reading:  # noqa: ARG001  # every reader takes the same three
    """Read one page of Spotify, whatever it turned out to be. Raises nothing."""

    def look(answer: Answer) -> Reading | None:
        if answer.looks_like_json:
            return read_json(as_object(try_loads(answer.text)), page)
        return read_rss(answer.text, page) if answer.looks_like_xml else read_page(answer.document, page)

    return read_answer(page, "spotify", packs, look)
