"""A sighting that is remembered: where a channel stands linked, since when, and whether it still does.

    Sighting ─kept─▶ Sighted(first seen, last seen, missed) ─missed often enough─▶ gone_at

Nothing is ever forgotten: what is linked again keeps the day on which it was first seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from audits.model.seeing import Sighting


class Source(StrEnum):
    """Who names the channel."""

    SITE = "site"  # a page of the city's own sites
    LIST = "list"  # the public list; it has one page, ""
    PROFILE = "profile"  # another channel of the city's, whose address is the page
    WIKIDATA = "wikidata"  # an item, whose address is the page


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighted:
    """One channel in one place. Times are UTC; `missed` is how many looks in a row did not find it there, the last of
    them at `missed_at`.
    """

    id: int
    source: Source
    sighting: Sighting
    first_seen_at: datetime
    last_seen_at: datetime
    missed: int = 0
    missed_at: datetime | None = None
    gone_at: datetime | None = None

    @property
    def stands(self) -> bool:
        """Whether the channel is still believed to be linked there."""
        return self.gone_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What one look at a page changes: what stands there now, and ids of what was missed, and is believed gone."""

    seen: tuple[Sighting, ...] = ()
    missed: tuple[int, ...] = ()
    gone: tuple[int, ...] = ()  # among the missed
