"""A finished run held against what was true before.

    every account seen ─▶ guard against mass changes ─▶ drift ─▶ cases ─▶ closed

May be killed anywhere and called again: an account is compared once a run, with all that follows from it or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import MappingProxyType

from audits.cases import CLEARING, OPEN, disprove, follow, regrade, supersede
from audits.days import Now, day_of
from audits.drift import advance, eases, held
from audits.health import Failure, accuses, departs, mass_changes, was_told_lately
from audits.model import NEVER_DECIDED, Case, CaseState, Drift, DriftStage, Finding, Outcome, Standing
from worker.ports import Clock, Compared, Run, RunKind, RunState, Store
from worker.steps.instruments import MOST_ACCOUNTS, Instruments
from worker.steps.letting_go import let_go
from worker.steps.standing_still import standing_still


@dataclass(frozen=True, slots=True)
class _Bounds:
    """What a run's findings may not move: `guarded` by platform and rule, and `shadowed` rules."""

    guarded: frozenset[tuple[str, str]]
    shadowed: frozenset[str]


def compare(store: Store, instruments: Instruments, run: Run, clock: Clock) -> bool:
    """Hold a finished run against what was true before, and close it. False while accounts are still to be seen."""
    if run.state is RunState.CLOSED:
        return True
    if not store.begin_comparing(run.id, clock()):
        return False
    shadowed = store.shadowed_rules(run)
    _hold_mass_changes(store, instruments, run, shadowed, clock())
    bounds = _Bounds(store.held(run.id) | _held_back(store, run), shadowed)
    while ids := store.uncompared(run.id, MOST_ACCOUNTS):
        _compare_some(store, instruments, run, ids, bounds, clock())
    store.close_run(run.id, clock())
    return True


def _hold_mass_changes(
    store: Store, instruments: Instruments, run: Run, shadowed: frozenset[str], now: datetime
) -> None:
    waves = _Waves(instruments, is_whole=run.kind is RunKind.NIGHTLY, vouched=store.vouched())
    for failure in store.failures(run.id):
        if failure.rule not in shadowed:
            waves.count(failure)
    if not waves.flips:
        return
    if waves.is_whole:
        for failure in store.unseen_failures(run.id, now - timedelta(days=instruments.rulebook.guard.nights)):
            waves.count_unseen(failure)
    guard, believed, decided = instruments.rulebook.guard, store.believed(run.local_date), store.decided_counts(run.id)
    for change in mass_changes(waves.flips, decided, guard, believed, waves.told):
        store.hold(run.id, change, now)
    doubtful = [where for where in waves.flips if where not in believed] if waves.is_whole else []
    for change in standing_still(store, instruments, run, doubtful, Now(now, instruments.zone)):
        store.hold(run.id, change, now)


@dataclass(slots=True)
class _Waves:
    """What a run finds wanting, by platform and rule: `flips` would accuse, `told` were told within the last nights, or
    found wanting in them and not seen since.

    A run that is not `is_whole` looks at some accounts alone, and counts only those that nobody suspected; what was
    told by the last day for which somebody `vouched` says nothing of those that come after it.
    """

    instruments: Instruments
    is_whole: bool
    vouched: Mapping[tuple[str, str], date]
    flips: list[tuple[str, str]] = field(default_factory=list)
    told: list[tuple[str, str]] = field(default_factory=list)

    def count(self, failure: Failure) -> None:
        routine = self.instruments.rulebook.routines.get(failure.rule)
        if routine is None:
            return
        if (accuses if self.is_whole else departs)(failure, guarded=routine.guarded):
            self.flips.append((failure.platform, failure.rule))
        elif self.is_whole and routine.guarded and self._counts_beside(failure):
            self.told.append((failure.platform, failure.rule))

    def count_unseen(self, failure: Failure) -> None:
        """What was found wanting lately, and could not be seen again: a blind night is no news."""
        routine = self.instruments.rulebook.routines.get(failure.rule)
        if routine is not None and routine.guarded and self._is_past_words(failure, failure.seen_at):
            self.told.append((failure.platform, failure.rule))

    def _counts_beside(self, failure: Failure) -> bool:
        is_lately = was_told_lately(failure, self.instruments.rulebook.guard)
        return is_lately and self._is_past_words(failure, failure.before.decided_at or failure.seen_at)

    def _is_past_words(self, failure: Failure, at: datetime) -> bool:
        last_day = self.vouched.get((failure.platform, failure.rule), date.min)
        return day_of(at, self.instruments.zone) > last_day


def _held_back(store: Store, run: Run) -> frozenset[tuple[str, str]]:
    """What the last night found too much of: a look at a few accounts in between cannot tell that it is over."""
    return frozenset() if run.kind is RunKind.NIGHTLY else store.held_back(run.local_date)


