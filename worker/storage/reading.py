"""Reading back: what was found, account by account, without holding a night in memory.

    slots of a run, or the latest of each account ─page▶ their findings ─▶ (Account, Finding, Standing) …

A slot names the findings of its look, new and old, so each is given the time and the route of that look.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, TypeAlias

from sqlalchemy import Connection, ScalarSelect, Select, select

from audits.model import NEVER_DECIDED, Account, Finding, Observation, Outcome, Standing
from worker.storage import comparing, register
from worker.storage import tables as t
from worker.storage.among import among
from worker.storage.codec import finding_from, observation_from
from worker.storage.columns import Cells
from worker.storage.engine import Database

Outcomes: TypeAlias = Collection[Outcome]


@dataclass(frozen=True, slots=True)
class Look:
    """A slot of the ledger that was looked at."""

    account_id: int
    observed_at: datetime
    route: str | None
    findings: Sequence[int]


def looks(*where: Any) -> Select[Any]:
    """The looks that meet every condition, in order of account, time and run."""
    slot = t.run_account.c
    columns = (slot.account_id, slot.observed_at, t.observation.c.route, slot.findings)
    return (
        select(*columns)
        .join(t.observation, t.observation.c.id == slot.observation_id)
        .where(*where)
        .order_by(slot.account_id, slot.finished_at, slot.run_id)
    )


def findings_of(
    conn: Connection, run_id: int, ids: Collection[int], outcomes: Outcomes = ()
) -> Mapping[int, Sequence[Finding]]:
    """What one run found of these accounts, in the order judged; only these outcomes, where any are named."""
    slot = t.run_account.c
    found = _looks(conn, looks(slot.run_id == run_id, among(slot.account_id, ids)))
    return _findings(conn, found, outcomes)


def of_run(db: Database, run_id: int) -> Iterator[tuple[Account, Finding, Standing]]:
    """What a run found, a page of accounts at a time."""
    last = 0
    while looked := db.read(partial(_looks_after, run_id=run_id, account_id=last)):
        yield from db.read(partial(_found, page=looked))
        last = looked[-1].account_id


def of_today(db: Database) -> Iterator[tuple[Account, Finding, Standing]]:
    """What the latest look at each account of the register found, and what stands that it did not judge."""
    last = 0
    while accounts := db.read(partial(register.page_after, account_id=last)):
        looked = db.read(partial(_latest, ids=[account.id for account in accounts]))
        yield from db.read(partial(_held_true, page=looked))
        last = accounts[-1].id


def latest_of(conn: Connection, ids: Collection[int]) -> Mapping[int, Sequence[tuple[Finding, Standing]]]:
    """What the latest look at each of these accounts found, and what stands that it did not judge."""
    found: dict[int, list[tuple[Finding, Standing]]] = {}
    for account, finding, standing in _held_true(conn, _latest(conn, ids)):
        found.setdefault(account.id, []).append((finding, standing))
    return found


def last_observation(conn: Connection, account_id: int) -> Observation | None:
    """What the latest look saw, with the time of that look; its address may be that of the first look alike."""
    slot = t.run_account.c
    query = (
        select(t.observation, slot.observed_at.label("looked_at"))
        .join(t.run_account, slot.observation_id == t.observation.c.id)
        .where(slot.account_id == account_id)
        .order_by(slot.finished_at.desc(), slot.run_id.desc())
        .limit(1)
    )
    row = conn.execute(query).mappings().one_or_none()
    return observation_from(row, row["looked_at"]) if row else None


def last_looks(conn: Connection, ids: Collection[int]) -> Mapping[int, tuple[int, Observation]]:
    """The run of the latest look at each of these accounts, and what it saw; one that nobody looked at is left out."""
    slot = t.run_account.c
    query = (
        select(t.observation, slot.observed_at.label("looked_at"), slot.run_id.label("looked_in"))
        .join(t.run_account, slot.observation_id == t.observation.c.id)
        .where(among(slot.account_id, ids), slot.finished_at == _newest())
        .order_by(slot.account_id, slot.run_id)
    )
    rows = conn.execute(query).mappings()
    return {row["account_id"]: (row["looked_in"], observation_from(row, row["looked_at"])) for row in rows}


def last_observations(conn: Connection, ids: Collection[int]) -> Mapping[int, Observation]:
    """The same without the run."""
    return {account_id: seen for account_id, (_, seen) in last_looks(conn, ids).items()}


def _newest() -> ScalarSelect[Any]:
    """When the latest look at a slot's account was written."""
    slot, newer = t.run_account.c, t.run_account.alias().c
    return (
        select(newer.finished_at)
        .where(newer.account_id == slot.account_id, newer.observation_id.is_not(None))
        .order_by(newer.finished_at.desc())
        .limit(1)
        .scalar_subquery()
    )


