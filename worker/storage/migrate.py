"""The tables of a release, made or changed to its own.

    upgrade(url) ─▶ newest revision        downgrade(url, revision)        current(url), newest()

A database of a newer release is left as it is (`StoreUnavailable`).
All of it or nothing: one transaction, and one migration at a time. Alembic is only loaded where it is called.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import URL, Connection, inspect, make_url, text

from audits.wording.said import said
from worker.ports import StoreUnavailable
from worker.storage.engine import Database, connect

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS = Path(__file__).with_name("migrations")
_IS = re.compile(r"^revision = \"(\w+)\"", re.MULTILINE)  # a migration's own number
_FOLLOWS = re.compile(r"^down_revision = \"(\w+)\"", re.MULTILINE)  # the number of the one before it
LOCK = 7_140_183_552  # any number of our own: two processes that start at once migrate one after the other


def upgrade(url: str | URL, revision: str = "head") -> None:
    """Bring the database to `revision`; does nothing where it is there already. Raises `StoreUnavailable`."""
    from alembic import command

    _with_scripts(url, lambda config: command.upgrade(config, revision))


def downgrade(url: str | URL, revision: str) -> None:
    """Take the database back to `revision`; "base" leaves no table of ours. Raises `StoreUnavailable`."""
    from alembic import command

    _with_scripts(url, lambda config: command.downgrade(config, revision))


def current(url: str | URL) -> str | None:
    """The revision of the database; None where it holds no tables of ours. Raises `StoreUnavailable`."""
    engine = connect(url)
    try:
        return Database(engine).read(_noted)
    finally:
        engine.dispose()


def _noted(conn: Connection) -> str | None:
    """What alembic noted in its own table (alembic.sqlalchemy.org, "Running our First Migration")."""
    if not inspect(conn).has_table("alembic_version"):
        return None
    noted: str | None = conn.scalar(text("SELECT version_num FROM alembic_version"))
    return noted


def newest() -> str | None:
    """The revision that this release works with: the one that no other follows.

    Read from the scripts' own two lines: every command asks, and most of them run shorter than alembic loads.
    """
    scripts = _scripts()
    followed = {found[1] for script in scripts if (found := _FOLLOWS.search(script))}
    return next((each for each in _revisions(scripts) if each not in followed), None)


def _scripts() -> Sequence[str]:
    return [path.read_text(encoding="utf-8") for path in (SCRIPTS / "versions").glob("r*.py")]


def _revisions(scripts: Sequence[str]) -> Sequence[str]:
    return [found[1] for each in scripts if (found := _IS.search(each))]


def _refuse_a_newer(conn: Connection, url: str | URL) -> None:
    """Tables of a release that this one does not know are left as they are. Raises `StoreUnavailable`."""
    noted = _noted(conn)
    if noted is not None and noted not in _revisions(_scripts()):
        raise StoreUnavailable(said("refused.database.newer", where=place_of(url), revision=noted, ours=newest()))


def place_of(url: str | URL) -> str:
    """Where the database is, for people: its file, or its address without the password."""
    known = make_url(url)
    return str(known.database) if known.get_backend_name() == "sqlite" else known.render_as_string(hide_password=True)


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    return config


def take_turn(conn: Connection) -> None:
    """Wait until nobody else migrates this database, and let the transaction last as long as large tables need.

    The limit that a statement of every day has would end both: of services that start together those that wait would
    fail, and with many years in the tables the migration itself. SQLite's lock was taken when the transaction began.
    """
    if conn.dialect.name == "postgresql":
        conn.execute(text("SET LOCAL statement_timeout = 0"))
        conn.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})


def _with_scripts(url: str | URL, act: Callable[[Config], None]) -> None:
    engine, config = connect(url), _config()

    def work(conn: Connection) -> None:
        take_turn(conn)
        _refuse_a_newer(conn, url)
        config.attributes["connection"] = conn
        act(config)

    try:
        Database(engine).write(work)
    finally:
        engine.dispose()