def _compare_some(
    store: Store, instruments: Instruments, run: Run, ids: Sequence[int], bounds: _Bounds, now: datetime
) -> None:
    """What a rule found on its shadow night stays a finding, and accuses nobody."""
    platforms = {account.id: account.platform for account in store.accounts(ids=ids)} if bounds.guarded else {}
    findings, standings, cases = store.decided_of(run.id, ids), store.standings_of(ids), store.cases_of(ids)
    left = let_go(store, instruments, run, findings, standings)
    compared, kept, dropped = [], [], []
    for account_id in ids:
        holds = frozenset(rule for platform, rule in bounds.guarded if platform == platforms.get(account_id))
        standing = standings.get(account_id, {})
        told = [each for each in findings.get(account_id, ()) if _counts(each, standing, bounds.shadowed)]
        result = compare_account(account_id, told, standing, holds, left.get(account_id, {}))
        compared.append(result)
        known = cases.get(account_id, ())
        changed, gone = follow_cases(result.drifts, known, standing)
        kept += [*changed, *answered((each for each in told if each.rule not in holds), known)]
        dropped += gone
    store.save_compared(run.id, compared, kept, dropped, now)


def _counts(finding: Finding, standings: Mapping[str, Standing], shadowed: frozenset[str]) -> bool:
    return finding.rule not in shadowed or eases(standings.get(finding.rule, NEVER_DECIDED), finding)


def compare_account(
    account_id: int,
    findings: Sequence[Finding],
    standings: Mapping[str, Standing],
    holds: frozenset[str],
    left: Mapping[str, Finding] = MappingProxyType({}),
) -> Compared:
    """One account's findings against its standings; what `holds` names and nobody was told of waits for a person, the
    rules in `left` have let go of what they had found, also where they no longer apply.
    """
    changed: dict[str, Standing] = {}
    drifts: list[Drift] = []
    for finding in (*findings, *(each for each in left.values() if each.outcome is Outcome.INAPPLICABLE)):
        before = standings.get(finding.rule, NEVER_DECIDED)
        if finding.rule in holds and finding.outcome is Outcome.FAILED:
            drifts += [] if _stands(finding, before) else [held(finding, before)]
            continue
        after, drift = advance(before, finding, is_let_go=finding.rule in left)
        if after != before:
            changed[finding.rule] = after
        if drift is not None:
            drifts.append(drift)
    return Compared(account_id=account_id, standings=changed, drifts=tuple(drifts))


def _stands(finding: Finding, standing: Standing) -> bool:
    return standing.outcome is Outcome.FAILED and standing.fingerprint == finding.fingerprint


def follow_cases(
    drifts: Sequence[Drift], cases: Sequence[Case], standings: Mapping[str, Standing] = MappingProxyType({})
) -> tuple[list[Case], list[Case]]:
    """The cases to keep and the cases to drop after one account's drifts, where that stood before."""
    kept: list[Case] = []
    dropped: list[Case] = []
    for drift in drifts:
        same_rule = [case for case in cases if case.rule == drift.finding.rule]
        for case in _concerned(drift, same_rule):
            after = follow(case, drift)
            (kept if after else dropped).append(after or case)
        if drift.stage in (DriftStage.PENDING, DriftStage.CONFIRMED) and not _known(drift, same_rule):
            opened = follow(None, drift)
            kept += [opened] if opened else []
        before = standings.get(drift.finding.rule, Standing())
        dropped += _past_suspicions(drift, before, same_rule)
        kept += [supersede(case, drift.finding.observed_at) for case in _outdated(drift, before, same_rule)]
    return kept, dropped


def answered(findings: Iterable[Finding], cases: Sequence[Case]) -> list[Case]:
    """The claimed fixes that this look has not found, and the cases that are less grave by it."""
    judged = [
        (case, regrade(disprove(case, finding), finding))
        for finding in findings
        for case in cases
        if case.rule == finding.rule
    ]
    return [after for before, after in judged if after is not before]


def _concerned(drift: Drift, cases: Sequence[Case]) -> list[Case]:
    """A passed finding concerns every open case of its rule; a failed one the case of its own value."""
    if drift.stage in CLEARING:
        return [case for case in cases if case.state in OPEN or case.state is CaseState.NOT_OURS]
    return [case for case in cases if case.fingerprint == drift.finding.fingerprint]


def _known(drift: Drift, cases: Sequence[Case]) -> bool:
    return any(case.fingerprint == drift.finding.fingerprint for case in cases)


def _past_suspicions(drift: Drift, before: Standing, cases: Sequence[Case]) -> list[Case]:
    """Where another value is suspected now, those of which nobody was told and that nobody has decided on."""
    if drift.stage is not DriftStage.PENDING:
        return []
    still = {drift.finding.fingerprint, before.fingerprint}
    return [case for case in cases if case.state is CaseState.NEW and case.fingerprint not in still]


def _outdated(drift: Drift, before: Standing, cases: Sequence[Case]) -> list[Case]:
    """Of the other values, all once one is confirmed; while one is only suspected, those that somebody has decided on
    and that neither stand nor are suspected any more.
    """
    others = [case for case in cases if case.fingerprint != drift.finding.fingerprint and case.state in OPEN]
    if drift.stage is DriftStage.CONFIRMED:
        return others
    if drift.stage is not DriftStage.PENDING or before.outcome is not Outcome.FAILED:
        return []
    return [case for case in others if case.state is not CaseState.NEW and case.fingerprint != before.fingerprint]
