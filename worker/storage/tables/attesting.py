"""What administrations are asked to attest, and what they answered.

    attestation_round ◀─ attestation_item ─▶ account     asked: one round an administration and period
    attestation_hand_over                                 who answers instead
    attestation_answer ─▶ account                         answered; kept for ever, the latest of each question counts

Answers belong to accounts, not to rounds, so they outlive a merged administration.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Table, Text, UniqueConstraint

from worker.storage.columns import Id, UtcTime, Words
from worker.storage.tables.base import metadata
from worker.storage.tables.core import account

attestation_round = Table(
    "attestation_round",
    metadata,
    Column("id", Id, primary_key=True),
    Column("administration", Words, nullable=False),
    Column("period", Text, nullable=False),  # 2026-Q4, or 2026-11 for main accounts
    Column("opened_at", UtcTime, nullable=False),
    Column("due_on", Date, nullable=False),
    UniqueConstraint("administration", "period"),
)

attestation_item = Table(
    "attestation_item",
    metadata,
    Column("round_id", Id, ForeignKey(attestation_round.c.id), primary_key=True),
    Column("account_id", Id, ForeignKey(account.c.id), primary_key=True, index=True),
    Column("question", Text, primary_key=True),
)

attestation_hand_over = Table(
    "attestation_hand_over",
    metadata,
    Column("id", Id, primary_key=True),
    Column("round_id", Id, ForeignKey(attestation_round.c.id), nullable=False, index=True),
    Column("account_id", Id, ForeignKey(account.c.id)),  # none: the whole round
    Column("to", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("at", UtcTime, nullable=False),
)

attestation_answer = Table(
    "attestation_answer",
    metadata,
    Column("id", Id, primary_key=True),
    Column("account_id", Id, ForeignKey(account.c.id), nullable=False),
    Column("question", Text, nullable=False),
    Column("yes", Boolean, nullable=False),
    Column("by", Words, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("note", Words, nullable=False),
    Column("source_url", Words),
    Index("ix_attestation_answer_account_id_question", "account_id", "question"),
)
