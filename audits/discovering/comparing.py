"""A page's channels now, held against those that stood there before.

    known ─┬ still there, or back ─▶ seen
           └ not there ─▶ missed ─a second look, hours later─▶ gone

One look that misses a link proves little: a page may be half made, or a banner may be in the way. A second one within
the hour proves no more, since it meets the same half page: misses that are close together count as one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from audits.model import Look, Sighted, Sighting

LOOKS: Final = 2  # in a row that must miss a channel before it is believed to be gone
APART: Final = timedelta(hours=6)  # misses closer together count as one


def compared(
    known: Iterable[Sighted], seen: Iterable[Sighting], now: datetime, looks: int = LOOKS, *, whole: bool = True
) -> Look:
    """What a look at `now` (UTC) changes that came through; one that saw nothing of the page changes nothing and is
    not compared.

    Of several addresses of one account on a page, the first is kept. Where the page was not read to its end (not
    `whole`), nothing is missed.
    """
    by_mark: dict[tuple[str, str], Sighting] = {}
    for each in seen:
        by_mark.setdefault(mark_of(each), each)
    absent = (was for was in known if whole and was.stands and mark_of(was.sighting) not in by_mark)
    missed = [was for was in absent if was.missed_at is None or now - was.missed_at >= APART]
    return Look(
        seen=tuple(by_mark.values()),
        missed=tuple(each.id for each in missed),
        gone=tuple(each.id for each in missed if each.missed + 1 >= looks),
    )


def unchanged(known: Sequence[Sighted], now: datetime, looks: int = LOOKS) -> Look:
    """What a look at `now` (UTC) changes that met the very page of the look before: it names what that named, and no
    more.
    """
    return compared(known, (was.sighting for was in known if was.stands and not was.missed), now, looks)


def mark_of(sighting: Sighting) -> tuple[str, str]:
    """What makes two sightings on one page the same: the platform with the account's key, else the address."""
    return sighting.platform or "", sighting.key or sighting.url
