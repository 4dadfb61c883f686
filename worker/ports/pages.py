"""What keeping pages between nights needs of the world: an unchanged page need not be sent again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPage:
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


class PageStore(Protocol):
    """Pages kept over the nights, so that an unchanged one need not be sent again."""

    def kept_page(self, url: str) -> KeptPage | None: ...
    def keep_page(self, url: str, page: KeptPage, now: datetime) -> None: ...
    def forget_pages(self, before: datetime) -> int: ...
