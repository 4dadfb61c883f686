"""Who took a pause of letters back; of what was taken back before, nobody knows.

upgrade ─▶ mail_pause.ended_by        downgrade ─▶ without it
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Text

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("mail_pause", Column("ended_by", Text))


def downgrade() -> None:
    op.drop_column("mail_pause", "ended_by")
