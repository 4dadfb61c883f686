"""What is held true, and what departs from it.

    findings + standings ─steps▶ Compared + cases ─save▶ standing, drift, cases, slot compared: together or not at all

An account is compared once a run: whoever comes second, or with a look that a later one has overtaken, changes
nothing. A standing that only was decided anew is not written again, so `decided_at` tells since when it holds.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

from sqlalchemy import Connection, Select, and_, exists, false, func, or_, select, true, update
from sqlalchemy.sql.elements import ColumnElement

from audits.model import Case, Standing
from worker.ports import Compared, RunState, SlotState
from worker.storage import cases as case_rows
from worker.storage import tables as t
from worker.storage.among import among
from worker.storage.codec import standing_columns, standing_from
from worker.storage.columns import Columns
from worker.storage.dialect import Insert, binds, insert_for, lock_accounts, moment, write_many
from worker.storage.newcomers import moved_since

_KEY = ("account_id", "rule")
_HELD = ("outcome", "fingerprint", "severity", "pending_outcome", "pending_fingerprint", "pending_since",
         "pending_last", "pending_looks")  # fmt: skip
HELD_TRUE: Final = (*_HELD, "decided_at")  # what `standing_from` takes
_TIMES = ("decided_at", "pending_since", "pending_last")


def uncompared(conn: Connection, run_id: int, limit: int) -> Sequence[int]:
    """Accounts that were looked at and not compared, in id order."""
    slot = t.run_account.c
    query = select(slot.account_id).where(
        slot.run_id == run_id, slot.state == SlotState.DONE.value, slot.compared == false()
    )
    return conn.scalars(query.order_by(slot.account_id).limit(limit)).all()


def standings_of(conn: Connection, ids: Collection[int]) -> Mapping[int, Mapping[str, Standing]]:
    """By account and rule; a rule that was judged and never decided is left out, like one never seen."""
    standing, found = t.standing.c, {id_: dict[str, Standing]() for id_ in ids}
    rows = conn.execute(
        select(t.standing).where(among(standing.account_id, ids), is_held_true()).order_by(standing.rule)
    )
    for row in rows.mappings().all():
        found[row["account_id"]][row["rule"]] = standing_from(row)
    return found


def is_held_true() -> ColumnElement[bool]:
    """Whether a row of `standing` says more than which finding was its rule's last."""
    return or_(t.standing.c.decided_at.is_not(None), t.standing.c.pending_outcome.is_not(None))


def to_confirm(
    conn: Connection, rules: Collection[str], before: datetime, asked_as: str
) -> Sequence[tuple[int, datetime]]:
    """Account ids with a pending change of these rules, and when it was last looked for; but for those at which some
    run has still to look, and those for which a request of such a name has begun one since.
    """
    standing = t.standing.c
    pending = (
        select(standing.account_id, func.max(standing.pending_last).label("last"))
        .where(standing.rule.in_(rules), standing.pending_outcome.is_not(None))
        .where(standing.account_id.not_in(_still_looked_at()))
        .group_by(standing.account_id)
        .subquery()
        .c
    )
    query = select(pending.account_id, pending.last).where(
        pending.last <= before, ~_asked_since(pending.account_id, pending.last, asked_as)
    )
    return [(row[0], row[1]) for row in conn.execute(query.order_by(pending.account_id))]


def _still_looked_at() -> Select[tuple[int]]:
    """Accounts whose look in some run is still to come, or not yet compared."""
    slot = t.run_account.c
    uncompared = and_(slot.state == SlotState.DONE.value, slot.compared == false())
    to_come = slot.state.in_((SlotState.PENDING.value, SlotState.LEASED.value))
    begun = select(t.run.c.id).where(t.run.c.state != RunState.CLOSED.value)
    return select(slot.account_id).where(slot.run_id.in_(begun), or_(to_come, uncompared))


def _asked_since(account_id: ColumnElement[int], last: ColumnElement[datetime], asked_as: str) -> ColumnElement[bool]:
    """Whether a run of requests of such a name has begun for the account since it was last looked at."""
    slot, run = t.run_account.c, t.run.c
    return exists().where(
        slot.account_id == account_id,
        slot.run_id == run.id,
        run.request_id.startswith(asked_as, autoescape=True),
        run.started_at > last,
    )


