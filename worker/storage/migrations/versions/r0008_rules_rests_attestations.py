"""Attestation rounds and answers, rests and closings, profile pictures, and the versions of the rules.

upgrade ─▶ ten tables        downgrade ─▶ without them
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    LargeBinary,
    Text,
    UniqueConstraint,
)

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

Id = BigInteger().with_variant(Integer, "sqlite")
Time = DateTime(timezone=True)


def upgrade() -> None:
    _attesting()
    _resting()
    _pictures()
    op.create_table(
        "rules_version",
        Column("id", Id, primary_key=True),
        Column("at", Time, nullable=False),
        Column("digest", Text, nullable=False),
        Column("text", Text, nullable=False),
        Column("rules", JSON, nullable=False),
        Column("changes", JSON, nullable=False),
        Column("effect", JSON, nullable=False),
    )


def _attesting() -> None:
    op.create_table(
        "attestation_round",
        Column("id", Id, primary_key=True),
        Column("administration", Text, nullable=False),
        Column("period", Text, nullable=False),
        Column("opened_at", Time, nullable=False),
        Column("due_on", Date, nullable=False),
        UniqueConstraint("administration", "period", name="uq_attestation_round_administration_period"),
    )
    op.create_table(
        "attestation_item",
        Column("round_id", Id, ForeignKey("attestation_round.id"), primary_key=True),
        Column("account_id", Id, ForeignKey("account.id"), primary_key=True, index=True),
        Column("question", Text, primary_key=True),
    )
    op.create_table(
        "attestation_hand_over",
        Column("id", Id, primary_key=True),
        Column("round_id", Id, ForeignKey("attestation_round.id"), nullable=False, index=True),
        Column("account_id", Id, ForeignKey("account.id")),
        Column("to", Text, nullable=False),
        Column("by", Text, nullable=False),
        Column("at", Time, nullable=False),
    )
    op.create_table(
        "attestation_answer",
        Column("id", Id, primary_key=True),
        Column("account_id", Id, ForeignKey("account.id"), nullable=False),
        Column("question", Text, nullable=False),
        Column("yes", Boolean, nullable=False),
        Column("by", Text, nullable=False),
        Column("at", Time, nullable=False),
        Column("note", Text, nullable=False),
        Column("source_url", Text),
    )
    op.create_index("ix_attestation_answer_account_id_question", "attestation_answer", ["account_id", "question"])


def _resting() -> None:
    op.create_table(
        "rest",
        Column("id", Id, primary_key=True),
        Column("account_id", Id, ForeignKey("account.id"), nullable=False, index=True),
        Column("starts_on", Date, nullable=False),
        Column("until", Date, nullable=False),
        Column("reason", Text, nullable=False),
        Column("by", Text, nullable=False),
        Column("at", Time, nullable=False),
        Column("ended_at", Time),
    )
    op.create_table(
        "closing",
        Column("id", Id, primary_key=True),
        Column("account_id", Id, ForeignKey("account.id"), nullable=False, index=True),
        Column("started_at", Time, nullable=False),
        Column("by", Text, nullable=False),
        Column("reason", Text, nullable=False),
        Column("closes_on", Date, nullable=False),
        Column("successor", Text),
        Column("ended_at", Time),
        Column("outcome", Text),
    )
    op.create_table(
        "closing_step",
        Column("closing_id", Id, ForeignKey("closing.id"), primary_key=True),
        Column("step", Text, primary_key=True),
        Column("at", Time, nullable=False),
        Column("by", Text, nullable=False),
        Column("how", Text, nullable=False),
        Column("note", Text, nullable=False),
    )


def _pictures() -> None:
    op.create_table(
        "picture",
        Column("account_id", Id, ForeignKey("account.id"), primary_key=True),
        Column("url", Text, nullable=False),
        Column("fingerprint", Text, nullable=False, index=True),
        Column("thumbnail", LargeBinary, nullable=False),
        Column("seen_at", Time, nullable=False),
    )
    op.create_table(
        "picture_approval",
        Column("id", Id, primary_key=True),
        Column("fingerprint", Text, nullable=False, index=True),
        Column("sub_brand", Text, nullable=False),
        Column("by", Text, nullable=False),
        Column("at", Time, nullable=False),
        Column("withdrawn_at", Time),
    )


def downgrade() -> None:
    for table in (
        "picture_approval", "picture", "closing_step", "closing", "rest", "attestation_answer",
        "attestation_hand_over", "attestation_item", "attestation_round", "rules_version",
    ):  # fmt: skip
        op.drop_table(table)
