"""What following short links needs to remember.

ShortLinkStore   where short links lead, and which sightings still hide their account behind one
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from audits.discovering.short_links import Lead
from audits.model import Address


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

    def keep_lead(self, lead: Lead, account: Address | None) -> None:
        """Keep what became of asking, and give the account to all sightings that hid it."""
        ...
