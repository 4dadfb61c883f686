"""What the platforms' keys have used up, what people state of accounts, and how the controls of a run were read.

upgrade ─▶ key_use, statement, control_reading        downgrade ─▶ without them
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import BigInteger, Boolean, Column, Date, DateTime, ForeignKey, Integer, Text

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

Id = BigInteger().with_variant(Integer, "sqlite")
Time = DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "key_use",
        Column("name", Text, primary_key=True),
        Column("period", Text, primary_key=True),
        Column("used", BigInteger, nullable=False),
    )
    op.create_table(
        "statement",
        Column("id", Id, primary_key=True),
        Column("account_id", Id, ForeignKey("account.id"), nullable=False, index=True),
        Column("what", Text, nullable=False),
        Column("at", Time, nullable=False),
        Column("by", Text, nullable=False),
        Column("on", Date, nullable=False),
        Column("source_url", Text),
    )
    op.create_table(
        "control_reading",
        Column("run_id", Id, ForeignKey("run.id"), primary_key=True),
        Column("platform", Text, primary_key=True),
        Column("route", Text, primary_key=True),
        Column("side", Text, primary_key=True),
        Column("transport", Text, nullable=False),
        Column("existence", Text, nullable=False),
        Column("reason", Text, nullable=False),
        Column("right", Boolean, nullable=False),
        Column("at", Time, nullable=False),
    )


def downgrade() -> None:
    for table in ("control_reading", "statement", "key_use"):
        op.drop_table(table)
