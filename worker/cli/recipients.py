"""Who is told: every mailbox of the register shown, and set for an administration, a unit or one account."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from audits.languages import LANGUAGES
from worker.cli.accounts import ACCOUNT, Typed, number_of
from worker.cli.naming import on_the_word_of, unknown
from worker.cli.showing import (
    BadInput,
    Listing,
    NothingDone,
    as_json,
    deployed,
    print_json,
    print_json_lines,
    print_table,
    say,
)
from worker.cli.speaking import headings, in_language, leave, word_for, words

if TYPE_CHECKING:
    from audits.model import Occasion
    from audits.recipients import Mailbox, Place, PlaceChange
    from audits.registering import RegisterChange
    from worker.ports import RecipientStore, RegisterStore
    from worker.wiring import Deployment


@click.group(cls=Listing)
def recipients() -> None:
    """Who is told about each account: its own mailbox, otherwise its unit's, its administration's or the officer's."""


@recipients.command("list")
@in_language
@as_json
def list_recipients(json_out: bool) -> None:
    """Show every mailbox and what it covers, then how many accounts have no recipient."""
    with deployed(asks=False) as deployment:
        rows = [*_places(deployment), *_told(deployment)]
    if json_out:
        print_json_lines(rows)
        return
    columns = ("administration", "unit", "account", "recipient", "language", "answering")
    reached = [row for row in rows if row["recipient"] or ("account" not in row and row["language"])]
    told = ({**row, "answering": word_for("answering", str(row.get("answering") or ""))} for row in _together(reached))
    print_table(
        words("recipients"), headings(*columns), ([row.get(column) or "" for column in columns] for row in told)
    )
    if nobody := [int(str(row["account"])) for row in rows if "account" in row and not row["recipient"]]:
        say(words("recipients.nobody", count=len(nobody), numbers=in_spans(nobody)))


def _together(rows: Iterable[Mapping[str, object]]) -> Iterator[Mapping[str, object]]:
    """Accounts of one place that are told of to the same mailbox, as one row of their numbers."""
    alike: dict[tuple[object, ...], list[int]] = {}
    first: dict[tuple[object, ...], Mapping[str, object]] = {}
    for row in rows:
        key = tuple(value for name, value in row.items() if name != "account")
        first.setdefault(key, row)
        alike.setdefault(key, []).extend(int(str(row[name])) for name in ("account",) if name in row)
    for key, row in first.items():
        yield {**row, "account": in_spans(alike[key])}


def in_spans(numbers: Sequence[int]) -> str:
    """1, 2, 3, 7 as 1-3, 7."""
    spans: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if spans and spans[-1][1] == number - 1:
            spans[-1] = (spans[-1][0], number)
        else:
            spans.append((number, number))
    return ", ".join(f"{begin}" if begin == end else f"{begin}-{end}" for begin, end in spans)


def _places(deployment: Deployment) -> list[dict[str, object]]:
    places = deployment.store.places()
    return [
        {"administration": at.administration, "unit": at.unit, "recipient": said.recipient, "language": said.language}
        for at, said in places.items()
    ]


def _told(deployment: Deployment) -> list[dict[str, object]]:
    """Each account with whoever is told of it."""
    told = deployment.who_is_told()
    return [
        {
            "administration": account.administration,
            "unit": account.unit,
            "account": account.id,
            "recipient": told[account.id].recipient if account.id in told else None,
            "language": told[account.id].language if account.id in told else None,
            "answering": told[account.id].answering.value if account.id in told else "nobody",
        }
        for account in deployment.store.accounts()
    ]


@recipients.command("set")
@click.option("--administration", help="Its name or short form.")
@click.option("--unit", help="A unit of the administration.")
@click.option("--account", type=ACCOUNT, help="One account instead.")
@click.option("--to", "to", required=True, metavar="MAILBOX", help="E-mail address; '' removes the mailbox.")
@click.option(
    "--language", type=click.Choice(LANGUAGES), callback=leave, is_eager=True, help="The language of its letters."
)
@click.option("--by", default="", help="Who sets it: a name or a role.")
@click.option("--why", default="", help="Why.")
@as_json
def set_recipient(
    administration: str | None,
    unit: str | None,
    account: Typed | None,
    to: str,
    language: str | None,
    by: str,
    why: str,
    json_out: bool,
) -> None:
    """Set the mailbox of an administration, a unit or one account; the history records it, and it can be undone."""
    from audits.recipients import Mailbox, is_mailbox

    if to and not is_mailbox(to):
        raise BadInput(words("recipients.no_mailbox", to=to))
    with deployed(asks=False) as deployment:
        occasion = on_the_word_of(by, why, deployment.clock())
        if account is not None and administration is None:
            done, was = _set_account(deployment, number_of(deployment, account), to or None, occasion)
        elif administration is not None and account is None:
            mailbox = Mailbox(recipient=to or None, language=language)
            done, was = _set_place(deployment, place_of(deployment.store, administration, unit), mailbox, occasion)
        else:
            raise BadInput(words("recipients.whose"))
        answers = _answers_for(deployment, administration, unit) if administration is not None else None
    _tell(done, was, answers, json_out)


