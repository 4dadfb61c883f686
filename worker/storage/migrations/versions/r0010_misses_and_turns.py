"""When a link was last missed, and whose turn it is to be asked for.

upgrade ─▶ sighting.missed_at, site_page.turn        downgrade ─▶ without them
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import BigInteger, Column, DateTime, Integer, text

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

Id = BigInteger().with_variant(Integer, "sqlite")
_INDEX = "ix_site_page_waiting"


def upgrade() -> None:
    op.add_column("sighting", Column("missed_at", DateTime(timezone=True)))
    op.add_column("site_page", Column("turn", Id, nullable=False, server_default="0"))
    op.execute("UPDATE site_page SET turn = walk_id WHERE walk_id IS NOT NULL AND depth > 0")
    _index_by("host", "turn", "depth", "id")


def downgrade() -> None:
    _index_by("host", "depth", "id")
    op.drop_column("site_page", "turn")
    op.drop_column("sighting", "missed_at")


def _index_by(*columns: str) -> None:
    op.drop_index(_INDEX, "site_page")
    waits = text("state = 'waiting'")
    op.create_index(_INDEX, "site_page", list(columns), sqlite_where=waits, postgresql_where=waits)
