"""Where short links lead, as their hosts say.

upgrade ─▶ short_link        downgrade ─▶ without it
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, DateTime, Text

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "short_link",
        Column("url", Text, primary_key=True),
        Column("asked_at", DateTime(timezone=True), nullable=False),
        Column("leads_to", Text),
        Column("reason", Text, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("short_link")
