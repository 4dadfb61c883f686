"""What following short links needs to remember.

ShortLinkStore   where short links lead, and which sightings still hide their account behind one
Hiding           one of those that nobody could follow, for whoever can mend the page
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from audits.discovering.short_links import Lead
from audits.model import Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Hiding:
    """A short link that leads nobody knows where; `page` is the first of the `pages` on which it stands."""

    url: str
    page: str
    pages: int


class ShortLinkStore(Protocol):
    """Every method is one transaction and safe to repeat. Times are UTC."""

    def leads(self, urls: Collection[str]) -> Mapping[str, str]:
        """Where these lead, by address; those of which nobody knows are left out."""
        ...

    def hiding(self, since: datetime, most: int) -> Sequence[str]:
        """Addresses of sightings that stand without an account and were not asked for since then: those that were
        never asked for first, then those that were asked for longest ago. What is known to lead nowhere is left out.
        """
        ...

    def unfollowed(self) -> Sequence[Hiding]:
        """Every address that still hides an account and was asked for in vain, by address."""
        ...

    def keep_lead(self, lead: Lead, account: Address | None) -> None:
        """Keep what became of asking, and give the account to all sightings that hid it."""
        ...
