"""Silence that is planned, and accounts that are being closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from worker.cli.accounts import ACCOUNT, Typed, number_of
from worker.cli.days import DAY
from worker.cli.naming import Act, called
from worker.cli.showing import (
    Listing,
    NothingDone,
    as_json,
    deployed,
    print_json,
    print_json_lines,
    print_table,
    refuse,
    say,
)
from worker.cli.speaking import asked, headings, in_language, spoken, word_for, words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from audits.deciding import Receipt
    from audits.model import Rest
    from worker.steps.resting import ClosingPage

_STEPS = ("announce", "archive", "signpost", "unlink", "list", "keep_name", "look_yearly")


@click.group(cls=Listing)
def rest() -> None:
    """Planned silence: an account that rests until a day is not told of as silent."""


@rest.command("set")
@click.argument("account", type=ACCOUNT)
@click.option("--until", type=DAY, required=True, help="The last day of rest, a year ahead at most.")
@click.option("--from", "starts_on", type=DAY, help="The first day; today where it is left out.")
@click.option("--reason", required=True, help="In words. Leave out anybody's health.")
@click.option("--by", required=True, help="Who decides: a name or a role.")
@in_language
@as_json
def set_rest(account: Typed, until: date, starts_on: date | None, json_out: bool, **given: str) -> None:
    """Let an account rest until a day; an earlier rest is replaced."""
    from worker.steps.resting import RestRefused
    from worker.wiring.resting import Resting

    with deployed(asks=False) as deployment:
        try:
            planned = Resting(deployment).rest(
                number_of(deployment, account), until=until, starts_on=starts_on, **given
            )
        except RestRefused as error:
            refuse(error)
    if json_out:
        print_json(_rest_row(planned))
    else:
        say(words("rest.set", account=planned.account_id, first=planned.starts_on, last=planned.until))


@rest.command()
@click.argument("account", type=ACCOUNT)
@click.option("--by", required=True, help="Who ends it: a name or a role.")
@in_language
@as_json
def end(account: Typed, by: str, json_out: bool) -> None:
    """Take an account's rest back, and with it its explanation of open cases."""
    from worker.steps.resting import RestRefused
    from worker.wiring.resting import Resting

    with deployed(asks=False) as deployment:
        number = number_of(deployment, account)
        try:
            receipts = Resting(deployment).end_rest(number, by)
        except RestRefused as error:
            raise NothingDone(error.args[0]) from error
    if json_out:
        print_json({"account": number, "rests": False, "by": by, "cases": [each.case_id for each in receipts]})
        return
    say(words("rest.ended", account=number))
    _say_unexplained(receipts)


def _say_unexplained(receipts: Sequence[Receipt]) -> None:
    """Where the cases stand whose explanation went with the rest or closing that gave it."""
    for each in receipts:
        say(words("rest.unexplained", case=each.case_id, state=word_for("case", each.state.value)))


@rest.command("list")
@in_language
@as_json
def list_rests(json_out: bool) -> None:
    """Every planned rest, the first to end first; of one that is over, silence is counted from its end."""
    from worker.wiring.resting import Resting

    with deployed(asks=False) as deployment:
        resting = Resting(deployment)
        names = {account.id: account.name for account in deployment.store.accounts()}
        rows = [
            {**_rest_row(each), "name": names.get(each.account_id, ""), "state": _standing(each, resting.today)}
            for each in resting.rests()
        ]
    if json_out:
        print_json_lines(rows)
        return
    columns = ("account", "name", "state", "from", "until", "reason", "by")
    told = ({**row, "state": word_for("rest", row["state"])} for row in rows)
    print_table(words("rest.title"), headings(*columns), ([row[name] for name in columns] for row in told))


def _standing(planned: Rest, today: date) -> str:
    """How a rest stands on the city's day; what is over stays, since silence is counted from its end."""
    if planned.until < today:
        return "over"
    return "planned" if today < planned.starts_on else "resting"


def _rest_row(planned: Rest) -> dict[str, Any]:
    return {
        "account": planned.account_id,
        "from": planned.starts_on.isoformat(),
        "until": planned.until.isoformat(),
        "reason": planned.reason,
        "by": planned.by,
    }


@click.group(cls=Listing, lists="show")
def closing() -> None:
    """Close an account in the right order: announce, archive, signpost, unlink, list, keep the name, look yearly."""


