"""Which rules let go of what they had found: the account passes only as they are held now.

what stood or was suspected, at this address or at one before it, + a look that passes
    ─▶ the rule as it was held when a look last found it ─judged again▶ passes: mended
                                                                     └▶ else: let go
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from audits.days import Now, day_of
from audits.drift import eases
from audits.model import Account, Finding, Outcome, Standing
from audits.rehearsing import Beside, lets_go
from audits.rulebook import Routine
from config.rules import BadRules, read_rules
from worker.ports import Run, Store
from worker.steps.beside import list_counts_since, register_beside
from worker.steps.instruments import Instruments


@dataclass(frozen=True, slots=True)
class _Passed:
    """A look that passes where a finding stands, and when (UTC) a look last found that."""

    account: Account
    finding: Finding
    shown_at: datetime


def let_go(
    store: Store,
    instruments: Instruments,
    run: Run,
    findings: Mapping[int, Sequence[Finding]],
    standings: Mapping[int, Mapping[str, Standing]],
) -> Mapping[int, frozenset[str]]:
    """By account, the rules that it would not pass as they were held when a look last found it wanting."""
    letting = _Letting(store, instruments, run, store.rules_changed(run))
    passed = [each for each in letting.passed(findings, standings) if letting.is_held_otherwise(each)]
    found: dict[int, set[str]] = defaultdict(set)
    for each, beside in letting.beside(passed):
        then, now = letting.routine_then(each), Now(each.finding.observed_at, instruments.zone)
        if lets_go(beside, then, now.day_of(each.shown_at), now):
            found[each.account.id].add(each.finding.rule)
    return {id_: frozenset(rules) for id_, rules in found.items()}


@dataclass(frozen=True, slots=True)
class _Letting:
    store: Store
    instruments: Instruments
    run: Run
    changed_at: Mapping[str, datetime]  # by rule, UTC

    def passed(
        self, findings: Mapping[int, Sequence[Finding]], standings: Mapping[int, Mapping[str, Standing]]
    ) -> Iterator[_Passed]:
        """The looks that pass where something stands or is suspected, under rules that may have been held otherwise
        by then.
        """
        rules = self.changed_at.keys() | {each.id for each in self._routines.values() if _has_other_days(each)}
        passing = [
            (each, standing)
            for id_, own in findings.items()
            for each in own
            if each.outcome is Outcome.PASSED and each.rule in rules
            if (standing := standings.get(id_, {}).get(each.rule)) and eases(standing, each)
        ]
        ids = {each.account_id for each, _ in passing}
        shown = self.store.last_shown(ids) if ids else {}
        accounts = {account.id: account for account in (self.store.accounts(ids=sorted(ids)) if ids else ())}
        for each, standing in passing:
            last = shown.get(each.account_id, {}).get((each.rule, _value_of(standing)))
            shown_at = last.observed_at if last else _seen_by(standing)
            if shown_at is not None and each.account_id in accounts:
                yield _Passed(accounts[each.account_id], each, shown_at)

    def is_held_otherwise(self, passed: _Passed) -> bool:
        """Whether the rule, or its limits on these days, are others than when the finding was last seen."""
        if self._has_changed(passed):
            return True
        routine, zone = self._routines.get(passed.finding.rule), self.instruments.zone
        days = day_of(passed.shown_at, zone), day_of(passed.finding.observed_at, zone)
        then, now = (routine.limits_of(passed.account, day) if routine else None for day in days)
        return then != now

    def routine_then(self, passed: _Passed) -> Routine | None:
        """The rule as it stood when the finding was last seen; None where no version that can be read has it."""
        if not self._has_changed(passed):
            return self._routines.get(passed.finding.rule)
        text = self.store.rules_text(passed.shown_at)
        return _routines_in(text).get(passed.finding.rule) if text else None

    def beside(self, passed: Sequence[_Passed]) -> Iterator[tuple[_Passed, Beside]]:
        """Each with what its look saw and what stands beside it."""
        if not passed:
            return
        accounts = list({each.account.id: each.account for each in passed}.values())
        main, since = self.instruments.rulebook.questions.main, list_counts_since(self.run)
        register = register_beside(self.store, accounts, main, since, self.run.local_date)
        for each in passed:
            seen = self.store.last_observation(each.account.id)
            yield each, Beside(account=each.account, observation=seen, register=register)

    @property
    def _routines(self) -> Mapping[str, Routine]:
        return self.instruments.rulebook.routines

    def _has_changed(self, passed: _Passed) -> bool:
        changed_at = self.changed_at.get(passed.finding.rule)
        return changed_at is not None and passed.shown_at < changed_at


@lru_cache(4)  # a change of rules may let go of thousands of accounts in one night, and each reading takes 30 ms
def _routines_in(text: str) -> Mapping[str, Routine]:
    """A version's rules; none where another release has kept it, whose rules may name what this one does not know."""
    try:
        return read_rules(text).routines
    except BadRules:
        return {}


def _value_of(standing: Standing) -> str:
    """What stands; where nothing does, what is suspected or waits for a look at another address."""
    if standing.outcome is Outcome.FAILED or standing.pending is None:
        return standing.fingerprint
    return standing.pending.fingerprint


def _seen_by(standing: Standing) -> datetime | None:
    if standing.outcome is Outcome.FAILED or standing.pending is None:
        return standing.decided_at
    return standing.pending.last


def _has_other_days(routine: Routine) -> bool:
    return any(window.limits for window in routine.windows)
