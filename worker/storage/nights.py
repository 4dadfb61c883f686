"""What each run saw and changed, run by run.

closed runs ─counted▶ how many were looked at and read        drifts of these runs ─▶ Piece …

An answer that left open how its account stands is no reading, nor is what a route said against an account while its
control was misread.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection, Select, and_, case, func, select, union

from audits.controls import ControlReading, misread
from audits.drift import looks_by
from audits.model import DriftStage, Finding, Transport
from audits.news import Piece, Turn
from worker.ports import NightSeen, RunState
from worker.storage import controls, register
from worker.storage import tables as t
from worker.storage.among import among
from worker.storage.codec import finding_from, run_from
from worker.storage.columns import Cells
from worker.storage.seen import is_seen

_Turned: TypeAlias = tuple[int, int, str]  # run, account, rule
_TURNS: Final = {
    DriftStage.CONFIRMED.value: Turn.TOLD,
    DriftStage.WORSENED.value: Turn.TOLD,
    DriftStage.MENDED.value: Turn.FIXED,
    DriftStage.RELEASED.value: Turn.RELEASED,
    DriftStage.HELD.value: Turn.HELD,
    DriftStage.PENDING.value: Turn.SUSPECTED,
    DriftStage.CALMED.value: Turn.CALMED,
}


def since(conn: Connection, at: datetime, most: int) -> Sequence[NightSeen]:
    """The latest closed runs begun since then (UTC), at most so many, the oldest first."""
    closed = (t.run.c.state == RunState.CLOSED.value, t.run.c.started_at >= at)
    rows = conn.execute(select(t.run).where(*closed).order_by(t.run.c.id.desc()).limit(most)).mappings()
    runs = [run_from(row) for row in rows][::-1]
    ids = [run.id for run in runs]
    pieces, wrong = _pieces(conn, ids), controls.read_wrong(conn, ids)
    counts = _counts(conn, ids, wrong)
    return [
        NightSeen(
            run=run,
            accounts=counts[run.id][0],
            read=counts[run.id][1],
            pieces=tuple(pieces.get(run.id, ())),
            misread=misread(wrong.get(run.id, ())),
        )
        for run in runs
        if run.id in counts
    ]


def _counts(
    conn: Connection, run_ids: Collection[int], wrong: Mapping[int, Sequence[ControlReading]]
) -> Mapping[int, tuple[int, int]]:
    """By run, how many accounts were looked at and how many of them were seen."""
    slot = t.run_account.c
    read = func.sum(case((is_seen(wrong), 1), else_=0))
    query = (
        select(slot.run_id, func.count(), read)
        .join(t.observation, t.observation.c.id == slot.observation_id)
        .join(t.account, t.account.c.id == slot.account_id)
        .where(slot.run_id.in_(run_ids))
        .group_by(slot.run_id)
    )
    return {run_id: (looked, int(read)) for run_id, looked, read in conn.execute(query)}


def endings(conn: Connection, run_ids: Collection[int]) -> Mapping[int, frozenset[tuple[str, str]]]:
    """By run, each platform that was asked, its controls as well, and the reason with which that ended."""
    slot, seen, control = t.run_account.c, t.observation.c, t.control_reading.c
    unasked = (Transport.NOT_PERMITTED.value, Transport.NOT_RECORDED.value)
    accounts = (
        select(slot.run_id, t.account.c.platform, seen.reason)
        .join(t.observation, seen.id == slot.observation_id)
        .join(t.account, t.account.c.id == slot.account_id)
        .where(among(slot.run_id, run_ids), seen.transport.not_in(unasked))
    )
    controlled = select(control.run_id, control.platform, control.reason).where(
        among(control.run_id, run_ids), control.transport.not_in(unasked)
    )
    found: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for run_id, platform, reason in conn.execute(union(accounts, controlled)):
        found[run_id].add((platform, reason))
    return {run_id: frozenset(each) for run_id, each in found.items()}


def _pieces(conn: Connection, run_ids: Collection[int]) -> Mapping[int, Sequence[Piece]]:
    """By run, what changed in it. A look that came too soon to count changed nothing."""
    rows = conn.execute(_turned().where(t.drift.c.run_id.in_(run_ids))).mappings().all()
    accounts = register.by_id(conn, sorted({row["account_id"] for row in rows}))
    looks = _looks(conn, {row["account_id"] for row in rows if _TURNS[row["stage"]] is Turn.SUSPECTED})
    found: dict[int, list[Piece]] = defaultdict(list)
    for row in rows:
        turn, account = _TURNS[row["stage"]], accounts[row["account_id"]]
        seen = looks.get((row["told_in"], account.id, row["rule"]), 0)
        if turn is not Turn.SUSPECTED or seen:
            found[row["told_in"]].append(Piece(turn=turn, account=account, finding=_found(row), looks=seen))
    return found


def _turned() -> Select[Any]:
    slot, drift = t.run_account.c, t.drift.c
    return (
        select(t.finding, drift.stage, drift.run_id.label("told_in"), slot.observed_at)
        .join(t.drift, drift.finding_id == t.finding.c.id)
        .join(t.run_account, and_(slot.run_id == drift.run_id, slot.account_id == drift.account_id))
        .order_by(drift.run_id, drift.account_id, drift.rule)
    )


def _looks(conn: Connection, account_ids: Collection[int]) -> Mapping[_Turned, int]:
    """How many looks had seen each suspicion about these accounts by each run, counted in the order of their ends."""
    closed = _turned().join(t.run, t.run.c.id == t.drift.c.run_id).where(among(t.drift.c.account_id, account_ids))
    in_order = closed.order_by(None).order_by(t.run.c.finished_at, t.run.c.id)
    turned: dict[tuple[int, str], list[tuple[int, DriftStage, Finding]]] = defaultdict(list)
    for row in conn.execute(in_order).mappings():
        turned[row["account_id"], row["rule"]].append((row["told_in"], DriftStage(row["stage"]), _found(row)))
    return {
        (run_id, *key): looks
        for key, turns in turned.items()
        for (run_id, *_), looks in zip(turns, looks_by((stage, found) for _, stage, found in turns), strict=True)
    }


def _found(row: Cells) -> Finding:
    return finding_from(row, row["observed_at"], None)
