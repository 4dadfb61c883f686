"""Who took a release of letters, a rest or an approved picture back; of what was taken back before, nobody knows.

upgrade ─▶ mail_release.ended_by, rest.ended_by, picture_approval.withdrawn_by        downgrade ─▶ without them
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Text

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_NEW = (("mail_release", "ended_by"), ("rest", "ended_by"), ("picture_approval", "withdrawn_by"))


def upgrade() -> None:
    for table, name in _NEW:
        op.add_column(table, Column(name, Text))


def downgrade() -> None:
    for table, name in _NEW:
        op.drop_column(table, name)
