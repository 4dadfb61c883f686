"""The pages that the fetcher keeps, in the database so that they outlive a process and a night."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from worker.ports import KeptPage, PageStore, StoreUnavailable


@dataclass(frozen=True, slots=True)
class StoredPages:
    """Keeps pages in the store; `clock` is UTC. Where that does not answer none is kept: a page is had anew, and no
    look is lost for what was to save one.
    """

    store: PageStore
    clock: Callable[[], datetime]

    def get(self, url: str) -> KeptPage | None:
        try:
            return self.store.kept_page(url)
        except StoreUnavailable:
            return None

    def put(self, url: str, kept: KeptPage) -> None:
        with suppress(StoreUnavailable):
            self.store.keep_page(url, kept, self.clock())
