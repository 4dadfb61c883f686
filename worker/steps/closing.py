"""Closing an account: a list of steps, each seen where a look can and attested where none can.

start ─▶ show ─▶ done … ─▶ finish (every step done: the account is signposted and closed) │ move │ withdraw
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from audits import closing as closings
from audits.closing import ClosingRefused, Evidence, How, Step, StepState
from audits.model import Account, Answer, Closing, Kind, Occasion, StepDone
from audits.registering import ChangeKind, RegisterChange
from audits.rules.profile import signposted
from audits.wording.said import said
from config.rules import Rulebook
from worker.ports import RegisterStore, Store
from worker.ports.resting import ClosingStore


class Registered(Store, RegisterStore, Protocol):
    """A store that knows the register and what was seen of it."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What a closing needs of the world, and the rules by which its steps are seen."""

    store: Registered
    kept: ClosingStore
    rules: Rulebook
    today: date  # the city's day


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingPage:
    """A closing as whoever sees to it is shown it."""

    account: Account
    closing: Closing
    steps: tuple[StepState, ...]

    @property
    def is_done(self) -> bool:
        return closings.is_done(self.steps)


def start(desk: Desk, closing: Closing, explain: Callable[[Closing], object]) -> None:
    """Begin to close an account until a day. Raises `ClosingRefused`.

    `explain`, which explains its silence, comes first: killed in between, the same command does both again.
    """
    account_id, account = closing.account_id, _account(desk, closing.account_id)
    if account is None:
        raise ClosingRefused(said("refused.no_account", number=account_id))
    if account.kind is Kind.SIGNPOSTED_CLOSED:
        raise ClosingRefused(said("refused.closing.closed", name=account.name))
    already = said("refused.closing.already", name=account.name, number=account_id)
    if account_id in desk.kept.closings():
        raise ClosingRefused(already)
    explain(closing)
    if not desk.kept.start_closing(closing):
        raise ClosingRefused(already)


def show(desk: Desk, account_id: int) -> ClosingPage | None:
    """A closing with every step as it stands now; None where the account is not being closed."""
    closing, account = desk.kept.closings().get(account_id), _account(desk, account_id)
    if closing is None or account is None:
        return None
    steps = closings.progress(closing, _evidence(desk, account))
    return ClosingPage(account=account, closing=closing, steps=tuple(steps))


def under_way(desk: Desk) -> Sequence[ClosingPage]:
    """Every closing of an account in the register, in the order of their days."""
    pages = (show(desk, account_id) for account_id in desk.kept.closings())
    return sorted((page for page in pages if page is not None), key=lambda page: page.closing.closes_on)


def done(desk: Desk, account_id: int, step: Step, occasion: Occasion) -> ClosingPage:
    """Keep somebody's word that a step is done. Raises `ClosingRefused` where a look sees otherwise."""
    page = _page(desk, account_id)
    word = closings.attest(page.closing, _evidence(desk, page.account), step, occasion)
    desk.kept.keep_step(page.closing.id, word)
    return _page(desk, account_id)


def finish(desk: Desk, account_id: int, occasion: Occasion) -> ClosingPage:
    """End a closing whose steps are all done: the register says from now on that the account is closed, and whoever
    ends it answers what is asked of closed accounts each year, for the first time.

    Raises `ClosingRefused` with the steps that are left, or `RegisterMoved` where the account is changed just now.
    """
    page = _page(desk, account_id)
    if left := [state.step.value for state in page.steps if state.left]:
        raise ClosingRefused(said("refused.closing.left", steps=closings.called(left)))
    seen = [
        StepDone(step=state.step.value, at=occasion.at, how=How.SEEN.value, note=str(state.why))
        for state in page.steps
        if state.how is How.SEEN
    ]
    answers = [
        Answer(account_id=account_id, question=question, yes=True, by=occasion.by, at=occasion.at)
        for question in _asked_yearly(desk.rules, page.account)
    ]
    if not desk.kept.finish_closing(page.closing.id, seen, _as_closed(desk.store, page.account), occasion, answers):
        raise ClosingRefused(said("refused.closing.ended", name=page.account.name))
    return page


def withdraw(
    kept: ClosingStore, account_id: int, occasion: Occasion, *, unexplain: Callable[[Closing], object]
) -> None:
    """Give a closing up. Raises `ClosingRefused` where there is none.

    `unexplain`, which takes its explanations back, comes first: killed in between, the same command does both again.
    """
    closing, word = _under_way(kept, account_id), closings.withdraw(occasion)
    unexplain(closing)
    if not kept.withdraw_closing(closing.id, word):
        raise ClosingRefused(said("refused.closing.none", number=account_id))


def move(
    desk: Desk, account_id: int, occasion: Occasion, *, on: date, explain_anew: Callable[[Closing, Closing], object]
) -> None:
    """Decide another day for a closing. Raises `ClosingRefused`; `explain_anew` comes first, as above."""
    closing = _under_way(desk.kept, account_id)
    moved = closings.move(closing, occasion, on=on, today=desk.today)
    explain_anew(closing, moved)
    if not desk.kept.move_closing(closing.id, moved):
        raise ClosingRefused(said("refused.closing.none", number=account_id))


def _account(desk: Desk, account_id: int) -> Account | None:
    return next(iter(desk.store.accounts(ids=[account_id])), None)


def _under_way(kept: ClosingStore, account_id: int) -> Closing:
    closing = kept.closings().get(account_id)
    if closing is None:
        raise ClosingRefused(said("refused.closing.none", number=account_id))
    return closing


def _page(desk: Desk, account_id: int) -> ClosingPage:
    page = show(desk, account_id)
    if page is None:
        key = "refused.closing.begin" if _account(desk, account_id) else "refused.no_account"
        raise ClosingRefused(said(key, number=account_id))
    return page


def _evidence(desk: Desk, account: Account) -> Evidence:
    links, closed = desk.kept.links_to(account.id), replace(account, kind=Kind.SIGNPOSTED_CLOSED)
    return Evidence(
        observation=desk.store.last_observation(account.id),
        linked_from=links.pages,
        on_list=links.on_list,
        asked_yearly=bool(_asked_yearly(desk.rules, account)),
        signposts=_signposts(desk.rules, closed),
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
