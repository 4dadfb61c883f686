"""`kanalkoll register rename · merge · split · planned`: the organisation as it changes, from a date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from worker.cli.accounts import ACCOUNT, Typed, number_of
from worker.cli.days import DAY
from worker.cli.import_told import differences
from worker.cli.naming import on_the_word_of
from worker.cli.numbers import NUMBER
from worker.cli.recipients import place_of
from worker.cli.showing import NothingDone, as_json, deployed, print_json, print_json_lines, print_table, say
from worker.cli.speaking import day_of, headings, in_language, word_for, words

if TYPE_CHECKING:
    from audits.reorganising import Differing, Reorganised, Wish
    from worker.wiring import Deployment

_SHOWN = 20


def _dated(command: Any) -> Any:
    """The options that every change of the organisation takes."""
    for option in (
        as_json,
        in_language,
        click.option("--why", default="", help="Why; preferably with the decision's reference."),
        click.option("--by", default="", help="Who decides: a name or a role."),
        click.option("--dry-run", is_flag=True, help="Show what would change; write nothing."),
        click.option("--from", "from_", type=DAY, help="Starting on this date; otherwise today."),
    ):
        command = option(command)
    return command


_letters = click.option(
    "--release/--withhold",
    "letters",
    default=None,
    help="Whether the result may be written to; required if some of them are released and some are not.",
)


@click.command()
@click.argument("administration")
@click.argument("name")
@_dated
def rename(administration: str, name: str, **given: Any) -> None:
    """Give an administration a new NAME; accounts, cases, mailboxes and history stay with it."""
    _wish("rename", (administration,), name, given)


@click.command()
@click.argument("administrations", nargs=-1, required=True)
@click.option("--into", required=True, help="The administration that they become, new or existing.")
@_letters
@_dated
def merge(administrations: Sequence[str], into: str, **given: Any) -> None:
    """Merge administrations. Accounts move with their cases and limits, units with their mailboxes."""
    _wish("merge", tuple(administrations), into, given)


@click.command()
@click.argument("administration")
@click.option("--into", required=True, help="The administration that the part becomes, new or existing.")
@click.option("--unit", "units", multiple=True, help="A unit that moves too; may be repeated.")
@click.option("--account", "accounts", multiple=True, type=ACCOUNT, help="An account that moves too; may be repeated.")
@_letters
@_dated
def split(administration: str, into: str, units: Sequence[str], accounts: Sequence[Typed], **given: Any) -> None:
    """Split units or accounts off an administration."""
    _wish("split", (administration,), into, given, units=tuple(units), accounts=accounts)


@click.command()
@click.option(
    "--drop", type=NUMBER, metavar="N", help="Remove this one from the list; nothing of it has been carried out."
)
@in_language
@as_json
def planned(drop: int | None, json_out: bool) -> None:
    """Show what has been decided for a later date, and what could not be carried out."""
    with deployed(asks=False) as deployment:
        if drop is not None:
            _drop(deployment, drop)
        rows = [_waiting(deployment, each.wish) | {"id": each.id, "by": each.by, "why": each.why} for each in
                deployment.store.planned_reorganisations()]  # fmt: skip
    if json_out:
        print_json_lines(rows)
    elif rows:
        columns = ("id", "from", "what", "by", "why", "hindrance")
        print_table(
            words("moves.later"),
            headings("number", "from", "what", "by", "why", "hindrance"),
            ([{**row, "by": word_for("who", row["by"])}[column] for column in columns] for row in rows),
        )
    else:
        say(words("moves.none"))


def _drop(deployment: Deployment, id_: int) -> None:
    if not deployment.store.drop_reorganisation(id_, deployment.clock()):
        raise NothingDone(words("moves.no_such", number=id_))
    say(words("moves.dropped", number=id_))


def _waiting(deployment: Deployment, wish: Wish) -> dict[str, Any]:
    from audits.reorganising import WishRefused
    from audits.wording.said import said
    from worker.steps.reorganising import ready_to_do

    try:
        ready_to_do(deployment.store, wish)
        hindrance = ""
    except WishRefused as refused:
        hindrance = refused.args[0]
    kind = said(f"terminal.move.{wish.kind.value}")
    what = said("terminal.moves.wish", kind=kind, sources=", ".join(wish.sources), target=wish.target)
    return {"from": wish.effective_on.isoformat(), "what": what, "hindrance": hindrance}


def _wish(
    kind: str, sources: tuple[str, ...], target: str, given: dict[str, Any], accounts: Sequence[Typed] = (), **more: Any
) -> None:
    from audits.reorganising import Wish, WishKind
    from worker.steps.reorganising import carry_out, looked_at, ready_to_do

    with deployed(asks=False) as deployment:
        today = day_of(deployment.clock(), deployment.settings.zone)
        day = given["from_"] or today
        for name in sources:
            place_of(deployment.store, name)
        which = tuple(number_of(deployment, each) for each in accounts)
        wish = Wish(kind=WishKind(kind), sources=sources, target=target, effective_on=day, accounts=which,
                    letters=given.get("letters"), **more)  # fmt: skip
        occasion = on_the_word_of(given["by"], given["why"], deployment.clock())
        reorganised = (looked_at if given["dry_run"] else ready_to_do)(deployment.store, wish)
        done: dict[str, int] = {}
        if not given["dry_run"] and day > today:
            done = {"planned": deployment.store.plan_reorganisation(wish, occasion)}
        elif not given["dry_run"]:
            done = {"import": carry_out(deployment.store, wish, occasion)}
    _show(reorganised, wish, done, json_out=given["json_out"])


def _show(reorganised: Reorganised, wish: Wish, done: dict[str, int], *, json_out: bool) -> None:
    day = wish.effective_on
    if json_out:
        print_json({"from": day.isoformat(), **done, **asdict(reorganised)})
        return
    rows = [(each.account_id, each.before.name if each.before else "", differences(each)) for each in
            reorganised.changes[:_SHOWN]]  # fmt: skip
    print_table(words("moves.accounts", count=len(reorganised.changes)), headings("account", "name", "changes"), rows)
    if reorganised.mailboxes:
        boxes = [(str(each.place), each.after.recipient or "", each.after.language or "") for each in
                 reorganised.mailboxes]  # fmt: skip
        print_table(words("moves.mailboxes"), headings("whose", "recipient", "language"), boxes)
    for each in reorganised.handed:
        now = each.now or words("moves.officer")
        say(words("moves.handed", count=each.accounts, was=each.was, now=now, name=reorganised.target))
    if reorganised.differing:
        say(_of_letters(reorganised.differing, wish))
    if "import" in done:
        say(words("moves.done", number=done["import"]))
    if "planned" in done:
        say(words("moves.waits", day=day, number=done["planned"]))
    if not done:
        say(words("nothing_written"))


def _of_letters(of: Differing, wish: Wish) -> str:
    """What becomes of letters where some of them are released and some are not, or that it is still to be said."""
    key = {None: "asked", True: "released", False: "withheld"}[wish.letters]
    released, unreleased = ", ".join(of.released), ", ".join(of.unreleased)
    return words(f"moves.letters.{key}", released=released, unreleased=unreleased, name=wish.target)
