"""The public list over time, and what the register is held against besides sightings.

copy ─ the last one says the same ─▶ it lasts longer
     └ says something else        ─▶ a copy of its own
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Select, delete, insert, select, text, update

from audits.model import Look, Source
from audits.reconciling import Former, KnownList, LinkedChannel
from audits.triage.candidates import CandidateState, Origin
from worker.ports.triage import THE_LIST, Copied, ListCopy
from worker.ports.walks import EndedBy
from worker.storage import short_links, sightings, site_pages
from worker.storage import tables as t
from worker.storage.among import among
from worker.storage.columns import Cells, dumps
from worker.storage.engine import OnDatabase
from worker.storage.linked import channel_from

_NEWEST_FIRST: Final = select(t.list_copy).order_by(t.list_copy.c.id.desc())


@dataclass(frozen=True, slots=True)
class SqlLists(OnDatabase):
    """`ports.triage.ListStore` and `SourceStore` on SQLite or PostgreSQL. Every method may raise `StoreUnavailable`."""

    def last_copy(self, what: Copied) -> ListCopy | None:
        return self.db.read(lambda conn: _last(conn, what))

    def keep_copy(self, copy: ListCopy) -> bool:
        return self.db.write(lambda conn: _keep(conn, copy))

    def keep_reading(self, copy: ListCopy, look: Look, after: datetime | None) -> bool:
        return self.db.write(lambda conn: _keep_reading(conn, copy, look, after))

    def forget_reading(self, now: datetime) -> ListCopy | None:
        return self.db.write(lambda conn: _forget(conn, now))

    def copies(self) -> Sequence[ListCopy]:
        return self.db.read(lambda conn: _copies(conn, _NEWEST_FIRST))

    def former_keys(self) -> Mapping[str, int]:
        return self.db.read(_former)

    def left(self) -> Mapping[str, Former]:
        return self.db.read(_left)

    def hidden(self) -> Mapping[Source, Collection[str | None]]:
        return self.db.read(short_links.hidden)

    def linked_channels(self) -> Sequence[LinkedChannel]:
        return self.db.read(_linked_channels)

    def sources_read(self) -> frozenset[Source]:
        return self.db.read(sources_read)


def known(conn: Connection) -> KnownList | None:
    """What is remembered of the published list, with the names that its accounts go by elsewhere."""
    last = _last(conn, Copied.PUBLISHED)
    if last is None:
        return None
    seen = t.sighting.c
    standing = select(seen.key).where(seen.source == Source.LIST.value, seen.gone_at.is_(None), seen.key.is_not(None))
    return KnownList(
        read_at=last.last_at,
        is_held=last.held is not None,
        states={line["key"]: line["state"] for line in last.named},
        standing=frozenset(key for key in conn.scalars(standing) if key),
        hidden=short_links.hidden(conn).get(Source.LIST, frozenset()),
        former=_former(conn),
        registered=_registered(conn),
        linked=_linked_channels(conn),
    )


# --- copies


def _newest(what: Copied) -> Select[Any]:
    return _NEWEST_FIRST.where(t.list_copy.c.what == what.value).limit(1)


def _last(conn: Connection, what: Copied) -> ListCopy | None:
    return next(iter(_copies(conn, _newest(what))), None)


def _copies(conn: Connection, query: Select[Any]) -> Sequence[ListCopy]:
    return tuple(map(_copy, conn.execute(query).mappings()))


def _keep(conn: Connection, copy: ListCopy) -> bool:
    lines = dumps(list(copy.lines))
    digest = hashlib.sha256(f"{copy.source}\0{lines}".encode()).hexdigest()
    missing, standing = copy.held or (None, None)
    last = conn.execute(_newest(copy.what)).mappings().one_or_none()
    if last is not None and last["digest"] == digest:
        same = update(t.list_copy).where(t.list_copy.c.id == last["id"])
        conn.execute(same.values(last_at=copy.last_at, missing=missing, standing=standing))
        return False
    row = {
        "what": copy.what.value,
        "source": copy.source,
        "first_at": copy.first_at,
        "last_at": copy.last_at,
        "digest": digest,
        "lines": lines,
        "missing": missing,
        "standing": standing,
    }
    conn.execute(insert(t.list_copy), [row])
    return True


def _keep_reading(conn: Connection, copy: ListCopy, look: Look, after: datetime | None) -> bool:
    if conn.dialect.name == "postgresql":  # SQLite has one writer anyway
        conn.execute(text("LOCK TABLE list_copy IN SHARE ROW EXCLUSIVE MODE"))
    last = _last(conn, copy.what)
    if (last.last_at if last else None) != after:
        return False
    sightings.save(conn, Source.LIST, THE_LIST, look, copy.last_at)
    _keep(conn, copy)
    return True


def _forget(conn: Connection, now: datetime) -> ListCopy | None:
    """What the last copy was the first to name is no sighting; what the one before it named stands there again."""
    last, before = (*_copies(conn, _newest(Copied.PUBLISHED).limit(2)), None, None)[:2]
    if last is None:
        return None
    row = t.sighting.c
    of_the_list = row.source == Source.LIST.value, row.page == THE_LIST
    if before is None:
        conn.execute(delete(t.sighting).where(*of_the_list))
    else:
        conn.execute(delete(t.sighting).where(*of_the_list, row.first_seen_at >= last.first_at))
        kept = conn.execute(select(row.id, row.key, row.url, row.last_seen_at, row.gone_at).where(*of_the_list)).all()
        names = {line["key"] for line in before.named}
        again = [each.id for each in kept if each.key in names or each.url in before.short_links]
        back = [each.id for each in kept if each.gone_at is None and each.last_seen_at >= last.first_at]
        conn.execute(update(t.sighting).where(among(row.id, back)).values(gone_at=now))
        conn.execute(update(t.sighting).where(among(row.id, again)).values(gone_at=None, missed=0, missed_at=None))
    conn.execute(delete(t.list_copy).where(t.list_copy.c.id == last.id))
    _withdraw(conn, last)
    return last


def _withdraw(conn: Connection, last: ListCopy) -> None:
    """What waits for a decision only since this copy named it waits no longer; what anybody decided of stays."""
    waits, named = t.candidate.c, {line["key"] for line in last.named}
    of_it = waits.origin == Origin.LISTED.value, waits.state == CandidateState.OPEN.value
    untouched = waits.first_seen_at >= last.first_at, waits.changed_at == waits.first_seen_at
    found = conn.execute(select(waits.id, waits.key).where(*of_it, *untouched))
    conn.execute(delete(t.candidate).where(among(waits.id, [each.id for each in found if each.key in named])))


def _copy(cells: Cells) -> ListCopy:
    missing, standing = cells["missing"], cells["standing"]
    return ListCopy(
        id=cells["id"],
        what=Copied(cells["what"]),
        source=cells["source"],
        first_at=cells["first_at"],
        last_at=cells["last_at"],
        lines=cells["lines"],
        held=(missing, standing) if missing is not None and standing is not None else None,
    )


# --- what the register was


def _former(conn: Connection) -> Mapping[str, int]:
    key, today = t.account_key.c, _registered(conn)
    before = conn.execute(_borne().where(key.valid_to.is_not(None)).order_by(key.valid_to))
    return {row.key: row.account_id for row in before if row.key not in today}


def _registered(conn: Connection) -> frozenset[str]:
    return frozenset(row.key for row in conn.execute(_borne().where(t.account_key.c.valid_to.is_(None))))


def _borne() -> Select[tuple[str, int]]:
    """Keys of the accounts that are in the register, those that they bore before among them."""
    key, account = t.account_key.c, t.account.c
    return select(key.key, key.account_id).join(t.account).where(account.removed_at.is_(None), key.key.is_not(None))


def _left(conn: Connection) -> Mapping[str, Former]:
    key, account = t.account_key.c, t.account.c
    current = select(key.key, key.account_id, account.name, account.removed_at).join(t.account)
    rows = conn.execute(current.where(key.valid_to.is_(None), key.key.is_not(None)).order_by(account.removed_at)).all()
    today = {row.key for row in rows if row.removed_at is None}
    return {
        row.key: Former(account_id=row.account_id, name=row.name, key=row.key)
        for row in rows
        if row.removed_at is not None and row.key not in today
    }


# --- what was seen elsewhere


def sources_read(conn: Connection) -> frozenset[Source]:
    """The sites once a walk ended by itself and had their pages; the list and Wikidata once they were read."""
    ever = select(t.sighting.c.source).distinct().where(t.sighting.c.source != Source.SITE.value)
    found = {Source(name) for name in conn.scalars(ever)}
    walked = select(t.walk.c.id).where(t.walk.c.ended_by == EndedBy.DONE.value).limit(1)
    is_read = conn.scalar(walked) is not None and site_pages.reached(conn).is_read
    return frozenset(found | ({Source.SITE} if is_read else set()))


def _linked_channels(conn: Connection) -> Sequence[LinkedChannel]:
    query = select(t.linked_channel).order_by(t.linked_channel.c.key)
    return tuple(map(channel_from, conn.execute(query).mappings()))
