"""The second night on which an id was shown that no third one has proven yet; of those that waited before, one was.

upgrade ─▶ account_pin.again_at        downgrade ─▶ without it
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, DateTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("account_pin", Column("again_at", DateTime(timezone=True)))


def downgrade() -> None:
    op.drop_column("account_pin", "again_at")
