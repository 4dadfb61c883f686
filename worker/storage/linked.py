"""What was seen of channels that are linked and not registered: one row each, brought up to date by every look."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from audits.freed import Watch
from audits.model import Existence, Transport
from audits.reconciling import LinkedChannel
from worker.storage import tables as t
from worker.storage.columns import Cells, Columns, dumps
from worker.storage.dialect import insert
from worker.storage.engine import OnDatabase

_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class SqlLinked(OnDatabase):
    """`ports.LinkedStore` on SQLite or PostgreSQL. Every method may raise `StoreUnavailable`."""

    def watches(self, keys: Collection[str]) -> Mapping[str, Watch]:
        return self.db.read(lambda conn: of(conn, keys))

    def looked_since(self, moment: datetime) -> frozenset[str]:
        row = t.linked_channel.c
        return self.db.read(lambda conn: frozenset(conn.scalars(select(row.key).where(row.looked_at >= moment))))

    def save_watch(self, watch: Watch) -> None:
        self.db.write(lambda conn: save(conn, watch))


def of(conn: Connection, keys: Collection[str]) -> Mapping[str, Watch]:
    wanted = list(keys)
    found: dict[str, Watch] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        some = t.linked_channel.c.key.in_(wanted[start : start + _AT_ONCE])
        found |= {row["key"]: _watch(row) for row in conn.execute(select(t.linked_channel).where(some)).mappings()}
    return found


def save(conn: Connection, watch: Watch) -> None:
    cells = _cells(watch)
    statement = insert(conn, t.linked_channel).values(key=watch.channel.key, **cells)
    conn.execute(statement.on_conflict_do_update(index_elements=["key"], set_=cells))


def _cells(watch: Watch) -> Columns:
    channel = watch.channel
    other = {"other": watch.other, "others": watch.others, "at": watch.other_at.isoformat() if watch.other_at else None}
    return {
        "platform": channel.key.partition(":")[0],
        "url": channel.url,
        "looked_at": watch.looked_at,
        "transport": watch.transport.value,
        "existence": channel.existence.value,
        "since": channel.since,
        "last": channel.last,
        "looks": channel.looks,
        "stated": channel.stated,
        "pinned": channel.pinned,
        "shown": channel.shown,
        "leads_to": channel.leads_to,
        "name": watch.name,
        "evidence": dumps({"markers": list(watch.evidence), **other}),
    }


def channel_from(cells: Cells) -> LinkedChannel:
    return LinkedChannel(
        key=cells["key"],
        url=cells["url"],
        existence=Existence(cells["existence"]),
        since=cells["since"],
        last=cells["last"],
        looks=cells["looks"],
        stated=cells["stated"],
        pinned=cells["pinned"],
        shown=cells["shown"],
        leads_to=cells["leads_to"],
    )


def _watch(cells: Cells) -> Watch:
    kept = cells["evidence"]
    return Watch(
        channel=channel_from(cells),
        looked_at=cells["looked_at"],
        transport=Transport(cells["transport"]),
        name=cells["name"] or "",
        other=kept["other"],
        others=kept["others"],
        other_at=datetime.fromisoformat(kept["at"]) if kept["at"] else None,
        evidence=tuple(kept["markers"]),
    )
