"""The rules as they have stood: one row each time the rules file said something new.

rules_version    the file's text, each rule's digest, what changed against the version before, and to what effect
"""

from __future__ import annotations

from sqlalchemy import Column, Table, Text

from worker.storage.columns import Id, Json, UtcTime, Words
from worker.storage.tables.base import metadata

rules_version = Table(
    "rules_version",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("digest", Text, nullable=False),
    Column("text", Words, nullable=False),
    Column("rules", Json, nullable=False),  # each rule's digest
    Column("changes", Json, nullable=False),  # added, removed, changed: rule ids
    Column("effect", Json, nullable=False),  # by administration: findings created and removed
)
