"""The rows of registers that were not taken, by the file that they stand in.

keep_refused ─▶ refused_row, the file's earlier ones gone ─refused▶ [RefusedRow]
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, delete, select

from audits.register_lines import Rejected
from audits.wording.said import as_values, from_values
from worker.ports.refused import RefusedRow
from worker.storage import tables as t
from worker.storage.columns import Cells, dumps
from worker.storage.dialect import insert
from worker.storage.engine import OnDatabase

_LOGIN: Final = re.compile(r"(?<=://)[^\s/@\"]{1,400}(?=@)")  # name:password, pasted with an address


@dataclass(frozen=True, slots=True)
class SqlRefused(OnDatabase):
    """`ports.refused.RefusedStore` on SQLite or PostgreSQL. Every method may raise `StoreUnavailable`."""

    def keep_refused(self, source: str, rows: Sequence[Rejected], now: datetime) -> None:
        self.db.write(lambda conn: _keep(conn, source, rows, now))

    def refused(self) -> Sequence[RefusedRow]:
        return self.db.read(_every)


def _keep(conn: Connection, source: str, rows: Sequence[Rejected], now: datetime) -> None:
    conn.execute(delete(t.refused_row).where(t.refused_row.c.source == source))
    if rows:
        conn.execute(insert(conn, t.refused_row), [{"source": source, "at": now, **_columns(each)} for each in rows])


def _columns(row: Rejected) -> dict[str, object]:
    told = {name: dumps(as_values(text)) for name, text in (("reason", row.reason), ("remedy", row.remedy))}
    cells = {name: _LOGIN.sub("…", text) for name, text in {**told, "value": row.value}.items()}
    return {"sheet": row.sheet, "line": row.line, "column": row.column, **cells}


def _every(conn: Connection) -> Sequence[RefusedRow]:
    query = select(t.refused_row).order_by(t.refused_row.c.source, t.refused_row.c.id)
    return [_row(cells) for cells in conn.execute(query).mappings()]


def _row(cells: Cells) -> RefusedRow:
    row = Rejected(
        line=cells["line"],
        value=cells["value"],
        reason=from_values(cells["reason"]),
        remedy=from_values(cells["remedy"]),
        column=cells["column"],
        sheet=cells["sheet"],
    )
    return RefusedRow(source=cells["source"], at=cells["at"], row=row)
