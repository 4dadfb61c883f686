"""The histories of accounts: what changed, and who did it.

    looks, findings, case events, statements, closings, register changes ─▶ dated lines, oldest first

Only changes are lines: of looks those that saw something else than the one before, or were to be believed otherwise.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final, TypeAlias

from sqlalchemy import Connection, and_, select

from audits.controls import UNCONTROLLED, Trust, trust_in
from audits.model import DriftStage, Existence, Route
from worker.ports import TimelineEntry
from worker.storage import closings, controls
from worker.storage import tables as t
from worker.storage.among import among
from worker.storage.columns import Cells

Lines: TypeAlias = Iterator[tuple[int, TimelineEntry]]
_OF_A_LOOK: Final = ("transport", "existence", "identity", "route", "reason", "doubted")
_OF_A_FINDING: Final = ("last_post", "platform_id")  # of what was seen, what people are told for its fingerprint


def of(conn: Connection, ids: Collection[int]) -> Mapping[int, Sequence[TimelineEntry]]:
    """Every dated line of each account, oldest first; lines of one moment in the order in which they come about."""
    found: dict[int, list[TimelineEntry]] = {id_: [] for id_ in ids}
    for lines in (_register, _observations, _findings, _decisions, _statements, _closings):
        for account_id, line in lines(conn, ids):
            found[account_id].append(line)
    return {id_: tuple(sorted(each, key=lambda line: line.at)) for id_, each in found.items()}


def _observations(conn: Connection, ids: Collection[int]) -> Lines:
    slot = t.run_account.c
    query = (
        select(t.observation, t.account.c.platform, slot.run_id.label("looked_in"), slot.observed_at.label("looked_at"))
        .join(t.run_account, slot.observation_id == t.observation.c.id)
        .join(t.account, t.account.c.id == slot.account_id)
        .where(among(slot.account_id, ids))
        .order_by(slot.account_id, slot.finished_at, slot.run_id)
    )
    looks = conn.execute(query).mappings().all()
    wrong = controls.read_wrong(conn, {look["looked_in"] for look in looks})
    trusts = {run_id: trust_in(readings) for run_id, readings in wrong.items()}
    last: tuple[int, bool] | None = None
    for look in looks:
        doubted = _doubts(trusts.get(look["looked_in"], UNCONTROLLED), look)
        if (look["id"], doubted) != last:
            told = {**look, "doubted": doubted}
            yield _line("observation", look["looked_at"], told, *_OF_A_LOOK)
        last = look["id"], doubted


def _doubts(trust: Trust, look: Cells) -> bool:
    route = Route(look["route"]) if look["route"] else None
    return trust.doubts(look["platform"], route, Existence(look["existence"]))


def _findings(conn: Connection, ids: Collection[int]) -> Lines:
    slot, found = t.run_account.c, t.finding.c
    held = t.drift.c.stage == DriftStage.HELD.value
    query = (
        select(t.finding, slot.observed_at, t.drift.c.stage)
        .join(t.run_account, and_(slot.run_id == found.run_id, slot.account_id == found.account_id))
        .outerjoin(t.drift, and_(t.drift.c.finding_id == found.id, t.drift.c.run_id == found.run_id, held))
        .where(among(found.account_id, ids))
        .order_by(found.id)
    )
    for row in conn.execute(query).mappings():
        seen = {**row, **{name: row["seen"].get(name) for name in _OF_A_FINDING}}
        yield _line(
            "finding",
            row["observed_at"],
            seen,
            "rule",
            "outcome",
            "severity",
            "fingerprint",
            *_OF_A_FINDING,
            "why",
            "stage",
        )


def _decisions(conn: Connection, ids: Collection[int]) -> Lines:
    query = (
        select(t.case_event, t.cases.c.account_id, t.cases.c.rule, t.cases.c.fingerprint)
        .join(t.cases, t.cases.c.id == t.case_event.c.case_id)
        .where(among(t.cases.c.account_id, ids))
        .order_by(t.case_event.c.id)
    )
    for row in conn.execute(query).mappings():
        yield _line("case", row["at"], row, "rule", "fingerprint", "act", "state", "by", "reason", "until")


def _statements(conn: Connection, ids: Collection[int]) -> Lines:
    query = select(t.statement).where(among(t.statement.c.account_id, ids)).order_by(t.statement.c.id)
    for row in conn.execute(query).mappings():
        yield _line("statement", row["at"], {**row, "stated": row["what"]}, "stated", "on", "by", "source_url")


def _closings(conn: Connection, ids: Collection[int]) -> Lines:
    for turn in closings.turns(conn, ids):
        cells = {"account_id": turn.account_id, "act": turn.act, "by": turn.by, "reason": turn.reason,
                 "until": turn.closes_on}  # fmt: skip
        yield _line("closing", turn.at, cells, *list(cells)[1:])


def _register(conn: Connection, ids: Collection[int]) -> Lines:
    change, decided = t.register_change.c, t.candidate_event.c
    candidate = decided.candidate_id.label("candidate")
    query = (
        select(t.register_import, change.account_id, change.kind, change.before, change.after, decided.act, candidate)
        .join(t.register_change, change.import_id == t.register_import.c.id)
        .outerjoin(t.candidate_event, decided.import_id == change.import_id)
        .where(among(change.account_id, ids))
        .order_by(change.id)
    )
    for row in conn.execute(query).mappings():
        told = {**row, **_differences(row["before"] or {}, row["after"] or {})}
        yield _line(
            "register",
            row["at"],
            told,
            "kind",
            "by",
            "why",
            "source",
            "act",
            "candidate",
            *sorted(told.keys() - row.keys()),
        )


def _differences(before: Mapping[str, object], after: Mapping[str, object]) -> Mapping[str, str]:
    """`before → after` of each cell of the register's row that changed, by the cell's name in `row.…`."""
    return {
        f"row.{name}": f"{_word(before.get(name))} → {_word(after.get(name))}"
        for name in {*before, *after}
        if before.get(name) != after.get(name)
    }


def _word(value: object) -> str:
    return "" if value is None else str(value)


def _line(what: str, at: datetime, cells: Cells, *names: str) -> tuple[int, TimelineEntry]:
    """The account, and a line with the named cells that hold something."""
    text = {name: str(cells[name]) for name in names if cells[name]}
    return cells["account_id"], TimelineEntry(at=at, what=what, text=text)
