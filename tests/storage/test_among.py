from __future__ import annotations

import pytest
from sqlalchemy import Select, select, text
from sqlalchemy.dialects import sqlite

from worker.storage import SqlStore
from worker.storage import tables as t
from worker.storage.among import among
from worker.storage.engine import Database, connect


@pytest.mark.parametrize(
    "asked",
    [
        select(t.finding.c.rule).where(among(t.finding.c.id, [1, 2])),
        select(t.finding.c.rule).where(among(t.finding.c.id, [1, 2]), t.finding.c.outcome == "failed"),
        select(t.standing.c.rule).where(among(t.standing.c.account_id, [1, 2])),
    ],
)
def test_sqlite_finds_ids_by_an_index(sqlite_copy: str, asked: Select[str]) -> None:
    words = asked.compile(dialect=sqlite.dialect())
    explain, nothing = f"EXPLAIN QUERY PLAN {words}", (None,) * len(words.positiontup or ())
    engine = connect(sqlite_copy)
    plan = Database(engine).read(lambda conn: [row[-1] for row in conn.exec_driver_sql(explain, nothing)])
    engine.dispose()
    assert plan[0].startswith("SEARCH"), plan


def test_the_ids_are_those_given_and_no_others(store: SqlStore) -> None:
    ids = text("SELECT 1 AS id UNION ALL SELECT 2 UNION ALL SELECT 3").columns(t.account.c.id).subquery().c.id

    def found(wanted: list[int]) -> list[int]:
        query = select(ids).where(among(ids, wanted)).order_by(ids)
        return list(store.db.read(lambda conn: conn.scalars(query).all()))

    assert found([3, 1, 4]) == [1, 3]
    assert found([]) == []
