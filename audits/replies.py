"""What came back about an account, given to the platform's own understanding of its kind.

page, subject ─▶ Reply ─┬ JSON ─▶ json
                        ├ XML ──▶ xml          ─▶ Reading, in the one order of `reading.pages`
                        └ else ─▶ html
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TypeAlias

from audits.model import Page, Reading
from audits.platform import Reader, Subject
from audits.reading.embedded import Json, as_object, try_loads
from audits.reading.feeds import Feed, read_feed
from audits.reading.html import Document
from audits.reading.markers import Packs
from audits.reading.pages import Answer, read_answer


@dataclass(frozen=True)
class Reply:
    """A page that came back, and whom it should be about. What it holds is read at most once, where somebody asks."""

    answer: Answer
    subject: Subject
    packs: Packs

    @property
    def page(self) -> Page:
        return self.answer.page

    @property
    def now(self) -> datetime:
        """When it came back, in UTC: what lies after it is scheduled."""
        return self.page.fetched_at

    @property
    def text(self) -> str:
        return self.answer.text

    @property
    def document(self) -> Document:
        return self.answer.document

    @cached_property
    def value(self) -> Json:
        """The JSON that it is; None where it is none."""
        return try_loads(self.text)

    @property
    def object(self) -> dict[str, Json]:
        """The JSON object that it is; empty where it is none."""
        return as_object(self.value)

    @cached_property
    def feed(self) -> Feed | None:
        return read_feed(self.text)


Understand: TypeAlias = Callable[[Reply], Reading | None]


def silent(_reply: Reply) -> None:
    """For kinds of reply that say nothing of anybody, whatever words they hold."""


def reader(platform: str, *, html: Understand, json: Understand | None = None, xml: Understand | None = None) -> Reader:
    """A platform's reader, of what it understands of each kind of reply; None from any of them means: says nothing.

    JSON and XML that have none of their own are looked at as HTML is.
    """

    def read(page: Page, subject: Subject, packs: Packs) -> Reading:
        def look(answer: Answer) -> Reading | None:
            understand = json if answer.looks_like_json else xml if answer.looks_like_xml else html
            return (understand or html)(Reply(answer, subject, packs))

        return read_answer(page, platform, packs, look)

    return read
