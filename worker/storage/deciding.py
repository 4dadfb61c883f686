"""Cases as people decide on them: one at a time, with their number and their history.

CaseRef ─▶ KeptCase        keep: only onto the case as it was read, with its event, in one transaction
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, insert, select, update

from audits.cases import OPEN
from audits.deciding import CaseRef, KeptCase
from audits.model import NEVER_DECIDED, Case, CaseEvent, CaseState
from worker.ports.deciding import CaseMoved
from worker.storage import links, register
from worker.storage import tables as t
from worker.storage.cases import waits
from worker.storage.codec import case_columns, case_from, digest_of, standing_columns
from worker.storage.columns import clean
from worker.storage.dialect import lock_accounts
from worker.storage.engine import OnDatabase

_DECIDED = ("state", "changed_at", "by", "reason", "until")


@dataclass(frozen=True, slots=True)
class SqlDecisions(OnDatabase):
    """`ports.deciding.DecisionStore` on SQLite or PostgreSQL. Every method may raise `StoreUnavailable`."""

    def case_of(self, ref: CaseRef) -> KeptCase | None:
        return self.db.read(lambda conn: next(iter(_kept(conn, _meant(ref).limit(1))), None))

    def open_cases(self) -> Sequence[KeptCase]:
        return self.db.read(_open)

    def keep_decision(self, kept: KeptCase, after: Case, event: CaseEvent) -> None:
        self.db.write(lambda conn: _keep(conn, kept, after, event))

    def free_buttons(self, case_id: int, used_at: datetime) -> None:
        self.db.write(lambda conn: links.free(conn, case_id, used_at))

    def release(self, kept: KeptCase, after: Case, event: CaseEvent) -> None:
        self.db.write(lambda conn: _release(conn, kept, after, event))

    def lapsed_before(self, today: date) -> Sequence[KeptCase]:
        case = t.cases.c
        over = select(t.cases).where(case.state == CaseState.EXPLAINED.value, case.until < today).order_by(case.id)
        return self.db.read(lambda conn: _kept(conn, over))


def _meant(ref: CaseRef) -> Select[Any]:
    case = t.cases.c
    if ref.id is not None:
        return select(t.cases).where(case.id == ref.id)
    query = select(t.cases).where(case.account_id == ref.account_id, case.rule == ref.rule)
    if ref.fingerprint is not None:
        query = query.where(case.fingerprint_digest == digest_of(clean(ref.fingerprint)))
    else:
        still = sorted(state.value for state in (*OPEN, CaseState.NOT_OURS))
        query = query.where(case.state.in_(still))
    return query.order_by(case.opened_at.desc(), case.id.desc())


def _kept(conn: Connection, query: Select[Any]) -> Sequence[KeptCase]:
    return tuple(replace(kept, events=_events(conn, kept.id)) for kept in _without_history(conn, query))


def _open(conn: Connection) -> Sequence[KeptCase]:
    case = t.cases.c
    registered = select(t.cases).join(t.account).where(t.account.c.removed_at.is_(None))
    still = registered.where(case.state.in_(sorted(state.value for state in OPEN)))
    return _without_history(conn, still.order_by(case.opened_at, case.id))


def _without_history(conn: Connection, query: Select[Any]) -> Sequence[KeptCase]:
    rows = conn.execute(query.add_columns(waits().label("waits"))).mappings().all()
    accounts = register.by_id(conn, {row["account_id"] for row in rows})
    return tuple(
        KeptCase(id=row["id"], case=case_from(row), account=accounts[row["account_id"]], waits=bool(row["waits"]))
        for row in rows
    )


def _events(conn: Connection, case_id: int) -> tuple[CaseEvent, ...]:
    told = t.case_event.c
    query = select(t.case_event).where(told.case_id == case_id).order_by(told.at, told.id)
    return tuple(
        CaseEvent(
            at=row["at"],
            act=row["act"],
            state=CaseState(row["state"]),
            by=row["by"],
            reason=row["reason"],
            until=row["until"],
        )
        for row in conn.execute(query).mappings()
    )


def _release(conn: Connection, kept: KeptCase, after: Case, event: CaseEvent) -> None:
    _keep(conn, kept, after, event)
    standing = t.standing.c
    held = (standing.account_id == kept.account.id, standing.rule == kept.case.rule)
    conn.execute(update(t.standing).where(*held).values(standing_columns(NEVER_DECIDED)))


def _keep(conn: Connection, kept: KeptCase, after: Case, event: CaseEvent) -> None:
    lock_accounts(conn, [kept.account.id])
    case, columns = t.cases.c, case_columns(after)
    as_read = (case.id == kept.id, case.state == kept.case.state.value, case.changed_at == kept.case.changed_at)
    done = conn.execute(update(t.cases).where(*as_read).values({name: columns[name] for name in _DECIDED}))
    if done.rowcount != 1:
        raise CaseMoved(f"case {kept.id} has changed since it was read")
    conn.execute(
        insert(t.case_event).values(
            case_id=kept.id,
            at=event.at,
            act=event.act,
            state=event.state.value,
            by=event.by,
            reason=event.reason,
            until=event.until,
        )
    )
