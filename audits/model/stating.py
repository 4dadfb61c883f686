"""What people state of an account, in their name: never what the machine has seen.

Statement ─▶ beside what was seen; it may acquit and never accuses
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Stated(StrEnum):
    """What a statement is about."""

    LATEST_POST = "latest_post"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Somebody (`by`, a name or a role) stated at `at` (UTC) what held on the day `on`."""

    account_id: int
    what: Stated
    at: datetime
    by: str
    on: date
    source_url: str | None = None
