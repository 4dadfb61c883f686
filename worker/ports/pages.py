"""What keeping pages between nights needs of the world: an unchanged page need not be sent again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPage:
    """A page with what its server said it could be asked by."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    etag: str = ""
    last_modified: str = ""


class PageStore(Protocol):
    """Pages kept over the nights, so that an unchanged one need not be sent again."""

    def kept_page(self, url: str) -> KeptPage | None: ...
    def keep_page(self, url: str, page: KeptPage, now: datetime) -> None: ...
    def forget_pages(self, before: datetime) -> int: ...
