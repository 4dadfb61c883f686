"""What was written with this machine's clock: the newest run, and answers that servers dated themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final

from sqlalchemy import Connection, select

from audits.clocks import Dated
from audits.reading.urls import host
from worker.ports import Run
from worker.storage import tables as t
from worker.storage.codec import run_from
from worker.storage.engine import Database

_LATEST: Final = 300  # answers: a walk keeps many of one host in a row


def newest_run(db: Database) -> Run | None:
    """The run that began last by the clock of then, whatever one set back has begun since; None before the first."""
    latest = select(t.run).order_by(t.run.c.started_at.desc(), t.run.c.id.desc()).limit(1)
    row = db.read(lambda conn: conn.execute(latest).mappings().one_or_none())
    return run_from(row) if row else None


def newest_row(db: Database) -> datetime | None:
    """When the run that began last began, UTC; None before the first."""
    run = newest_run(db)
    return run.started_at if run else None


def dated_answers(db: Database) -> Sequence[Dated]:
    """The latest kept answers that bear a date of their own (RFC 9110, 6.6.1), counted with their age in caches."""
    return db.read(lambda conn: tuple(_dated(conn)))


def _dated(conn: Connection) -> Iterator[Dated]:
    kept = t.kept_page.c
    rows = conn.execute(select(kept.url, kept.headers, kept.kept_at).order_by(kept.kept_at.desc()).limit(_LATEST))
    for url, headers, kept_at in rows:
        if said := _said(headers):
            yield Dated(host=host(url), said=said, noted=kept_at)


def _said(headers: Mapping[str, Any]) -> datetime | None:
    try:
        told = parsedate_to_datetime(str(headers["date"]))
        age = timedelta(seconds=min(int(headers.get("age", 0)), 10**8))
        return (told.replace(tzinfo=UTC) if told.tzinfo is None else told.astimezone(UTC)) + age
    except (KeyError, ValueError, OverflowError):
        return None
