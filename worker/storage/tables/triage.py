"""What waits for a decision, and what the public list said when.

candidate ◀─ candidate_event     one channel, by its key and what it is about: no walk or run makes it anew
list_copy                        the public list as it was published, and as it was generated
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, Table, Text, UniqueConstraint

from worker.storage.columns import Id, Json, UtcTime, Words
from worker.storage.tables.base import metadata
from worker.storage.tables.core import account, register_import

candidate = Table(
    "candidate",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", Words, nullable=False),
    Column("about", Text, nullable=False),
    Column("platform", Text, nullable=False),
    Column("url", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("origin", Text, nullable=False),
    Column("first_seen_at", UtcTime, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("changed_at", UtcTime, nullable=False),
    Column("account_id", Id, ForeignKey(account.c.id)),
    Column("administration", Words),
    Column("whose", Text),
    Column("by", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("note", Words, nullable=False),
    UniqueConstraint("key", "about"),
)

candidate_event = Table(
    "candidate_event",
    metadata,
    Column("id", Id, primary_key=True),
    Column("candidate_id", Id, ForeignKey(candidate.c.id, ondelete="CASCADE"), nullable=False, index=True),
    Column("at", UtcTime, nullable=False),
    Column("act", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("by", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("administration", Words),
    Column("whose", Text),
    Column("account_id", Id, ForeignKey(account.c.id)),
    Column("import_id", Id, ForeignKey(register_import.c.id)),
)

list_copy = Table(
    "list_copy",
    metadata,
    Column("id", Id, primary_key=True),
    Column("what", Text, nullable=False),  # published or generated
    Column("source", Words, nullable=False),  # the address or file it was read from
    Column("first_at", UtcTime, nullable=False),
    Column("last_at", UtcTime, nullable=False),  # the last time it said the same
    Column("digest", Text, nullable=False),
    Column("lines", Json, nullable=False),
    Column("missing", Integer),  # so many at once that nothing was believed gone; none: nothing is held
    Column("standing", Integer),
)
