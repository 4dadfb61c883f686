"""Pages kept with what their servers said they could be asked by: `If-None-Match`, `If-Modified-Since` (RFC 9110, 13).

    KeptPages.get(url) ─▶ Kept ─conditional─▶ request ─304─▶ the kept page again, with `Page.reason` "unchanged"

So the earlier reading is had by reading the page again: a visit need not know that it was not sent anew. Where nothing
is kept, nothing conditional is asked.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from audits.model import Page, Transport
from worker.fetching.outcomes import UNCHANGED

_AGE = frozenset({"age", "date", "warning"})
LARGEST = 500_000  # bytes: beyond it, asking again costs less than keeping


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is needed to ask whether a page changed, and to show it again if it did not."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    etag: str = ""
    last_modified: str = ""

    @property
    def conditional(self) -> dict[str, str]:
        """Headers that ask for the page only if it changed. A validator that no header may hold is left out."""
        asked = {"if-none-match": self.etag, "if-modified-since": self.last_modified}
        return {name: value for name, value in asked.items() if value.isascii() and value.isprintable() and value}


class KeptPages(Protocol):
    """Keeps pages with what they may be asked by, by their address."""

    def get(self, url: str) -> Kept | None: ...

    def put(self, url: str, kept: Kept) -> None: ...


@dataclass(slots=True)
class MemoryPages:
    """Keeps the `most` last pages for as long as the process lives."""

    most: int = 500
    _kept: OrderedDict[str, Kept] = field(default_factory=OrderedDict)

    def get(self, url: str) -> Kept | None:
        return self._kept.get(url)

    def put(self, url: str, kept: Kept) -> None:
        self._kept[url] = kept
        self._kept.move_to_end(url)
        while len(self._kept) > self.most:
            self._kept.popitem(last=False)


class NothingKept:
    """Asks for everything anew."""

    def get(self, url: str) -> Kept | None:  # noqa: ARG002 - the port's form
        return None

    def put(self, url: str, kept: Kept) -> None: ...


def worth_keeping(page: Page) -> Kept | None:
    """What to keep of a page that was answered whole, with 200 and a validator."""
    etag, last_modified = page.headers.get("etag", ""), page.headers.get("last-modified", "")
    whole = page.transport is Transport.OK and page.status == 200 and not page.truncated and page.reason != UNCHANGED
    if not whole or not (etag or last_modified) or len(page.body) > LARGEST:
        return None
    return Kept(
        status=200,
        headers=page.headers,
        body=page.body,
        etag=etag,
        last_modified=last_modified,
    )


def unchanged(answer: Page, kept: Kept) -> Page:
    """The kept page, fetched now as far as anyone can tell: its age is the answer's (RFC 9111, section 3.2)."""
    headers = {**answer.headers, **{name: value for name, value in kept.headers.items() if name not in _AGE}}
    return replace(answer, status=kept.status, headers=headers, body=kept.body, reason=UNCHANGED)
