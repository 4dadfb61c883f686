"""What became of many accounts, in a handful of queries, however many there are.

slots of the ledger, observations, drifts, case events, statements, register changes ─▶ History by account
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import Connection, Select, and_, select

from audits.controls import Trust, trust_in
from audits.history import Answered, Entered, Glance, History, Said, Turned
from audits.model import CaseState, DriftStage, Existence, Route, Severity, Stated, Transport
from worker.storage import closings, controls
from worker.storage import tables as t
from worker.storage.among import among
from worker.storage.columns import Cells

T = TypeVar("T")
ByAccount: TypeAlias = Mapping[int, tuple[T, ...]]


def of(conn: Connection, ids: Collection[int], since: datetime) -> Mapping[int, History]:
    """The history of each of these accounts: looks, posts and verdicts since then (UTC), the rest whole."""
    looks = _gathered(conn, _looks(ids, since), partial(_glance, trusts=_trusts(conn, since)))
    posts = _posts(conn, ids, since)
    turned = _gathered(conn, _drifts(ids, since), _turned)
    answered = _gathered(conn, _answers(ids), _answered)
    said = _gathered(conn, _statements(ids), _said)
    entered = _gathered(conn, _entries(ids), _entered)
    closed = list(closings.turns(conn, ids))
    return {
        id_: History(
            looks=looks.get(id_, ()),
            posts=posts.get(id_, ()),
            turned=turned.get(id_, ()),
            answered=answered.get(id_, ()),
            said=said.get(id_, ()),
            entered=entered.get(id_, ()),
            closings=tuple(turn for turn in closed if turn.account_id == id_),
        )
        for id_ in ids
    }


def _gathered(conn: Connection, query: Select[Any], make: Callable[[Cells], T]) -> ByAccount[T]:
    found: dict[int, list[T]] = defaultdict(list)
    for row in conn.execute(query).mappings():
        found[row["account_id"]].append(make(row))
    return {id_: tuple(each) for id_, each in found.items()}


def _looks(ids: Collection[int], since: datetime) -> Select[Any]:
    slot, seen = t.run_account.c, t.observation.c
    return (
        select(
            slot.account_id,
            slot.run_id,
            slot.observed_at,
            t.account.c.platform,
            seen.transport,
            seen.existence,
            seen.route,
        )
        .join(t.observation, seen.id == slot.observation_id)
        .join(t.account, t.account.c.id == slot.account_id)
        .where(among(slot.account_id, ids), slot.observed_at >= since)
        .order_by(slot.account_id, slot.observed_at)
    )


def _glance(row: Cells, trusts: Mapping[int, Trust]) -> Glance:
    trust, existence = trusts.get(row["run_id"]), Existence(row["existence"])
    route = Route(row["route"]) if row["route"] else None
    return Glance(
        at=row["observed_at"],
        transport=Transport(row["transport"]),
        existence=existence,
        doubted=trust is not None and trust.doubts(row["platform"], route, existence),
    )


def _trusts(conn: Connection, since: datetime) -> Mapping[int, Trust]:
    """The runs since then whose controls did not all read right."""
    return {run_id: trust_in(readings) for run_id, readings in controls.read_wrong_since(conn, since).items()}


def _posts(conn: Connection, ids: Collection[int], since: datetime) -> ByAccount[datetime]:
    """The times of posts that any look saw, the latest post of each look among them."""
    slot, seen = t.run_account.c, t.observation.c
    shown = select(slot.observation_id).where(among(slot.account_id, ids), slot.observed_at >= since)
    query = select(seen.account_id, seen.facts).where(seen.id.in_(shown))
    found: dict[int, set[datetime]] = defaultdict(set)
    for account_id, facts in conn.execute(query):
        found[account_id].update(_times(facts))
    return {id_: tuple(sorted(times)) for id_, times in found.items()}


def _times(facts: Mapping[str, Any]) -> Iterator[datetime]:
    for each in (facts.get("activity"), *(facts.get("posts") or ())):
        if each and each.get("at"):
            yield datetime.fromisoformat(each["at"])


def _drifts(ids: Collection[int], since: datetime) -> Select[Any]:
    slot, drift = t.run_account.c, t.drift.c
    same = and_(slot.run_id == drift.run_id, slot.account_id == drift.account_id)
    lately = select(t.run.c.id).where(t.run.c.started_at >= since)  # drifts are in the order of their runs
    return (
        select(drift.account_id, drift.rule, drift.stage, slot.observed_at, t.finding.c.severity)
        .join(t.run_account, same)
        .join(t.finding, t.finding.c.id == drift.finding_id)
        .where(drift.run_id.in_(lately), among(drift.account_id, ids))
        .order_by(drift.account_id, slot.observed_at, drift.rule)
    )


def _turned(row: Cells) -> Turned:
    return Turned(
        at=row["observed_at"], rule=row["rule"], stage=DriftStage(row["stage"]), severity=Severity(row["severity"])
    )


def _answers(ids: Collection[int]) -> Select[Any]:
    event, case = t.case_event.c, t.cases.c
    return (
        select(case.account_id, case.rule, event.at, event.state, event.by, event.reason, event.until)
        .join(t.cases, case.id == event.case_id)
        .where(among(case.account_id, ids), event.by != "")
        .order_by(case.account_id, event.id)
    )


def _answered(row: Cells) -> Answered:
    return Answered(
        at=row["at"],
        rule=row["rule"],
        state=CaseState(row["state"]),
        by=row["by"],
        reason=row["reason"],
        until=row["until"],
    )


def _statements(ids: Collection[int]) -> Select[Any]:
    said = t.statement.c
    columns = (said.account_id, said.at, said.what, said.on, said.by)
    return select(*columns).where(among(said.account_id, ids)).order_by(said.account_id, said.id)


def _said(row: Cells) -> Said:
    return Said(at=row["at"], what=Stated(row["what"]), on=row["on"], by=row["by"])


def _entries(ids: Collection[int]) -> Select[Any]:
    change, imported = t.register_change.c, t.register_import.c
    return (
        select(change.account_id, change.kind, imported.at, imported.by, imported.why)
        .join(t.register_import, imported.id == change.import_id)
        .where(among(change.account_id, ids))
        .order_by(change.account_id, change.id)
    )


def _entered(row: Cells) -> Entered:
    return Entered(at=row["at"], kind=row["kind"], by=row["by"], why=row["why"])
