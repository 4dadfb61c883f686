"""What people decide of a case, and what the calendar makes of it.

    CaseRef + Act ─▶ case as it stands ─decide│undo▶ case after + event ─▶ Receipt
    today ─▶ explanations past their last day ─▶ confirmed again
    rules, exemptions, windows and kinds of account as they are ─▶ cases that they no longer bear ─▶ released

Whoever calls has made sure that the person may: only the communications officer confirms or denies that an account is
not ours. A decision that meets another one, or a night's look, is taken anew on the case as it then stands.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from audits.cases import (
    LAPSED,
    OPEN,
    RELEASED,
    UNDO,
    Act,
    decide,
    lapse,
    last_decision,
    release,
    undo,
)
from audits.days import Now
from audits.deciding import CaseRef, KeptCase, Receipt, receipt_of
from audits.model import NO_CIRCUMSTANCES, Case, CaseEvent, CaseState, Circumstances, Outcome
from audits.reporting import STANDS
from audits.rulebook import Routine
from audits.rules.ending import (
    CLOSED,
    SILENCE,
    anothers_now,
    counts_anew,
    releases,
    rests_on_nothing,
    tells_of_takeover,
)
from audits.wording.said import said
from worker.ports import Store
from worker.ports.deciding import CaseMoved, DecisionStore

_TRIES: Final = 5


class NoSuchCase(LookupError):
    """There is no case of that number, or no open one of that account and rule."""


class AnsweredSince(Exception):
    """Somebody else has answered since the page was drawn by which this answer was given: it may not displace theirs
    without a word.
    """


def stamp_of(case: Case | None) -> str:
    """By what a form knows the answer that stood when it was drawn; one that stands open has one of its own."""
    return f"{case.state.value} {case.changed_at.isoformat()}"[:40] if case else ""


def decide_case(store: DecisionStore, ref: CaseRef, act: Act, stood: str = "") -> Receipt:
    """Take a person's decision and keep it. Raises `CaseRefused` or `NoSuchCase`; `AnsweredSince` where another answer
    than the one of the stamp `stood` stands by now, which is somebody else's.
    """

    def decided(kept: KeptCase) -> tuple[Case, CaseEvent]:
        after = decide(kept.case, act)
        if stood and _is_answered_since(kept.case, act.by, stood):
            raise AnsweredSince
        return after, _event(act.what, act.at, after, act.by, after.reason)

    return _keep(store, ref, decided)


def _is_answered_since(case: Case, by: str, stood: str) -> bool:
    is_answered = case.state in OPEN - {CaseState.CONFIRMED}
    return is_answered and stamp_of(case) != stood and case.by != by


def undo_decision(store: DecisionStore, ref: CaseRef, by: str, at: datetime) -> Receipt:
    """Take the last decision back, and let the button by which it was taken be pressed again.

    Raises `CaseRefused` where a look has come since, or `NoSuchCase`.
    """
    taken_back: list[CaseEvent] = []

    def undone(kept: KeptCase) -> tuple[Case, CaseEvent]:
        after = undo(kept.case, kept.events, by, at)
        taken_back[:] = filter(None, [last_decision(kept.events)])
        return after, _event(UNDO, at, after, by, "")

    receipt = _keep(store, ref, undone)
    for event in taken_back:
        store.free_buttons(receipt.case_id, event.at)
    return receipt


def lapse_explanations(store: DecisionStore, today: date, now: datetime) -> Sequence[Receipt]:
    """Confirm anew what was explained until a day before `today`, the city's. Calling again changes nothing."""
    receipts = []
    for kept in store.lapsed_before(today):
        after = lapse(kept.case, today, now)
        event = _event(LAPSED, now, after, "", "")
        try:
            store.keep_decision(kept, after, event)
        except CaseMoved:
            continue  # somebody has just decided on it; the next tick looks again
        receipts.append(receipt_of(kept, after, event))
    return receipts


