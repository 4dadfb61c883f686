"""Profile pictures: what each account was last seen to show, and which pictures somebody has approved.

picture            one row an account: the picture's fingerprint, and a small copy to show a person
picture_approval   a fingerprint with the sub-brand it is approved for
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, LargeBinary, Table, Text

from worker.storage.columns import Id, UtcTime, Words
from worker.storage.tables.base import metadata
from worker.storage.tables.core import account

picture = Table(
    "picture",
    metadata,
    Column("account_id", Id, ForeignKey(account.c.id), primary_key=True),
    Column("url", Words, nullable=False),
    Column("fingerprint", Text, nullable=False, index=True),  # dHash, 16 hexadecimal digits
    Column("thumbnail", LargeBinary, nullable=False),  # PNG
    Column("seen_at", UtcTime, nullable=False),
)

picture_approval = Table(
    "picture_approval",
    metadata,
    Column("id", Id, primary_key=True),
    Column("fingerprint", Text, nullable=False, index=True),
    Column("sub_brand", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("withdrawn_at", UtcTime),
    Column("withdrawn_by", Words),
)
