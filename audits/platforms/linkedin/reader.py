"""LinkedIn: whatever came back for a page, read in one order.

JSON ─▶ answers     HTML ─▶ html_page     walls ─▶ config/markers/linkedin.toml
"""

from __future__ import annotations

from audits.model import Page, Reading
from audits.platform import Subject
from audits.platforms.linkedin.answers import read_json
from audits.platforms.linkedin.html_page import read_document
from audits.reading.embedded import try_loads
from audits.reading.markers import Packs
from audits.reading.pages import Answer, read_answer, titled_as


def read(page: Page, subject: Subject, packs: Packs) -> Reading:
    """What the page says of the organization or person. Raises nothing on any page."""

    def look(answer: Answer) -> Reading | None:
        if answer.looks_like_json:
            return read_json(try_loads(answer.text), subject, page)
        if titled_as(answer, "linkedin", packs):  # a wall may keep the address of the page behind it
            return None
        return read_document(answer.document, page)

    return read_answer(page, "linkedin", packs, look)
