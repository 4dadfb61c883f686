"""Silence that is planned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from worker.cli.accounts import ACCOUNT, Typed, number_of
from worker.cli.days import DAY
from worker.cli.showing import (
    Listing,
    NothingDone,
    as_json,
    deployed,
    print_json,
    print_json_lines,
    print_table,
    say,
)
from worker.cli.speaking import headings, in_language, word_for, words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from audits.deciding import Receipt
    from audits.model import Rest


@click.group(cls=Listing)
def rest() -> None:
    """Planned silence: an account that rests until a given date is not reported as silent."""


@rest.command("set")
@click.argument("account", type=ACCOUNT)
@click.option("--until", type=DAY, required=True, help="The last day of rest, a year ahead at most.")
@click.option("--from", "starts_on", type=DAY, help="The first day; today unless given.")
@click.option("--reason", required=True, help="In words. Do not write anything about anyone's health.")
@click.option("--by", required=True, help="Who decides: a name or a role.")
@in_language
@as_json
def set_rest(account: Typed, until: date, starts_on: date | None, json_out: bool, **given: str) -> None:
    """Let an account rest until a day; an earlier rest is replaced."""
    from worker.wiring.resting import Resting

    with deployed(asks=False) as deployment:
        planned = Resting(deployment).rest(number_of(deployment, account), until=until, starts_on=starts_on, **given)
    if json_out:
        print_json(_rest_row(planned))
    else:
        say(words("rest.set", account=planned.account_id, first=planned.starts_on, last=planned.until))


@rest.command()
@click.argument("account", type=ACCOUNT)
@click.option("--by", required=True, help="Who completes it: a name or a role.")
@in_language
@as_json
def end(account: Typed, by: str, json_out: bool) -> None:
    """End an account's rest, and with it the explanation of its open cases."""
    from audits.resting import RestRefused
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
    say_unexplained(receipts)


def say_unexplained(receipts: Sequence[Receipt]) -> None:
    """Where the cases stand whose explanation went with the rest or closing that gave it."""
    for each in receipts:
        say(words("rest.unexplained", case=each.case_id, state=word_for("value", each.state.value)))


@rest.command("list")
@in_language
@as_json
def list_rests(json_out: bool) -> None:
    """Every planned rest, the one that ends first at the top; silence is counted from the end of a rest."""
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
