"""How the controls of a run were read: one row for each platform, route and side; whoever wrote first has looked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, select, true

from audits.controls import ControlReading, Side
from audits.model import Existence, Route, Transport
from worker.storage import tables as t
from worker.storage.among import among
from worker.storage.columns import Cells
from worker.storage.dialect import insert


def save(conn: Connection, run_id: int, readings: Sequence[ControlReading]) -> None:
    """Write the readings that are not there yet."""
    rows = [
        {
            "run_id": run_id,
            "platform": reading.platform,
            "route": reading.route.value,
            "side": reading.side.value,
            "transport": reading.transport.value,
            "existence": reading.existence.value,
            "reason": reading.reason,
            "right": reading.right,
            "at": reading.at,
        }
        for reading in readings
    ]
    if rows:
        conn.execute(insert(conn, t.control_reading).on_conflict_do_nothing(), rows)


def of(conn: Connection, run_id: int) -> Sequence[ControlReading]:
    """The run's readings, in the order of their platforms and routes."""
    row = t.control_reading.c
    query = select(t.control_reading).where(row.run_id == run_id).order_by(row.platform, row.route, row.side)
    return tuple(_reading(each) for each in conn.execute(query).mappings())


def read_wrong(conn: Connection, run_ids: Collection[int]) -> Mapping[int, Sequence[ControlReading]]:
    """All readings of those of the runs in which a control did not read right; mostly there are none."""
    return _wrong_among(conn, among(t.control_reading.c.run_id, run_ids))


def read_wrong_ever(conn: Connection) -> Mapping[int, Sequence[ControlReading]]:
    """The same of every run that is kept."""
    return _wrong_among(conn, true())


def read_wrong_since(conn: Connection, since: datetime) -> Mapping[int, Sequence[ControlReading]]:
    """The same of the runs begun since then (UTC)."""
    return _wrong_among(conn, t.control_reading.c.run_id.in_(select(t.run.c.id).where(t.run.c.started_at >= since)))


def _wrong_among(conn: Connection, runs: ColumnElement[bool]) -> Mapping[int, Sequence[ControlReading]]:
    row = t.control_reading.c
    wrong = select(row.run_id).where(runs, row.right.is_(False))
    found: dict[int, list[ControlReading]] = defaultdict(list)
    query = select(t.control_reading).where(row.run_id.in_(wrong)).order_by(row.platform, row.route, row.side)
    for cells in conn.execute(query).mappings():
        found[cells["run_id"]].append(_reading(cells))
    return found


def _reading(cells: Cells) -> ControlReading:
    return ControlReading(
        platform=cells["platform"],
        route=Route(cells["route"]),
        side=Side(cells["side"]),
        transport=Transport(cells["transport"]),
        existence=Existence(cells["existence"]),
        reason=cells["reason"],
        right=cells["right"],
        at=cells["at"],
    )
