"""Silence that is planned, and accounts that are being closed.

rest ─▶ account              a planned rest with its end
closing ─▶ account           a closing, with its steps and how each was found done
   └◀─ closing_step
"""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Table, Text

from worker.storage.columns import Id, UtcTime, Words
from worker.storage.tables.base import metadata
from worker.storage.tables.core import account

rest = Table(
    "rest",
    metadata,
    Column("id", Id, primary_key=True),
    Column("account_id", Id, ForeignKey(account.c.id), nullable=False, index=True),
    Column("starts_on", Date, nullable=False),
    Column("until", Date, nullable=False),  # the last day of rest
    Column("reason", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("ended_at", UtcTime),  # taken back before its end
    Column("ended_by", Words),
)

closing = Table(
    "closing",
    metadata,
    Column("id", Id, primary_key=True),
    Column("account_id", Id, ForeignKey(account.c.id), nullable=False, index=True),
    Column("started_at", UtcTime, nullable=False),
    Column("by", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("closes_on", Date, nullable=False),
    Column("successor", Words),  # where readers are sent instead
    Column("ended_at", UtcTime),
    Column("outcome", Text),  # closed, or withdrawn
)

closing_step = Table(
    "closing_step",
    metadata,
    Column("closing_id", Id, ForeignKey(closing.c.id), primary_key=True),
    Column("step", Text, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("by", Words, nullable=False),  # none: a look has seen it
    Column("how", Text, nullable=False),  # seen, or attested
    Column("note", Words, nullable=False),
)
