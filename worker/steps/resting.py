"""Planned rests, and closings: a list of steps, each seen where a look can and attested where none can.

plan_rest, end_rest        silence that somebody has decided, with its end
explain_silence            the open cases of silence that a rest or a closing explains
unexplain_silence          those explanations taken back with it, and no other decision
start ─▶ show ─▶ done … ─▶ finish (every step done: the account is signposted and closed) │ move │ withdraw
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo

from audits import closing as closings
from audits import resting
from audits.cases import Act
from audits.closing import ClosingRefused, Evidence, How, Step, StepState
from audits.deciding import CaseRef, Receipt
from audits.model import Account, Answer, Closing, Kind, Rest, StepDone
from audits.registering import ChangeKind, RegisterChange
from audits.resting import RestRefused
from audits.rulebook import Routine
from audits.rules import SILENCE
from audits.rules.profile import signposted
from audits.wording.said import said
from config.rules import Rulebook
from worker.ports import RegisterStore, Store
from worker.ports.deciding import DecisionStore
from worker.ports.resting import ClosingStore, RestStore
from worker.steps.deciding import decide_case, undo_decision


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingPage:
    """A closing as whoever sees to it is shown it."""

    account: Account
    closing: Closing
    steps: tuple[StepState, ...]

    @property
    def is_done(self) -> bool:
        return closings.is_done(self.steps)


def plan_rest(
    store: Store, rests: RestStore, account_id: int, *, starts_on: date, until: date, reason: str, by: str,
    today: date, now: datetime,
) -> Rest:  # fmt: skip
    """Let an account be silent for a while; an earlier rest is replaced. Raises `RestRefused`."""
    if not store.accounts(ids=[account_id]):
        raise RestRefused(said("refused.no_account", number=account_id))
    rest = resting.plan(account_id, starts_on=starts_on, until=until, reason=reason, by=by, today=today)
    rests.plan_rest(rest, now)
    return rest


def explain_silence(
    decisions: DecisionStore, routines: Mapping[str, Routine], account_id: int, act: Act
) -> Sequence[Receipt]:
    """Explain the account's open cases of silence by the rest or closing that was decided. Raises `CaseRefused`."""
    silent = {each.id for each in routines.values() if each.check.name in SILENCE}
    cases = [each for each in decisions.open_cases() if each.account.id == account_id and each.case.rule in silent]
    return [decide_case(decisions, CaseRef(id=each.id), act) for each in cases]


def unexplain_silence(
    decisions: DecisionStore, decided: Rest | Closing, *, by: str, now: datetime, zone: tzinfo
) -> Sequence[Receipt]:
    """Take back what this rest or closing explained; a person's own decision on a case stands."""
    cases = [each for each in decisions.open_cases() if each.account.id == decided.account_id]
    explained = [each for each in cases if resting.explains(decided, each.case, zone)]
    return [undo_decision(decisions, CaseRef(id=each.id), by, now) for each in explained]


def rest_of(rests: RestStore, account_id: int) -> Rest | None:
    """The account's rest that nobody took back."""
    return next((each for each in rests.rests() if each.account_id == account_id), None)


def end_rest(rests: RestStore, account_id: int, now: datetime, by: str = "") -> None:
    """Take a rest back. Raises `RestRefused` where there is none."""
    if not rests.end_rest(account_id, now, by):
        raise RestRefused(said("refused.rest.none", number=account_id))


def start(
    store: Store, kept: ClosingStore, account_id: int, *, on: date, by: str, reason: str, successor: str, today: date,
    now: datetime, explain: Callable[[Closing], object],
) -> None:  # fmt: skip
    """Begin to close an account until a day. Raises `ClosingRefused`.

    `explain`, which explains its silence, comes first: killed in between, the same command does both again.
    """
    account = next(iter(store.accounts(ids=[account_id])), None)
    if account is None:
        raise ClosingRefused(said("refused.no_account", number=account_id))
    if account.kind is Kind.SIGNPOSTED_CLOSED:
        raise ClosingRefused(said("refused.closing.closed", name=account.name))
    closing = closings.begin(account_id, on=on, by=by, reason=reason, successor=successor, now=now, today=today)
    already = said("refused.closing.already", name=account.name, number=account_id)
    if account_id in kept.closings():
        raise ClosingRefused(already)
    explain(closing)
    if not kept.start_closing(closing):
        raise ClosingRefused(already)


def show(store: Store, kept: ClosingStore, rules: Rulebook, account_id: int) -> ClosingPage | None:
    """A closing with every step as it stands now; None where the account is not being closed."""
    closing = kept.closings().get(account_id)
    account = next(iter(store.accounts(ids=[account_id])), None)
    if closing is None or account is None:
        return None
    evidence = _evidence(store, kept, rules, account)
    return ClosingPage(account=account, closing=closing, steps=tuple(closings.progress(closing, evidence)))


def under_way(store: Store, kept: ClosingStore, rules: Rulebook) -> Sequence[ClosingPage]:
    """Every closing of an account in the register, in the order of their days."""
    pages = (show(store, kept, rules, account_id) for account_id in kept.closings())
    return sorted((page for page in pages if page is not None), key=lambda page: page.closing.closes_on)


