"""Pages kept of the walk: what a page is asked by is written with what was read of it, never before.

get(url) ─▶ its ETag and date, and no body ─304─▶ a page with status 304: it names what it named
put      ─▶ nothing: were it kept at once, a walk killed here would take an unread page for a read one
"""

from __future__ import annotations

from dataclasses import dataclass

from worker.ports import KeptPage
from worker.ports.walks import WalkStore

_NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True)
class WalkedPages:
    """What a walk's pages may be asked by: given to the fetcher, and never taken from it."""

    walks: WalkStore

    def get(self, url: str) -> KeptPage | None:
        etag, last_modified = self.walks.validators_of(url)
        if not (etag or last_modified):
            return None
        return KeptPage(status=_NOT_MODIFIED, headers={}, body=b"", etag=etag, last_modified=last_modified)

    def put(self, url: str, kept: KeptPage) -> None: ...
