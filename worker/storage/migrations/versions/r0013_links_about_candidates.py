"""A letter's button may be about a channel that waits in triage.

upgrade ─▶ link.candidate_id        downgrade ─▶ without it, and without the links that had one
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import BigInteger, Column, ForeignKey, Integer

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

Id = BigInteger().with_variant(Integer, "sqlite")
KEY, INDEX = "fk_link_candidate_id", "ix_link_candidate_id"


def upgrade() -> None:
    about = ForeignKey("candidate.id", ondelete="CASCADE", name=KEY)
    with op.batch_alter_table("link") as link:
        link.add_column(Column("candidate_id", Id, about))
    op.create_index(INDEX, "link", ["candidate_id"])


def downgrade() -> None:
    op.execute("DELETE FROM link WHERE candidate_id IS NOT NULL")
    op.drop_index(INDEX, "link")
    with op.batch_alter_table("link") as link:
        link.drop_column("candidate_id")
