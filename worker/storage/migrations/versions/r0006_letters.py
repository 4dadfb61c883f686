"""Letters, what their buttons are good for, and who may be written to.

upgrade ─▶ letter_slot, letter, letter_line, link, mail_release, mail_pause        downgrade ─▶ without them
"""

from __future__ import annotations

from typing import Any

from alembic import op
from sqlalchemy import BigInteger, Boolean, Column, DateTime, ForeignKey, Integer, LargeBinary, Text, text

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = BigInteger().with_variant(Integer, "sqlite")


def upgrade() -> None:
    _outbox()
    _links()
    _dated("mail_release", Column("administration_id", ID, ForeignKey("administration.id"), nullable=False))
    _dated("mail_pause", Column("recipient", Text, nullable=False), _moment("ends_at"))


def downgrade() -> None:
    for table in ("mail_pause", "mail_release", "link", "letter_line", "letter", "letter_slot"):
        op.drop_table(table)


def _outbox() -> None:
    op.create_table(
        "letter_slot",
        Column("kind", Text, primary_key=True),
        Column("slot", Text, primary_key=True),
        _moment("at"),
        Column("letters", Integer, nullable=False),
    )
    op.create_table(
        "letter",
        Column("id", ID, primary_key=True),
        Column("key", Text, nullable=False, unique=True),
        Column("kind", Text, nullable=False),
        Column("slot", Text, nullable=False),
        Column("channel", Text, nullable=False),
        Column("recipient", Text, nullable=False),
        Column("shared", Boolean, nullable=False),
        Column("subject", Text, nullable=False),
        Column("message", LargeBinary, nullable=False),
        Column("state", Text, nullable=False),
        _moment("made_at"),
        _moment("due_at"),
        Column("attempts", Integer, nullable=False),
        Column("claim", Text),
        _moment("claimed_until", nullable=True),
        _moment("ended_at", nullable=True),
        Column("answer", Text, nullable=False),
    )
    op.create_index("ix_letter_state_due_at", "letter", ["state", "due_at"])
    op.create_index("ix_letter_recipient_kind", "letter", ["recipient", "kind"])
    op.create_table(
        "letter_line",
        Column("letter_id", ID, ForeignKey("letter.id", ondelete="CASCADE"), primary_key=True),
        Column("case_id", ID, ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True, index=True),
        Column("state", Text, nullable=False),
    )


def _links() -> None:
    op.create_table(
        "link",
        Column("hash", Text, primary_key=True),
        Column("purpose", Text, nullable=False),
        Column("letter_id", ID, ForeignKey("letter.id", ondelete="CASCADE"), index=True),
        Column("recipient", Text, nullable=False),
        Column("language", Text, nullable=False),
        Column("case_id", ID, ForeignKey("cases.id", ondelete="CASCADE"), index=True),
        Column("account_id", ID, ForeignKey("account.id")),
        _moment("expires_at"),
        _moment("used_at", nullable=True),
        Column("used_by", Text, nullable=False),
    )


def _dated(name: str, subject: Column[Any], *more: Column[Any]) -> None:
    """A table of dated rows, of which at most one a subject is current."""
    dates = (_moment("valid_from"), _moment("valid_to", nullable=True))
    op.create_table(
        name, Column("id", ID, primary_key=True), subject, Column("by", Text, nullable=False), *more, *dates
    )
    still = text("valid_to IS NULL")
    op.create_index(f"uq_{name}_current", name, [subject.name], unique=True, sqlite_where=still, postgresql_where=still)


def _moment(name: str, *, nullable: bool = False) -> Column[Any]:
    return Column(name, DateTime(timezone=True), nullable=nullable)
