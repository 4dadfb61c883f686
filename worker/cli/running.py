"""Running a deployment: is everything in place, the newest schema, and the loop that needs no server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from worker.cli.showing import BadInput, NothingDone, as_json, deployed, print_json, print_table, refuse, say

if TYPE_CHECKING:
    from worker.doctoring import Answer


@click.command()
@click.option("--mail", "address", help="Send a test letter to this address, and ask nothing else.")
@as_json
def doctor(address: str | None, json_out: bool) -> None:
    """Is everything in place? Says what is not, and what would mend it."""
    from dataclasses import asdict

    from worker.doctoring import examine

    answers = [_test_letter(address)] if address else examine()
    if json_out:
        print_json([asdict(answer) for answer in answers])
    else:
        columns = ("What", "State", "Told", "Remedy")
        print_table("Kanalkoll", columns, ((a.what, a.state, a.told, a.remedy) for a in answers))
    if any(answer.state == "wrong" for answer in answers):
        raise NothingDone("Something is wrong; see the remedies above.")


def _test_letter(address: str) -> Answer:
    from config.stated import load_settings
    from worker.mailing import a_test_letter
    from worker.sending.composing import BadAddress
    from worker.wiring.telling import BadMail

    settings = load_settings()
    if not settings.smtp_host:
        raise BadInput("KANALKOLL_SMTP_HOST is not set: there is no mail server to hand a letter to")
    try:
        return a_test_letter(settings, address)
    except (BadAddress, BadMail) as error:
        refuse(error)


@click.command()
@as_json
def migrate(json_out: bool) -> None:
    """Bring the database to this release's schema; does nothing where it is there already."""
    from config.stated import load_settings
    from worker.storage import migrate as schema

    url = load_settings().database_url.get_secret_value()
    schema.upgrade(url)
    revision = schema.current(url)
    print_json({"revision": revision}) if json_out else say(f"The database is at revision {revision}.")


@click.command()
@click.option("--once", is_flag=True, help="One tick, then end.")
def up(once: bool) -> None:
    """Tick the nightly audit in this process, without any server."""
    from worker.embedded import Occupied, tick_forever

    with deployed() as deployment:
        if not deployment.store.accounts():
            say("nothing is registered; begin with kanalkoll register import or kanalkoll init")
        try:
            tick_forever(deployment, once=once, say=say)
        except Occupied as error:
            refuse(error)
