"""When the invented city is looked at: every night of a week and one more, and twice on the fourth day."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final


def _november(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


MOMENTS: Final = (
    _november(9, 2, 15),
    _november(10, 2, 15),
    _november(11, 2, 15),
    _november(12, 2, 15),
    _november(12, 8),
    _november(12, 12),
    *(_november(day, 2, 15) for day in range(13, 17)),
)
"""In UTC. What is due at a moment, a night or a re-check, the steps decide themselves."""
