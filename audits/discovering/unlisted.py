"""Channels that the city's own sites name: where, whose they seem to be, and which of them nobody registered.

sightings, one channel's places together ─▶ Channel(key, pages, example, own) …
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final

from audits.model import Own, Sighted, SightingKind

_ORDER: Final = (Own.LIKELY, Own.UNKNOWN, Own.UNLIKELY)  # what any page says for it, counts
_NO_CHANNELS: Final = frozenset({"feed", "website"})  # registers list accounts; a feed belongs to the site itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One channel and its places. `example` is the first page that names it, `place` where on that page."""

    key: str
    platform: str
    url: str
    own: Own
    why: str
    text: str
    pages: int
    example: str
    place: str
    first_seen_at: datetime
    registered: bool = False


def channels(sighted: Iterable[Sighted], registered: Collection[str] = ()) -> Iterator[Channel]:
    """Every channel that stands linked, by key; `sighted` must come key by key. Feeds and sites are no channels."""
    accounts = (each for each in sighted if each.sighting.kind is SightingKind.PROFILE and each.sighting.key)
    for key, places in groupby(accounts, key=lambda each: each.sighting.key or ""):
        if key.partition(":")[0] not in _NO_CHANNELS:
            yield _channel(key, places, is_registered=key in registered)


def _channel(key: str, places: Iterator[Sighted], *, is_registered: bool) -> Channel:
    """Read in one go: a footer names its channels on every page, and memory must not grow with them."""
    first = best = next(places)
    pages, since = 1, first.first_seen_at
    for each in places:
        pages += 1
        since = min(since, each.first_seen_at)
        best = min(best, each, key=lambda place: _ORDER.index(place.sighting.own))
    return Channel(
        key=key,
        platform=first.sighting.platform or key.partition(":")[0],
        url=best.sighting.url,
        own=best.sighting.own,
        why=best.sighting.why,
        text=best.sighting.text,
        pages=pages,
        example=best.sighting.page,
        place=best.sighting.place,
        first_seen_at=since,
        registered=is_registered,
    )
