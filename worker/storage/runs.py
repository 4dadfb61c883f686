"""Runs: begun once, closed once.

    start ─▶ open ─begin_comparing▶ comparing ─close▶ closed

A night is named by its date and any other run by its request, so that whoever asks twice gets the same run. A request
that may come again is named after the last run that it began: of many who find that one closed and ask at once, all ask
for one name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import Connection, and_, case, exists, func, select, update

from worker.ports import Run, RunCounts, RunKind, RunState, SlotState
from worker.storage import controls
from worker.storage import tables as t
from worker.storage.codec import run_from
from worker.storage.dialect import insert
from worker.storage.seen import is_seen

BATCH: Final = 2_000  # rows of one executemany
WEEK: Final = timedelta(days=7)
UNDONE: Final = (SlotState.PENDING.value, SlotState.LEASED.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRun:
    """A run that is wanted."""

    kind: RunKind
    local_date: date
    request_id: str | None  # None only for a nightly run, whose date is its name
    silent: bool
    comes_again: bool = False  # once its run is closed, the same request begins another


def start(conn: Connection, new: NewRun, slots: Sequence[tuple[int, str]], now: datetime) -> tuple[Run, bool]:
    """Insert the run with its slots, or return the one that stands already and False."""
    if new.comes_again and new.request_id is not None:
        new = replace(new, request_id=_named_by_now(conn, new.request_id))
    values = {
        "kind": new.kind.value,
        "local_date": new.local_date,
        "request_id": new.request_id,
        "state": RunState.OPEN.value,
        "silent": new.silent,
        "started_at": now,
    }
    started = insert(conn, t.run).values(values).on_conflict_do_nothing().returning(t.run)
    row = conn.execute(started).mappings().one_or_none()
    if row is None:
        return _standing(conn, new), False
    _add_slots(conn, row["id"], slots)
    return run_from(row), True


def _named_by_now(conn: Connection, asked: str) -> str:
    """The name of the request's open run; where there is none, the one that its next run has whoever begins it."""
    is_closed = case((t.run.c.state == RunState.CLOSED.value, 1), else_=0)
    query = select(t.run.c.id, t.run.c.request_id, t.run.c.state).order_by(is_closed, t.run.c.id.desc()).limit(1)
    last = conn.execute(query.where(t.run.c.request_id.startswith(f"{asked}:", autoescape=True))).one_or_none()
    if last is not None and last.state != RunState.CLOSED.value:
        return str(last.request_id)
    return f"{asked}:{last.id if last else 0}"


def _standing(conn: Connection, new: NewRun) -> Run:
    same = t.run.c.request_id == new.request_id
    if new.kind is RunKind.NIGHTLY:
        same = and_(t.run.c.kind == RunKind.NIGHTLY.value, t.run.c.local_date == new.local_date)
    return run_from(conn.execute(select(t.run).where(same)).mappings().one())


def _add_slots(conn: Connection, run_id: int, slots: Sequence[tuple[int, str]]) -> None:
    lanes = sorted({lane for _, lane in slots})  # in one order, so that two runs never wait for each other
    if lanes:
        conn.execute(insert(conn, t.lane).on_conflict_do_nothing(), [{"name": lane} for lane in lanes])
    adding = insert(conn, t.run_account).on_conflict_do_nothing()
    for begin in range(0, len(slots), BATCH):
        conn.execute(
            adding,
            [
                {"run_id": run_id, "account_id": id_, "lane": lane, "state": SlotState.PENDING.value, "attempts": 0}
                for id_, lane in slots[begin : begin + BATCH]
            ],
        )


def begun_nights(conn: Connection, since: date) -> frozenset[date]:
    """Local dates of the nightly runs from the week before `since` on, and the earliest of all."""
    nights = select(t.run.c.local_date).where(t.run.c.kind == RunKind.NIGHTLY.value)
    earliest = nights.order_by(t.run.c.local_date).limit(1)
    return frozenset({*conn.scalars(nights.where(t.run.c.local_date >= since - WEEK)), *conn.scalars(earliest)})


def get(conn: Connection, run_id: int) -> Run | None:
    row = conn.execute(select(t.run).where(t.run.c.id == run_id)).mappings().one_or_none()
    return run_from(row) if row else None


def latest(conn: Connection, kind: RunKind | None) -> Run | None:
    query = select(t.run).order_by(t.run.c.id.desc()).limit(1)
    row = conn.execute(query if kind is None else query.where(t.run.c.kind == kind.value)).mappings().one_or_none()
    return run_from(row) if row else None


def unfinished(conn: Connection) -> Sequence[Run]:
    query = select(t.run).where(t.run.c.state != RunState.CLOSED.value).order_by(t.run.c.id)
    return tuple(run_from(row) for row in conn.execute(query).mappings())


def at_work(conn: Connection, now: datetime) -> Sequence[Run]:
    """Runs with an account on which a lease holds."""
    slot = t.run_account.c
    leased = exists().where(slot.run_id == t.run.c.id, slot.state == SlotState.LEASED.value, slot.lease_until > now)
    query = select(t.run).where(leased).order_by(t.run.c.id)
    return tuple(run_from(row) for row in conn.execute(query).mappings())


def counts(conn: Connection, run_id: int) -> RunCounts:
    slot = t.run_account.c
    seen = func.sum(case((is_seen(controls.read_wrong(conn, [run_id])), 1), else_=0))
    query = (
        select(slot.state, t.observation.c.transport, func.count().label("looks"), seen.label("seen"))
        .outerjoin(t.observation, t.observation.c.id == slot.observation_id)
        .join(t.account, t.account.c.id == slot.account_id)
        .where(slot.run_id == run_id)
        .group_by(slot.state, t.observation.c.transport)
    )
    rows = conn.execute(query).all()
    return RunCounts(
        total=sum(row.looks for row in rows),
        done=sum(row.looks for row in rows if row.state == SlotState.DONE.value),
        quarantined=sum(row.looks for row in rows if row.state == SlotState.QUARANTINED.value),
        seen=sum(int(row.seen) for row in rows),
        by_transport={row.transport: row.looks for row in rows if row.transport is not None},
    )


def begin_comparing(conn: Connection, run_id: int) -> bool:
    """OPEN → COMPARING when no account is left to look at; True also where that has happened."""
    left = exists().where(t.run_account.c.run_id == run_id, t.run_account.c.state.in_(UNDONE))
    conn.execute(
        update(t.run)
        .where(t.run.c.id == run_id, t.run.c.state == RunState.OPEN.value, ~left)
        .values(state=RunState.COMPARING.value)
    )
    return conn.scalar(select(t.run.c.state).where(t.run.c.id == run_id)) == RunState.COMPARING.value


def close(conn: Connection, run_id: int, now: datetime) -> Run:
    """COMPARING → CLOSED; a closed run keeps the time at which it was closed first."""
    conn.execute(
        update(t.run)
        .where(t.run.c.id == run_id, t.run.c.state == RunState.COMPARING.value)
        .values(state=RunState.CLOSED.value, finished_at=now)
    )
    return run_from(conn.execute(select(t.run).where(t.run.c.id == run_id)).mappings().one())
