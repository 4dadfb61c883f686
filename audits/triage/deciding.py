"""What a person decides of a candidate, and how it is taken back.

    open ⇄ asked ─▶ registered · not ours        undo ─▶ as it was before the last decision

A decision that says again what stands is no decision; one that contradicts another must be undone first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from audits.refusal import Refused
from audits.triage.candidates import About, Candidate, CandidateState, TriageEvent, Whose
from audits.wording.said import said

REGISTER, NOT_OURS, ASK, UNDO, REPORT = "register", "not_ours", "ask", "undo", "report"
_WAITS: Final = (CandidateState.OPEN, CandidateState.ASKED)
_STATES: Final = {
    REGISTER: CandidateState.REGISTERED,
    NOT_OURS: CandidateState.NOT_OURS,
    ASK: CandidateState.ASKED,
}


class TriageRefused(Refused):
    """The decision cannot be taken; the message says why and what would do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What somebody decides. `administration` is who answers for it, or who is asked."""

    act: str
    by: str
    at: datetime
    reason: str = ""
    administration: str | None = None
    whose: Whose | None = None
    account_id: int | None = None


def decide(candidate: Candidate, decision: Decision) -> Candidate:
    """The candidate after the decision. Raises `TriageRefused`."""
    _complete(decision)
    if candidate.state not in _WAITS:
        why = f": {candidate.reason}" if candidate.reason else ""
        state = said(f"refused.triage.{candidate.state.value}")
        facts = {
            "key": candidate.url or candidate.key,
            "state": state,
            "by": candidate.by,
            "why": why,
            "number": candidate.id,
        }
        raise TriageRefused(said("refused.triage.decided", **facts))
    return replace(
        candidate,
        state=_STATES[decision.act],
        by=decision.by.strip(),
        reason=decision.reason.strip(),
        administration=decision.administration or candidate.administration,
        whose=decision.whose,
        account_id=decision.account_id or candidate.account_id,
        changed_at=decision.at,
    )


def _complete(decision: Decision) -> None:
    if not decision.by.strip():
        raise TriageRefused(said("refused.triage.who"))
    if decision.act == ASK and not decision.administration:
        raise TriageRefused(said("refused.triage.whom"))
    if decision.act == NOT_OURS and decision.whose is None:
        known = ", ".join(each.value for each in Whose)
        raise TriageRefused(said("refused.triage.whose", known=known))
    if decision.act == NOT_OURS and decision.whose is Whose.OTHER and not decision.reason.strip():
        raise TriageRefused(said("refused.triage.why"))


def undo(candidate: Candidate, history: Sequence[TriageEvent], by: str, at: datetime) -> Candidate:
    """The candidate as it was before its last decision. Raises `TriageRefused` where there is none to take back."""
    if not by.strip():
        raise TriageRefused(said("refused.who_undoes"))
    standing = _not_undone(history)
    if not standing:
        raise TriageRefused(said("refused.triage.undecided", key=candidate.url or candidate.key))
    reported = candidate.account_id if candidate.about is not About.NEW else None  # which account, no decision changes
    undecided = replace(
        candidate, state=CandidateState.OPEN, by="", reason="", administration=None, whose=None, account_id=reported,
        changed_at=at,
    )  # fmt: skip
    if len(standing) == 1:
        return undecided
    before = standing[-2]
    return replace(
        undecided,
        state=before.state,
        by=before.by,
        reason=before.reason,
        administration=before.administration,
        whose=before.whose,
        account_id=before.account_id if candidate.about is About.NEW else reported,
    )


def last_decision(history: Sequence[TriageEvent]) -> TriageEvent | None:
    """The decision that stands."""
    standing = _not_undone(history)
    return standing[-1] if standing else None


def _not_undone(history: Sequence[TriageEvent]) -> list[TriageEvent]:
    standing: list[TriageEvent] = []
    for event in history:
        if event.act == UNDO:
            standing.pop()
        elif event.act in _STATES:
            standing.append(event)
    return standing
