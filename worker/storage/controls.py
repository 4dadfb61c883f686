"""How the controls of a run were read: one row for each platform, route and side; whoever wrote first has looked."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from audits.controls import ControlReading, Side
from audits.model import Existence, Route, Transport
from worker.storage import tables as t
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
