"""What people state of accounts: every statement is kept, the latest of each kind counts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection, func, insert, select

from audits.model import Answer, Case, Stated, Statement
from worker.storage import attesting, cases
from worker.storage import tables as t
from worker.storage.columns import Cells


def save(
    conn: Connection, statement: Statement, claimed: Sequence[tuple[Case, str]] = (), answers: Sequence[Answer] = ()
) -> None:
    """Keep a statement beside the earlier ones, with the cases that it answers and what was answered beside it."""
    values = {
        "account_id": statement.account_id,
        "what": statement.what.value,
        "at": statement.at,
        "by": statement.by,
        "on": statement.on,
        "source_url": statement.source_url,
    }
    conn.execute(insert(t.statement).values(values))
    for case, act in claimed:
        cases.save_case(conn, case, act, statement.at)
    attesting.keep(conn, answers)


def of(conn: Connection, ids: Collection[int]) -> Mapping[int, Sequence[Statement]]:
    """The latest statement of each kind about each of these accounts; accounts without one are left out."""
    said = t.statement.c
    latest = select(func.max(said.id)).where(said.account_id.in_(ids)).group_by(said.account_id, said.what)
    found: dict[int, list[Statement]] = {}
    for row in conn.execute(select(t.statement).where(said.id.in_(latest))).mappings():
        found.setdefault(row["account_id"], []).append(_statement(row))
    return found


def _statement(cells: Cells) -> Statement:
    return Statement(
        account_id=cells["account_id"],
        what=Stated(cells["what"]),
        at=cells["at"],
        by=cells["by"],
        on=cells["on"],
        source_url=cells["source_url"],
    )
