"""Running a deployment: is everything in place, the newest schema, and the loop that needs no server."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from worker.cli.showing import (
    BadInput,
    NothingDone,
    as_json,
    deployed,
    print_json,
    print_json_lines,
    print_table,
    refuse,
    say,
)
from worker.cli.speaking import clock, headings, in_language, sentence, spoken, words

if TYPE_CHECKING:
    from worker.doctor.answer import Answer
    from worker.wiring import Deployment


@click.command()
@click.option("--mail", "address", help="Send a test letter to this address, and check nothing else.")
@click.option(
    "--try", "hosts", multiple=True, metavar="HOST", help="Request this host's robots.txt, and check nothing else."
)
@in_language
@as_json
def doctor(address: str | None, hosts: tuple[str, ...], json_out: bool) -> None:
    """Check that everything is in place; says what is not, and how to fix it.

    If nothing can be read, --try www.youtube.com says whether the network lets this machine out, and which setting to
    correct.
    """
    from dataclasses import asdict

    from worker.doctor.examining import examine

    if address and hosts:
        raise BadInput(words("doctor.either"))
    answers = [_test_letter(address)] if address else _tried(hosts) if hosts else examine()
    if json_out:
        print_json_lines(map(asdict, answers))
    else:
        show_answers(answers)
    if any(answer.state == "wrong" for answer in answers):
        raise NothingDone(words("doctor.wrong"))


def show_answers(answers: Iterable[Answer]) -> None:
    """What the doctor found, with what would mend it."""
    rows = ((_subject(each.what), sentence(f"doctor.state.{each.state}"), each.told, each.remedy) for each in answers)
    print_table("Kanalkoll", headings("what", "state", "told", "remedy"), rows)


def _subject(what: str) -> str:
    """What was asked about; of a key or a control the name stands behind it."""
    from audits.wording import catalogue

    whole, (kind, _, name) = f"doctor.what.{what.replace(' ', '_')}", what.partition(" ")
    if whole in catalogue(spoken()):
        return sentence(whole)
    return f"{sentence(f'doctor.what.{kind}')} {name}"


def _tried(hosts: tuple[str, ...]) -> list[Answer]:
    from config.stated import load_settings
    from worker.doctor.network import tried

    return tried(load_settings(), hosts)


def _test_letter(address: str) -> Answer:
    from config.stated import load_settings
    from worker.doctor.mail import a_test_letter

    settings = load_settings()
    if not settings.smtp_host:
        raise BadInput(words("mail.no_server"))
    return a_test_letter(settings, address)


@click.command()
@in_language
@as_json
def migrate(json_out: bool) -> None:
    """Update the database to this release's schema; does nothing if it is up to date."""
    from config.stated import load_settings
    from worker.storage import migrate as schema

    url = load_settings().database_url.get_secret_value()
    schema.upgrade(url)
    revision = schema.current(url)
    print_json({"revision": revision}) if json_out else say(words("migrated", revision=revision))


@click.command()
@click.option("--once", is_flag=True, help="One round, then stop.")
@in_language
@as_json
def up(once: bool, json_out: bool) -> None:
    """Run the nightly audit in this process, without any server.

    With --once it stops by itself and says when the next night begins; --json describes that one round.
    """
    from worker.embedded import Occupied, tick_forever

    if json_out and not once:
        raise BadInput(words("up.json_of_once"))
    if not json_out and (emptied := _emptied()):
        say(emptied)
    with deployed(begins=True, goes_on=True) as deployment:
        if not (accounts := len(deployment.store.accounts())):
            say(words("up.nothing"))
        try:
            worked = tick_forever(deployment, once=once, say=say)
        except Occupied as error:
            refuse(error)
        if once:
            _show_tick(deployment, accounts, worked, json_out)


def _emptied() -> str:
    """That the database's file is there and holds nothing, so that `up` begins anew; "" where it holds something."""
    from sqlalchemy import make_url

    from config.stated import load_settings

    url = make_url(load_settings().database_url.get_secret_value())
    file = Path(url.database or "") if url.get_backend_name() == "sqlite" else None
    return words("up.emptied", file=file) if file and file.is_file() and not file.stat().st_size else ""


def _show_tick(deployment: Deployment, accounts: int, worked: int, json_out: bool) -> None:
    from worker.schedule import next_night

    settings = deployment.settings
    begins = next_night(deployment.clock(), settings.zone, settings.night_starts)
    if json_out:
        print_json({"accounts": accounts, "runs_worked": worked, "next_night_at": begins.isoformat()})
    elif accounts:
        told = words("up.next", at=clock(begins, settings.zone))
        say(told if worked else f"{words('up.idle')} {told}")
