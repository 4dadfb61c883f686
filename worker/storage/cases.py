"""Cases: one for each account, rule and value seen, with an event for every turn.

save (by looks)     writes where something changed; an event where the state did
save_case (a person) writes what was decided, with an event in their name
drop                forgets what nobody was told of, or said anything of
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, exists, not_, or_, select, tuple_

from audits.cases import ENDED, OPEN, heed, outlive
from audits.model import Case, CaseState, Outcome
from worker.storage import tables as t
from worker.storage.among import among
from worker.storage.codec import case_columns, case_from, digest_of
from worker.storage.columns import Columns, clean
from worker.storage.dialect import insert

Key: TypeAlias = tuple[int, str, str]

_KEY = ("account_id", "rule", "fingerprint_digest")
_KEY_COLUMNS = tuple(t.cases.c[name] for name in _KEY)
_MOVING = ("state", "severity", "changed_at", "opened_at", "seen", "by", "reason", "until")


def of(conn: Connection, ids: Collection[int]) -> Mapping[int, Sequence[Case]]:
    """Every case of these accounts, closed ones too, in the order opened."""
    found: dict[int, list[Case]] = {id_: [] for id_ in ids}
    for row in conn.execute(_cases().where(among(t.cases.c.account_id, ids))).mappings():
        found[row["account_id"]].append(case_from(row))
    return found


def every(conn: Connection, *, open_only: bool) -> Sequence[Case]:
    """The cases of accounts that are still in the register; the open ones without those of another address that no
    looks have confirmed at the new one: nobody is told of them.
    """
    query = _cases().join(t.account, t.account.c.id == t.cases.c.account_id).where(t.account.c.removed_at.is_(None))
    if open_only:
        query = query.where(t.cases.c.state.in_(sorted(state.value for state in OPEN)), not_(waits()))
    return tuple(case_from(row) for row in conn.execute(query).mappings())


def disowned(conn: Connection) -> Sequence[Case]:
    """The cases in which it stands confirmed that their account, as it is registered now, is not the city's."""
    query = _cases().join(t.account, t.account.c.id == t.cases.c.account_id).where(t.account.c.removed_at.is_(None))
    said = query.where(t.cases.c.state == CaseState.NOT_OURS.value, not_(waits()))
    return tuple(case_from(row) for row in conn.execute(said).mappings())


def is_carried() -> ColumnElement[bool]:
    """Whether what a case tells of stood at an address that the register has changed (`Standing.is_carried`)."""
    standing = t.standing.c
    return _beside(standing.pending_looks == 0, standing.pending_fingerprint == t.cases.c.fingerprint)


def waits() -> ColumnElement[bool]:
    """Whether it is carried, or only suspected at the new address: looks there have come, and not enough of them."""
    case, standing = t.cases.c, t.standing.c
    is_suspected = and_(standing.outcome == Outcome.PASSED.value, standing.pending_looks > 0)
    return or_(is_carried(), and_(case.state != CaseState.NEW.value, _beside(is_suspected)))


def _beside(*holds: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether this holds of what stands under a case's rule."""
    case, standing = t.cases.c, t.standing.c
    return exists().where(standing.account_id == case.account_id, standing.rule == case.rule, *holds)


def _cases() -> Select[Any]:
    return select(t.cases).order_by(t.cases.c.opened_at, t.cases.c.id)


def save(conn: Connection, kept: Sequence[Case], now: datetime) -> None:
    """Write those that changed; a new state is an event of its own, and a decision taken meanwhile stands."""
    before = _standing(conn, kept)
    kept = [heed(case, before.get(_key(case))) for case in kept]
    changed = [case for case in kept if before.get(_key(case)) != case]
    _upsert(conn, changed)
    turned = [case for case in changed if (old := before.get(_key(case))) is None or old.state is not case.state]
    _tell(conn, [_event(_by_a_look(case), case.state.value) for case in turned], now)


def save_case(conn: Connection, case: Case, act: str, now: datetime) -> None:
    """Write what a person decided."""
    _upsert(conn, [case])
    _tell(conn, [_event(case, act)], now)


def drop(conn: Connection, dropped: Sequence[Case], now: datetime) -> None:
    """Delete these cases with their events; one that somebody has decided on meanwhile ends by the look instead, and
    one that was over before, and only suspected anew, is over again.
    """
    if not dropped:
        return
    stored, over_before = _standing(conn, dropped), _ended(conn, dropped)
    save(conn, [over for case in dropped if (over := outlive(case, stored.get(_key(case))))], now)
    again = [case for case in dropped if _key(case) in over_before]
    save(conn, [replace(case, state=over_before[_key(case)], changed_at=now) for case in again], now)
    is_new = t.cases.c.state == CaseState.NEW.value
    conn.execute(delete(t.cases).where(is_new, tuple_(*_KEY_COLUMNS).in_([_key(case) for case in dropped])))


def _ended(conn: Connection, cases: Sequence[Case]) -> Mapping[Key, CaseState]:
    """How those of the cases that are new again had ended."""
    told, case = t.case_event.c, t.cases.c
    over = (case.state == CaseState.NEW.value, told.state.in_(sorted(state.value for state in ENDED)))
    mine = among(case.account_id, {each.account_id for each in cases})
    query = select(*_KEY_COLUMNS, told.state).join(t.case_event, told.case_id == case.id).where(mine, *over)
    rows = conn.execute(query.order_by(told.at, told.id))
    return {(row[0], row[1], row[2]): CaseState(row[3]) for row in rows}


def _key(case: Case) -> Key:
    return case.account_id, case.rule, digest_of(clean(case.fingerprint))


def _standing(conn: Connection, wanted: Sequence[Case]) -> Mapping[Key, Case]:
    """Every case of the accounts concerned, as it stands."""
    query = select(t.cases).where(among(t.cases.c.account_id, {case.account_id for case in wanted}))
    return {_key(case): case for case in map(case_from, conn.execute(query).mappings())}


def _upsert(conn: Connection, changed: Sequence[Case]) -> None:
    if changed:
        adding = insert(conn, t.cases)
        given = {name: adding.excluded[name] for name in _MOVING}
        conn.execute(
            adding.on_conflict_do_update(index_elements=_KEY, set_=given), [case_columns(case) for case in changed]
        )


def _by_a_look(case: Case) -> Case:
    """The case as its event tells it: a look acts in nobody's name, and says only why it releases."""
    why = case.reason if case.state is CaseState.RELEASED else ""
    return replace(case, by="", reason=why, until=None)


def _event(case: Case, act: str) -> tuple[Case, Columns]:
    """What happened to a case."""
    return case, {
        "act": act,
        "state": case.state.value,
        "by": case.by,
        "reason": case.reason,
        "until": case.until,
    }


def _tell(conn: Connection, events: Sequence[tuple[Case, Columns]], now: datetime) -> None:
    """Write the events; `now` tells a repeated write from a second decision."""
    if events:
        ids = _ids(conn, [case for case, _ in events])
        rows = [{**event, "case_id": ids[_key(case)], "at": now} for case, event in events]
        conn.execute(insert(conn, t.case_event).on_conflict_do_nothing(), rows)


def _ids(conn: Connection, wanted: Sequence[Case]) -> Mapping[Key, int]:
    accounts = {case.account_id for case in wanted}
    query = select(t.cases.c.id, *_KEY_COLUMNS).where(among(t.cases.c.account_id, accounts))
    return {(account_id, rule, digest): id_ for id_, account_id, rule, digest in conn.execute(query)}
