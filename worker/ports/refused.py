"""What remembering the refused rows of registers needs of the world."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from audits.register_lines import Rejected


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedRow:
    """What an import did not take of a file, and when that was."""

    source: str  # the file's name
    at: datetime
    row: Rejected


class RefusedStore(Protocol):
    """Every method is one transaction; times are UTC."""

    def keep_refused(self, source: str, rows: Sequence[Rejected], now: datetime) -> None:
        """What the latest import of a file did not take, in place of what an earlier one did not."""
        ...

    def refused(self) -> Sequence[RefusedRow]:
        """By file, and in its order."""
        ...
