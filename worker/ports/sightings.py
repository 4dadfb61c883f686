"""What discovering needs to remember.

SightingStore   where every channel stands linked, since when, and whether it still does
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Protocol

from audits.model import Look, Sighted, Source


class SightingStore(Protocol):
    """Every method is one transaction. Times are UTC; a `page` is "" where its source is one list."""

    def sightings_on(self, source: Source, page: str) -> Sequence[Sighted]:
        """All that was ever seen there, in order of appearance: what a new look is held against."""
        ...

    def each_sighting(self, *, source: Source | None = None, gone: bool = False) -> Iterator[Sighted]:
        """All sightings that stand, and with `gone` those believed gone as well.

        Streamed: those without a key first, then key by key, so that one channel's places come together.
        """
        ...

    def save_look(self, source: Source, page: str, look: Look, now: datetime) -> None:
        """Write what one look at a page changed. What returns keeps the day on which it was first seen."""
        ...
