"""What people decide of changes that were held because too many came at once.

belief     the officer's word that a platform's changes under a rule are real, and until when it counts
"""

from __future__ import annotations

from sqlalchemy import Column, Date, Table, Text

from worker.storage.columns import Id, UtcTime, Words
from worker.storage.tables.base import metadata

belief = Table(
    "belief",
    metadata,
    Column("id", Id, primary_key=True),
    Column("platform", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("by", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("until", Date, nullable=False),
    Column("withdrawn_at", UtcTime),
    Column("withdrawn_by", Words),
)
