"""What the guard against too much at once counts, what it holds, and what of that nobody has seen otherwise since.

a run ─┬─▶ what failed in it, and stood before      ─▶ Failure …
       └─▶ what failed lately and it could not see  ─▶ Failure … beside them
drifts that were held ─no later look decided them─▶ accounts that wait, by platform and rule
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import Any, Final

from sqlalchemy import BigInteger, Connection, Row, Select, and_, cast, exists, func, or_, select, true
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.selectable import FromClause

from audits.health import Failure, MassChange
from audits.model import DECIDED, NEVER_DECIDED, DriftStage, Outcome
from worker.ports import HeldChange, RunState
from worker.storage import register
from worker.storage import tables as t
from worker.storage.among import among
from worker.storage.codec import standing_from
from worker.storage.comparing import HELD_TRUE, is_held_true
from worker.storage.dialect import elements, insert
from worker.storage.engine import Database

_DECIDED: Final = sorted(DECIDED)
_FAILED: Final = Outcome.FAILED.value
_HELD: Final = DriftStage.HELD.value


def failures(db: Database, run_id: int) -> Iterator[Failure]:
    """What failed in this run, and what was held true before, a page of accounts at a time."""
    last = 0
    while ids := db.read(partial(_looked_at, run_id=run_id, after=last)):
        yield from db.read(partial(_failures, run_id=run_id, ids=ids))
        last = ids[-1]


def _looked_at(conn: Connection, run_id: int, after: int) -> Sequence[int]:
    """The next accounts that were looked at, in id order."""
    slot = t.run_account.c
    query = select(slot.account_id).where(
        slot.run_id == run_id, slot.observation_id.is_not(None), slot.account_id > after
    )
    return conn.scalars(query.order_by(slot.account_id).limit(register.PAGE)).all()


def _failures(conn: Connection, run_id: int, ids: Collection[int]) -> Sequence[Failure]:
    slot, found, before = t.run_account.c, t.finding.c, t.standing.c
    failed = (among(slot.account_id, ids), found.outcome == _FAILED)
    same = and_(before.account_id == slot.account_id, before.rule == found.rule, is_held_true())
    columns = (t.account.c.platform, found.rule, slot.observed_at, *(before[name] for name in HELD_TRUE))
    rows = conn.execute(_found_in(conn, run_id, *columns).outerjoin(t.standing, same).where(*failed)).mappings()
    return [
        Failure(
            platform=row["platform"],
            rule=row["rule"],
            seen_at=row["observed_at"],
            before=standing_from(row) if row["outcome"] else NEVER_DECIDED,
        )
        for row in rows.all()
    ]


def unseen(conn: Connection, run_id: int, since: datetime) -> Sequence[Failure]:
    """What looks since then (UTC) suspected, confirmed or held, and this run could not decide: no look has said since
    that it is otherwise.
    """
    standing = t.standing.c
    last = func.coalesce(standing.pending_last, standing.decided_at)
    suspected = and_(standing.pending_outcome == _FAILED, standing.pending_looks > 0)
    failing = or_(suspected, standing.outcome == _FAILED)
    query = (
        select(t.account.c.platform, standing.account_id, standing.rule, last.label("at"))
        .join(t.account, t.account.c.id == standing.account_id)
        .where(t.account.c.removed_at.is_(None), failing, last >= since)
    )
    rows = [*conn.execute(query), *(row for row in _waiting(conn) if row.at >= since)]
    known = {(row.account_id, row.rule): Failure(platform=row.platform, rule=row.rule, seen_at=row.at) for row in rows}
    seen = _decided_in(conn, run_id, known)
    return [each for key, each in known.items() if key not in seen]


def _decided_in(conn: Connection, run_id: int, wanted: Collection[tuple[int, str]]) -> frozenset[tuple[int, str]]:
    """What this run decided of these accounts and rules."""
    found, rules = t.finding.c, sorted({rule for _, rule in wanted})
    query = _found_in(conn, run_id, found.account_id, found.rule).where(
        among(t.run_account.c.account_id, {account_id for account_id, _ in wanted}),
        found.rule.in_(rules),
        found.outcome.in_(_DECIDED),
    )
    return frozenset((account_id, rule) for account_id, rule in conn.execute(query))


def waiting(conn: Connection) -> Sequence[HeldChange]:
    """What closed runs held and no later look has decided, with how much it was when it was last held."""
    accounts: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in _waiting(conn):
        accounts[row.platform, row.rule].append(row.account_id)
    known = register.by_id(conn, {id_ for ids in accounts.values() for id_ in ids})
    return [
        HeldChange(platform=row.platform, rule=row.rule, changed=row.changed, seen=row.seen,
                   accounts=tuple(known[id_] for id_ in sorted(accounts[row.platform, row.rule])))
        for row in conn.execute(_last_held()).all()
        if (row.platform, row.rule) in accounts
    ]  # fmt: skip


def _last_held() -> Select[Any]:
    each, later = t.held.c, t.held.alias().c
    newer = exists().where(later.platform == each.platform, later.rule == each.rule, later.run_id > each.run_id)
    return select(t.held).where(~newer).order_by(each.platform, each.rule)


def _waiting(conn: Connection) -> Sequence[Row[Any, Any, Any, Any]]:
    """Platform, account, rule and when it was last seen, of each drift that was held, that nothing decided since, and
    that was seen at the address which the account still has.
    """
    drift, key, own, later = t.drift.c, t.account_key.c, t.run_account.alias(), t.run_account.alias()
    moved = exists().where(key.account_id == drift.account_id, key.valid_to > own.c.observed_at)
    decided = exists().where(
        later.c.account_id == drift.account_id, later.c.observed_at > own.c.observed_at, later.c.compared == true(),
        _decides(conn, later, drift.rule), ~_holds_again(later, drift.rule),
    )  # fmt: skip
    at = func.max(own.c.observed_at).label("at")
    query = (
        select(t.account.c.platform, drift.account_id, drift.rule, at)
        .join(own, (own.c.run_id == drift.run_id) & (own.c.account_id == drift.account_id))
        .join(t.run, t.run.c.id == drift.run_id)
        .join(t.account, t.account.c.id == drift.account_id)
        .where(drift.stage == _HELD, t.run.c.state == RunState.CLOSED.value, t.account.c.removed_at.is_(None))
        .where(~decided, ~moved)
    )
    return conn.execute(query.group_by(t.account.c.platform, drift.account_id, drift.rule)).all()


def _decides(conn: Connection, slot: FromClause, rule: ColumnElement[str]) -> ColumnElement[bool]:
    each, found = elements(conn, slot.c.findings), t.finding.c
    return exists(
        select(found.id)
        .select_from(each)
        .join(t.finding, found.id == cast(each.c.value, BigInteger))
        .where(found.rule == rule, found.outcome.in_(_DECIDED))
        .correlate(slot, t.drift)
    )


def _holds_again(slot: FromClause, rule: ColumnElement[str]) -> ColumnElement[bool]:
    again = t.drift.alias().c
    return exists().where(
        again.run_id == slot.c.run_id, again.account_id == slot.c.account_id, again.rule == rule, again.stage == _HELD
    )


def decided_counts(conn: Connection, run_id: int) -> Mapping[tuple[str, str], int]:
    """On how many accounts each rule passed or failed in this run, by platform and rule."""
    found, alike = t.finding.c, (t.account.c.platform, t.finding.c.rule)
    query = _found_in(conn, run_id, *alike, func.count()).where(found.outcome.in_(_DECIDED)).group_by(*alike)
    return {(platform, rule): count for platform, rule, count in conn.execute(query)}


def _found_in(conn: Connection, run_id: int, *columns: ColumnElement[Any]) -> Select[Any]:
    """These columns of what a run found, beside the slots and accounts of which it did."""
    slot = t.run_account.c
    each = elements(conn, slot.findings)
    return (
        select(*columns)
        .select_from(t.run_account)
        .join(each, true())
        .join(t.finding, t.finding.c.id == cast(each.c.value, BigInteger))
        .join(t.account, t.account.c.id == slot.account_id)
        .where(slot.run_id == run_id)
    )


def hold(conn: Connection, run_id: int, change: MassChange, now: datetime) -> None:
    row = {"run_id": run_id, **asdict(change), "at": now}
    conn.execute(insert(conn, t.held).on_conflict_do_nothing(), [row])


def held(conn: Connection, run_id: int) -> frozenset[tuple[str, str]]:
    """(platform, rule) that wait for a person in this run."""
    rows = conn.execute(select(t.held.c.platform, t.held.c.rule).where(t.held.c.run_id == run_id))
    return frozenset((platform, rule) for platform, rule in rows)
