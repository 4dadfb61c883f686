"""What recipients wish for in a quiet week, and how often a mailbox presses what could be flooded.

upgrade ─▶ mail_wish, press        downgrade ─▶ without them
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import BigInteger, Column, DateTime, Integer, Text, text

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

Id = BigInteger().with_variant(Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "mail_wish",
        Column("id", Id, primary_key=True),
        Column("recipient", Text, nullable=False),
        Column("when_well", Text, nullable=False),
        Column("by", Text, nullable=False),
        Column("valid_from", DateTime(timezone=True), nullable=False),
        Column("valid_to", DateTime(timezone=True)),
    )
    still = text("valid_to IS NULL")
    op.create_index(
        "uq_mail_wish_current", "mail_wish", ["recipient"], unique=True, sqlite_where=still, postgresql_where=still
    )
    op.create_table(
        "press",
        Column("id", Id, primary_key=True),
        Column("recipient", Text, nullable=False),
        Column("purpose", Text, nullable=False),
        Column("at", DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_press_recipient_purpose_at", "press", ["recipient", "purpose", "at"])


def downgrade() -> None:
    op.drop_table("press")
    op.drop_table("mail_wish")
