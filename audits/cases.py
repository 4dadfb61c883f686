"""What people and later looks make of a drift.

    new ─▶ confirmed ─▶ acknowledged | explained until a day | not ours | claimed fixed ─▶ verified fixed

    follow(case, drift)   what the next look does to a case
    decide(case, act)     what a person does to it
    lapse(case, today)    what the calendar does to it

A person's word never closes a case: `claimed fixed` becomes `verified fixed` only by a clear look.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from audits.model import Case, CaseState, Drift, DriftStage

LONGEST_EXPLANATION = timedelta(days=366)
OPEN = frozenset(
    {CaseState.NEW, CaseState.CONFIRMED, CaseState.ACKNOWLEDGED, CaseState.EXPLAINED, CaseState.CLAIMED_FIXED}
)
_DECIDED_BY_PEOPLE = {
    "acknowledge": CaseState.ACKNOWLEDGED,
    "explain": CaseState.EXPLAINED,
    "not_ours": CaseState.NOT_OURS,
    "claim_fixed": CaseState.CLAIMED_FIXED,
    "reopen": CaseState.CONFIRMED,
}
ACTS = tuple(_DECIDED_BY_PEOPLE)


class CaseRefused(ValueError):
    """A decision that cannot be taken; the message says why and what would do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What a person decides of a case. `until` is the last day on which an explanation holds."""

    what: str
    by: str
    at: datetime
    reason: str = ""
    until: date | None = None


def follow(case: Case | None, drift: Drift) -> Case | None:
    """The case after one more look; None where nothing is left of it.

    `case` is the one with the finding's own account, rule and fingerprint, if there is one.
    """
    if drift.stage in (DriftStage.MENDED, DriftStage.CALMED):
        return _cleared(case, drift)
    if drift.stage is DriftStage.HELD:
        return case
    return _opened(drift) if case is None else _seen_again(case, drift)


def _cleared(case: Case | None, drift: Drift) -> Case | None:
    """What nobody was told of needs no end; what was told ends by the clear look."""
    if case is None or case.state is CaseState.NEW:
        return None
    if drift.stage is DriftStage.CALMED:
        return case
    return replace(case, state=CaseState.VERIFIED_FIXED, changed_at=drift.finding.observed_at)


def supersede(case: Case, at: datetime) -> Case:
    """The same rule now fails on another value: the old case ends, and with it any explanation of it."""
    return replace(case, state=CaseState.SUPERSEDED, changed_at=at)


def decide(case: Case, act: Act) -> Case:
    """Take a person's decision.

    Raises `CaseRefused` where it lacks a name, a reason or an end date, or ends too late.
    """
    if act.what not in _DECIDED_BY_PEOPLE:
        raise CaseRefused(f"unknown act {act.what!r}; one of {', '.join(ACTS)}")
    if not act.by.strip():
        raise CaseRefused("who decides this? give a name or a role")
    if act.what == "explain":
        _check_explanation(act)
    return replace(
        case,
        state=_DECIDED_BY_PEOPLE[act.what],
        changed_at=act.at,
        by=act.by.strip(),
        reason=act.reason.strip(),
        until=act.until,
    )


def lapse(case: Case, today: date, now: datetime) -> Case:
    """An explanation past its last day is a confirmed case again."""
    over = case.state is CaseState.EXPLAINED and case.until is not None and today > case.until
    return replace(case, state=CaseState.CONFIRMED, changed_at=now, until=None) if over else case


def _check_explanation(act: Act) -> None:
    if not act.reason.strip():
        raise CaseRefused("an explanation needs a reason in words")
    if act.until is None:
        raise CaseRefused("an explanation needs an end date, at most a year ahead")
    if act.until < act.at.date():
        raise CaseRefused(f"the end date {act.until} has passed")
    if act.until - act.at.date() > LONGEST_EXPLANATION:
        raise CaseRefused(f"the end date {act.until} is more than a year ahead")


def _opened(drift: Drift) -> Case:
    finding = drift.finding
    return Case(
        account_id=finding.account_id,
        rule=finding.rule,
        fingerprint=finding.fingerprint,
        state=_state_for(drift.stage),
        severity=finding.severity,
        opened_at=finding.observed_at,
        changed_at=finding.observed_at,
        seen=finding.seen,
    )


def _seen_again(case: Case, drift: Drift) -> Case:
    finding = drift.finding
    told_before = case.state not in (CaseState.NEW, CaseState.VERIFIED_FIXED, CaseState.SUPERSEDED)
    worse = drift.stage is DriftStage.WORSENED and case.state is not CaseState.NOT_OURS
    state = case.state if told_before and not worse else _state_for(drift.stage)
    changed = case.changed_at if state is case.state else finding.observed_at
    return replace(case, state=state, severity=finding.severity, seen=finding.seen, changed_at=changed)


def _state_for(stage: DriftStage) -> CaseState:
    return CaseState.NEW if stage is DriftStage.PENDING else CaseState.CONFIRMED
