"""Pages kept with what their servers said they could be asked by: `If-None-Match`, `If-Modified-Since` (RFC 9110, 13).

    KeptPages.get(url) ─▶ KeptPage ─conditional─▶ request ─304─▶ the kept page again, with `Page.reason` "unchanged"

So the earlier reading is had by reading the page again: a visit need not know that it was not sent anew. Where nothing
is kept, nothing conditional is asked.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field, replace
from typing import Protocol

from audits.model import Page, Transport
from worker.fetching.outcomes import UNCHANGED
from worker.ports import KeptPage

_AGE = frozenset({"age", "date", "warning"})
LARGEST = 500_000  # bytes: beyond it, asking again costs less than keeping


class KeptPages(Protocol):
    """Keeps pages with what they may be asked by, by their address."""

    def get(self, url: str) -> KeptPage | None: ...

    def put(self, url: str, kept: KeptPage) -> None: ...


@dataclass(slots=True)
class MemoryPages:
    """Keeps the `most` last pages for as long as the process lives."""

    most: int = 500
    _kept: OrderedDict[str, KeptPage] = field(default_factory=OrderedDict)

    def get(self, url: str) -> KeptPage | None:
        return self._kept.get(url)

    def put(self, url: str, kept: KeptPage) -> None:
        self._kept[url] = kept
        self._kept.move_to_end(url)
        while len(self._kept) > self.most:
            self._kept.popitem(last=False)


class NothingKept:
    """Asks for everything anew."""

    def get(self, url: str) -> KeptPage | None:  # noqa: ARG002 - the port's form
        return None

    def put(self, url: str, kept: KeptPage) -> None: ...


def worth_keeping(page: Page) -> KeptPage | None:
    """What to keep of a page that was answered whole, with 200 and a validator."""
    etag, last_modified = page.headers.get("etag", ""), page.headers.get("last-modified", "")
    whole = page.transport is Transport.OK and page.status == 200 and not page.truncated and page.reason != UNCHANGED
    if not whole or not (etag or last_modified) or len(page.body) > LARGEST:
        return None
    return KeptPage(
        status=200,
        headers=page.headers,
        body=page.body,
        etag=etag,
        last_modified=last_modified,
    )


def unchanged(answer: Page, kept: KeptPage) -> Page:
    """The kept page, fetched now as far as anyone can tell: its age is the answer's (RFC 9111, section 3.2)."""
    headers = {**answer.headers, **{name: value for name, value in kept.headers.items() if name not in _AGE}}
    return replace(answer, status=kept.status, headers=headers, body=kept.body, reason=UNCHANGED)
