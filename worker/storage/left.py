"""Accounts that have left the register, by the addresses that they had."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, select

from worker.storage import tables as t
from worker.storage.engine import Database


def left_register(db: Database) -> Mapping[str, tuple[str, datetime]]:
    """By key what each account was called, and when it left (UTC), the latest of a key. Raises `StoreUnavailable`."""
    return db.read(_left)


def _left(conn: Connection) -> Mapping[str, tuple[str, datetime]]:
    query = (
        select(t.account_key.c.key, t.account.c.name, t.account.c.removed_at)
        .join(t.account, t.account.c.id == t.account_key.c.account_id)
        .where(t.account.c.removed_at.is_not(None), t.account_key.c.key.is_not(None))
        .order_by(t.account.c.removed_at)
    )
    return {row.key: (row.name, row.removed_at) for row in conn.execute(query)}
