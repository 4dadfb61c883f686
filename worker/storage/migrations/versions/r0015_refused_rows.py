"""What the latest import of each file did not take.

upgrade ─▶ refused_row        downgrade ─▶ without it
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import JSON, BigInteger, Column, DateTime, Integer, Text

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

Id = BigInteger().with_variant(Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "refused_row",
        Column("id", Id, primary_key=True),
        Column("source", Text, nullable=False),
        Column("at", DateTime(timezone=True), nullable=False),
        Column("sheet", Text, nullable=False),
        Column("line", Integer, nullable=False),
        Column("column", Text, nullable=False),
        Column("value", Text, nullable=False),
        Column("reason", JSON, nullable=False),
        Column("remedy", JSON, nullable=False),
    )
    op.create_index("ix_refused_row_source", "refused_row", ["source"])


def downgrade() -> None:
    op.drop_table("refused_row")
