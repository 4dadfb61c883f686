"""The officer's word on changes that were held because too many came at once.

upgrade ─▶ belief        downgrade ─▶ without it
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import BigInteger, Column, Date, DateTime, Integer, Text

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

Id = BigInteger().with_variant(Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "belief",
        Column("id", Id, primary_key=True),
        Column("platform", Text, nullable=False),
        Column("rule", Text, nullable=False),
        Column("at", DateTime(timezone=True), nullable=False),
        Column("by", Text, nullable=False),
        Column("reason", Text, nullable=False),
        Column("until", Date, nullable=False),
        Column("withdrawn_at", DateTime(timezone=True)),
        Column("withdrawn_by", Text),
    )


def downgrade() -> None:
    op.drop_table("belief")
