"""Reorganisations that wait for their day, and the register's history read back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, insert, select, update

from audits.model import Occasion
from audits.reorganising import Wish, WishKind
from worker.ports.organisation import Decided, Planned, Told
from worker.storage import tables as t
from worker.storage.columns import Cells, dumps

_IMPORT = (
    t.register_import.c.id.label("import_id"),
    t.register_import.c.at,
    t.register_import.c.by,
    t.register_import.c.why,
    t.register_import.c.source,
    t.register_import.c.undoes_id,
    t.register_import.c.effective_on,
)


def plan(conn: Connection, wish: Wish, occasion: Occasion) -> int:
    terms = {name: value for name, value in asdict(wish).items() if name not in ("kind", "effective_on")}
    values = {"kind": wish.kind.value, "terms": dumps(terms), "effective_on": wish.effective_on}
    told = {"made_at": occasion.at, "by": occasion.by, "why": occasion.why}
    new = insert(t.reorganisation).values(**values, **told).returning(t.reorganisation.c.id)
    return int(conn.execute(new).scalar_one())


def waiting(conn: Connection) -> Sequence[Planned]:
    one = t.reorganisation.c
    query = select(t.reorganisation).where(one.import_id.is_(None), one.dropped_at.is_(None))
    return tuple(_planned(row) for row in conn.execute(query.order_by(one.effective_on, one.id)).mappings())


def _planned(cells: Cells) -> Planned:
    terms = cells["terms"]
    wish = Wish(
        kind=WishKind(cells["kind"]),
        sources=tuple(terms["sources"]),
        target=terms["target"],
        effective_on=cells["effective_on"],
        units=tuple(terms["units"]),
        accounts=tuple(terms["accounts"]),
        letters=terms.get("letters"),
    )
    return Planned(id=cells["id"], wish=wish, by=cells["by"], why=cells["why"], made_at=cells["made_at"])


def done(conn: Connection, id_: int, import_id: int) -> bool:
    return _end(conn, id_, import_id=import_id)


def drop(conn: Connection, id_: int, now: datetime) -> bool:
    return _end(conn, id_, dropped_at=now)


def _end(conn: Connection, id_: int, **cells: Any) -> bool:
    """False where it waits no longer."""
    one = t.reorganisation.c
    waits = (one.id == id_, one.import_id.is_(None), one.dropped_at.is_(None))
    return conn.execute(update(t.reorganisation).where(*waits).values(cells)).rowcount > 0


# --- history


def history(conn: Connection, account_id: int | None, limit: int) -> Sequence[Told]:
    """The latest first."""
    accounts = _joined(t.register_change, t.register_change.c.account_id)
    places = _joined(t.place_change, t.place_change.c.administration, t.place_change.c.unit)
    if account_id is not None:
        accounts = accounts.where(t.register_change.c.account_id == account_id)
        places = places.where(t.place_change.c.administration.in_(_answered_for(conn, account_id)))
    rows = [
        *(_told(row, f"account {row['account_id']}") for row in conn.execute(accounts.limit(limit)).mappings()),
        *(_told(row, _place(row)) for row in conn.execute(places.limit(limit)).mappings()),
    ]
    return sorted(rows, key=lambda each: each.import_id, reverse=True)[:limit]


def _joined(table: Any, *of: Any) -> Select[Any]:
    columns = (*_IMPORT, table.c.kind, table.c.before, table.c.after, *of)
    decided = t.candidate_event.c
    return (
        select(*columns, decided.act, decided.candidate_id)
        .join(t.register_import, t.register_import.c.id == table.c.import_id)
        .outerjoin(t.candidate_event, decided.import_id == table.c.import_id)
        .order_by(table.c.import_id.desc(), table.c.id.desc())
    )


def _answered_for(conn: Connection, account_id: int) -> set[str]:
    """Every name of an administration that ever stood on the account's rows."""
    query = select(t.register_change.c.before, t.register_change.c.after)
    rows = conn.execute(query.where(t.register_change.c.account_id == account_id))
    return {side["administration"] for row in rows for side in row if side and side["administration"]}


def _place(cells: Cells) -> str:
    return f"{cells['administration']}, {cells['unit']}" if cells["unit"] else str(cells["administration"])


def _told(cells: Cells, of: str) -> Told:
    before, after = _differing(cells["before"] or {}, cells["after"] or {})
    return Told(
        import_id=cells["import_id"],
        at=cells["at"],
        by=cells["by"],
        why=cells["why"],
        source=cells["source"],
        what=cells["kind"],
        of=of,
        before=before,
        after=after,
        undoes=cells["undoes_id"],
        effective_on=cells["effective_on"],
        decided=Decided(act=cells["act"], candidate=cells["candidate_id"]) if cells["act"] else None,
    )


def _differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Only what differs; of an addition or a removal, what is not empty."""
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    sides = ({name: side[name] for name in names if side.get(name) not in (None, [], {})} for side in (before, after))
    first, second = sides
    return first, second
