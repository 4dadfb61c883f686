"""The three things that SQLite and PostgreSQL do differently.

insert   with ON CONFLICT          lock   rows of accounts          take_ids   row numbers ahead of the insert
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TypeAlias

from sqlalchemy import Connection, Table, func, select, text
from sqlalchemy.dialects import postgresql, sqlite

from worker.storage import tables as t

Insert: TypeAlias = "sqlite.Insert | postgresql.Insert"


def insert(conn: Connection, table: Table) -> Insert:
    """An insert that knows ON CONFLICT, whose form both share."""
    return sqlite.insert(table) if conn.dialect.name == "sqlite" else postgresql.insert(table)


def lock_accounts(conn: Connection, ids: Collection[int]) -> None:
    """Let nobody else write what belongs to these accounts until the end of the transaction.

    In id order, so that two workers never wait for each other. SQLite has one writer anyway.
    """
    rows = select(t.account.c.id).where(t.account.c.id.in_(ids)).order_by(t.account.c.id)
    conn.execute(rows.with_for_update(key_share=True))


def take_ids(conn: Connection, table: Table, count: int) -> Sequence[int]:
    """`count` unused ids of `table`: known before the insert, rows can name each other and be written in bulk."""
    if conn.dialect.name == "sqlite":  # the lock taken at BEGIN keeps every other writer out
        last = conn.scalar(select(func.coalesce(func.max(table.c.id), 0))) or 0
        return range(last + 1, last + count + 1)
    drawn = text("SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :count)")
    return conn.scalars(drawn, {"name": table.name, "count": count}).all()
