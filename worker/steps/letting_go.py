"""Findings that end because their rule has changed, and not because anybody mended the account.

what stood or was suspected, at this address or at one before it
    + a look that passes, or that the rule no longer applies to
    ─▶ the rule as it was held when a look last found it ─judged again▶ says the same: mended, or nothing moves
                                                                     └▶ else: let go
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from audits.days import Now, day_of
from audits.model import Account, Finding, Outcome, Standing
from audits.rehearsing import Beside, lets_go
from audits.rulebook import Routine
from config.rules import BadRules, read_rules
from worker.ports import Run, Store
from worker.steps.beside import list_counts_since, register_beside
from worker.steps.instruments import Instruments


@dataclass(frozen=True, slots=True)
class _Spared:
    """A look that finds nothing where something stands, and when (UTC) a look last found that."""

    account: Account
    finding: Finding
    shown_at: datetime


def let_go(
    store: Store,
    instruments: Instruments,
    run: Run,
    findings: Mapping[int, Sequence[Finding]],
    standings: Mapping[int, Mapping[str, Standing]],
) -> Mapping[int, Mapping[str, Finding]]:
    """By account and rule, the finding of this look that spares what the rule, as it was held when a look last found
    the account wanting, would not: these let go of it, and nothing was mended.
    """
    letting = _Letting(store, instruments, run, store.rules_changed(run))
    spared = [each for each in letting.spared(findings, standings) if letting.is_held_otherwise(each)]
    found: dict[int, dict[str, Finding]] = defaultdict(dict)
    for each, beside in letting.beside(spared):
        then, now = letting.routine_then(each), Now(each.finding.observed_at, instruments.zone)
        if lets_go(beside, then, now.day_of(each.shown_at), now, each.finding.outcome):
            found[each.account.id][each.finding.rule] = each.finding
    return found


@dataclass(frozen=True, slots=True)
class _Letting:
    store: Store
    instruments: Instruments
    run: Run
    changed_at: Mapping[str, datetime]  # by rule, UTC

    def spared(
        self, findings: Mapping[int, Sequence[Finding]], standings: Mapping[int, Mapping[str, Standing]]
    ) -> Iterator[_Spared]:
        """The looks that find nothing where something stands or is suspected, under rules that may have been held
        otherwise by then.
        """
        held = self._may_have_let_go(standings)
        clear = {id_: [each for each in findings.get(id_, ()) if each.rule in held[id_]] for id_ in held}
        sparing = [
            (each, held[id_][each.rule])
            for id_, own in self._with_inapplicable(clear, held).items()
            for each in own
            if each.outcome is not Outcome.FAILED
        ]
        ids = {each.account_id for each, _ in sparing}
        shown = self.store.last_shown(ids) if ids else {}
        accounts = {account.id: account for account in (self.store.accounts(ids=sorted(ids)) if ids else ())}
        for each, standing in sparing:
            last = shown.get(each.account_id, {}).get((each.rule, _value_of(standing)))
            shown_at = last.observed_at if last else _seen_by(standing)
            if shown_at is not None and each.account_id in accounts:
                yield _Spared(accounts[each.account_id], each, shown_at)

    def _may_have_let_go(self, standings: Mapping[int, Mapping[str, Standing]]) -> Mapping[int, Mapping[str, Standing]]:
        """What stands or is suspected, by account, and by rules that are or were held otherwise."""
        rules = self.changed_at.keys() | {each.id for each in self._routines.values() if _has_other_days(each)}
        held = {
            id_: {rule: each for rule, each in own.items() if rule in rules and _holds(each)}
            for id_, own in standings.items()
        }
        return {id_: own for id_, own in held.items() if own}

    def _with_inapplicable(
        self, decided: Mapping[int, Sequence[Finding]], held: Mapping[int, Mapping[str, Standing]]
    ) -> Mapping[int, Sequence[Finding]]:
        """With the rules among them that their look found not to apply: only these few are read beside what was
        decided.
        """
        open_ = [id_ for id_, own in held.items() if own.keys() > {each.rule for each in decided[id_]}]
        more = self.store.findings_of(self.run.id, open_) if open_ else {}
        idle = {
            id_: [each for each in more.get(id_, ()) if each.outcome is Outcome.INAPPLICABLE and each.rule in held[id_]]
            for id_ in held
        }
        return {id_: [*decided[id_], *idle[id_]] for id_ in held}

    def is_held_otherwise(self, spared: _Spared) -> bool:
        """Whether the rule, or its limits on these days, are others than when the finding was last seen."""
        if self._has_changed(spared):
            return True
        routine, zone = self._routines.get(spared.finding.rule), self.instruments.zone
        days = day_of(spared.shown_at, zone), day_of(spared.finding.observed_at, zone)
        then, now = (routine.limits_of(spared.account, day) if routine else None for day in days)
        return then != now

    def routine_then(self, spared: _Spared) -> Routine | None:
        """The rule as it stood when the finding was last seen; None where no version that can be read has it."""
        if not self._has_changed(spared):
            return self._routines.get(spared.finding.rule)
        text = self.store.rules_text(spared.shown_at)
        return _routines_in(text).get(spared.finding.rule) if text else None

    def beside(self, spared: Sequence[_Spared]) -> Iterator[tuple[_Spared, Beside]]:
        """Each with what its look saw and what stands beside it."""
        if not spared:
            return
        accounts = list({each.account.id: each.account for each in spared}.values())
        rules, since = self.instruments.rulebook, list_counts_since(self.run)
        register = register_beside(self.store, accounts, rules, since, self.run.local_date)
        for each in spared:
            seen = self.store.last_observation(each.account.id)
            yield each, Beside(account=each.account, observation=seen, register=register)

    @property
    def _routines(self) -> Mapping[str, Routine]:
        return self.instruments.rulebook.routines

    def _has_changed(self, spared: _Spared) -> bool:
        changed_at = self.changed_at.get(spared.finding.rule)
        return changed_at is not None and spared.shown_at < changed_at


@lru_cache(4)  # a change of rules may let go of thousands of accounts in one night, and each reading takes 30 ms
def _routines_in(text: str) -> Mapping[str, Routine]:
    """A version's rules; none where another release has kept it, whose rules may name what this one does not know."""
    try:
        return read_rules(text).routines
    except BadRules:
        return {}


def _holds(standing: Standing) -> bool:
    return standing.outcome is Outcome.FAILED or standing.pending is not None


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
