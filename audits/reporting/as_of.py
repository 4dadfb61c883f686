"""As of which look a report tells how things stand, and how long ago that is.

the last look at each account ─as_of▶ the moment by which half of them had had theirs ─days_unlooked▶ days
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from statistics import median_low
from typing import Final

from audits.days import Now

LATE: Final = 2  # days: a look is made every night, and the night of today may be still to come


def as_of(looks: Iterable[datetime]) -> datetime | None:
    """The moment by which half of the accounts had had their last look: re-checks of a few make no night.

    None where no account has been looked at.
    """
    found = list(looks)
    return median_low(found) if found else None


def days_unlooked(looked_at: datetime | None, now: Now) -> int:
    """For how many of the city's days there has been no look; 0 where that is as it should be, and before any look."""
    days = (now.today - now.day_of(looked_at)).days if looked_at else 0
    return days if days >= LATE else 0
