"""Accounts that are being closed."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from worker.cli.accounts import ACCOUNT, Typed, must_exist, number_of
from worker.cli.days import DAY
from worker.cli.naming import Act, called
from worker.cli.resting import say_unexplained
from worker.cli.showing import (
    Listing,
    NothingDone,
    as_json,
    deployed,
    print_json,
    print_json_lines,
    print_table,
    say,
)  # fmt: skip
from worker.cli.speaking import asked, headings, in_language, spoken, word_for, words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from worker.steps.closing import ClosingPage
    from worker.wiring.resting import Resting

_STEPS = ("announce", "archive", "signpost", "unlink", "list", "keep_name", "look_yearly")


@click.group(cls=Listing, lists="show")
def closing() -> None:
    """Close an account in the right order: announce, archive, signpost, unlink, list, keep the name, check yearly."""


@closing.command()
@click.argument("account", type=ACCOUNT)
@click.option("--on", type=DAY, required=True, help="The day by which it is to be closed.")
@click.option("--by", required=True, help="Who decides: a name or a role.")
@click.option("--reason", required=True, help="In words.")
@click.option("--successor", default="", help="Where readers are sent instead: an address or a name.")
@in_language
@as_json
def start(account: Typed, on: date, json_out: bool, **given: str) -> None:
    """Start closing an account. While it is being closed, silence is not a deviation."""
    with _closing_of(account) as (resting, number):
        page = resting.start(number, on=on, **given)
    _show(page, number, json_out)


@closing.command()
@click.argument("account", type=ACCOUNT, required=False)
@in_language
@as_json
def show(account: Typed | None, json_out: bool) -> None:
    """A closing and the present state of its steps; without ACCOUNT, every closing under way."""
    from worker.wiring.resting import Resting

    with deployed(asks=False) as deployment:
        resting = Resting(deployment)
        if account is not None:
            number = number_of(deployment, account)
            page = resting.show(number)
            if page is None:
                must_exist(deployment, number)
            _show(page, number, json_out)
            return
        pages = resting.under_way()
    if json_out:
        print_json_lines(_page_row(page, asked()) for page in pages)
        return
    rows = ((page.account.id, page.account.name, page.closing.closes_on, _counted(page)) for page in pages)
    print_table(words("closing.title"), headings("account", "name", "closes", "steps"), rows)


@closing.command()
@click.argument("account", type=ACCOUNT)
@click.argument("step", type=Act(_STEPS), metavar="STEP")
@click.option("--by", required=True, help="Who says so: a name or a role.")
@click.option("--note", default="", help="Where it was announced, archived, …")
@in_language
@as_json
def done(account: Typed, step: str, by: str, note: str, json_out: bool) -> None:
    """Say that a step is done. Refused if a check shows otherwise.

    STEP is announce, archive, signpost, unlink, list, keep_name or look_yearly.
    """
    from audits.closing import Step

    with _closing_of(account) as (resting, number):
        page = resting.done(number, Step(step), by=by, note=note)
    _show(page, number, json_out)


@closing.command()
@click.argument("account", type=ACCOUNT)
@click.option("--by", required=True, help="Who completes it: a name or a role.")
@in_language
@as_json
def finish(account: Typed, by: str, json_out: bool) -> None:
    """Complete a closing whose steps are done: the register then says that the account is closed.

    To abandon a closing and leave the account as it is, use closing withdraw.
    """
    with _closing_of(account) as (resting, number):
        resting.finish(number, by=by)
    if json_out:
        print_json({"account": number, "outcome": "closed", "by": by})
    else:
        say(words("closing.closed", account=number))


@closing.command()
@click.argument("account", type=ACCOUNT)
@click.option("--on", type=DAY, required=True, help="The day by which it is to be closed instead.")
@click.option("--by", required=True, help="Who decides: a name or a role.")
@click.option("--reason", default="", help="In words; without it, the closing's earlier reason applies.")
@in_language
@as_json
def move(account: Typed, on: date, json_out: bool, **given: str) -> None:
    """Move a closing to another date. Steps that are done stay done, and the history keeps both dates."""
    with _closing_of(account) as (resting, number):
        page = resting.move(number, on=on, **given)
    _show(page, number, json_out)


@closing.command("withdraw")
@click.argument("account", type=ACCOUNT)
@click.option("--by", required=True, help="Who withdraws it: a name or a role.")
@click.option("--reason", default="", help="In words.")
@in_language
@as_json
def withdraw_closing(account: Typed, by: str, reason: str, json_out: bool) -> None:
    """Withdraw a closing; the account stays as it is, and the history keeps both decisions."""
    with _closing_of(account) as (resting, number):
        receipts = resting.withdraw(number, by=by, reason=reason)
    if json_out:
        cases = [each.case_id for each in receipts]
        print_json({"account": number, "outcome": "withdrawn", "by": by, "reason": reason, "cases": cases})
        return
    say(words("closing.withdrawn", account=number))
    say_unexplained(receipts)


@contextmanager
def _closing_of(account: Typed) -> Iterator[tuple[Resting, int]]:
    """What may be done with the account, and its number."""
    from worker.wiring.resting import Resting

    with deployed(asks=False) as deployment:
        yield Resting(deployment), number_of(deployment, account)


def _show(page: ClosingPage | None, account: int, json_out: bool) -> None:
    if page is None:
        raise NothingDone(words("closing.none", account=account))
    row = _page_row(page, asked() if json_out else spoken())
    if json_out:
        print_json(row)
        return
    title = words("closing.of", name=page.account.name, day=page.closing.closes_on, done=_counted(page))
    shown = headings("step", "what", "how", "by", "why")
    print_table(title, shown, (_step_cells(step) for step in row["steps"]))


def _step_cells(step: dict[str, Any]) -> tuple[object, ...]:
    return called(step["step"]), step["what"], word_for("how", step["how"]), step["by"] or "", step["why"] or ""


def _counted(page: ClosingPage) -> str:
    """How many of the steps that somebody has to do are done."""
    done, left = sum(state.done for state in page.steps), sum(state.left for state in page.steps)
    return words("closing.counted", done=done, total=done + left)


def _page_row(page: ClosingPage, language: str) -> dict[str, Any]:
    from audits.wording import phrase

    closing_ = page.closing
    return {
        "account": page.account.id,
        "name": page.account.name,
        "closes_on": closing_.closes_on.isoformat(),
        "decided_by": closing_.by,
        "reason": closing_.reason,
        "successor": closing_.successor,
        "done": page.is_done,
        "steps": [
            {
                "step": state.step.value,
                "what": phrase(f"closing.{state.step.value}", language),
                "how": state.how.value,
                "by": state.by,
                "at": state.at.isoformat() if state.at else None,
                "why": state.why,
            }
            for state in page.steps
        ],
    }
