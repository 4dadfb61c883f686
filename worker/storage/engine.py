"""One engine for each database, and transactions that are repeated where that is right.

    connect(url) ─▶ Engine        Database(engine).write(work) / .read(work) ─▶ what work returned
                                  .together(work) ─▶ the same, of whatever is made on the database that work is given

    SQLite      WAL, one writer: a write takes the lock at BEGIN and waits up to 30 s for it
    PostgreSQL  a deadlock, a refused serialisation or a lost connection is repeated, with pauses, for some 8 s

Whatever else the database cannot do is told as `StoreUnavailable`. A transaction that is repeated begins anew, so
`work` must take all it needs as values and may run more than once.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

import orjson
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoneFree
from sqlalchemy.pool import ConnectionPoolEntry

from audits.wording.said import said
from worker.ports import StoreUnavailable
from worker.storage.refusing import is_of_the_database, unavailable

T = TypeVar("T")

PRIVATE = 0o600  # of a file: its owner reads and writes it, and nobody else
BUSY_MS = 30_000
_LOG = "PRAGMA journal_mode=WAL"
PAUSES = (0.05, 0.2, 0.8, 2.0, 5.0)  # seconds before each repetition
READS = "kanalkoll_reads"  # execution option: this transaction writes nothing
# https://www.postgresql.org/docs/15/errcodes-appendix.html: serialisation failure, deadlock; connection exceptions and
# operator intervention (a server going down or coming up)
REPEATABLE_STATES = ("40001", "40P01", "08", "57P")


def may_be_written(path: Path) -> bool:
    """Whether this user may write there; a folder that is mounted for reading alone counts as not."""
    return os.access(path, os.W_OK)


def unwritable(url: str | URL, may_write: Callable[[Path], bool]) -> Path | None:
    """What of a file of SQLite may not be written: itself, or the folder in which its log lies; None of any other.

    A folder that is not there is told by whoever opens the file.
    """
    known = make_url(url)
    if known.get_backend_name() != "sqlite":
        return None
    file = Path(known.database or "").absolute()
    return next((each for each in (file, file.parent) if each.exists() and not may_write(each)), None)


def without_a_folder(url: str | URL) -> Path | None:
    """The file of SQLite whose folder is not there, or may not be looked into; None of any other.

    Nothing can be begun there: a disk that is not mounted is not the same as a database that nobody has begun.
    """
    known = make_url(url)
    if known.get_backend_name() != "sqlite" or not known.database:
        return None
    file = Path(known.database).absolute()
    return None if os.access(file.parent, os.X_OK) and file.parent.is_dir() else file


def connect(url: str | URL, may_write: Callable[[Path], bool] = may_be_written) -> Engine:
    """The engine for `sqlite:///…` or `postgresql://…`; opens no connection yet. Raises `ValueError` for others.

    A file of SQLite that may not be written, or lies in a folder that may not, is opened for reading.
    """
    wanted = _with_driver(make_url(url))
    options = {"hide_parameters": True}  # an error's message may be logged; what accounts say must not
    if wanted.get_backend_name() == "sqlite":
        file = Path(wanted.database or "")
        if file.is_file() and not (may_write(file) and may_write(file.parent)):
            return _sqlite_to_read(wanted, file, options)
        return _sqlite(wanted, options)
    settings = "-c timezone=UTC -c statement_timeout=30000"
    wait = {"connect_timeout": 10, "options": settings}
    return create_engine(wanted, pool_pre_ping=True, connect_args=wait, json_deserializer=orjson.loads, **options)


def _with_driver(url: URL) -> URL:
    backend = url.get_backend_name()
    if backend in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    if backend == "sqlite":
        return url
    raise ValueError(
        f"{backend!r} is not a database that Kanalkoll knows; give sqlite:///FILE or postgresql://HOST/NAME"
    )


def _sqlite(url: URL, options: dict[str, Any]) -> Engine:
    engine = create_engine(url, connect_args={"timeout": BUSY_MS / 1000, "check_same_thread": False}, **options)
    file = Path(url.database or "")
    event.listen(engine, "do_connect", lambda *_: _keep_to_oneself(file))
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _keep_to_oneself(file: Path) -> None:
    """Make the file, where it is not there yet, so that nobody else may read it; its log gets the same rights.

    It holds people's names, mailboxes, and letters that have not left. Whoever opens it tells what keeps it from that.
    """
    if file.name and not file.exists():
        with suppress(OSError):
            file.touch(mode=PRIVATE)


def _sqlite_to_read(url: URL, file: Path, options: dict[str, Any]) -> Engine:
    """Without a log beside the file nobody writes it, and nothing need be made beside it (sqlite.org/wal.html, 5)."""
    query = {"uri": "true", "mode": "ro"} | ({} if Path(f"{file}-wal").exists() else {"immutable": "1"})
    engine = create_engine(
        url.set(database=f"file:{quote(str(file.absolute()))}", query=query),
        connect_args={"timeout": BUSY_MS / 1000, "check_same_thread": False}, **options,
    )  # fmt: skip
    event.listen(engine, "connect", _prepare_sqlite_to_read)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite_to_read(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")


def _prepare_sqlite(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver would begin by itself, and too late for IMMEDIATE
    for pragma in (f"busy_timeout={BUSY_MS}", "synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    turn_to_a_log(connection, time.sleep)


def turn_to_a_log(connection: sqlite3.Connection, pause: Callable[[float], None]) -> None:
    """Let the file keep a log (WAL), which it does from then on; raises `sqlite3.OperationalError`.

    Of processes that turn the same new file at once SQLite refuses one, and without the wait that it was told to keep:
    such a one tries again, after `pause` seconds.
    """
    for seconds in PAUSES:
        if _turned(connection):
            return
        pause(seconds)
    connection.execute(_LOG)


def _turned(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute(_LOG)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


def _begin_sqlite(connection: Connection) -> None:
    reads = connection.get_execution_options().get(READS, False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


@dataclass(frozen=True, slots=True)
class Database:
    """Runs a piece of work in one transaction; `within` is the one that is under way, where it is part of another's."""

    engine: Engine
    pause: Callable[[float], None] = time.sleep
    within: Connection | None = None

    def write(self, work: Callable[[Connection], T]) -> T:
        """Commit all that `work` writes, or nothing. Raises `StoreUnavailable`: `OnlyRead`, `NoRoom` …"""
        return self._repeated(work, reads=False)

    def read(self, work: Callable[[Connection], T]) -> T:
        """Let `work` read. Raises `StoreUnavailable`."""
        return self._repeated(work, reads=True)

    def together(self, work: Callable[[Database], T]) -> T:
        """Commit all that `work` writes by the stores it makes on the database it is given, or nothing.

        What those stores read and write is all in one transaction, and none of them may be used after it. Raises
        `StoreUnavailable`.
        """
        return self.write(lambda conn: work(replace(self, within=conn)))

    def _repeated(self, work: Callable[[Connection], T], *, reads: bool) -> T:
        if self.within is not None:  # whoever began the transaction repeats all of it
            return work(self.within)
        pauses = iter(PAUSES)
        while True:
            try:
                return self._once(work, reads=reads)
            except NoneFree as error:  # every connection waits for a database that does not answer
                raise StoreUnavailable(said("refused.database", why=str(error).partition(" (")[0])) from error
            except DBAPIError as error:
                if not is_of_the_database(error):
                    raise
                seconds = next(pauses, None) if worth_repeating(error) else None
                if seconds is None:
                    raise unavailable(error, self.engine.url) from error
                self.pause(seconds)

    def _once(self, work: Callable[[Connection], T], *, reads: bool) -> T:
        with self.engine.connect().execution_options(**{READS: reads}) as connection, connection.begin():
            return work(connection)


@dataclass(frozen=True, slots=True)
class OnDatabase:
    """Whatever keeps its rows in one database: a method is one transaction."""

    db: Database


def worth_repeating(error: DBAPIError) -> bool:
    """Whether the same transaction may succeed in a moment. SQLite has waited for its lock already."""
    if isinstance(error.orig, sqlite3.Error):
        return False
    state = getattr(error.orig, "sqlstate", None)
    return error.connection_invalidated or state is None or state.startswith(REPEATABLE_STATES)
