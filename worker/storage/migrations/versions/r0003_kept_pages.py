"""Pages kept with what their servers said they could be asked by.

upgrade ─▶ kept_page        downgrade ─▶ without it
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import JSON, Column, DateTime, Integer, LargeBinary, Text

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_page",
        Column("url", Text, primary_key=True),
        Column("status", Integer, nullable=False),
        Column("headers", JSON, nullable=False),
        Column("body", LargeBinary, nullable=False),
        Column("etag", Text, nullable=False),
        Column("last_modified", Text, nullable=False),
        Column("kept_at", DateTime(timezone=True), nullable=False, index=True),
    )


def downgrade() -> None:
    op.drop_table("kept_page")
