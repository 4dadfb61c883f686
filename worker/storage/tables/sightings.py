"""Where channels stand linked, and how far the walk over the city's own sites has come.

sighting            one channel in one place; deleted only where a reading of the list is taken back
walk ◀─ site_page   a walk, and the pages of the sites that every walk asks for anew
linked_channel      what was seen of channels that are linked and not registered
short_link          where short links lead, as their hosts say
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, Table, Text

from worker.storage.columns import Id, Json, UtcTime, Words
from worker.storage.tables.base import metadata

sighting = Table(
    "sighting",
    metadata,
    Column("id", Id, primary_key=True),
    Column("source", Text, nullable=False),
    Column("page", Words, nullable=False),  # "" for a list
    Column("url", Words, nullable=False),  # as it stands there
    Column("platform", Text),
    Column("key", Words),
    Column("kind", Text, nullable=False),
    Column("place", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("own", Text, nullable=False),
    Column("why", Words, nullable=False),
    Column("first_seen_at", UtcTime, nullable=False),
    Column("last_seen_at", UtcTime, nullable=False),
    Column("missed", Integer, nullable=False),  # looks in a row that did not find it there
    Column("missed_at", UtcTime),  # the last of them
    Column("gone_at", UtcTime),
    Column("place_digest", Text, nullable=False, index=True),  # of source and page: either may be too long for an index
    Column("mark", Text, nullable=False, unique=True),  # digest of source, page, platform, and key or address
    Index("ix_sighting_key", "key", "id"),
)

walk = Table(
    "walk",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("due_on", Date, nullable=False),  # local
    Column("state", Text, nullable=False),
    Column("plan", Json, nullable=False),  # the sites and limits that it began with
    Column("asked", Integer, nullable=False),  # pages, so far
    Column("started_at", UtcTime, nullable=False),
    Column("ended_at", UtcTime),
    Column("ended_by", Text),  # what brought it to its end
    Column("lease_token", Text),
    Column("lease_until", UtcTime),
)
_IS_OPEN = walk.c.state == "open"
_IS_WEEKLY = walk.c.kind == "weekly"
Index("uq_walk_open", walk.c.state, unique=True, sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN)
Index("uq_walk_week", walk.c.due_on, unique=True, sqlite_where=_IS_WEEKLY, postgresql_where=_IS_WEEKLY)

site_page = Table(
    "site_page",
    metadata,
    Column("id", Id, primary_key=True),
    Column("url", Words, nullable=False, unique=True),  # canonical, never longer than an index can hold
    Column("host", Words, nullable=False),
    Column("depth", Integer, nullable=False),  # links away from a start page
    Column("role", Text, nullable=False),
    Column("shape", Words),  # of an address that may be one of endlessly many
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),  # in this walk, counted before asking
    Column("turn", Id, nullable=False),  # the lowest is asked first: 0, or the walk that asked last
    Column("found_at", UtcTime, nullable=False),
    Column("walk_id", Id, ForeignKey(walk.c.id)),  # in which it was last settled
    Column("settled_at", UtcTime),  # when it was last asked for, or refused
    Column("fetched_at", UtcTime),  # when it was last had, whole or unchanged
    Column("status", Integer),
    Column("transport", Text),
    Column("reason", Words),
    Column("etag", Words),
    Column("last_modified", Words),
    Column("digest", Text),  # of the body that was read
    Index("ix_site_page_host_shape", "host", "shape"),
)
_WAITS = site_page.c.state == "waiting"
Index(
    "ix_site_page_waiting",
    site_page.c.host,
    site_page.c.turn,
    site_page.c.depth,
    site_page.c.id,
    sqlite_where=_WAITS,
    postgresql_where=_WAITS,
)

linked_channel = Table(
    "linked_channel",
    metadata,
    Column("key", Words, primary_key=True),
    Column("platform", Text, nullable=False),
    Column("url", Words, nullable=False),
    Column("looked_at", UtcTime, nullable=False),
    Column("transport", Text, nullable=False),
    Column("existence", Text, nullable=False),  # the last that was positively seen
    Column("since", UtcTime),  # when that was seen first
    Column("last", UtcTime),  # and last
    Column("looks", Integer, nullable=False),  # that saw it, in a row
    Column("stated", Boolean, nullable=False),  # an official interface said so
    Column("pinned", Words),  # the first unchanging id ever seen
    Column("shown", Words),  # the last one
    Column("leads_to", Words),
    Column("name", Words),
    Column("evidence", Json, nullable=False),
)

short_link = Table(
    "short_link",
    metadata,
    Column("url", Words, primary_key=True),  # never longer than an index can hold
    Column("asked_at", UtcTime, nullable=False),
    Column("leads_to", Words),  # None: not known
    Column("reason", Words, nullable=False),  # why it is not
)
