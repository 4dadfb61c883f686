"""Slots of a run: who looks at what, and how often that was tried.

    pending ─lease▶ leased ─record▶ done
       ▲              │
       └ release, expiry      five attempts without a result ─▶ quarantined

The attempt is counted before the work, so a fault that kills the worker counts too. Because the guilty account is not
known, what failed once comes back in a small group and what failed twice comes back alone: one poisonous account
ends in quarantine by itself, after three attempts alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Select, and_, func, or_, select, update
from sqlalchemy.sql.elements import ColumnElement

from worker.ports import Lease, SlotState
from worker.storage import register
from worker.storage import tables as t
from worker.storage.among import among

MOST_ATTEMPTS: Final = 5
GROUPS: Final[Mapping[int, int]] = {1: 10, 2: 1, 3: 1, 4: 1}  # attempts so far → accounts leased together


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a worker would like to lease."""

    run_id: int
    lanes: Collection[str]
    limit: int
    seconds: float


def lanes(conn: Connection, run_id: int, now: datetime) -> Sequence[str]:
    """Lanes with an account to look at and no lease, the longest first."""
    slot = t.run_account.c
    query = (
        select(slot.lane)
        .where(slot.run_id == run_id, _claimable(now), slot.lane.not_in(_leased_lanes(now)))
        .group_by(slot.lane)
        .order_by(func.count().desc(), slot.lane)
    )
    return conn.scalars(query).all()


def lease(conn: Connection, wish: Wish, token: str, now: datetime) -> Lease:
    """Claim accounts of those lanes that nobody works."""
    free = _take_lanes(conn, wish.lanes, now)
    _quarantine(conn, wish.run_id, free, now)
    ids = _next(conn, wish, free, now)
    until = now + timedelta(seconds=wish.seconds)
    slot = t.run_account.c
    conn.execute(
        update(t.run_account)
        .where(slot.run_id == wish.run_id, among(slot.account_id, ids))
        .values(state=SlotState.LEASED.value, lease_token=token, lease_until=until, attempts=slot.attempts + 1)
    )
    known = register.by_id(conn, ids)
    return Lease(run_id=wish.run_id, token=token, until=until, accounts=tuple(known[id_] for id_ in ids))


def release(conn: Connection, lease: Lease, *, broken: bool) -> None:
    """Give back what is still leased; the attempt is taken back unless the work broke off."""
    slot = t.run_account.c
    conn.execute(
        update(t.run_account)
        .where(slot.run_id == lease.run_id, slot.lease_token == lease.token, slot.state == SlotState.LEASED.value)
        .values(
            state=SlotState.PENDING.value,
            lease_token=None,
            lease_until=None,
            attempts=slot.attempts if broken else slot.attempts - 1,
        )
    )


def break_all(conn: Connection, run_id: int) -> None:
    """Take every lease of a run back at once; the attempts stay counted."""
    slot = t.run_account.c
    conn.execute(
        update(t.run_account)
        .where(slot.run_id == run_id, slot.state == SlotState.LEASED.value)
        .values(state=SlotState.PENDING.value, lease_token=None, lease_until=None)
    )


def _claimable(now: datetime) -> ColumnElement[bool]:
    slot = t.run_account.c
    expired = and_(slot.state == SlotState.LEASED.value, slot.lease_until <= now)
    return or_(slot.state == SlotState.PENDING.value, expired)


def _leased_lanes(now: datetime) -> Select[Any]:
    """Lanes that somebody works, in whatever run: a host is asked by one worker at a time."""
    slot = t.run_account.c
    return select(slot.lane).where(slot.state == SlotState.LEASED.value, slot.lease_until > now)


def _take_lanes(conn: Connection, wanted: Collection[str], now: datetime) -> Sequence[str]:
    """The wanted lanes that are free, locked until the end of the transaction.

    The second question must come after the lock: only then are all leases of these lanes committed and visible. It
    is waited for, in one order: whoever holds it may find all lanes busy, and where none waited both stopped.
    """
    ordered = select(t.lane.c.name).where(t.lane.c.name.in_(wanted)).order_by(t.lane.c.name)
    locked = conn.scalars(ordered.with_for_update()).all()
    busy = set(conn.scalars(_leased_lanes(now).where(t.run_account.c.lane.in_(locked))))
    return [lane for lane in locked if lane not in busy]


def _quarantine(conn: Connection, run_id: int, free: Sequence[str], now: datetime) -> None:
    slot = t.run_account.c
    conn.execute(
        update(t.run_account)
        .where(slot.run_id == run_id, slot.lane.in_(free), slot.attempts >= MOST_ATTEMPTS, _claimable(now))
        .values(state=SlotState.QUARANTINED.value, lease_token=None, lease_until=None, finished_at=now)
    )


def _next(conn: Connection, wish: Wish, free: Sequence[str], now: datetime) -> Sequence[int]:
    """Ids of the accounts tried least, a few of every lane rather than many of one."""
    slot = t.run_account.c
    open_here = (slot.run_id == wish.run_id, slot.lane.in_(free), _claimable(now))
    tried = conn.scalar(select(func.min(slot.attempts)).where(*open_here))
    if tried is None:
        return ()
    turn = func.row_number().over(partition_by=slot.lane, order_by=slot.account_id)
    queued = select(slot.account_id, turn.label("turn")).where(*open_here, slot.attempts == tried).subquery()
    most = min(wish.limit, GROUPS.get(tried, wish.limit))
    ids = conn.scalars(select(queued.c.account_id).order_by(queued.c.turn, queued.c.account_id).limit(most)).all()
    # A worker whose lease ran out may be writing one of them at this moment: that one is left to it.
    still = select(slot.account_id).where(*open_here, among(slot.account_id, ids)).order_by(slot.account_id)
    return conn.scalars(still.with_for_update(skip_locked=True)).all()
