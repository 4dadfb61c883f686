"""One account's history: what changed, and who did it.

    observations, findings, case events, register changes ─▶ dated lines, oldest first

Only changes are rows, so the tables are the history.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, and_, select

from worker.ports import TimelineEntry
from worker.storage import tables as t
from worker.storage.columns import Cells


def of(conn: Connection, account_id: int) -> Sequence[TimelineEntry]:
    """Every dated line of one account, oldest first; lines of one moment in the order in which they come about."""
    lines = [
        *_register(conn, account_id),
        *_observations(conn, account_id),
        *_findings(conn, account_id),
        *_decisions(conn, account_id),
    ]
    return tuple(sorted(lines, key=lambda line: line.at))


def _observations(conn: Connection, account_id: int) -> Iterator[TimelineEntry]:
    seen = t.observation.c
    query = select(t.observation).where(seen.account_id == account_id).order_by(seen.id)
    for row in conn.execute(query).mappings():
        yield _line("observation", row["observed_at"], row, "transport", "existence", "identity", "route", "reason")


def _findings(conn: Connection, account_id: int) -> Iterator[TimelineEntry]:
    slot, found = t.run_account.c, t.finding.c
    query = (
        select(t.finding, slot.observed_at)
        .join(t.run_account, and_(slot.run_id == found.run_id, slot.account_id == found.account_id))
        .where(found.account_id == account_id)
        .order_by(found.id)
    )
    for row in conn.execute(query).mappings():
        yield _line("finding", row["observed_at"], row, "rule", "outcome", "severity", "fingerprint", "why")


def _decisions(conn: Connection, account_id: int) -> Iterator[TimelineEntry]:
    query = (
        select(t.case_event, t.cases.c.rule, t.cases.c.fingerprint)
        .join(t.cases, t.cases.c.id == t.case_event.c.case_id)
        .where(t.cases.c.account_id == account_id)
        .order_by(t.case_event.c.id)
    )
    for row in conn.execute(query).mappings():
        yield _line("case", row["at"], row, "rule", "fingerprint", "act", "state", "by", "reason", "until")


def _register(conn: Connection, account_id: int) -> Iterator[TimelineEntry]:
    query = (
        select(t.register_import, t.register_change.c.kind, t.register_change.c.before, t.register_change.c.after)
        .join(t.register_change, t.register_change.c.import_id == t.register_import.c.id)
        .where(t.register_change.c.account_id == account_id)
        .order_by(t.register_change.c.id)
    )
    for row in conn.execute(query).mappings():
        told = {**row, **_differences(row["before"] or {}, row["after"] or {})}
        yield _line("register", row["at"], told, "kind", "by", "why", "source", *sorted(told.keys() - row.keys()))


def _differences(before: Mapping[str, object], after: Mapping[str, object]) -> Mapping[str, str]:
    """`before → after` of each cell of the register's row that changed, by the cell's name in `row.…`."""
    return {
        f"row.{name}": f"{_word(before.get(name))} → {_word(after.get(name))}"
        for name in {*before, *after}
        if before.get(name) != after.get(name)
    }


def _word(value: object) -> str:
    return "" if value is None else str(value)


def _line(what: str, at: datetime, cells: Cells, *names: str) -> TimelineEntry:
    """A line with the named cells that hold something."""
    return TimelineEntry(at=at, what=what, text={name: str(cells[name]) for name in names if cells[name]})
