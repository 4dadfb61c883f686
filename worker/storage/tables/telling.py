"""Letters, and what they carry.

letter_slot                      one row a week and kind: inserting it is writing that week's letters
letter ◀─ letter_line ─▶ cases   the outbox: each finished message once, and the lines it tells of
link ─▶ letter, cases, account,  what a button is good for; only the hash of its token is kept
        candidate
mail_release ─▶ administration   the officer's word that an administration may be written to
mail_pause                       a recipient who has asked for a rest
mail_wish                        a recipient's own choice for weeks in which there is nothing to say
press                            what a mailbox has pressed of late, of those buttons that could be flooded
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text

from worker.storage.columns import Id, UtcTime, Words
from worker.storage.tables.base import metadata, one_current
from worker.storage.tables.core import account, administration, cases
from worker.storage.tables.triage import candidate

letter_slot = Table(
    "letter_slot",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("slot", Text, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("letters", Integer, nullable=False),
)

letter = Table(
    "letter",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", Words, nullable=False, unique=True),  # kind, slot and recipient: a letter is written once
    Column("kind", Text, nullable=False),
    Column("slot", Text, nullable=False),
    Column("channel", Text, nullable=False),  # mail, or the name of another way to tell people
    Column("recipient", Words, nullable=False),
    Column("shared", Boolean, nullable=False),
    Column("subject", Words, nullable=False),
    Column("message", LargeBinary, nullable=False),  # as it goes out, byte for byte
    Column("state", Text, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("due_at", UtcTime, nullable=False),  # not to be tried before
    Column("attempts", Integer, nullable=False),
    Column("claim", Text),
    Column("claimed_until", UtcTime),
    Column("ended_at", UtcTime),
    Column("answer", Words, nullable=False),  # what the server said last
    Index("ix_letter_state_due_at", "state", "due_at"),
    Index("ix_letter_recipient_kind", "recipient", "kind"),
)

letter_line = Table(
    "letter_line",
    metadata,
    Column("letter_id", Id, ForeignKey(letter.c.id, ondelete="CASCADE"), primary_key=True),
    Column("case_id", Id, ForeignKey(cases.c.id, ondelete="CASCADE"), primary_key=True, index=True),
    Column("state", Text, nullable=False),  # of the case, when it was told
)

link = Table(
    "link",
    metadata,
    Column("hash", Text, primary_key=True),  # SHA-256 of the token, in hex
    Column("purpose", Text, nullable=False),
    Column("letter_id", Id, ForeignKey(letter.c.id, ondelete="CASCADE"), index=True),
    Column("recipient", Words, nullable=False),
    Column("language", Text, nullable=False),
    Column("case_id", Id, ForeignKey(cases.c.id, ondelete="CASCADE"), index=True),
    Column("account_id", Id, ForeignKey(account.c.id)),
    Column("candidate_id", Id, ForeignKey(candidate.c.id, ondelete="CASCADE"), index=True),
    Column("expires_at", UtcTime, nullable=False),
    Column("used_at", UtcTime),
    Column("used_by", Words, nullable=False),
)

mail_release = Table(
    "mail_release",
    metadata,
    Column("id", Id, primary_key=True),
    Column("administration_id", Id, ForeignKey(administration.c.id), nullable=False),
    Column("by", Words, nullable=False),
    Column("valid_from", UtcTime, nullable=False),
    Column("valid_to", UtcTime),
    Column("ended_by", Words),
)
one_current(mail_release.c.administration_id)

mail_pause = Table(
    "mail_pause",
    metadata,
    Column("id", Id, primary_key=True),
    Column("recipient", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("ends_at", UtcTime, nullable=False),
    Column("valid_from", UtcTime, nullable=False),
    Column("valid_to", UtcTime),
    Column("ended_by", Words),
)
one_current(mail_pause.c.recipient)

mail_wish = Table(
    "mail_wish",
    metadata,
    Column("id", Id, primary_key=True),
    Column("recipient", Words, nullable=False),
    Column("when_well", Text, nullable=False),
    Column("by", Words, nullable=False),
    Column("valid_from", UtcTime, nullable=False),
    Column("valid_to", UtcTime),
)
one_current(mail_wish.c.recipient)

press = Table(
    "press",
    metadata,
    Column("id", Id, primary_key=True),
    Column("recipient", Words, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Index("ix_press_recipient_purpose_at", "recipient", "purpose", "at"),
)
