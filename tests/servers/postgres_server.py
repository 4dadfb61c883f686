"""A real PostgreSQL for one test session, with a database for each test.

    initdb (as an unprivileged user: the server refuses root) ─▶ postgres ─▶ CREATE DATABASE … TEMPLATE per test

Durability is switched off: a crash of the machine would end the tests anyway.
"""

from __future__ import annotations

import itertools
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

import psycopg
from psycopg.sql import SQL, Identifier

from tests.servers.processes import StartError, drop_rights, held_port, private_folder, running, unprivileged_user
from tests.servers.programs import program

ROLE: Final = "kanalkoll"
CLUSTER: Final = "cluster"  # below the server's own folder
CLUSTER_OPTIONS: Final = ("--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C")
SETTINGS: Final = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=32MB")


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A running PostgreSQL on loopback."""

    port: int
    pid: int
    names: Iterator[int] = field(default_factory=itertools.count)

    @contextmanager
    def database(self, template: str = "template1") -> Iterator[str]:
        """A fresh database, copied from `template`; gives its SQLAlchemy URL and drops it afterwards."""
        name = f"test_{next(self.names)}"
        self.run(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(template)))
        try:
            yield f"postgresql+psycopg://{ROLE}@127.0.0.1:{self.port}/{name}"
        finally:
            self.run(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))

    def run(self, statement: psycopg.sql.Composed) -> None:
        """Run one statement that no transaction may hold."""
        with psycopg.connect(conninfo(self.port), autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """Start a PostgreSQL with one superuser, `kanalkoll`, who needs no password; raises `UnavailableError`."""
    executable = program("postgres").resolve()
    user = unprivileged_user()
    with held_port() as port, private_folder(owner=user) as folder:
        make_cluster(executable.with_name("initdb"), folder, user)
        start = partial(running, command(executable, port, folder), folder=folder, user=user)
        # SIGINT is PostgreSQL's fast shutdown; SIGTERM would wait for every client to leave.
        with start(ready=lambda: answers(port), farewell=signal.SIGINT) as pid:
            yield PostgresServer(port, pid)


def make_cluster(initdb: Path, folder: Path, user: str | None) -> None:
    """Lay out an empty cluster in `folder`, the same on every machine; raises `StartError`."""
    words = [*drop_rights(user), str(initdb), "-D", CLUSTER, "-U", ROLE, *CLUSTER_OPTIONS]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise StartError(f"{initdb}: {done.stderr[-2000:]}")


def command(executable: Path, port: int, folder: Path) -> list[str | Path]:
    """The words that start the server on loopback alone."""
    settings = ("listen_addresses=127.0.0.1", f"unix_socket_directories={folder}", *SETTINGS)
    return [executable, "-D", CLUSTER, "-p", str(port), *(word for setting in settings for word in ("-c", setting))]


def conninfo(port: int) -> str:
    """How the maintenance database is reached."""
    return f"host=127.0.0.1 port={port} user={ROLE} dbname=postgres connect_timeout=60"


def answers(port: int) -> bool:
    """Whether a PostgreSQL on `port` lets anyone in yet."""
    try:
        psycopg.connect(conninfo(port)).close()
    except psycopg.OperationalError:
        return False
    return True