@recipients.command("move")
@click.argument("old", metavar="MAILBOX")
@click.option("--to", "to", required=True, metavar="MAILBOX", help="Who is told instead.")
@click.option("--by", default="", help="Who hands over: a name or a role.")
@click.option("--why", default="", help="Why.")
@click.option("--dry-run", is_flag=True, help="Show what would change; write nothing.")
@in_language
@as_json
def move_recipient(old: str, to: str, by: str, why: str, dry_run: bool, json_out: bool) -> None:
    """Hand over everything that one mailbox is told to another, such as when somebody leaves; it can be undone."""
    from audits.recipients import is_mailbox

    if not is_mailbox(to):
        raise BadInput(words("recipients.no_mailbox", to=to))
    if old == to:
        raise NothingDone(words("recipients.already", whose=old))
    with deployed(asks=False) as deployment:
        accounts, places = _standing_on(deployment, old, to)
        if not accounts and not places:
            raise unknown("mailbox", old, _mailboxes(deployment))
        done = None
        if not dry_run:
            occasion = on_the_word_of(by, why, deployment.clock())
            done = deployment.store.apply_changes(accounts, occasion, source="recipients", mailboxes=places)
    if json_out:
        print_json({"import": done, "accounts": [each.account_id for each in accounts], "places": len(places)})
        return
    numbers = in_spans([each.account_id for each in accounts if each.account_id]) or "–"
    say(words("recipients.moved", old=old, to=to, accounts=numbers, count=len(places)))
    say(words("recipients.would") if done is None else words("recipients.set", number=done))


def _standing_on(deployment: Deployment, old: str, to: str) -> tuple[list[RegisterChange], list[PlaceChange]]:
    """What becomes of the accounts that have the mailbox as their own, and of the places that do."""
    from dataclasses import replace

    from audits.recipients import PlaceChange
    from audits.registering import ChangeKind, RegisterChange

    own = ((number, row) for number, row in deployment.store.register_rows() if _same(row.recipient, old))
    accounts = [
        RegisterChange(kind=ChangeKind.CHANGE, account_id=number, before=row, after=replace(row, recipient=to))
        for number, row in own
    ]
    places = [
        PlaceChange(place=place, before=mailbox, after=replace(mailbox, recipient=to))
        for place, mailbox in deployment.store.places().items()
        if _same(mailbox.recipient, old)
    ]
    return accounts, places


def _same(mailbox: str | None, other: str) -> bool:
    return (mailbox or "").casefold() == other.casefold()


def _mailboxes(deployment: Deployment) -> set[str]:
    """Every mailbox that stands in the register."""
    rows = (row.recipient for _, row in deployment.store.register_rows())
    places = (mailbox.recipient for mailbox in deployment.store.places().values())
    return {each for each in (*rows, *places) if each}


def _tell(done: int, was: str | None, answers: dict[str, int] | None, json_out: bool) -> None:
    """What was done, and what stood there: a colleague may have written it a minute ago."""
    if json_out:
        print_json({"import": done, "was": was, **(answers or {})})
        return
    say(words("recipients.set", number=done))
    if was:
        say(words("recipients.was", was=was))
    if answers is not None:
        say(_reach(answers))


def _answers_for(deployment: Deployment, administration: str, unit: str | None) -> dict[str, int]:
    """Of how many accounts of the place its mailbox is told, and how many have a nearer one that is told instead."""
    from audits.recipients import Answering

    told, level = deployment.who_is_told(), Answering.UNIT if unit else Answering.ADMINISTRATION
    nearer = {Answering.ACCOUNT} if unit else {Answering.ACCOUNT, Answering.UNIT}
    own = [
        told[account.id].answering
        for account in deployment.store.accounts(administration=administration)
        if account.id in told and unit in (None, account.unit)
    ]
    return {"answers_for": own.count(level), "own_mailbox": sum(each in nearer for each in own)}


def _reach(answers: dict[str, int]) -> str:
    told = [words("recipients.answered", count=answers["answers_for"])]
    if own := answers["own_mailbox"]:
        told.append(words("recipients.own", count=own))
    return f"{'; '.join(told)}."


def place_of(store: RecipientStore, administration: str, unit: str | None = None) -> Place:
    """The place of that name. Raises `BadInput` with the names that there are."""
    from audits.recipients import Place

    places, whole = store.places(), store.short_forms().get(administration, administration)
    place = Place(whole, unit)
    if Place(whole) not in places:
        raise unknown("administration", administration, {each.administration for each in places})
    if place not in places:
        names = ", ".join(str(each.unit) for each in places if each.administration == whole and each.unit)
        raise BadInput(words("recipients.no_unit", place=place, names=names or words("recipients.none_yet")))
    return place


def _set_place(deployment: Deployment, place: Place, mailbox: Mailbox, occasion: Occasion) -> tuple[int, str | None]:
    """The number of the change, and the mailbox that stood there."""
    from dataclasses import replace

    from audits.recipients import PlaceChange

    before = deployment.store.places()[place]
    after = replace(mailbox, language=mailbox.language or before.language)
    if after == before:
        raise NothingDone(words("recipients.already", whose=place))
    change = PlaceChange(place=place, before=before, after=after)
    return deployment.store.apply_changes([], occasion, source="recipients", mailboxes=[change]), before.recipient


def _set_account(deployment: Deployment, account: int, to: str | None, occasion: Occasion) -> tuple[int, str | None]:
    """The number of the change, and the mailbox that the account had of its own."""
    from dataclasses import replace

    from audits.registering import ChangeKind, RegisterChange

    store: RegisterStore = deployment.store
    before = dict(store.register_rows()).get(account)
    if before is None:
        raise BadInput(words("recipients.no_account", number=account))
    if before.recipient == to:
        raise NothingDone(words("recipients.account_already", number=account))
    change = RegisterChange(
        kind=ChangeKind.CHANGE, account_id=account, before=before, after=replace(before, recipient=to)
    )
    return store.apply_changes([change], occasion, source="recipients"), before.recipient
