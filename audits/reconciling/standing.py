"""Which registered accounts stand on the public list, as a rule may hold it against somebody.

    list as it was last read ─┬ held, or read too long ago ─▶ nothing is known
                              ├ a short link, or an address of another kind, may lead to it ─▶ nothing is known
                              └ key, former key or alias ─▶ True: named on it    False: not on it by any name

An account in use that was missed for the first time still stands; a closed one stands only where the last reading
still names it as if it were in use.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from audits.listing import ListState, state_of
from audits.listing.differing import says_closed
from audits.model import Account
from audits.reconciling.aliases import Identify, aliases_of
from audits.reconciling.forms import held_as, may_be_one
from audits.reconciling.sources import LinkedChannel


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownList:
    """What is remembered of the public list. `read_at` is UTC, the last time; `states` is what that reading says of
    each key, `standing` the keys that are believed to stand there, `hidden` the platforms of short links on it that may
    lead to any account of theirs (None: of any platform), and keys of which its words may speak; `former` tells which
    account bore a key before, `registered` are the keys of all that are registered.
    """

    read_at: datetime
    is_held: bool = False
    states: Mapping[str, str] = field(default_factory=dict)
    standing: Collection[str] = frozenset()
    hidden: Collection[str | None] = frozenset()
    former: Mapping[str, int] = field(default_factory=dict)
    registered: Collection[str] = frozenset()
    linked: Sequence[LinkedChannel] = ()


def standing_on(
    known: KnownList | None, accounts: Iterable[Account], since: datetime, today: date, identify: Identify
) -> Mapping[int, bool]:
    """By account, whether the list names it as one in use; empty unless the list was read whole `since` then (UTC).

    An account without a key cannot be compared, and one that a short link may lead to cannot be missed: both are left
    out. `today` is local.
    """
    if known is None or known.is_held or known.read_at < since:
        return {}
    comparable = [account for account in accounts if account.key]
    names = _names(known, comparable, identify)
    told = ((each, _stands(each, names.get(each.id, frozenset()), known, today)) for each in comparable)
    nobodys = {*known.states, *known.standing}.difference(known.registered, known.former, *names.values())
    linked = {channel.key: channel for channel in known.linked}
    unsure = {held for held in {*map(held_as, comparable)} if any(may_be_one(key, held, linked) for key in nobodys)}
    return {
        each.id: stands
        for each, stands in told
        if stands or not (_may_be_hidden(each, known) or held_as(each) in unsure)
    }


def _may_be_hidden(account: Account, known: KnownList) -> bool:
    return not {None, account.platform, account.key}.isdisjoint(known.hidden)


def _stands(account: Account, names: Collection[str], known: KnownList, today: date) -> bool:
    if state_of(account, today) is ListState.CLOSED:
        return any(name in known.states and not says_closed(known.states[name]) for name in names)
    return bool(names)


def _names(known: KnownList, accounts: Sequence[Account], identify: Identify) -> Mapping[int, Collection[str]]:
    """By account, every key by which the list names it: what the register holds twice, it names twice."""
    holders: dict[str, list[int]] = {}
    for account in accounts:
        holders.setdefault(account.key or "", []).append(account.id)
    borne = {**{key: [id_] for key, id_ in known.former.items()}, **holders}
    aliases = aliases_of(accounts, known.linked, identify)
    found: dict[int, set[str]] = {}
    for name in {*known.states, *known.standing}:
        for owner in borne.get(name) or borne.get(aliases.get(name, "")) or ():
            found.setdefault(owner, set()).add(name)
    return found
