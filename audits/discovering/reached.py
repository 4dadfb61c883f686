"""Whether so much of the city's sites was read that a link may be called missing.

pages ever had, pages that could not be had, starts among those ─▶ Reached ─▶ is_read
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LOST_SHARE: Final = 0.20  # of the pages: as much as may vanish from the public list and still be believed


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """Pages of the city's sites, as all walks together left them. `lost` never answered; what robots.txt closes, what
    was left out and what holds no links is not among them. `lost_starts` are those where a walk sets out.
    """

    had: int = 0
    lost: int = 0
    lost_starts: int = 0

    @property
    def is_read(self) -> bool:
        """A link may stand on any page that did not answer; and behind a start that did not, a whole site is unread."""
        return self.had > 0 and not self.lost_starts and self.lost < LOST_SHARE * (self.had + self.lost)
