"""What SQLite and PostgreSQL do differently, or what SQLAlchemy does too slowly for a night's rows.

insert          with ON CONFLICT
elements        the rows of a JSON array
lock_accounts   until the end of the transaction
take_ids        row numbers ahead of the insert
write_many      rows by the hundred thousand
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any, TypeAlias

import sqlalchemy
from sqlalchemy import BindParameter, Connection, Table, Update, bindparam, func, select
from sqlalchemy import text as sql_text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.selectable import TableValuedAlias

from worker.storage import tables as t
from worker.storage.among import among
from worker.storage.columns import Columns

Insert: TypeAlias = "sqlite.Insert | postgresql.Insert"
Statement: TypeAlias = "sqlalchemy.Insert | Update"


def insert(conn: Connection, table: Table) -> Insert:
    """An insert that knows ON CONFLICT, whose form both share."""
    return insert_for(conn.dialect.name, table)


def insert_for(dialect: str, table: Table) -> Insert:
    """The same, by the dialect's name."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


def elements(conn: Connection, column: ColumnElement[Any]) -> TableValuedAlias:
    """The elements of a column's JSON array, one row each, as `value`; to be joined to the row they stand in."""
    of = func.json_each if conn.dialect.name == "sqlite" else func.json_array_elements_text
    return of(column).table_valued("value")


def lock_accounts(conn: Connection, ids: Collection[int]) -> None:
    """Let nobody else write what belongs to these accounts until the end of the transaction.

    In id order, so that two workers never wait for each other. SQLite has one writer anyway.
    """
    rows = select(t.account.c.id).where(among(t.account.c.id, ids)).order_by(t.account.c.id)
    conn.execute(rows.with_for_update(key_share=True))


def take_ids(conn: Connection, table: Table, count: int) -> Sequence[int]:
    """`count` unused ids of `table`: known before the insert, rows can name each other and be written in bulk."""
    if conn.dialect.name == "sqlite":  # the lock taken at BEGIN keeps every other writer out
        last = conn.scalar(select(func.coalesce(func.max(table.c.id), 0))) or 0
        return range(last + 1, last + count + 1)
    drawn = sql_text("SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :count)")
    return conn.scalars(drawn, {"name": table.name, "count": count}).all()


def write_many(conn: Connection, statement: Statement, rows: Sequence[Columns]) -> None:
    """Run a statement, which should be a lasting one, for many rows of one shape by the driver's own executemany.

    The values of the rows go as they are, past the types of `columns`, which cost as much as the database itself:
    texts must be clean, JSON be text and times come from `moment`. The rows' names are those of the statement's binds.
    """
    if rows:
        words, cells = _spoken(conn.dialect.name, statement)
        conn.exec_driver_sql(words, list(map(cells, rows)))


@lru_cache
def _spoken(dialect: str, statement: Statement) -> tuple[str, Callable[[Columns], tuple[Any, ...]]]:
    """The statement in the driver's words, and what takes a row's cells in their order."""
    positional = sqlite.dialect() if dialect == "sqlite" else PGDialect_psycopg(paramstyle="format")  # type: ignore[no-untyped-call]  # SQLAlchemy's own gap
    compiled = statement.compile(dialect=positional)
    return str(compiled), itemgetter(*compiled.positiontup or ())


def binds(names: Iterable[str]) -> Mapping[str, BindParameter[Any]]:
    """A bind of the same name for each column."""
    return {name: bindparam(name) for name in names}


def moment(conn: Connection, at: datetime) -> datetime | str:
    """An aware time as the driver takes it: what `UtcTime` would make of it."""
    return _spelt(at) if conn.dialect.name == "sqlite" else at


def local_day(conn: Connection, day: date | None) -> date | str | None:
    """A day as the driver takes it: what `Date` would make of it."""
    return day.isoformat() if day is not None and conn.dialect.name == "sqlite" else day


@lru_cache(1000)  # a look's rows share its time
def _spelt(at: datetime) -> str:
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