def _latest(conn: Connection, ids: Collection[int]) -> Sequence[Look]:
    """The latest look at each account: the last that was written."""
    slot = t.run_account.c
    found = _looks(conn, looks(among(slot.account_id, ids), slot.finished_at == _newest()))
    return tuple({look.account_id: look for look in found}.values())


def _looks_after(conn: Connection, run_id: int, account_id: int) -> Sequence[Look]:
    slot = t.run_account.c
    return _looks(conn, looks(slot.run_id == run_id, slot.account_id > account_id).limit(register.PAGE))


def _looks(conn: Connection, query: Select[Any]) -> Sequence[Look]:
    return tuple(Look(*row) for row in conn.execute(query))


def _found(conn: Connection, page: Sequence[Look]) -> Sequence[tuple[Account, Finding, Standing]]:
    findings = _findings(conn, page)
    ids = [look.account_id for look in page if findings[look.account_id]]
    return _beside(conn, {id_: findings[id_] for id_ in ids}, comparing.standings_of(conn, ids))


def _held_true(conn: Connection, page: Sequence[Look]) -> Sequence[tuple[Account, Finding, Standing]]:
    """The same with what stands confirmed and was not judged by these looks: a slip had taken its rule out of the file
    that night, and it is told again as soon as the rule is back.
    """
    findings, standings = _findings(conn, page), comparing.standings_of(conn, [look.account_id for look in page])
    whole = {
        look.account_id: (*(own := findings[look.account_id]), *_unjudged(look, own, standings[look.account_id]))
        for look in page
    }
    return _beside(conn, {id_: own for id_, own in whole.items() if own}, standings)


def _unjudged(look: Look, found: Sequence[Finding], standings: Mapping[str, Standing]) -> Iterator[Finding]:
    judged = {each.rule for each in found}
    for rule, standing in standings.items():
        if standing.outcome is Outcome.FAILED and rule not in judged:
            yield Finding(account_id=look.account_id, rule=rule, outcome=Outcome.UNTESTED, observed_at=look.observed_at)


def _beside(
    conn: Connection, findings: Mapping[int, Sequence[Finding]], standings: Mapping[int, Mapping[str, Standing]]
) -> Sequence[tuple[Account, Finding, Standing]]:
    accounts = register.by_id(conn, list(findings))
    return [
        (accounts[id_], finding, standings[id_].get(finding.rule, NEVER_DECIDED))
        for id_, own in findings.items()
        for finding in own
    ]


def _findings(conn: Connection, page: Sequence[Look], outcomes: Outcomes = ()) -> Mapping[int, Sequence[Finding]]:
    rows = _rows(conn, [id_ for look in page for id_ in look.findings], outcomes)
    return {
        look.account_id: tuple(
            finding_from(rows[id_], look.observed_at, look.route) for id_ in look.findings if id_ in rows
        )
        for look in page
    }


def _rows(conn: Connection, ids: Sequence[int], outcomes: Outcomes) -> Mapping[int, Cells]:
    query = select(t.finding).where(among(t.finding.c.id, ids))
    wanted = query.where(t.finding.c.outcome.in_(sorted(outcomes))) if outcomes else query
    rows = conn.execute(wanted).mappings().all()  # one fetch: row by row costs as much again
    return {row["id"]: row for row in rows}
