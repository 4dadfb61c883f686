"""`ports.WalkStore` on SQLite or PostgreSQL: every method as one transaction.

method ─▶ Database.read / .write ─▶ walks, site_pages, sightings
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from audits.model import Look, Source
from worker.ports.walks import EndedBy, NewWalk, Settled, Waiting, Walk, WalkCounts
from worker.storage import sightings, site_pages, walks
from worker.storage.engine import OnDatabase
from worker.storage.tokens import new_token
from worker.storage.walks import Holder


@dataclass(frozen=True, slots=True)
class SqlWalks(OnDatabase):
    """Every method may raise `StoreUnavailable`."""

    token: Callable[[], str] = new_token

    # --- walks

    def begin_walk(self, new: NewWalk, now: datetime) -> tuple[Walk, bool]:
        return self.db.write(lambda conn: walks.begin(conn, new, now))

    def walk(self, walk_id: int) -> Walk:
        return self.db.read(lambda conn: walks.get(conn, walk_id))

    def open_walk(self) -> Walk | None:
        return self.db.read(walks.current)

    def latest_walk(self) -> Walk | None:
        return self.db.read(walks.latest)

    def begun_weeks(self) -> frozenset[date]:
        return self.db.read(walks.begun_weeks)

    def lease_walk(self, walk_id: int, now: datetime, seconds: float) -> str | None:
        holder = Holder(walk_id, self.token())
        return holder.token if self.db.write(lambda conn: walks.lease(conn, holder, now, seconds)) else None

    def release_walk(self, walk_id: int, token: str) -> None:
        self.db.write(lambda conn: walks.release(conn, Holder(walk_id, token)))

    def break_walk_lease(self) -> None:
        self.db.write(walks.break_lease)

    def end_asking(self, walk_id: int, ended_by: EndedBy) -> None:
        self.db.write(lambda conn: walks.end_asking(conn, walk_id, ended_by))

    def close_walk(self, walk_id: int, now: datetime, profiles: Mapping[str, Look] | None = None) -> Walk:
        return self.db.write(lambda conn: _close(conn, walk_id, now, profiles or {}))

    # --- pages

    def waiting_hosts(self) -> Sequence[str]:
        return self.db.read(site_pages.hosts)

    def take_page(self, walk_id: int, token: str, host: str) -> Waiting | None:
        holder = Holder(walk_id, token)
        return self.db.write(lambda conn: site_pages.take(conn, host) if walks.holds(conn, holder) else None)

    def put_back(self, page: Waiting) -> None:
        self.db.write(lambda conn: site_pages.put_back(conn, page))

    def settle_page(self, walk_id: int, token: str, page: Waiting, settled: Settled, now: datetime) -> bool:
        return self.db.write(lambda conn: _settle(conn, Holder(walk_id, token), page, settled, now))

    def validators_of(self, url: str) -> tuple[str, str]:
        return self.db.read(lambda conn: site_pages.validators(conn, url))

    def count_shapes(self, shapes: Collection[str]) -> Mapping[str, int]:
        return self.db.read(lambda conn: site_pages.shapes(conn, shapes)) if shapes else {}

    def count_pages(self, walk_id: int) -> WalkCounts:
        return self.db.read(lambda conn: site_pages.counts(conn, walk_id))


def _settle(conn: Connection, holder: Holder, page: Waiting, settled: Settled, now: datetime) -> bool:
    """What became of a page, what it names and where it leads: all of it or nothing."""
    if not (walks.holds(conn, holder) and site_pages.settle(conn, holder.walk_id, page, settled, now)):
        return False
    if settled.asked:
        walks.count_asked(conn, holder.walk_id)
    site_pages.add(conn, holder.walk_id, settled.spots, now)
    if settled.look is not None:
        sightings.save(conn, Source.SITE, page.spot.url, settled.look, now)
    return True


def _close(conn: Connection, walk_id: int, now: datetime, profiles: Mapping[str, Look]) -> Walk:
    if walks.close(conn, walk_id, now):
        for address, look in profiles.items():
            sightings.save(conn, Source.PROFILE, address, look, now)
    return walks.get(conn, walk_id)
