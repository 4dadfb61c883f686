"""Vimeo: whatever came back for a member, read in one order.

JSON, feeds ─▶ api     HTML ─▶ pages     absences ─▶ config/markers/vimeo.toml
"""

from __future__ import annotations

from audits.model import Page, Reading
from audits.platform import Subject
from audits.platforms.vimeo.api import read_json, read_rss
from audits.platforms.vimeo.pages import read_page
from audits.reading.embedded import as_object, try_loads
from audits.reading.markers import Packs
from audits.reading.pages import Answer, read_answer


def read(page: Page, subject: Subject, packs: Packs) -> Reading:
    """Read one page of Vimeo, whatever it turned out to be. Raises nothing."""

    def look(answer: Answer) -> Reading | None:
        if answer.looks_like_json:
            return read_json(as_object(try_loads(answer.text)), page, subject)
        return read_rss(answer.text, page) if answer.looks_like_xml else read_page(answer.document, page)

    return read_answer(page, "vimeo", packs, look)
