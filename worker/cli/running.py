"""Running a deployment: is everything in place, the newest schema, and the loop that needs no server."""

from __future__ import annotations

import click

from worker.cli.showing import NothingDone, as_json, deployed, print_json, print_table, refuse, say


@click.command()
@as_json
def doctor(json_out: bool) -> None:
    """Is everything in place? Says what is not, and what would mend it."""
    from dataclasses import asdict

    from worker.doctoring import examine

    answers = examine()
    if json_out:
        print_json([asdict(answer) for answer in answers])
    else:
        columns = ("What", "State", "Told", "Remedy")
        print_table("Kanalkoll", columns, ((a.what, a.state, a.told, a.remedy) for a in answers))
    if any(answer.state == "wrong" for answer in answers):
        raise NothingDone("Something is wrong; see the remedies above.")


@click.command()
def migrate() -> None:
    """Bring the database to this release's schema; does nothing where it is there already."""
    from config.settings import Settings
    from worker.storage import migrate as schema

    url = Settings().database_url.get_secret_value()
    schema.upgrade(url)
    say(f"The database is at revision {schema.current(url)}.")


@click.command()
@click.option("--once", is_flag=True, help="One tick, then end.")
def up(once: bool) -> None:
    """Tick the nightly audit in this process, without any server."""
    from worker.embedded import Occupied, tick_forever

    with deployed() as deployment:
        try:
            tick_forever(deployment, once=once, say=say)
        except Occupied as error:
            refuse(error)
