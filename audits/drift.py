"""What changed, against what was held true.

    finding + standing ─advance▶ (standing, Drift | None)

    cannot_tell, inapplicable, untested ─▶ nothing moves: a blind night is no news
    acquitted by somebody's word ───────▶ what a look has found stays until a look finds it mended
    same as held true ──────────────────▶ anything pending is forgotten
    otherwise ──────────────────────────▶ pending, until seen often enough and long enough
    another address in the register ────▶ what stood waits for the first look there, and is confirmed anew

Going back to passed needs one clear look; where the account passes, or the rule does not apply to it, only because the
rule has changed, or other limits hold on these days, that look shows nothing mended. Too many changes on one platform
are held for a person (health.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from audits.model import DECIDED, Confirmation, Drift, DriftStage, Finding, Outcome, Pending, Severity, Standing

_RANK = {severity: rank for rank, severity in enumerate(reversed(Severity))}


def is_graver(one: Severity, other: Severity) -> bool:
    """Whether one severity weighs more than the other."""
    return _RANK[one] > _RANK[other]


def advance(standing: Standing, finding: Finding, *, is_let_go: bool = False) -> tuple[Standing, Drift | None]:
    """Hold one finding against what was true before. Blind or inapplicable findings change nothing.

    `is_let_go` says that the account passes, or that the rule does not apply to it, only because the rule is held
    otherwise than when a look last found it.
    """
    if is_let_go and finding.outcome is Outcome.INAPPLICABLE:
        return Standing(), Drift(finding=finding, before=standing.outcome, stage=DriftStage.RELEASED)
    if finding.outcome not in DECIDED:
        return standing, None
    if finding.stated_by and (standing.outcome is Outcome.FAILED or standing.is_carried):
        return standing, None
    if finding.outcome is Outcome.PASSED:
        return _acquit(standing, finding, DriftStage.RELEASED if is_let_go else DriftStage.MENDED)
    if standing.outcome is Outcome.FAILED and standing.fingerprint == finding.fingerprint:
        return _still(standing, finding)
    return _suspect(standing, finding)


def _acquit(standing: Standing, finding: Finding, ending: DriftStage) -> tuple[Standing, Drift | None]:
    is_told = standing.outcome is Outcome.FAILED or standing.is_carried
    if is_told or (standing.pending is not None and ending is DriftStage.RELEASED):
        return _settled(finding), Drift(finding=finding, before=standing.outcome, stage=ending)
    if standing.pending is not None:
        return _settled(finding), Drift(finding=finding, before=standing.outcome, stage=DriftStage.CALMED)
    return _settled(finding), None


def _still(standing: Standing, finding: Finding) -> tuple[Standing, Drift | None]:
    stage = DriftStage.CALMED if standing.pending is not None else None
    if standing.severity is not None and is_graver(finding.severity, standing.severity):
        stage = DriftStage.WORSENED
    drift = Drift(finding=finding, before=standing.outcome, stage=stage) if stage else None
    return _settled(finding)._replace(decided_at=standing.decided_at), drift


def _suspect(standing: Standing, finding: Finding) -> tuple[Standing, Drift | None]:
    pending = _seen_again(standing.pending, finding)
    if _believed(pending, finding.confirmation):
        return _settled(finding), Drift(finding=finding, before=standing.outcome, stage=DriftStage.CONFIRMED)
    drift = Drift(finding=finding, before=standing.outcome, stage=DriftStage.PENDING)
    return standing._replace(pending=pending), drift


_LEAST_APART = timedelta(minutes=30)  # as re-checks are: what a cache shows wrongly it may show for minutes
_A_RUN = timedelta(days=1)  # no run lasts longer: a look by so much earlier comes after a clock was put right


def _seen_again(pending: Pending | None, finding: Finding) -> Pending:
    """The suspicion after one more look; one that was first seen by a clock that was ahead begins again."""
    same = pending is not None and (pending.outcome, pending.fingerprint) == (finding.outcome, finding.fingerprint)
    if pending is None or not pending.looks or not same or pending.last - finding.observed_at > _A_RUN:
        return Pending(
            outcome=finding.outcome,
            fingerprint=finding.fingerprint,
            since=finding.observed_at,
            last=finding.observed_at,
        )
    if finding.observed_at - pending.last < max(_LEAST_APART, timedelta(hours=finding.confirmation.gap_hours)):
        return pending
    return replace(pending, looks=pending.looks + 1, last=finding.observed_at)


def looks_by(turns: Iterable[tuple[DriftStage, Finding]]) -> Iterator[int]:
    """How many looks had seen a suspicion by each of one account's drifts on one rule, oldest first.

    0 where nothing is suspected any more, and where a look came too soon to count. Counted from what each look saw,
    never from what waits today, so that a night tells the same whenever it is told.
    """
    pending: Pending | None = None
    for stage, finding in turns:
        before = pending
        if stage is DriftStage.PENDING:
            pending = _seen_again(pending, finding)
        elif stage is not DriftStage.HELD:
            pending = None
        yield pending.looks if pending and pending != before else 0


def _believed(pending: Pending, confirmation: Confirmation) -> bool:
    long_enough = pending.last - pending.since >= timedelta(hours=confirmation.hours)
    return pending.looks >= confirmation.looks and long_enough


def _settled(finding: Finding) -> Standing:
    return Standing(
        outcome=finding.outcome,
        fingerprint=finding.fingerprint,
        severity=finding.severity if finding.outcome is Outcome.FAILED else None,
        decided_at=finding.observed_at,
    )


def eases(standing: Standing, finding: Finding) -> bool:
    """Whether a finding acquits of something that stands or is suspected."""
    return finding.outcome is Outcome.PASSED and (standing.outcome is Outcome.FAILED or standing.pending is not None)


def held(finding: Finding, standing: Standing) -> Drift:
    """The drift that waits for a person because too many came at once; the standing stays as it was."""
    return Drift(finding=finding, before=standing.outcome, stage=DriftStage.HELD)