def save(
    conn: Connection,
    run_id: int,
    compared: Sequence[Compared],
    kept: Sequence[Case],
    dropped: Sequence[Case],
    now: datetime,
) -> None:
    """Write what comparing concluded of the accounts that nobody has compared yet."""
    ids = _claim(conn, run_id, [each.account_id for each in compared], now)
    mine = [each for each in compared if each.account_id in ids]
    _save_standings(conn, mine)
    _save_drifts(conn, run_id, mine)
    case_rows.save(conn, [case for case in kept if case.account_id in ids], now)
    case_rows.drop(conn, [case for case in dropped if case.account_id in ids], now)


_TO_COME: Final = timedelta(days=2)  # a look by so much later than now was made by a clock that was ahead


def _claim(conn: Connection, run_id: int, ids: Collection[int], now: datetime) -> frozenset[int]:
    """Mark these accounts as compared; gives those that were not yet, and whose look is the newest compared, at the
    address that they still have.
    """
    lock_accounts(conn, ids)
    slot, other = t.run_account.c, t.run_account.alias().c
    newer = other.observed_at > slot.observed_at, other.observed_at < now + _TO_COME
    overtaken = exists().where(other.account_id == slot.account_id, other.compared == true(), *newer)
    fresh = (slot.run_id == run_id, among(slot.account_id, ids), slot.compared == false())
    done = slot.state == SlotState.DONE.value
    stayed = slot.account_id.not_in(moved_since(run_id))
    counting = frozenset(conn.scalars(select(slot.account_id).where(*fresh, done, ~overtaken, stayed)))
    conn.execute(update(t.run_account).where(*fresh, done).values(compared=True))
    return counting


def _save_standings(conn: Connection, compared: Sequence[Compared]) -> None:
    rows = [
        _as_written(conn, {"account_id": each.account_id, "rule": rule, **standing_columns(standing)})
        for each in compared
        for rule, standing in each.standings.items()
    ]
    write_many(conn, _new_standing(conn.dialect.name), rows)


def _as_written(conn: Connection, row: Columns) -> Columns:
    """The row with its times as the driver takes them."""
    row.update((name, moment(conn, row[name])) for name in _TIMES if row[name])
    return row


@lru_cache
def _new_standing(dialect: str) -> Insert:
    """Writes what is held true where it is something else than before."""
    adding = insert_for(dialect, t.standing)
    adding = adding.values(binds((*_KEY, *HELD_TRUE)))
    given = {name: adding.excluded[name] for name in HELD_TRUE}
    return adding.on_conflict_do_update(index_elements=_KEY, set_=given, where=_moved(adding))


def _moved(adding: Insert) -> ColumnElement[bool]:
    """Something else than the time of the decision, or the very first decision."""
    first = and_(t.standing.c.decided_at.is_(None), adding.excluded.decided_at.is_not(None))
    return or_(first, *(t.standing.c[name].is_distinct_from(adding.excluded[name]) for name in _HELD))


def _save_drifts(conn: Connection, run_id: int, compared: Sequence[Compared]) -> None:
    drifted = [(each.account_id, drift.finding.rule) for each in compared for drift in each.drifts]
    if drifted:
        ids = _finding_ids(conn, run_id, drifted)
        rows = [
            {
                "run_id": run_id,
                "account_id": each.account_id,
                "rule": drift.finding.rule,
                "stage": drift.stage.value,
                "before": drift.before.value,
                "finding_id": ids[each.account_id, drift.finding.rule],
            }
            for each in compared
            for drift in each.drifts
        ]
        write_many(conn, _new_drift(conn.dialect.name), rows)


@lru_cache
def _new_drift(dialect: str) -> Insert:
    return insert_for(dialect, t.drift).values(binds(t.drift.c.keys())).on_conflict_do_nothing()


def _finding_ids(conn: Connection, run_id: int, wanted: Collection[tuple[int, str]]) -> Mapping[tuple[int, str], int]:
    """Of findings by account and rule; of each account, those of every wanted rule."""
    accounts, rules = {account_id for account_id, _ in wanted}, {rule for _, rule in wanted}
    slot, found = t.run_account.c, t.finding.c
    lists = conn.scalars(select(slot.findings).where(slot.run_id == run_id, among(slot.account_id, accounts)))
    ids = [id_ for each in lists for id_ in each]
    of_rules = (among(found.id, ids), found.rule.in_(sorted(rules)))
    rows = conn.execute(select(found.account_id, found.rule, found.id).where(*of_rules))
    return {(account_id, rule): id_ for account_id, rule, id_ in rows}
