"""Walks, each with a lease: one worker at a time walks, and what it writes carries its token.

begin ─▶ every known page waits again, the starts among them ─▶ lease ─▶ … ─▶ end_asking ─▶ close
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, or_, select, update

from worker.ports.walks import EndedBy, NewWalk, Walk, WalkKind
from worker.storage import site_pages
from worker.storage import tables as t
from worker.storage.columns import Cells, dumps
from worker.storage.dialect import insert

_WEEKS = 10


@dataclass(frozen=True, slots=True)
class Holder:
    """Whoever walks a walk now."""

    walk_id: int
    token: str


def begin(conn: Connection, new: NewWalk, now: datetime) -> tuple[Walk, bool]:
    """Insert the walk; whichever unique rule refuses it names the walk that is there."""
    row = {
        "kind": new.kind.value,
        "due_on": new.due_on,
        "state": "open",
        "plan": dumps(new.plan),
        "asked": 0,
        "started_at": now,
    }
    made = conn.execute(insert(conn, t.walk).on_conflict_do_nothing().returning(t.walk.c.id), row).scalar()
    if made is None:
        return _already(conn, new), False
    site_pages.wait_again(conn, anew=new.anew)
    site_pages.add(conn, made, new.starts, now)
    return get(conn, made), True


def _already(conn: Connection, new: NewWalk) -> Walk:
    found = current(conn)
    if found is None:
        same_week = (t.walk.c.kind == new.kind.value, t.walk.c.due_on == new.due_on)
        found = _walk(conn.execute(select(t.walk).where(*same_week)).mappings().one())
    return found


def get(conn: Connection, walk_id: int) -> Walk:
    return _walk(conn.execute(select(t.walk).where(t.walk.c.id == walk_id)).mappings().one())


def current(conn: Connection) -> Walk | None:
    """The walk that is open."""
    row = conn.execute(select(t.walk).where(t.walk.c.state == "open")).mappings().one_or_none()
    return _walk(row) if row else None


def latest(conn: Connection) -> Walk | None:
    row = conn.execute(select(t.walk).order_by(t.walk.c.id.desc()).limit(1)).mappings().one_or_none()
    return _walk(row) if row else None


def begun_weeks(conn: Connection) -> frozenset[date]:
    due = select(t.walk.c.due_on).where(t.walk.c.kind == WalkKind.WEEKLY.value)
    return frozenset(conn.scalars(due.order_by(t.walk.c.due_on.desc()).limit(_WEEKS)))


def lease(conn: Connection, holder: Holder, now: datetime, seconds: float) -> bool:
    """Hold the walk for so long, unless another holds it."""
    walk = t.walk.c
    free = or_(walk.lease_until.is_(None), walk.lease_until <= now)
    mine = {"lease_token": holder.token, "lease_until": now + timedelta(seconds=seconds)}
    held = update(t.walk).where(walk.id == holder.walk_id, walk.state == "open", free).values(mine)
    return conn.execute(held).rowcount == 1


def release(conn: Connection, holder: Holder) -> None:
    conn.execute(update(t.walk).where(*_held_by(holder)).values(lease_token=None, lease_until=None))


def break_lease(conn: Connection) -> None:
    conn.execute(update(t.walk).where(t.walk.c.state == "open").values(lease_token=None, lease_until=None))


def holds(conn: Connection, holder: Holder) -> bool:
    """Whether the token is the current one; until the end of the transaction it stays so."""
    return conn.scalar(select(t.walk.c.id).where(*_held_by(holder)).with_for_update()) is not None


def count_asked(conn: Connection, walk_id: int) -> None:
    conn.execute(update(t.walk).where(t.walk.c.id == walk_id).values(asked=t.walk.c.asked + 1))


def end_asking(conn: Connection, walk_id: int, ended_by: EndedBy) -> None:
    still = (t.walk.c.id == walk_id, t.walk.c.ended_by.is_(None))
    conn.execute(update(t.walk).where(*still).values(ended_by=ended_by.value))


def close(conn: Connection, walk_id: int, now: datetime) -> bool:
    """False where it has ended before."""
    done = {"state": "closed", "ended_at": now, "lease_token": None, "lease_until": None}
    is_open = (t.walk.c.id == walk_id, t.walk.c.state == "open")
    return conn.execute(update(t.walk).where(*is_open).values(done)).rowcount == 1


def _held_by(holder: Holder) -> tuple[ColumnElement[bool], ...]:
    return (t.walk.c.id == holder.walk_id, t.walk.c.lease_token == holder.token)


def _walk(cells: Cells) -> Walk:
    return Walk(
        id=cells["id"],
        kind=WalkKind(cells["kind"]),
        due_on=cells["due_on"],
        plan=cells["plan"],
        asked=cells["asked"],
        started_at=cells["started_at"],
        ended_by=EndedBy(cells["ended_by"]) if cells["ended_by"] else None,
        ended_at=cells["ended_at"],
    )
