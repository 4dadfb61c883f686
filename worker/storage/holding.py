"""Held changes and the words on them.

held, and decided by no look since ─┬─ belief that counts today ─▶ let through
                                    └─ none ─▶ waits for a person
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Select, func, insert, select, update

from audits.holding import Belief
from worker.ports import HeldChange
from worker.storage import guarding
from worker.storage import tables as t
from worker.storage.engine import OnDatabase


@dataclass(frozen=True, slots=True)
class SqlHolds(OnDatabase):
    """`ports.holding.HoldStore` on SQLite or PostgreSQL."""

    def held_now(self, today: date) -> Sequence[HeldChange]:
        return self.db.read(lambda conn: waiting(conn, today))

    def beliefs(self, today: date) -> Sequence[Belief]:
        return self.db.read(lambda conn: [Belief(**row) for row in conn.execute(_standing(today)).mappings()])

    def keep_belief(self, belief: Belief) -> None:
        row = {name: getattr(belief, name) for name in ("platform", "rule", "by", "reason", "at", "until")}
        self.db.write(lambda conn: conn.execute(insert(t.belief), [row]))

    def withdraw_belief(self, platform: str, rule: str, by: str, now: datetime) -> int:
        said = t.belief.c
        standing = (said.platform == platform, said.rule == rule, said.withdrawn_at.is_(None))
        query = update(t.belief).where(*standing).values(withdrawn_at=now, withdrawn_by=by)
        return self.db.write(lambda conn: conn.execute(query).rowcount)


def believed(conn: Connection, today: date) -> frozenset[tuple[str, str]]:
    """The platforms and rules whose changes somebody vouches for on that day."""
    return frozenset((row.platform, row.rule) for row in conn.execute(_standing(today)))


def vouched(conn: Connection) -> Mapping[tuple[str, str], date]:
    """By platform and rule, the last day of the words on it that nobody took back."""
    said = t.belief.c
    last = select(said.platform, said.rule, func.max(said.until)).where(said.withdrawn_at.is_(None))
    return {(platform, rule): until for platform, rule, until in conn.execute(last.group_by(said.platform, said.rule))}


def _standing(today: date) -> Select[tuple[str, str, str, str, datetime, date]]:
    said = t.belief.c
    columns = (said.platform, said.rule, said.by, said.reason, said.at, said.until)
    return select(*columns).where(said.withdrawn_at.is_(None), said.until >= today).order_by(said.id)


def waiting(conn: Connection, today: date) -> Sequence[HeldChange]:
    """What was held and no look has decided since, as far as nobody vouches for it on that day."""
    known = believed(conn, today)
    return [each for each in guarding.waiting(conn) if (each.platform, each.rule) not in known]
