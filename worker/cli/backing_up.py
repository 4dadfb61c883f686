"""A copy of the database that can be put back."""

from __future__ import annotations

from pathlib import Path

import click

from worker.cli.showing import BadInput, NothingDone, as_json, print_json, say
from worker.cli.speaking import in_language, words


@click.command()
@click.argument("to", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@in_language
@as_json
def backup(to: Path, json_out: bool) -> None:
    """Copy the whole database to FILE, even while others are writing to it.

    A copy of the database file alone is not a backup: the latest changes are in a log beside it. To restore a copy,
    stop Kanalkoll, move the database and its -wal and -shm files away, and put the copy in its place.
    """
    from config.stated import load_settings
    from worker.storage.backup import copy_whole
    from worker.storage.migrate import place_of
    from worker.wiring import has_database

    settings = load_settings()
    url = settings.database_url.get_secret_value()
    if not url.startswith("sqlite:"):
        raise BadInput(words("backup.elsewhere", where=place_of(url)))
    if not has_database(settings):
        raise NothingDone(words("backup.nothing", where=place_of(url)))
    try:
        copy_whole(url, to)
    except FileExistsError as error:
        raise BadInput(words("backup.taken", file=to)) from error
    size = to.stat().st_size
    print_json({"to": str(to), "bytes": size}) if json_out else say(words("backup.done", file=to, size=size // 1024))
