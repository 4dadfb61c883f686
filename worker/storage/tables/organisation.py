"""Who answers for accounts, as it changes: mailboxes, and administrations that merge, split and change names.

register_import ◀─ place_change              what an import or a person made of an administration or a unit
register_import ◀─ reorganisation            decided for a date; `import_id` once it was carried out
"""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Table, Text

from worker.storage.columns import Id, Json, UtcTime, Words
from worker.storage.tables.base import metadata
from worker.storage.tables.core import register_import

place_change = Table(
    "place_change",
    metadata,
    Column("id", Id, primary_key=True),
    Column("import_id", Id, ForeignKey(register_import.c.id), nullable=False, index=True),
    Column("administration", Words, nullable=False),  # by name: the row of that name may begin and end again
    Column("unit", Words),
    Column("kind", Text, nullable=False),  # mailbox, renamed, letters, ended
    Column("before", Json, nullable=False),
    Column("after", Json, nullable=False),
)

reorganisation = Table(
    "reorganisation",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("terms", Json, nullable=False),
    Column("effective_on", Date, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("by", Words, nullable=False),
    Column("why", Words, nullable=False),
    Column("import_id", Id, ForeignKey(register_import.c.id)),
    Column("dropped_at", UtcTime),
)