def done(
    store: Store, kept: ClosingStore, rules: Rulebook, account_id: int, step: Step, *, by: str, note: str,
    now: datetime,
) -> ClosingPage:  # fmt: skip
    """Keep somebody's word that a step is done. Raises `ClosingRefused` where a look sees otherwise."""
    page = _page(store, kept, rules, account_id)
    evidence = _evidence(store, kept, rules, page.account)
    kept.keep_step(page.closing.id, closings.attest(page.closing, evidence, step, by=by, note=note, now=now))
    return _page(store, kept, rules, account_id)


def finish(
    store: Store, register: RegisterStore, kept: ClosingStore, rules: Rulebook, account_id: int, *, by: str,
    now: datetime,
) -> ClosingPage:  # fmt: skip
    """End a closing whose steps are all done: the register says from now on that the account is closed, and whoever
    ends it answers what is asked of closed accounts each year, for the first time.

    Raises `ClosingRefused` with the steps that are left, or `RegisterMoved` where the account is changed just now.
    """
    page = _page(store, kept, rules, account_id)
    if left := [state.step.value for state in page.steps if not state.done]:
        raise ClosingRefused(said("refused.closing.left", steps=closings.called(left)))
    seen = [
        StepDone(step=state.step.value, at=now, how=How.SEEN.value, note=str(state.why))
        for state in page.steps
        if state.how is How.SEEN
    ]
    answers = [
        Answer(account_id=account_id, question=question, yes=True, by=by, at=now)
        for question in _asked_yearly(rules, page.account)
    ]
    if not kept.finish_closing(page.closing.id, seen, _as_closed(register, page.account), answers, by=by, now=now):
        raise ClosingRefused(said("refused.closing.ended", name=page.account.name))
    return page


def withdraw(
    kept: ClosingStore, account_id: int, *, by: str, reason: str, now: datetime, unexplain: Callable[[Closing], object]
) -> None:
    """Give a closing up. Raises `ClosingRefused` where there is none.

    `unexplain`, which takes its explanations back, comes first: killed in between, the same command does both again.
    """
    closing, word = _under_way(kept, account_id), closings.withdraw(by=by, reason=reason, now=now)
    unexplain(closing)
    if not kept.withdraw_closing(closing.id, word):
        raise ClosingRefused(said("refused.closing.none", number=account_id))


def move(
    kept: ClosingStore, account_id: int, *, on: date, by: str, reason: str, today: date, now: datetime,
    explain_anew: Callable[[Closing, Closing], object],
) -> None:  # fmt: skip
    """Decide another day for a closing. Raises `ClosingRefused`; `explain_anew` comes first, as above."""
    closing = _under_way(kept, account_id)
    moved = closings.move(closing, on=on, by=by, reason=reason, now=now, today=today)
    explain_anew(closing, moved)
    if not kept.move_closing(closing.id, moved):
        raise ClosingRefused(said("refused.closing.none", number=account_id))


def _under_way(kept: ClosingStore, account_id: int) -> Closing:
    closing = kept.closings().get(account_id)
    if closing is None:
        raise ClosingRefused(said("refused.closing.none", number=account_id))
    return closing


def _page(store: Store, kept: ClosingStore, rules: Rulebook, account_id: int) -> ClosingPage:
    page = show(store, kept, rules, account_id)
    if page is None:
        raise ClosingRefused(said("refused.closing.begin", number=account_id))
    return page


def _evidence(store: Store, kept: ClosingStore, rules: Rulebook, account: Account) -> Evidence:
    links, closed = kept.links_to(account.id), replace(account, kind=Kind.SIGNPOSTED_CLOSED)
    return Evidence(
        observation=store.last_observation(account.id),
        linked_from=links.pages,
        on_list=links.on_list,
        asked_yearly=bool(_asked_yearly(rules, account)),
        signposts=_signposts(rules, closed),
    )


def _asked_yearly(rules: Rulebook, account: Account) -> Sequence[str]:
    """The questions that are asked for closed accounts' sake."""
    closed = replace(account, kind=Kind.SIGNPOSTED_CLOSED)
    asked = (each for each in rules.questions.every.values() if closed.kind in each.kinds)
    return [each.id for each in asked if each.applies_to(closed)]


def _signposts(rules: Rulebook, closed: Account) -> tuple[str, ...]:
    """The words that the rules take for a signpost; none where the city has dropped such rules."""
    declared = (each.limits_of(closed)["words"] for each in rules.routines.values() if each.check is signposted)
    return tuple(word for words in declared for word in words)


def _as_closed(register: RegisterStore, account: Account) -> RegisterChange:
    row = dict(register.register_rows()).get(account.id)
    if row is None:
        raise ClosingRefused(said("refused.left_register", name=account.name))
    after = replace(row, kind=Kind.SIGNPOSTED_CLOSED)
    return RegisterChange(kind=ChangeKind.CHANGE, account_id=account.id, before=row, after=after)


__all__ = [
    "ClosingPage",
    "ClosingRefused",
    "RestRefused",
    "Step",
    "done",
    "end_rest",
    "explain_silence",
    "finish",
    "move",
    "plan_rest",
    "rest_of",
    "show",
    "start",
    "under_way",
    "unexplain_silence",
    "withdraw",
]
