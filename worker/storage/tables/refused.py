"""What the latest import of each file did not take."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table

from worker.storage.columns import Id, Json, UtcTime, Words
from worker.storage.tables.base import metadata

refused_row = Table(
    "refused_row",
    metadata,
    Column("id", Id, primary_key=True),
    Column("source", Words, nullable=False, index=True),  # the file's name
    Column("at", UtcTime, nullable=False),
    Column("sheet", Words, nullable=False),
    Column("line", Integer, nullable=False),
    Column("column", Words, nullable=False),  # its heading, where one cell is to blame
    Column("value", Words, nullable=False),
    Column("reason", Json, nullable=False),  # sentences, with their keys: told in whichever language is asked for
    Column("remedy", Json, nullable=False),
)
