"""Candidates and what was decided of them, and copies of the public list.

upgrade ─▶ candidate, candidate_event, list_copy        downgrade ─▶ without them
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import JSON, BigInteger, Column, DateTime, ForeignKey, Integer, Text, UniqueConstraint

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

Id = BigInteger().with_variant(Integer, "sqlite")
Time = DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "candidate",
        Column("id", Id, primary_key=True),
        Column("key", Text, nullable=False),
        Column("about", Text, nullable=False),
        Column("platform", Text, nullable=False),
        Column("url", Text, nullable=False),
        Column("name", Text, nullable=False),
        Column("origin", Text, nullable=False),
        Column("first_seen_at", Time, nullable=False),
        Column("state", Text, nullable=False, index=True),
        Column("changed_at", Time, nullable=False),
        Column("account_id", Id, ForeignKey("account.id")),
        Column("administration", Text),
        Column("whose", Text),
        Column("by", Text, nullable=False),
        Column("reason", Text, nullable=False),
        Column("note", Text, nullable=False),
        UniqueConstraint("key", "about"),
    )
    op.create_table(
        "candidate_event",
        Column("id", Id, primary_key=True),
        Column("candidate_id", Id, ForeignKey("candidate.id", ondelete="CASCADE"), nullable=False, index=True),
        Column("at", Time, nullable=False),
        Column("act", Text, nullable=False),
        Column("state", Text, nullable=False),
        Column("by", Text, nullable=False),
        Column("reason", Text, nullable=False),
        Column("administration", Text),
        Column("whose", Text),
        Column("account_id", Id, ForeignKey("account.id")),
        Column("import_id", Id, ForeignKey("register_import.id")),
    )
    op.create_table(
        "list_copy",
        Column("id", Id, primary_key=True),
        Column("what", Text, nullable=False),
        Column("source", Text, nullable=False),
        Column("first_at", Time, nullable=False),
        Column("last_at", Time, nullable=False),
        Column("digest", Text, nullable=False),
        Column("lines", JSON, nullable=False),
        Column("missing", Integer),
        Column("standing", Integer),
    )


def downgrade() -> None:
    for table in ("list_copy", "candidate_event", "candidate"):
        op.drop_table(table)
