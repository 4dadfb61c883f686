"""What people state of accounts: every statement is kept, and of each kind the one about the newest day counts.

A link that is stated again takes the place of what was said of it before: so is a mistaken day mended.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection, func, insert, select

from audits.model import Answer, Case, Stated, Statement
from worker.storage import attesting, cases
from worker.storage import tables as t
from worker.storage.among import among
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
    """The statement of each kind about the newest day, of each of these accounts; those without one are left out."""
    said = t.statement.c
    each_link = (said.account_id, said.what, said.source_url)
    latest = select(func.max(said.id)).where(among(said.account_id, ids)).group_by(*each_link)
    query = select(t.statement).where(said.id.in_(latest)).order_by(said.on, said.id)
    newest = {(row["account_id"], row["what"]): row for row in conn.execute(query).mappings()}
    found: dict[int, list[Statement]] = {}
    for row in newest.values():
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
