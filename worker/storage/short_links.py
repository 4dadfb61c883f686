"""Where short links lead, and the sightings that hid an account behind one.

keep ─▶ short_link ─▶ its sightings ─┬ the page names the account otherwise too ─▶ gone: it stands there once
                                     └ else ─▶ of that account, first seen when the short link was
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, or_, select

from audits.discovering.short_links import Lead
from audits.model import Address, Source
from worker.ports.short_links import Hiding
from worker.storage import sightings
from worker.storage import tables as t
from worker.storage.dialect import insert
from worker.storage.engine import OnDatabase

_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class SqlShortLinks(OnDatabase):
    """`ports.ShortLinkStore` on SQLite or PostgreSQL. Every method may raise `StoreUnavailable`."""

    def leads(self, urls: Collection[str]) -> Mapping[str, str]:
        return self.db.read(lambda conn: _leads(conn, list(urls))) if urls else {}

    def hiding(self, since: datetime, most: int) -> Sequence[str]:
        return self.db.read(lambda conn: _hiding(conn, since, most))

    def unfollowed(self) -> Sequence[Hiding]:
        return self.db.read(_unfollowed)

    def keep_lead(self, lead: Lead, account: Address | None) -> None:
        self.db.write(lambda conn: _keep(conn, lead, account))


def hidden(conn: Connection) -> Mapping[Source, frozenset[str | None]]:
    """By source, the platforms of short links that stand there and may lead to any account; None: to any platform."""
    row, link = t.sighting.c, t.short_link.c
    unknown = select(row.source, row.platform).distinct().outerjoin(t.short_link, link.url == row.url)
    stands = (row.key.is_(None), row.gone_at.is_(None), row.missed == 0, link.leads_to.is_(None))
    found: dict[Source, set[str | None]] = {}
    for source, platform in conn.execute(unknown.where(*stands)):
        found.setdefault(Source(source), set()).add(platform)
    return {source: frozenset(platforms) for source, platforms in found.items()}


def _leads(conn: Connection, urls: Sequence[str]) -> Mapping[str, str]:
    row = t.short_link.c
    found: dict[str, str] = {}
    for start in range(0, len(urls), _AT_ONCE):
        some = row.url.in_(urls[start : start + _AT_ONCE])
        found |= {each.url: each.leads_to for each in conn.execute(select(row.url, row.leads_to).where(some))}
    return {url: ahead for url, ahead in found.items() if ahead}


def _hiding(conn: Connection, since: datetime, most: int) -> Sequence[str]:
    row, link = t.sighting.c, t.short_link.c
    query = select(row.url).outerjoin(t.short_link, link.url == row.url)
    waits = or_(link.asked_at.is_(None), (link.asked_at < since) & link.leads_to.is_(None))
    query = query.where(row.key.is_(None), row.gone_at.is_(None), waits).group_by(row.url, link.asked_at)
    return conn.scalars(query.order_by(link.asked_at.is_not(None), link.asked_at, row.url).limit(most)).all()


def _unfollowed(conn: Connection) -> Sequence[Hiding]:
    row, link = t.sighting.c, t.short_link.c
    stands = (row.key.is_(None), row.gone_at.is_(None), row.missed == 0, link.leads_to.is_(None))
    query = select(row.url, func.min(row.page).label("page"), func.count(row.page.distinct()).label("pages"))
    found = conn.execute(
        query.join(t.short_link, link.url == row.url).where(*stands).group_by(row.url).order_by(row.url)
    )
    return tuple(Hiding(url=each.url, page=each.page, pages=each.pages) for each in found)


def _keep(conn: Connection, lead: Lead, account: Address | None) -> None:
    cells = {"asked_at": lead.asked_at, "leads_to": lead.leads_to or None, "reason": lead.reason}
    statement = insert(conn, t.short_link).values(url=lead.url, **cells)
    conn.execute(statement.on_conflict_do_update(index_elements=["url"], set_=cells))
    if account is not None:
        sightings.name_account(conn, lead.url, account, lead.asked_at)
