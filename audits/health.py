"""Whether the platform changed and not the city: too many of its accounts turned within some nights.

    failed findings of a run + standings ─▶ the wave, by platform and rule ─mass_changes▶ held

In a night's wave is every account that is newly found wanting, that is suspected already, that was told within the
last nights, or that was found wanting in them and could not be seen again: a platform that changes its pages for some
accounts today and for others tomorrow is as broken as one that changes them all at once. Who has been told leaves the
wave after those nights, so what is true of one account is told then at the latest; what so many show at once that they
make a wave by themselves waits for a person's word.

Silence comes account by account, as each reaches its limit, though all fell silent on one day: a platform whose
answers are a copy of that day, under a date of today, looks just so (`stands_still`). Until one of its accounts shows a
new sign of life nobody is told, unless a person vouches for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from audits.model import Outcome, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A failed finding, as far as the guard asks about it: whose platform and rule, seen when (UTC), and what was held
    true before.
    """

    platform: str
    rule: str
    seen_at: datetime
    before: Standing = field(default_factory=Standing)


@dataclass(frozen=True, slots=True, kw_only=True)
class MassChange:
    """So many accounts of one platform changed on one rule that the platform, not the city, is suspected."""

    platform: str
    rule: str
    changed: int
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """When a change is too broad to be believed: a share of a platform's decided accounts, a least number, and for how
    many nights an account that was told counts with those that come after it.
    """

    share: float = 0.20
    least: int = 3
    nights: int = 7


def mass_changes(
    flips: Iterable[tuple[str, str]],
    decided: Mapping[tuple[str, str], int],
    guard: Guard = Guard(),
    believed: Collection[tuple[str, str]] = (),
    told: Iterable[tuple[str, str]] = (),
) -> tuple[MassChange, ...]:
    """Which (platform, rule) changed too broadly.

    `flips` names each finding that would accuse, `told` each that was told lately and counts beside those; `decided`
    counts the accounts on which the rule could be decided; what somebody has vouched for is `believed`, however broad.
    """
    lately = Counter(told)
    waves = {where: flipped + lately[where] for where, flipped in sorted(Counter(flips).items())}
    return tuple(
        MassChange(platform=where[0], rule=where[1], changed=changed, seen=decided.get(where, 0))
        for where, changed in waves.items()
        if where not in believed and changed >= guard.least and changed > guard.share * decided.get(where, 0)
    )


STILL: Final = timedelta(days=14)  # for so long none has posted, and those that count did within as many before


def stands_still(signs: Collection[date], watched_since: date, today: date, guard: Guard = Guard()) -> bool:
    """Whether so many accounts of one platform lived until the same fortnight, and none shows a sign of life since.

    `signs` holds the latest day of each account. What had ended before anybody looked ended without us seeing it move:
    platforms that a city has left long ago stand still, and are told.
    """
    last = max(signs, default=date.min)
    if last <= watched_since or today - last < STILL:
        return False
    return sum(last - each <= STILL for each in signs) >= guard.least


def accuses(failure: Failure, *, guarded: bool) -> bool:
    """Whether it would accuse, at once or by and by, in a way that the guard counts.

    A routine that is not guarded may find a whole platform wanting on the first look; once it has been decided
    for an account, it counts like any other.
    """
    before = failure.before
    return before.outcome is not Outcome.FAILED and (guarded or before.decided_at is not None)


def departs(failure: Failure, *, guarded: bool) -> bool:
    """Whether it would accuse, and nobody suspected it: who is suspected is looked at again for that reason, so among
    the few of such a look it is no part of a wave.
    """
    return failure.before.pending is None and accuses(failure, guarded=guarded)


def was_told_lately(failure: Failure, guard: Guard) -> bool:
    """Whether what is still seen was told within the guard's nights before."""
    decided_at = failure.before.decided_at
    if decided_at is None or failure.before.outcome is not Outcome.FAILED:
        return False
    return failure.seen_at - decided_at < timedelta(days=guard.nights)
