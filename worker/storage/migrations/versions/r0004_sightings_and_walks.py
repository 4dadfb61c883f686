"""Where channels stand linked, the walk that finds them, and what was seen of those that are not registered.

upgrade ─▶ sighting, walk ◀─ site_page, linked_channel        downgrade ─▶ without them
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    Text,
    UniqueConstraint,
    text,
)

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

Id = BigInteger().with_variant(Integer, "sqlite")
Time = DateTime(timezone=True)


def upgrade() -> None:
    _sighting()
    _walk()
    _site_page()
    _linked_channel()


def downgrade() -> None:
    for table in ("linked_channel", "site_page", "walk", "sighting"):
        op.drop_table(table)


def _sighting() -> None:
    op.create_table(
        "sighting",
        Column("id", Id, primary_key=True),
        Column("source", Text, nullable=False),
        Column("page", Text, nullable=False),
        Column("url", Text, nullable=False),
        Column("platform", Text),
        Column("key", Text),
        Column("kind", Text, nullable=False),
        Column("place", Text, nullable=False),
        Column("text", Text, nullable=False),
        Column("own", Text, nullable=False),
        Column("why", Text, nullable=False),
        Column("first_seen_at", Time, nullable=False),
        Column("last_seen_at", Time, nullable=False),
        Column("missed", Integer, nullable=False),
        Column("gone_at", Time),
        Column("place_digest", Text, nullable=False, index=True),
        Column("mark", Text, nullable=False),
        UniqueConstraint("mark"),
    )
    op.create_index("ix_sighting_key", "sighting", ["key", "id"])


def _walk() -> None:
    op.create_table(
        "walk",
        Column("id", Id, primary_key=True),
        Column("kind", Text, nullable=False),
        Column("due_on", Date, nullable=False),
        Column("state", Text, nullable=False),
        Column("plan", JSON, nullable=False),
        Column("asked", Integer, nullable=False),
        Column("started_at", Time, nullable=False),
        Column("ended_at", Time),
        Column("ended_by", Text),
        Column("lease_token", Text),
        Column("lease_until", Time),
    )
    _index_where("uq_walk_open", "walk", ["state"], "state = 'open'", unique=True)
    _index_where("uq_walk_week", "walk", ["due_on"], "kind = 'weekly'", unique=True)


def _site_page() -> None:
    op.create_table(
        "site_page",
        Column("id", Id, primary_key=True),
        Column("url", Text, nullable=False),
        Column("host", Text, nullable=False),
        Column("depth", Integer, nullable=False),
        Column("role", Text, nullable=False),
        Column("shape", Text),
        Column("state", Text, nullable=False),
        Column("attempts", Integer, nullable=False),
        Column("found_at", Time, nullable=False),
        Column("walk_id", Id, ForeignKey("walk.id")),
        Column("settled_at", Time),
        Column("fetched_at", Time),
        Column("status", Integer),
        Column("transport", Text),
        Column("reason", Text),
        Column("etag", Text),
        Column("last_modified", Text),
        Column("digest", Text),
        UniqueConstraint("url"),
    )
    op.create_index("ix_site_page_host_shape", "site_page", ["host", "shape"])
    _index_where("ix_site_page_waiting", "site_page", ["host", "depth", "id"], "state = 'waiting'")


def _linked_channel() -> None:
    op.create_table(
        "linked_channel",
        Column("key", Text, primary_key=True),
        Column("platform", Text, nullable=False),
        Column("url", Text, nullable=False),
        Column("looked_at", Time, nullable=False),
        Column("transport", Text, nullable=False),
        Column("existence", Text, nullable=False),
        Column("since", Time),
        Column("last", Time),
        Column("looks", Integer, nullable=False),
        Column("stated", Boolean, nullable=False),
        Column("pinned", Text),
        Column("shown", Text),
        Column("leads_to", Text),
        Column("name", Text),
        Column("evidence", JSON, nullable=False),
    )


def _index_where(name: str, table: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    condition = text(where)
    op.create_index(name, table, columns, unique=unique, sqlite_where=condition, postgresql_where=condition)
