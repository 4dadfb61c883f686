"""What people and later looks make of a drift.

    new ─▶ confirmed ─┬▶ acknowledged │ explained until a day
                      ├▶ said not ours ─▶ not ours
                      └▶ claimed fixed ─▶ verified fixed

    follow(case, drift)       what the next look does to a case
    disprove(case, finding)   what a look does to a claim that it cannot confirm
    regrade(case, finding)    what a look does to a case that is graver than what it finds
    decide(case, act)         what a person does to it
    undo(case, events, …)     how a person takes the last decision back
    lapse(case, today)        what the calendar does to it
    release(case, at)         what becomes of it when its rule has changed, or no longer binds the account
    heed(case, stored)        what a look leaves of it where somebody has decided meanwhile
    outlive(case, stored)     … and where the look would forget it

A person's word never closes a case: `claimed fixed` becomes `verified fixed` only by a clear look, and "not ours"
takes effect when the officer has confirmed it. An explanation is of what was seen: it ends with its last day, when
what was seen changes, and when it is mended.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo

from audits.days import day_of
from audits.drift import is_graver
from audits.model import Case, CaseEvent, CaseState, Drift, DriftStage, Finding, Outcome
from audits.refusal import Refused
from audits.wording.said import said

LONGEST_EXPLANATION = timedelta(days=365)  # a year ahead, as the form says; in a leap year a day less
OPEN = frozenset(
    {
        CaseState.NEW,
        CaseState.CONFIRMED,
        CaseState.ACKNOWLEDGED,
        CaseState.EXPLAINED,
        CaseState.SAID_NOT_OURS,
        CaseState.CLAIMED_FIXED,
    }
)
CLEARING = frozenset({DriftStage.MENDED, DriftStage.RELEASED, DriftStage.CALMED})
ENDED = frozenset({CaseState.VERIFIED_FIXED, CaseState.RELEASED, CaseState.SUPERSEDED})
_NOT_OURS = frozenset({CaseState.SAID_NOT_OURS, CaseState.NOT_OURS})
_DECIDED_BY_PEOPLE = {
    "acknowledge": CaseState.ACKNOWLEDGED,
    "explain": CaseState.EXPLAINED,
    "not_ours": CaseState.SAID_NOT_OURS,
    "confirm_not_ours": CaseState.NOT_OURS,
    "deny_not_ours": CaseState.CONFIRMED,
    "claim_fixed": CaseState.CLAIMED_FIXED,
    "reopen": CaseState.CONFIRMED,
}
_FROM = {
    "confirm_not_ours": frozenset({CaseState.SAID_NOT_OURS}),
    "deny_not_ours": frozenset({CaseState.SAID_NOT_OURS, CaseState.NOT_OURS}),
    "reopen": OPEN | {CaseState.NOT_OURS, CaseState.VERIFIED_FIXED},
}
ACTS = tuple(_DECIDED_BY_PEOPLE)
UNDO, LAPSED, RELEASED = "undo", "lapse", "release"


class CaseRefused(Refused):
    """A decision that cannot be taken; the message says why and what would do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What a person decides of a case at `at` (UTC), in the city's `zone`; `until` is the last of its days on which an
    explanation holds.
    """

    what: str
    by: str
    at: datetime
    zone: tzinfo
    reason: str = ""
    until: date | None = None

    @property
    def today(self) -> date:
        return day_of(self.at, self.zone)


def follow(case: Case | None, drift: Drift) -> Case | None:
    """The case after one more look; None where nothing is left of it.

    `case` is the one with the finding's own account, rule and fingerprint, if there is one.
    """
    if drift.stage in CLEARING:
        return _cleared(case, drift)
    if drift.stage is DriftStage.HELD:
        return case
    return _opened(drift) if case is None else _seen_again(case, drift)


def _cleared(case: Case | None, drift: Drift) -> Case | None:
    """What nobody was told of needs no end; what was told or decided on ends by the clear look.

    Where another value stands confirmed, and only a suspicion beside it has gone, its case stays; one that somebody
    has opened by deciding on the suspicion gives way to it.
    """
    if case is None or case.state is CaseState.NEW:
        return None
    if drift.stage is DriftStage.CALMED and drift.before is Outcome.FAILED:
        stands = case.fingerprint == drift.finding.fingerprint or case.state is CaseState.NOT_OURS
        return case if stands else supersede(case, drift.finding.observed_at)
    if drift.stage is DriftStage.RELEASED:
        return replace(release(case, drift.finding.observed_at), by="", reason=said("evidence.rule_changed"))
    return replace(case, state=CaseState.VERIFIED_FIXED, changed_at=drift.finding.observed_at)


def supersede(case: Case, at: datetime) -> Case:
    """The same rule now fails on another value: the old case ends, and with it any explanation of it."""
    return replace(case, state=CaseState.SUPERSEDED, changed_at=at)


def disprove(case: Case, finding: Finding) -> Case:
    """A claimed fix that a later, clear look does not find: the case is confirmed again; anything else stays."""
    answered = finding.outcome is Outcome.FAILED and finding.fingerprint == case.fingerprint
    later = finding.observed_at > case.changed_at
    if case.state is CaseState.CLAIMED_FIXED and answered and later:
        return _open_again(case, finding.observed_at)
    return case


def regrade(case: Case, finding: Finding) -> Case:
    """A deviation that is less grave than it was: its case says so, whatever people decided; nobody is told anew."""
    told = case.state in OPEN - {CaseState.NEW} or case.state is CaseState.NOT_OURS
    answered = finding.outcome is Outcome.FAILED and finding.fingerprint == case.fingerprint
    if told and answered and is_graver(case.severity, finding.severity):
        return replace(case, severity=finding.severity, seen=finding.seen)
    return case


def decide(case: Case, act: Act) -> Case:
    """Take a person's decision.

    Raises `CaseRefused` where it lacks a name, a reason or an end date, ends too late, or comes too late.
    """
    if act.what not in _DECIDED_BY_PEOPLE:
        raise CaseRefused(said("refused.case.act", act=act.what, known=", ".join(ACTS)))
    if not act.by.strip():
        raise CaseRefused(said("refused.who_decides"))
    if case.state not in _FROM.get(act.what, OPEN):
        raise CaseRefused(
            said(
                "refused.case.late",
                act=said(f"terminal.act.{act.what}"),
                state=said(f"terminal.value.{case.state.value}"),
            )
        )
    if act.what == "explain":
        _check_explanation(act)
    return replace(
        case,
        state=_DECIDED_BY_PEOPLE[act.what],
        changed_at=act.at,
        by=act.by.strip(),
        reason=act.reason.strip(),
        until=act.until if act.what == "explain" else None,
    )


def undo(case: Case, events: Sequence[CaseEvent], by: str, at: datetime) -> Case:
    """The case as it was before the last decision; `events` are all of the case's, in the order they happened.

    Raises `CaseRefused` where the last thing that happened was no decision: what a look has seen since stands.
    """
    if not by.strip():
        raise CaseRefused(said("refused.who_takes_back"))
    standing = _not_undone(events)
    if not standing or standing[-1].act not in _DECIDED_BY_PEOPLE:
        raise CaseRefused(said("refused.case.nothing"))
    before = standing[-2] if len(standing) > 1 else None
    if before is None or before.state is CaseState.NEW:  # what was a suspicion then may stand confirmed since
        return _open_again(case, at)
    return replace(case, state=before.state, changed_at=at, by=before.by, reason=before.reason, until=before.until)


def last_decision(events: Sequence[CaseEvent]) -> CaseEvent | None:
    """The decision that an undo would take back; None where the last thing that happened was none."""
    standing = _not_undone(events)
    return standing[-1] if standing and standing[-1].act in _DECIDED_BY_PEOPLE else None


def _not_undone(events: Sequence[CaseEvent]) -> list[CaseEvent]:
    standing: list[CaseEvent] = []
    for event in events:
        if event.act == UNDO:
            standing.pop()
        else:
            standing.append(event)
    return standing


def lapse(case: Case, today: date, now: datetime) -> Case:
    """An explanation past its last day is a confirmed case again."""
    over = case.state is CaseState.EXPLAINED and case.until is not None and today > case.until
    return _open_again(case, now) if over else case


def release(case: Case, at: datetime) -> Case:
    """The rule has changed or is gone, or the account is freed of it: the case ends, and nobody says that it was
    mended.
    """
    return replace(case, state=CaseState.RELEASED, changed_at=at, until=None)


def heed(case: Case, stored: Case | None) -> Case:
    """The case as a look leaves it, where somebody has decided on it after the look began to be compared.

    Their word stands, unless the look ends the case; a suspicion is nobody's word.
    """
    if stored is None or case.state in ENDED or stored.changed_at <= case.changed_at or stored.state is CaseState.NEW:
        return case
    return replace(
        case,
        state=stored.state,
        changed_at=stored.changed_at,
        by=stored.by,
        reason=stored.reason,
        until=stored.until,
    )


def outlive(case: Case, stored: Case | None) -> Case | None:
    """What is left of a suspicion that a look did not see again: None, unless somebody has decided on it meanwhile."""
    if stored is None or stored.state is CaseState.NEW or stored.state in ENDED:
        return None
    return replace(stored, state=CaseState.VERIFIED_FIXED, changed_at=max(case.changed_at, stored.changed_at))


def _open_again(case: Case, at: datetime) -> Case:
    return replace(case, state=CaseState.CONFIRMED, changed_at=at, by="", reason="", until=None)


def _check_explanation(act: Act) -> None:
    if not act.reason.strip():
        raise CaseRefused(said("refused.case.reason"))
    if act.until is None:
        raise CaseRefused(said("refused.case.until"))
    if act.until < act.today:
        raise CaseRefused(said("refused.case.past", day=act.until))
    if act.until - act.today > LONGEST_EXPLANATION:
        raise CaseRefused(said("refused.case.far", day=act.until))


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
    """What people decided stays, unless it was over or the deviation has grown worse."""
    finding = drift.finding
    told_before = case.state in OPEN - {CaseState.NEW} or case.state is CaseState.NOT_OURS
    worse = drift.stage is DriftStage.WORSENED and case.state not in _NOT_OURS
    seen = replace(case, severity=finding.severity, seen=finding.seen)
    if told_before and not worse:
        return seen
    return replace(_open_again(seen, finding.observed_at), state=_state_for(drift.stage))


def _state_for(stage: DriftStage) -> CaseState:
    return CaseState.NEW if stage is DriftStage.PENDING else CaseState.CONFIRMED
