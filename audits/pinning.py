"""The ids that an account is known by: which of those that looks show are kept, and when they are proven.

look under the registered name ─to_pin▶ waits ─second night▶ noted ─third night▶ proven, and held against later looks
                                └ the registered address is made of it ─▶ proven at once

So it is with each kind of id: one that stands beside a proven one for a night may have come along from another's page,
and one that stands there without it may be that of whoever has the name by now.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from audits.model import Account, Facts, Identity, Observation, PlatformId, is_seen, surely_its
from audits.observing import bears_another_name, is_nameless
from audits.platform import Platform

_ANOTHER_NIGHT: Final = timedelta(hours=18)  # what a cache mixed up for one look, it may bring to re-checks as well


def to_pin(account: Account, platform: Platform | None, seen: Observation) -> PlatformId | None:
    """The id that later looks are held against from now on: the latest that the account showed under its registered
    name while none is proven, and then the first of its kind that is shown beside one that is. None where nothing new
    is known of it.

    It is proven once three nights have shown it under that name, which takes 36 hours or more, or where the registered
    address is made of it. What a single post or a wall says in passing may be anybody's, and so may a page without a
    name: it is kept by nobody.
    """
    known = [each for each in surely_its(account.pinned) if not each.holds_for_one_app]
    if not is_seen(seen.transport, seen.existence) or not isinstance(seen.facts.platform_id, PlatformId):
        return None
    fresh = _fresh(known, account, seen)
    if fresh is None or (not known and not _is_under_its_name(account, platform, seen.facts)):
        return None
    if _is_stated(account, fresh):
        return replace(fresh, unproven_since=None, again_at=None)
    waiting = next((each for each in (*account.pinned, *account.waiting) if each == fresh), None)
    return _seen_again(waiting, seen.observed_at) if waiting else replace(fresh, unproven_since=seen.observed_at)


def _is_under_its_name(account: Account, platform: Platform | None, facts: Facts) -> bool:
    return not bears_another_name(account, platform, facts) and not is_nameless(account, platform, facts)


def _is_stated(account: Account, fresh: PlatformId) -> bool:
    return (account.key or "").endswith(f":{fresh.value}")  # an address by id: the officer's word


def _seen_again(known: PlatformId, at: datetime) -> PlatformId | None:
    """A look of the same night says nothing new, the second night is noted, and the third proves it."""
    last = known.again_at or known.unproven_since
    if last is None or at - last < _ANOTHER_NIGHT:
        return None
    return replace(known, unproven_since=None, again_at=None) if known.again_at else replace(known, again_at=at)


def _fresh(known: Sequence[PlatformId], account: Account, seen: Observation) -> PlatformId | None:
    """Of the ids shown, the one that this look says something new of.

    While none is proven, it is the one known longest: nights on which a page and then an interface showed it count
    together. Afterwards it is one of another kind, and only where a proven one stands beside it: whoever has the name
    by now would be kept as the account.
    """
    if seen.identity not in (Identity.SAME, Identity.FIRST_SEEN):
        return None
    if known:
        kinds = {each.namespace for each in known}
        more = (each for each in seen.facts.ids if each.namespace not in kinds and not each.holds_for_one_app)
        return next((each for each in more if seen.identity is Identity.SAME or _is_stated(account, each)), None)
    waiting = (each for each in account.pinned if each in seen.facts.ids and each.unproven_since)
    new = next((each for each in seen.facts.ids if each not in account.pinned), None)
    return max(waiting, key=lambda each: each.again_at is not None, default=new)


def kept_beside(known: Sequence[PlatformId], fresh: PlatformId) -> tuple[PlatformId, ...]:
    """The ids to keep of an account, with a fresh one: one of each kind, the first proven one, else the latest."""
    proven, waiting = surely_its((*known, fresh)), (each for each in (fresh, *known) if each.unproven_since)
    kept: dict[str, PlatformId] = {}
    for each in (*proven, *waiting):
        kept.setdefault(each.namespace, each)
    return tuple(kept.values())


def told_apart(kept: Sequence[PlatformId]) -> tuple[tuple[PlatformId, ...], tuple[PlatformId, ...]]:
    """The ids that an account is known by, and those that wait beside them; while none is proven, all of them."""
    known = surely_its(kept) or tuple(kept)
    return known, tuple(each for each in kept if each not in known)
