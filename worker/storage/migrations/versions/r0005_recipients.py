"""Mailboxes and languages of administrations and units, their history, and reorganisations from a date.

upgrade ─▶ administration.recipient and .language, unit.language, register_import.effective_on, place_change,
           reorganisation
downgrade ─▶ without them
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import JSON, BigInteger, Column, Date, DateTime, ForeignKey, Integer, Text

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

Id = BigInteger().with_variant(Integer, "sqlite")
Time = DateTime(timezone=True)
_ADDED = (
    ("administration", "recipient", Text),
    ("administration", "language", Text),
    ("unit", "language", Text),
    ("register_import", "effective_on", Date),
)


def upgrade() -> None:
    for table, name, kind in _ADDED:
        op.add_column(table, Column(name, kind))
    op.create_table(
        "place_change",
        Column("id", Id, primary_key=True),
        Column("import_id", Id, ForeignKey("register_import.id"), nullable=False, index=True),
        Column("administration", Text, nullable=False),
        Column("unit", Text),
        Column("kind", Text, nullable=False),
        Column("before", JSON, nullable=False),
        Column("after", JSON, nullable=False),
    )
    op.create_table(
        "reorganisation",
        Column("id", Id, primary_key=True),
        Column("kind", Text, nullable=False),
        Column("terms", JSON, nullable=False),
        Column("effective_on", Date, nullable=False),
        Column("made_at", Time, nullable=False),
        Column("by", Text, nullable=False),
        Column("why", Text, nullable=False),
        Column("import_id", Id, ForeignKey("register_import.id")),
        Column("dropped_at", Time),
    )


def downgrade() -> None:
    for table in ("reorganisation", "place_change"):
        op.drop_table(table)
    for table, name, _ in reversed(_ADDED):
        op.drop_column(table, name)
