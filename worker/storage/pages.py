"""Pages kept so that they may be asked for only if they changed: `get`, `put`, and `forget` what is old."""

from __future__ import annotations

import zlib
from datetime import datetime

from sqlalchemy import Connection, delete, select

from worker.ports import KeptPage
from worker.storage import tables as t
from worker.storage.columns import dumps
from worker.storage.dialect import insert


def get(conn: Connection, url: str) -> KeptPage | None:
    row = conn.execute(select(t.kept_page).where(t.kept_page.c.url == url)).mappings().one_or_none()
    if row is None:
        return None
    return KeptPage(
        status=row["status"],
        headers=row["headers"],
        body=zlib.decompress(row["body"]),
        etag=row["etag"],
        last_modified=row["last_modified"],
    )


def put(conn: Connection, url: str, page: KeptPage, now: datetime) -> None:
    cells = {
        "status": page.status,
        "headers": dumps(dict(page.headers)),
        "body": zlib.compress(page.body),
        "etag": page.etag,
        "last_modified": page.last_modified,
        "kept_at": now,
    }
    statement = insert(conn, t.kept_page).values(url=url, **cells)
    conn.execute(statement.on_conflict_do_update(index_elements=["url"], set_=cells))


def forget(conn: Connection, before: datetime) -> int:
    """Drop what was kept before then; returns how many pages that were."""
    return conn.execute(delete(t.kept_page).where(t.kept_page.c.kept_at < before)).rowcount
