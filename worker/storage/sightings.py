"""Where channels stand linked.

    look ─▶ seen: inserted, or brought up to date and back        missed: counted        gone: dated
    a short link whose target became known ─▶ a sighting of the account that it hid

Two sightings are the same by source, page, platform and key (or address, where there is no key), digested: either
may be longer than an index can hold.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, Select, select, tuple_, update

from audits.discovering.comparing import mark_of
from audits.discovering.short_links import WHY
from audits.model import Address, Look, Own, Sighted, Sighting, SightingKind, Source
from worker.storage import tables as t
from worker.storage.among import among
from worker.storage.columns import Cells, Columns, clean
from worker.storage.dialect import insert
from worker.storage.engine import Database, OnDatabase

PAGE = 500  # sightings read at once by what streams
_SAME_AFTER = frozenset({"source", "page", "mark", "place_digest", "first_seen_at"})


@dataclass(frozen=True, slots=True)
class SqlSightings(OnDatabase):
    """`ports.SightingStore` on SQLite or PostgreSQL. Every method may raise `StoreUnavailable`."""

    def sightings_on(self, source: Source, page: str) -> Sequence[Sighted]:
        return self.db.read(lambda conn: on(conn, source, page))

    def each_sighting(self, *, source: Source | None = None, gone: bool = False) -> Iterator[Sighted]:
        return each(self.db, source, gone=gone)

    def save_look(self, source: Source, page: str, look: Look, now: datetime) -> None:
        self.db.write(lambda conn: save(conn, source, page, look, now))


def on(conn: Connection, source: Source, page: str) -> Sequence[Sighted]:
    """All that was ever seen on one page, in order of appearance."""
    here = t.sighting.c.place_digest == _digest(source, page)
    return tuple(map(_sighted, conn.execute(select(t.sighting).where(here).order_by(t.sighting.c.id)).mappings()))


def of_site(conn: Connection, keys: Collection[str]) -> Sequence[Sighted]:
    """Where a few channels stand on the city's own sites, in order of appearance."""
    row = t.sighting.c
    stands = (row.source == Source.SITE.value, row.gone_at.is_(None), row.key.in_(keys))
    return tuple(map(_sighted, conn.execute(select(t.sighting).where(*stands).order_by(row.id)).mappings()))


def each(db: Database, source: Source | None, *, gone: bool) -> Iterator[Sighted]:
    """Sightings a page at a time: those without a key, then the others key by key."""
    row = t.sighting.c
    query = select(t.sighting).limit(PAGE)
    query = query if source is None else query.where(row.source == source.value)
    query = query if gone else query.where(row.gone_at.is_(None))
    yield from _paged(db, query.where(row.key.is_(None)).order_by(row.id), _after_id)
    yield from _paged(db, query.where(row.key.is_not(None)).order_by(row.key, row.id), _after_key)


def save(conn: Connection, source: Source, page: str, look: Look, now: datetime) -> None:
    """Write what one look changed."""
    rows = [_row(source, page, each, now) for each in look.seen]
    if rows:
        fresh = insert(conn, t.sighting)
        after = {name: fresh.excluded[name] for name in rows[0] if name not in _SAME_AFTER}
        conn.execute(fresh.on_conflict_do_update(index_elements=["mark"], set_=after), rows)
    row = t.sighting.c
    if look.missed:
        counted = {"missed": row.missed + 1, "missed_at": now}
        conn.execute(update(t.sighting).where(among(row.id, look.missed)).values(counted))
    if look.gone:
        conn.execute(update(t.sighting).where(among(row.id, look.gone), row.gone_at.is_(None)).values(gone_at=now))


def name_account(conn: Connection, url: str, account: Address, now: datetime) -> None:
    """Give the account to every sighting of the short link `url`, which hid it.

    Where the page names the account already, the short link is no second place: it is gone.
    """
    row, last = t.sighting.c, 0
    hides = select(t.sighting).where(row.key.is_(None), row.url == url).order_by(row.id).limit(PAGE)
    while rows := conn.execute(hides.where(row.id > last)).mappings().all():
        named = {
            _digest(Source(each["source"]), each["page"], account.platform or "", account.key or ""): each["id"]
            for each in rows
        }
        twice = set(conn.scalars(select(row.mark).where(row.mark.in_(list(named)))))
        cells = {"platform": account.platform, "key": account.key, "kind": SightingKind.PROFILE.value, "why": WHY}
        for mark, id_ in named.items():
            after = {"gone_at": now} if mark in twice else {**cells, "mark": mark}
            conn.execute(update(t.sighting).where(row.id == id_).values(after))
        last = rows[-1]["id"]


def _paged(db: Database, query: Select[Any], after: Any) -> Iterator[Sighted]:
    page = db.read(partial(_all, query=query))
    while page:
        yield from page
        page = db.read(partial(_all, query=query.where(after(page[-1])))) if len(page) == PAGE else ()


def _after_id(last: Sighted) -> Any:
    return t.sighting.c.id > last.id


def _after_key(last: Sighted) -> Any:
    return tuple_(t.sighting.c.key, t.sighting.c.id) > tuple_(last.sighting.key, last.id)


def _all(conn: Connection, query: Select[Any]) -> Sequence[Sighted]:
    return tuple(map(_sighted, conn.execute(query).mappings()))


def _row(source: Source, page: str, seen: Sighting, now: datetime) -> Columns:
    return {
        "source": source.value,
        "page": page,
        "url": seen.url,
        "platform": seen.platform,
        "key": seen.key,
        "kind": seen.kind.value,
        "place": seen.place,
        "text": seen.text,
        "own": seen.own.value,
        "why": seen.why,
        "first_seen_at": now,
        "last_seen_at": now,
        "missed": 0,
        "missed_at": None,
        "gone_at": None,
        "place_digest": _digest(source, page),
        "mark": _digest(source, page, *mark_of(seen)),
    }


def _sighted(cells: Cells) -> Sighted:
    return Sighted(
        id=cells["id"],
        source=Source(cells["source"]),
        sighting=Sighting(
            page=cells["page"],
            url=cells["url"],
            kind=SightingKind(cells["kind"]),
            place=cells["place"],
            platform=cells["platform"],
            key=cells["key"],
            text=cells["text"],
            own=Own(cells["own"]),
            why=cells["why"],
        ),
        first_seen_at=cells["first_seen_at"],
        last_seen_at=cells["last_seen_at"],
        missed=cells["missed"],
        missed_at=cells["missed_at"],
        gone_at=cells["gone_at"],
    )


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(map(clean, parts)).encode()).hexdigest()
