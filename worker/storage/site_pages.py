"""The pages of the city's sites: each address once, for good.

add ─▶ waiting ─take─▶ (asked) ─settle─▶ read │ unchanged │ gone │ not_had ─next walk─▶ waiting …
                         └ killed here: it still waits, and the attempt is counted

A page that is gone waits again only where another page still leads to it.

What has waited longest is asked first, of that the nearest: a site larger than one walk may ask for is read in turns,
week by week. Where the walk sets out, and the site's own lists, are asked for in every one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, case, func, or_, select, update

from audits.discovering.finding import Outcome
from audits.discovering.frontier import Role, Spot
from audits.discovering.reached import Reached
from audits.model import Transport
from worker.ports.walks import Settled, Waiting, WalkCounts
from worker.storage import tables as t
from worker.storage.columns import Columns
from worker.storage.dialect import insert

WAITING = "waiting"
_FOUND = 200  # HTTP
_KEEPS_VALIDATORS = frozenset({Outcome.UNCHANGED, Outcome.NOT_HAD})


def wait_again(conn: Connection, *, anew: bool) -> None:
    """Every page that was there last time waits for another walk; `anew`, to be read even if it did not change."""
    row = t.site_page.c
    forgotten: Columns = {"etag": None, "last_modified": None} if anew else {}
    settled = row.state.not_in([WAITING, Outcome.GONE.value])
    conn.execute(update(t.site_page).where(settled).values(state=WAITING))
    conn.execute(update(t.site_page).where(row.state == WAITING).values(attempts=0, **forgotten))


def add(conn: Connection, walk_id: int, spots: Sequence[Spot], now: datetime) -> None:
    """Let pages wait that nobody knew; bring nearer what was thought further away."""
    if not spots:
        return
    row, fresh = t.site_page.c, insert(conn, t.site_page)
    is_back = and_(row.state == Outcome.GONE.value, row.walk_id != walk_id)
    after = {
        "depth": case((fresh.excluded.depth < row.depth, fresh.excluded.depth), else_=row.depth),
        "state": case((is_back, WAITING), else_=row.state),
    }
    wanted = or_(is_back, fresh.excluded.depth < row.depth)
    statement = fresh.on_conflict_do_update(index_elements=["url"], set_=after, where=wanted)
    conn.execute(statement, [_new(spot, now) for spot in spots])


def _new(spot: Spot, now: datetime) -> Columns:
    return {
        "url": spot.url,
        "host": spot.host,
        "depth": spot.depth,
        "role": spot.role.value,
        "shape": spot.shape.text if spot.shape else None,
        "state": WAITING,
        "attempts": 0,
        "turn": 0,
        "found_at": now,
    }


def hosts(conn: Connection) -> Sequence[str]:
    """Hosts that have a page waiting; that of the page which has waited longest comes first."""
    row = t.site_page.c
    waiting = select(row.host).where(row.state == WAITING).group_by(row.host)
    return conn.scalars(waiting.order_by(func.min(func.coalesce(row.walk_id, 0)), row.host)).all()


def take(conn: Connection, host: str) -> Waiting | None:
    """The page of the host that has waited longest, with the attempt counted."""
    row = t.site_page.c
    waiting = select(row.id).where(row.state == WAITING, row.host == host)
    waiting = waiting.order_by(row.turn, row.depth, row.id).limit(1)
    taken = update(t.site_page).where(row.id == waiting.scalar_subquery()).values(attempts=row.attempts + 1)
    found = conn.execute(taken.returning(row.id, row.url, row.depth, row.role, row.attempts)).one_or_none()
    if found is None:
        return None
    return Waiting(found.id, Spot(found.url, found.depth, Role(found.role)), found.attempts)


def put_back(conn: Connection, page: Waiting) -> None:
    row = t.site_page.c
    mine = (row.id == page.id, row.state == WAITING, row.attempts == page.attempts)
    conn.execute(update(t.site_page).where(*mine).values(attempts=row.attempts - 1))


def settle(conn: Connection, walk_id: int, page: Waiting, settled: Settled, now: datetime) -> bool:
    """Write what became of a page; False where it no longer waits."""
    row = t.site_page.c
    mine = (row.id == page.id, row.state == WAITING)
    return conn.execute(update(t.site_page).where(*mine).values(_after(walk_id, settled, now))).rowcount == 1


def _after(walk_id: int, settled: Settled, now: datetime) -> Columns:
    after: Columns = {
        "state": settled.outcome.value,
        "walk_id": walk_id,
        "turn": case((t.site_page.c.depth == 0, 0), else_=walk_id),
        "settled_at": now,
        "status": settled.status,
        "transport": settled.transport,
        "reason": settled.reason,
    }
    if settled.outcome in (Outcome.READ, Outcome.UNCHANGED):
        after["fetched_at"] = now
    if settled.outcome not in _KEEPS_VALIDATORS:
        after |= {"etag": settled.etag, "last_modified": settled.last_modified, "digest": settled.digest}
    return after


def validators(conn: Connection, url: str) -> tuple[str, str]:
    row = t.site_page.c
    found = conn.execute(select(row.etag, row.last_modified).where(row.url == url)).one_or_none()
    return (found.etag or "", found.last_modified or "") if found else ("", "")


def shapes(conn: Connection, wanted: Collection[str]) -> Mapping[str, int]:
    """How many pages are known of each shape; a shape without any is left out."""
    row = t.site_page.c
    counted = select(row.shape, func.count()).where(row.host.in_(_hosts(wanted)), row.shape.in_(wanted))
    return {shape: count for shape, count in conn.execute(counted.group_by(row.shape)) if shape is not None}


def _hosts(wanted: Collection[str]) -> set[str]:
    """A shape begins with its host, by which the index begins."""
    return {each.partition("/")[0].partition("?")[0] for each in wanted}


def counts(conn: Connection, walk_id: int) -> WalkCounts:
    """Pages by what became of them in this walk."""
    row = t.site_page.c
    here = select(row.state, row.transport, func.count()).where(or_(row.walk_id == walk_id, row.state == WAITING))
    rows: Sequence[Any] = conn.execute(here.group_by(row.state, row.transport)).all()
    by_outcome = {each: sum(count for state, _, count in rows if state == each.value) for each in Outcome}
    closed = Transport.NOT_PERMITTED.value
    refused = (count for state, transport, count in rows if state == Outcome.NOT_HAD.value and transport == closed)
    waiting = sum(count for state, _, count in rows if state == WAITING)
    unasked = sum(count for state, transport, count in rows if state == Outcome.NOT_HAD.value and not transport)
    unreached = select(row.host, func.min(row.reason)).where(
        row.walk_id == walk_id, row.state == Outcome.NOT_HAD.value, row.transport == Transport.UNREACHABLE.value
    )
    return WalkCounts(
        waiting=waiting, refused=sum(refused), unasked=unasked, by_outcome=by_outcome,
        unreached=dict(conn.execute(unreached.group_by(row.host)).all()),
    )  # fmt: skip


def reached(conn: Connection) -> Reached:
    """How much of the sites was ever had, and how much never answered."""
    row = t.site_page.c
    was_asked = row.transport.not_in(["", Transport.NOT_PERMITTED.value])
    holds_nothing = and_(row.transport == Transport.OK.value, row.status == _FOUND)
    is_lost = and_(row.fetched_at.is_(None), row.state != Outcome.GONE.value, was_asked, ~holds_nothing)
    had, lost, starts = (
        func.coalesce(func.sum(case((each, 1), else_=0)), 0)
        for each in (row.fetched_at.is_not(None), is_lost, and_(is_lost, row.depth == 0))
    )
    counted = conn.execute(select(had, lost, starts).where(row.role == Role.PAGE.value)).one()
    return Reached(had=counted[0], lost=counted[1], lost_starts=counted[2])
