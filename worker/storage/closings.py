"""What was decided of the closings of accounts, also of those that are over: nothing of it is erased.

closing, closing_step ─turns▶ begun │ moved to another day │ withdrawn, each with who and why
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlalchemy import Connection, and_, select

from audits.closing import WITHDRAWAL
from audits.history import ClosingTurn
from worker.storage import tables as t
from worker.storage.among import among

MOVED = "moved"


def turns(conn: Connection, ids: Collection[int]) -> Iterator[ClosingTurn]:
    """In the order decided, account by account. That one was carried out is told by the register's own change."""
    begun, word = t.closing.c, t.closing_step.alias("word")
    given_up = and_(word.c.closing_id == begun.id, word.c.step == WITHDRAWAL)
    query = (
        select(t.closing, word.c.at.label("given_up_at"), word.c.by.label("given_up_by"), word.c.note)
        .outerjoin(word, given_up)
        .where(among(begun.account_id, ids))
        .order_by(begun.account_id, begun.id)
    )
    moved: set[int] = set()  # whose closing before was ended for this one
    for row in conn.execute(query).mappings():
        id_, day = row["account_id"], row["closes_on"]
        act = "moved" if id_ in moved else "begun"
        moved = {id_} if row["outcome"] == MOVED else set()
        yield ClosingTurn(
            account_id=id_, at=row["started_at"], act=act, by=row["by"], reason=row["reason"], closes_on=day
        )
        if row["given_up_at"] is not None:
            yield ClosingTurn(
                account_id=id_, at=row["given_up_at"], act="withdrawn", by=row["given_up_by"], reason=row["note"],
                closes_on=day,
            )  # fmt: skip
