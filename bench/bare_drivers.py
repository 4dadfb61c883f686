"""The floor for writes: the rows that a store has written, written again by the driver alone.

finished rows of some accounts ─prepared▶ what the driver takes ─write▶ one transaction

sqlite3 executemany, and for PostgreSQL COPY into a temporary table with one merge each. Neither decides anything.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Protocol, Self

import psycopg
from sqlalchemy import Table

from worker.storage import tables as t

BEFORE = (t.account, t.run, t.run_account)  # what stands when the first look is written
WRITTEN = (t.observation, t.finding, t.standing)
FINISHED = ("state", "observation_id", "findings", "observed_at", "finished_at", "lease_until")
ONTO_STANDING = "ON CONFLICT (account_id, rule) DO UPDATE SET finding_id = excluded.finding_id"


class BareDriver(Protocol):
    def __init__(self, ours: str, theirs: str) -> None: ...
    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None: ...
    def prepared(self, ids: Sequence[int]) -> Any:
        """The rows of these accounts, as the driver takes them."""
        ...

    def write(self, work: Any) -> None:
        """Write them in one transaction."""
        ...


def among(table: Table, ids: Sequence[int]) -> str:
    return f"SELECT * FROM {table.name} WHERE account_id IN ({', '.join(map(str, ids))})"  # noqa: S608  # numbers of ours


class BareSqlite:
    """sqlite3 executemany, with the store's own settings."""

    def __init__(self, ours: str, theirs: str) -> None:
        self.source, self.target = (
            sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None) for url in (ours, theirs)
        )

    def __enter__(self) -> Self:
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL"):
            self.target.execute(f"PRAGMA {pragma}")
        for table in BEFORE:
            rows = self.source.execute(f"SELECT * FROM {table.name}").fetchall()  # noqa: S608  # a table of ours
            self.target.executemany(inserting(table), rows)
        self.target.execute("PRAGMA foreign_keys=ON")
        return self

    def __exit__(self, *_: object) -> None:
        self.source.close()
        self.target.close()

    def prepared(self, ids: Sequence[int]) -> list[tuple[str, list[tuple[Any, ...]]]]:
        given = ", ".join(f"{name} = ?" for name in FINISHED)
        finish = f"UPDATE run_account SET {given} WHERE run_id = ? AND account_id = ?"  # noqa: S608  # columns of ours
        columns = ", ".join((*FINISHED, "run_id", "account_id"))
        slots = self.source.execute(among(t.run_account, ids).replace("*", columns)).fetchall()
        written = [(inserting(table), self.source.execute(among(table, ids)).fetchall()) for table in WRITTEN]
        return [*written, (finish, slots)]

    def write(self, work: list[tuple[str, list[tuple[Any, ...]]]]) -> None:
        self.target.execute("BEGIN IMMEDIATE")
        for statement, rows in work:
            self.target.executemany(statement, rows)
        self.target.execute("COMMIT")


def inserting(table: Table) -> str:
    clash = ONTO_STANDING if table is t.standing else ""
    return f"INSERT INTO {table.name} VALUES ({', '.join('?' * len(table.c))}) {clash}"  # noqa: S608  # a table of ours


class BarePostgres:
    """psycopg COPY into a temporary table, then one merge."""

    def __init__(self, ours: str, theirs: str) -> None:
        self.source, self.target = (psycopg.connect(url.replace("+psycopg", "")) for url in (ours, theirs))

    def __enter__(self) -> Self:
        for table in BEFORE:
            self.copy_in(table.name, self.copied(f"SELECT * FROM {table.name}"))  # noqa: S608  # a table of ours
        self.target.commit()
        return self

    def __exit__(self, *_: object) -> None:
        self.source.close()
        self.target.close()

    def prepared(self, ids: Sequence[int]) -> dict[str, bytes]:
        return {table.name: self.copied(among(table, ids)) for table in (*WRITTEN, t.run_account)}

    def write(self, work: dict[str, bytes]) -> None:
        for name, lines in work.items():
            self.target.execute(f"CREATE TEMP TABLE incoming_{name} (LIKE {name}) ON COMMIT DROP")
            self.copy_in(f"incoming_{name}", lines)
            self.target.execute(merging(name))
        self.target.commit()

    def copied(self, query: str) -> bytes:
        with self.source.cursor().copy(f"COPY ({query}) TO STDOUT") as out:
            lines = b"".join(bytes(part) for part in out)
        self.source.commit()
        return lines

    def copy_in(self, name: str, lines: bytes) -> None:
        with self.target.cursor().copy(f"COPY {name} FROM STDIN") as into:
            into.write(lines)


def merging(name: str) -> str:
    if name == t.run_account.name:
        given = ", ".join(f"{each} = i.{each}" for each in FINISHED)
        same = f"{name}.run_id = i.run_id AND {name}.account_id = i.account_id"
        return f"UPDATE {name} SET {given} FROM incoming_{name} i WHERE {same}"  # noqa: S608  # a table of ours
    clash = ONTO_STANDING if name == t.standing.name else ""
    return f"INSERT INTO {name} SELECT * FROM incoming_{name} {clash}"  # noqa: S608  # as above
