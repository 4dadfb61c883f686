"""Planned rests and closings.

Rest ⇄ rest        Closing, StepDone ⇄ closing, closing_step        account ─links_to▶ where it still stands linked
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from audits.model import UNSEEN, Answer, Closing, Occasion, Rest, Source, StepDone
from audits.registering import RegisterChange
from worker.ports.resting import Links
from worker.storage import attesting, circumstances, importing, lists, short_links
from worker.storage import tables as t
from worker.storage.closings import MOVED
from worker.storage.dialect import insert as upsert
from worker.storage.dialect import lock_accounts
from worker.storage.engine import OnDatabase

_CLOSED, _WITHDRAWN = "closed", "withdrawn"


@dataclass(frozen=True, slots=True)
class SqlRests(OnDatabase):
    """`ports.resting.RestStore` and `ClosingStore`. Every method may raise `StoreUnavailable`."""

    def plan_rest(self, rest: Rest, now: datetime) -> None:
        self.db.write(lambda conn: _plan(conn, rest, now))

    def end_rest(self, account_id: int, now: datetime, by: str = "") -> bool:
        return self.db.write(lambda conn: _end_rest(conn, account_id, now, by))

    def rests(self) -> Sequence[Rest]:
        return self.db.read(_rests)

    def start_closing(self, closing: Closing) -> bool:
        return self.db.write(lambda conn: _start(conn, closing))

    def closings(self) -> Mapping[int, Closing]:
        return self.db.read(lambda conn: circumstances.closings(conn, None))

    def keep_step(self, closing_id: int, done: StepDone) -> None:
        self.db.write(lambda conn: _keep_step(conn, closing_id, done))

    def finish_closing(
        self,
        closing_id: int,
        seen: Sequence[StepDone],
        change: RegisterChange,
        occasion: Occasion,
        answers: Sequence[Answer] = (),
    ) -> bool:
        def finish(conn: Connection) -> bool:
            ended = _finish(conn, closing_id, seen, change, occasion)
            attesting.keep(conn, answers if ended else ())
            return ended

        return self.db.write(finish)

    def withdraw_closing(self, closing_id: int, word: StepDone) -> bool:
        return self.db.write(lambda conn: _withdraw(conn, closing_id, word))

    def move_closing(self, closing_id: int, moved: Closing) -> bool:
        return self.db.write(lambda conn: _move(conn, closing_id, moved))

    def links_to(self, account_id: int) -> Links:
        return self.db.read(lambda conn: _links(conn, account_id))


def _plan(conn: Connection, rest: Rest, now: datetime) -> None:
    _end_rest(conn, rest.account_id, now, rest.by)
    conn.execute(
        insert(t.rest).values(
            account_id=rest.account_id,
            starts_on=rest.starts_on,
            until=rest.until,
            reason=rest.reason,
            by=rest.by,
            at=now,
        )
    )


def _end_rest(conn: Connection, account_id: int, now: datetime, by: str) -> bool:
    planned = t.rest.c
    standing = (planned.account_id == account_id, planned.ended_at.is_(None))
    return conn.execute(update(t.rest).where(*standing).values(ended_at=now, ended_by=by)).rowcount > 0


def _rests(conn: Connection) -> Sequence[Rest]:
    planned = t.rest.c
    rows = conn.execute(select(t.rest).where(planned.ended_at.is_(None)).order_by(planned.until, planned.id))
    return tuple(map(circumstances.rest_from, rows.mappings()))


def _start(conn: Connection, closing: Closing) -> bool:
    lock_accounts(conn, [closing.account_id])
    if circumstances.closings(conn, [closing.account_id]):
        return False
    _insert(conn, closing)
    return True


def _insert(conn: Connection, closing: Closing) -> None:
    adding = (
        insert(t.closing)
        .returning(t.closing.c.id)
        .values(
            account_id=closing.account_id,
            started_at=closing.started_at,
            by=closing.by,
            reason=closing.reason,
            closes_on=closing.closes_on,
            successor=closing.successor,
        )
    )
    closing_id = conn.scalars(adding).one()
    for done in closing.done.values():
        _keep_step(conn, closing_id, done)


def _move(conn: Connection, closing_id: int, moved: Closing) -> bool:
    ended = _end(conn, closing_id, MOVED, moved.started_at)
    if ended:
        _insert(conn, moved)
    return ended


def _withdraw(conn: Connection, closing_id: int, word: StepDone) -> bool:
    ended = _end(conn, closing_id, _WITHDRAWN, word.at)
    if ended:
        _keep_step(conn, closing_id, word)
    return ended


def _keep_step(conn: Connection, closing_id: int, done: StepDone) -> None:
    values = {"at": done.at, "by": done.by, "how": done.how, "note": done.note}
    adding = upsert(conn, t.closing_step).values(closing_id=closing_id, step=done.step, **values)
    conn.execute(adding.on_conflict_do_update(index_elements=["closing_id", "step"], set_=values))


def _finish(
    conn: Connection, closing_id: int, seen: Sequence[StepDone], change: RegisterChange, occasion: Occasion
) -> bool:
    if not _end(conn, closing_id, _CLOSED, occasion.at):
        return False
    for done in seen:
        _keep_step(conn, closing_id, done)
    importing.apply(conn, [change], importing.Entry(occasion, "kanalkoll closing"))
    return True


def _end(conn: Connection, closing_id: int, outcome: str, now: datetime) -> bool:
    under_way = (t.closing.c.id == closing_id, t.closing.c.ended_at.is_(None))
    return conn.execute(update(t.closing).where(*under_way).values(ended_at=now, outcome=outcome)).rowcount == 1


def _links(conn: Connection, account_id: int) -> Links:
    seen, own = t.sighting.c, t.account_key.c
    keys = select(own.key).where(own.account_id == account_id, own.key.is_not(None))
    standing = (seen.key.in_(keys), seen.gone_at.is_(None))
    pages = conn.scalars(
        select(seen.page).distinct().where(*standing, seen.source == Source.SITE.value).order_by(seen.page)
    )
    linked, listed = tuple(pages), conn.scalar(select(seen.id).where(*standing, seen.source == Source.LIST.value))
    read = lists.sources_read(conn)
    sees_site, sees_list = (each in read and _sees(conn, account_id, each) for each in (Source.SITE, Source.LIST))
    return Links(
        pages=linked if linked or sees_site else UNSEEN,
        on_list=listed is not None if listed is not None or sees_list else UNSEEN,
    )


def _sees(conn: Connection, account_id: int, source: Source) -> bool:
    """Whether what is not named where it was read cannot stand there all the same, behind a short link."""
    own = t.account_key.c.valid_to.is_(None) & (t.account_key.c.account_id == account_id)
    platform = conn.scalar(select(t.account.c.platform).where(t.account.c.id == account_id))
    key = conn.scalar(select(t.account_key.c.key).where(own))
    return not {platform, key, None} & short_links.hidden(conn).get(source, frozenset())
