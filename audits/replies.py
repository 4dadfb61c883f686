"""What came back about an account, given to the platform's own understanding of its kind.

page, subject ─▶ Reply ─┬ JSON ─▶ json (also where it is handed to a function)
                        ├ XML ──▶ xml          ─▶ Reading, in the one order of `reading.pages`
                        └ else ─▶ html
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final, TypeAlias

from audits.model import Page, Reading
from audits.platform import Reader, Subject
from audits.reading.answer import Answer
from audits.reading.embedded import Json, as_object, try_loads
from audits.reading.feeds import Feed, read_feed
from audits.reading.html import Document
from audits.reading.markers import Packs
from audits.reading.pages import read_answer, undecided
from audits.reading.ties import named
from audits.reading.urls import host, path_parts

# As other sites' scripts want it; the comment before it, which Meta and X put there, keeps it from passing for a film.
_CALLED: Final = r"(?:typeof [\w.$]{1,60} === ['\"]function['\"] && )?[\w.$]{1,60}"
_HANDED: Final = re.compile(rf"\s*(?:/\*\*/\s*)?{_CALLED}\(([{{\[].*)\)[\s;]*\Z", re.DOTALL)
_FIRST_PIECE: Final = re.compile(
    r"\s*(\{\"data\":[^\n]*\})\s*\n\s*\{\"(?:label|path)\""
)  # GraphQL's `@defer`, Meta's way


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
        """The JSON that it is, by itself, handed to a function, or the first of pieces; None where it is none."""
        handed = _HANDED.match(self.text)
        value = try_loads(handed[1] if handed else self.text)
        first = _FIRST_PIECE.match(self.text) if value is None else None
        return try_loads(first[1]) if first else value

    @property
    def object(self) -> dict[str, Json]:
        """The JSON object that it is; empty where it is none."""
        return as_object(self.value)

    @cached_property
    def feed(self) -> Feed | None:
        return read_feed(self.text)


Understand: TypeAlias = Callable[[Reply], Reading | None]


Asked: TypeAlias = Callable[[str], bool]


def of_accounts_alone(_address: str) -> bool:
    """For platforms whose interface shows accounts and nothing else."""
    return False


def other_than(*showing: str) -> Asked:
    """For interfaces that show accounts at addresses which begin as one of these, from the host on, and there alone.

    `*` stands for any one segment: `api.board.example/*/users`.
    """
    ways = [tuple(each.split("/")) for each in showing]

    def asked(address: str) -> bool:
        at = (host(address), *path_parts(address))
        return any(way[0] == at[0] for way in ways) and not any(_begins_as(way, at) for way in ways)

    return asked


def _begins_as(way: tuple[str, ...], at: tuple[str, ...]) -> bool:
    return len(way) <= len(at) and all(wanted in ("*", found) for wanted, found in zip(way, at, strict=False))


def _of_nobody(reply: Reply) -> Reading | None:
    return undecided("says_nothing") if isinstance(reply.value, dict | list) else None


def silent(_reply: Reply) -> Reading:
    """For kinds of reply that say nothing of anybody, whatever words they hold: gateways answer in a site's place."""
    return undecided("says_nothing")


def reader(
    platform: str,
    *,
    html: Understand,
    json: Understand | None = None,
    xml: Understand | None = None,
    of_something_else: Asked = of_accounts_alone,
) -> Reader:
    """A platform's reader, of what it understands of each kind of reply; None from any of them means: says nothing.

    JSON and XML that have none of their own are looked at as HTML is. `of_something_else` says of an address whether it
    asks the platform's interface for something else than accounts: JSON that nobody understands is no new layout there.
    """

    def read(page: Page, subject: Subject, packs: Packs) -> Reading:
        def look(answer: Answer) -> Reading | None:
            in_json = answer.looks_like_json or _HANDED.match(answer.text)
            understand = json if in_json else xml if answer.looks_like_xml else html
            reply = Reply(answer, subject, packs)
            return (understand or html)(reply) or (_of_nobody(reply) if of_something_else(page.url) else None)

        return read_answer(page, platform, packs, look, named(subject.handle, subject.pinned))

    return read
