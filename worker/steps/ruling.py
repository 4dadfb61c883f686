"""Changing the rules: what a change would do, and what became of those that were made.

other rules ─what_if▶ by administration, the findings they create and remove (nothing is fetched, nothing written)
            ─unjudged▶ the open cases of accounts that the last look did not see
            ─grounds▶ of how many accounts the last look lets the changed rules tell anything
rules in use ─lately_gone▶ the rules that stand in the file no more, and did until a day or two ago
             ─waiting_for▶ the rules that the file has lost, and how many cases wait for each
             ─note_rules▶ a version in the history where they say something new; its rules run one shadow night
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import blake2b
from itertools import islice
from typing import Final

from audits.days import Now
from audits.deciding import KeptCase
from audits.model import Account
from audits.rehearsing import (
    Beside,
    Effect,
    Grounds,
    by_administration,
    changes_between,
    decides,
    digests,
    grounds_of,
    shifts_of,
)
from audits.rulebook import Routine
from audits.rules.ending import releases
from config.rules import BadRules, Rulebook, read_rules
from worker.ports.reporting import ReportStore
from worker.ports.ruling import RulesStore, RulesVersion
from worker.steps.beside import register_beside, remembering
from worker.steps.instruments import MOST_ACCOUNTS

GONE_FOR_GOOD: Final = timedelta(days=2)  # a day in between, in which somebody sees what a file has lost
REHEARSED_LIST: Final = timedelta(days=1)  # the public list of the last night will do where nobody is told anything


def what_if(store: ReportStore, before: Rulebook, after: Rulebook, now: Now) -> Sequence[Effect]:
    """By administration, what `after` would find otherwise than `before` in the last look at every account."""
    moved = _moved(before, after)
    was, will = _only(before.routines, moved), _only(after.routines, moved)
    beside = _each_beside(store, before, after, now)
    shifts = (shift for each in beside for shift in shifts_of(each, was, will, now))
    return by_administration(shifts) if moved else []


def _moved(before: Rulebook, after: Rulebook) -> set[str]:
    """The rules that one of them has, and the other has otherwise or not at all."""
    changes = changes_between(digests(before.routines), digests(after.routines))
    return {*changes.added, *changes.removed, *changes.changed}


def _only(routines: Mapping[str, Routine], names: set[str]) -> Mapping[str, Routine]:
    return {name: routine for name, routine in routines.items() if name in names}


def grounds(store: ReportStore, before: Rulebook, after: Rulebook, now: Now) -> Grounds:
    """Of how many accounts the last look lets the rules that change tell anything."""
    routines = _only({**before.routines, **after.routines}, _moved(before, after))
    return grounds_of(_each_beside(store, before, after, now), routines, now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unjudged:
    """An open case that no effect tells of: the last look did not see the account. `ends`: the other rules end it."""

    case: KeptCase
    ends: bool


def unjudged(
    store: ReportStore, cases: Iterable[KeptCase], before: Rulebook, after: Rulebook, now: Now
) -> Sequence[Unjudged]:
    """The open cases under rules that change, of accounts that these rules could tell nothing of."""
    moved = _only(before.routines, _moved(before, after))
    concerned = [each for each in cases if each.case.rule in moved]
    if not concerned:
        return []
    ids = {each.account.id for each in concerned}
    beside = {each.account.id: each for each in _each_beside(store, before, after, now) if each.account.id in ids}
    return [
        Unjudged(case=each, ends=bool(releases(after.routines.get(each.case.rule), each.account, now.today)))
        for each in concerned
        if each.account.id in beside and not decides(beside[each.account.id], moved[each.case.rule], now)
    ]


def _each_beside(store: ReportStore, before: Rulebook, after: Rulebook, now: Now) -> Iterator[Beside]:
    """Each account's last look with what stands beside it; what earlier looks have left, they left under `before`."""
    for page in _pages(store.each_account()):
        ids = [account.id for account in page]
        register = register_beside(store, page, after, now.at - REHEARSED_LIST, now.today)
        register, seen = remembering(register, before.routines, store.standings_of(ids)), store.last_observations(ids)
        for account in page:
            yield Beside(account=account, observation=seen.get(account.id), register=register)


def _pages(accounts: Iterable[Account]) -> Iterator[list[Account]]:
    streamed = iter(accounts)
    while page := list(islice(streamed, MOST_ACCOUNTS)):
        yield page


def note_rules(store: ReportStore, kept: RulesStore, rules: Rulebook, now: Now) -> RulesVersion | None:
    """Keep the rules in use where they differ from the last ones kept; None where they do not.

    The first version of all is kept without an effect: there was nothing before it. So is one after a version that
    this release cannot read.
    """
    digest, latest = _text_digest(rules.text), kept.latest_rules()
    if latest is not None and latest.digest == digest:
        return None
    version = RulesVersion(
        at=now.at,
        digest=digest,
        text=rules.text,
        rules=digests(rules.routines),
        changes=changes_between(latest.rules if latest else {}, digests(rules.routines)),
        effect=_effect(store, latest, rules, now) if latest else {},
    )
    return version if kept.keep_rules(version, latest.digest if latest else None) else None


def lately_gone(kept: RulesStore, rules: Rulebook, now: Now) -> frozenset[str]:
    """The rules that are not in the file any more and were in use on one of the last days: what they told stands on.

    A file that lost them by a slip (half saved, cut off) is put right within that time. What stands in the file as
    switched off was meant so.
    """
    until, lately = now.at, set[str]()
    for version in kept.rules_history():
        if now.today - now.day_of(until) >= GONE_FOR_GOOD:
            break
        lately |= version.rules.keys()
        until = version.at
    return frozenset(lately - rules.every.keys())


def waiting_for(cases: Iterable[KeptCase], rules: Rulebook) -> Mapping[str, int]:
    """By rule that stands in the file no more, how many open cases wait for it to be put back."""
    return dict(sorted(Counter(each.case.rule for each in cases if each.case.rule not in rules.every).items()))


def _effect(store: ReportStore, latest: RulesVersion, rules: Rulebook, now: Now) -> Mapping[str, tuple[int, int]]:
    try:
        before = read_rules(latest.text)
    except BadRules:
        return {}  # kept by another release, whose rules may name what this one does not know: no night waits for that
    effects = what_if(store, before, rules, now)
    return {each.administration: (len(each.created), len(each.removed)) for each in effects}


def _text_digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=16).hexdigest()