@closing.command()
@click.argument("account", type=ACCOUNT)
@click.option("--on", type=DAY, required=True, help="The day by which it is to be closed.")
@click.option("--by", required=True, help="Who decides: a name or a role.")
@click.option("--reason", required=True, help="In words.")
@click.option("--successor", default="", help="Where readers are sent instead: an address or a name.")
@in_language
@as_json
def start(account: Typed, on: date, json_out: bool, **given: str) -> None:
    """Begin to close an account. While it is being closed, silence is no deviation."""
    from worker.steps.resting import ClosingRefused
    from worker.wiring.resting import Resting

    with deployed(asks=False) as deployment:
        number = number_of(deployment, account)
        try:
            page = Resting(deployment).start(number, on=on, **given)
        except ClosingRefused as error:
            refuse(error)
    _show(page, number, json_out)


@closing.command()
@click.argument("account", type=ACCOUNT, required=False)
@in_language
@as_json
def show(account: Typed | None, json_out: bool) -> None:
    """A closing with its steps as they stand now; without ACCOUNT, every one that is under way."""
    from worker.wiring.resting import Resting

    with deployed(asks=False) as deployment:
        resting = Resting(deployment)
        if account is not None:
            number = number_of(deployment, account)
            _show(resting.show(number), number, json_out)
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
    """Say that a step is done. Refused where a look sees otherwise.

    STEP is announce, archive, signpost, unlink, list, keep_name or look_yearly.
    """
    from worker.steps.resting import ClosingRefused, Step
    from worker.wiring.resting import Resting

    with deployed(asks=False) as deployment:
        number = number_of(deployment, account)
        try:
            page = Resting(deployment).done(number, Step(step), by=by, note=note)
        except ClosingRefused as error:
            refuse(error)
    _show(page, number, json_out)


@closing.command()
@click.argument("account", type=ACCOUNT)
@click.option("--by", required=True, help="Who ends it: a name or a role.")
@click.option("--withdraw", is_flag=True, help="Give the closing up; the account stays as it is.")
@in_language
@as_json
def finish(account: Typed, by: str, withdraw: bool, json_out: bool) -> None:
    """End a closing whose steps are done: the register says from now on that the account is closed."""
    from worker.ports import RegisterMoved
    from worker.steps.resting import ClosingRefused
    from worker.wiring.resting import Resting

    if withdraw:
        _withdraw(account, by, "", json_out)
        return
    with deployed(asks=False) as deployment:
        number = number_of(deployment, account)
        try:
            Resting(deployment).finish(number, by=by)
        except (ClosingRefused, RegisterMoved) as error:
            refuse(error)
    if json_out:
        print_json({"account": number, "outcome": "closed", "by": by})
    else:
        say(words("closing.closed", account=number))


@closing.command()
@click.argument("account", type=ACCOUNT)
@click.option("--on", type=DAY, required=True, help="The day by which it is to be closed instead.")
@click.option("--by", required=True, help="Who decides: a name or a role.")
@click.option("--reason", default="", help="In words; without it the reason of the closing stands.")
@in_language
@as_json
def move(account: Typed, on: date, json_out: bool, **given: str) -> None:
    """Move a closing to another day. What was done of its steps stays done, and the history keeps both days."""
    from worker.steps.resting import ClosingRefused
    from worker.wiring.resting import Resting

    with deployed(asks=False) as deployment:
        number = number_of(deployment, account)
        try:
            page = Resting(deployment).move(number, on=on, **given)
        except ClosingRefused as error:
            refuse(error)
    _show(page, number, json_out)


@closing.command("withdraw")
@click.argument("account", type=ACCOUNT)
@click.option("--by", required=True, help="Who takes it back: a name or a role.")
@click.option("--reason", default="", help="In words.")
@in_language
@as_json
def withdraw_closing(account: Typed, by: str, reason: str, json_out: bool) -> None:
    """Take a closing back; the account stays as it is, and the history keeps both decisions."""
    _withdraw(account, by, reason, json_out)


def _withdraw(account: Typed, by: str, reason: str, json_out: bool) -> None:
    from worker.steps.resting import ClosingRefused
    from worker.wiring.resting import Resting

    with deployed(asks=False) as deployment:
        number = number_of(deployment, account)
        try:
            receipts = Resting(deployment).withdraw(number, by=by, reason=reason)
        except ClosingRefused as error:
            refuse(error)
    if json_out:
        cases = [each.case_id for each in receipts]
        print_json({"account": number, "outcome": "withdrawn", "by": by, "reason": reason, "cases": cases})
        return
    say(words("closing.withdrawn", account=number))
    _say_unexplained(receipts)


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
    return words("closing.counted", done=sum(state.done for state in page.steps), total=len(page.steps))


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
