"""What the keys have used up: one row for each key and period.

take ─▶ rows of this day and this month, locked ─▶ all below their ceilings? ─▶ counted in all │ in none
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, select, update

from config.keys import KeyUse, Limit
from worker.storage import tables as t
from worker.storage.dialect import insert


def take(conn: Connection, use: KeyUse) -> Limit | None:
    """Count the use, or return the limit that it would pass."""
    used = _locked(conn, use)
    passed = next((limit for limit in use.limits if _passes(used[limit.period], use.cost, limit)), None)
    if passed is None:
        _add(conn, use, use.cost)
    return passed


def give_back(conn: Connection, use: KeyUse) -> None:
    _add(conn, use, -use.cost)


def used(conn: Connection, name: str, periods: Collection[str]) -> Mapping[str, int]:
    row = t.key_use.c
    query = select(row.period, row.used).where(row.name == name, row.period.in_(periods))
    return {each.period: each.used for each in conn.execute(query)}


def _locked(conn: Connection, use: KeyUse) -> Mapping[str, int]:
    """What is used up so far. The rows are made and locked in one order, so that two processes never wait in a ring."""
    rows = [{"name": use.name, "period": period, "used": 0} for period in sorted(_periods(use))]
    conn.execute(insert(conn, t.key_use).on_conflict_do_nothing(), rows)
    row = t.key_use.c
    query = select(row.period, row.used).where(row.name == use.name, row.period.in_(_periods(use)))
    return {each.period: each.used for each in conn.execute(query.order_by(row.period).with_for_update())}


def _passes(so_far: int, cost: int, limit: Limit) -> bool:
    return limit.ceiling is not None and so_far + cost > limit.ceiling


def _add(conn: Connection, use: KeyUse, amount: int) -> None:
    row = t.key_use.c
    mine = (row.name == use.name, row.period.in_(_periods(use)))
    conn.execute(update(t.key_use).where(*mine).values(used=row.used + amount))


def _periods(use: KeyUse) -> list[str]:
    return [limit.period for limit in use.limits]