def release_cases(
    store: DecisionStore,
    beside: Store,
    routines: Mapping[str, Routine],
    now: Now,
    of: Collection[int] | None = None,
    awaited: Collection[str] = frozenset(),
) -> Sequence[Receipt]:
    """End the open cases (of these accounts) whose rule is gone or does not bind their account on that day, those that
    rest on an end date or a closing which somebody has taken back, silence from before a rest that is over, and what
    was told of an account before it was seen to be somebody else's, unless the latest look shows it still.

    Nothing becomes of cases under rules that are gone and `awaited`: a slip may have taken them out of the file.
    Calling again changes nothing.
    """
    receipts = []
    lost = set(awaited) - routines.keys()
    cases = (kept for kept in store.open_cases() if kept.case.rule not in lost)
    open_ = [kept for kept in cases if of is None or kept.account.id in of]
    stands, taken = _beside(beside, routines, open_), _taken_over(routines, open_)
    shown = _shown(beside, taken)
    for kept in open_:
        routine = routines.get(kept.case.rule)
        why = _borne_no_more(kept, routine, stands.get(kept.account.id, NO_CIRCUMSTANCES), now.today)
        is_earlier = kept.account.id in taken and kept.case.changed_at < taken[kept.account.id]
        if is_earlier and (kept.account.id, kept.case.rule) not in shown:
            why = why or anothers_now(routine)
        if not why:
            continue
        after = release(kept.case, now.at)
        event = _event(RELEASED, now.at, after, "", why)
        try:
            store.release(kept, after, event)
        except CaseMoved:
            continue  # somebody has just decided on it; the next night looks again
        receipts.append(receipt_of(kept, after, event))
    return receipts


def _borne_no_more(kept: KeptCase, routine: Routine | None, own: Circumstances, today: date) -> str:
    """Why the rule holds the case against its account no longer; "" where it does."""
    why = releases(routine, kept.account, today) or rests_on_nothing(routine, kept.account, own.closing)
    return why or counts_anew(routine, kept.case.seen, own.rest, today)


def _taken_over(routines: Mapping[str, Routine], cases: Iterable[KeptCase]) -> Mapping[int, datetime]:
    """The accounts that are told to be in other hands, and since when (UTC)."""
    told = (kept for kept in cases if kept.case.state in STANDS and tells_of_takeover(routines.get(kept.case.rule)))
    return {kept.account.id: kept.case.opened_at for kept in told}


def _shown(beside: Store, ids: Collection[int]) -> Collection[tuple[int, str]]:
    """What the latest look at these accounts still shows against them, by account and rule: under another name, the
    city's own account may be there yet.
    """
    found = beside.latest_findings(ids) if ids else {}
    return {(id_, each.rule) for id_, own in found.items() for each, _ in own if each.outcome is Outcome.FAILED}


def _beside(beside: Store, routines: Mapping[str, Routine], cases: Iterable[KeptCase]) -> Mapping[int, Circumstances]:
    """By account, what stands beside those that have a case which rests on a closing, or is of silence."""
    resting = {each.id for each in routines.values() if each.check.name in CLOSED | SILENCE}
    ids = {kept.account.id for kept in cases if kept.case.rule in resting}
    return beside.circumstances_of(ids) if ids else {}


def _keep(store: DecisionStore, ref: CaseRef, decided: Callable[[KeptCase], tuple[Case, CaseEvent]]) -> Receipt:
    for _ in range(_TRIES):
        kept = store.case_of(ref)
        if kept is None:
            raise NoSuchCase(said("refused.case.none", ref=ref.named))
        after, event = decided(kept)
        if _says_the_same(kept.case, after):
            return receipt_of(kept, after, event, repeated=True)
        try:
            store.keep_decision(kept, after, event)
        except CaseMoved:
            continue
        return receipt_of(kept, after, event)
    raise CaseMoved(said("refused.case.busy", ref=ref.named))


def _says_the_same(before: Case, after: Case) -> bool:
    """A button pressed twice decides once."""
    return replace(before, changed_at=after.changed_at) == after


def _event(act: str, at: datetime, after: Case, by: str, reason: str) -> CaseEvent:
    return CaseEvent(at=at, act=act, state=after.state, by=by.strip(), reason=reason, until=after.until)
