"""Profile pictures: the one each account was last seen to show, and the approvals.

keep ─▶ picture        approve, withdraw ─▶ picture_approval        approved ─▶ {fingerprint: sub-brand}
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from audits.model import Picture
from worker.ports.pictures import KeptPicture
from worker.storage import circumstances
from worker.storage import tables as t
from worker.storage.dialect import insert
from worker.storage.engine import OnDatabase


@dataclass(frozen=True, slots=True)
class SqlPictures(OnDatabase):
    """`ports.pictures.PictureStore` on SQLite or PostgreSQL. Every method may raise `StoreUnavailable`."""

    def pictures_of(self, account_ids: Collection[int]) -> Mapping[int, Picture]:
        return self.db.read(lambda conn: circumstances.pictures(conn, account_ids))

    def kept_pictures(self) -> Sequence[KeptPicture]:
        return self.db.read(_kept)

    def keep_picture(self, kept: KeptPicture) -> None:
        self.db.write(lambda conn: _keep(conn, kept))

    def approve_picture(self, fingerprint: str, sub_brand: str, by: str, now: datetime) -> None:
        self.db.write(lambda conn: _approve(conn, fingerprint, sub_brand, by, now))

    def withdraw_picture(self, fingerprint: str, now: datetime, by: str = "") -> bool:
        return self.db.write(lambda conn: _withdraw(conn, fingerprint, now, by))


def approved(conn: Connection) -> Mapping[str, str]:
    """Every approval that stands."""
    given = t.picture_approval.c
    query = select(given.fingerprint, given.sub_brand).where(given.withdrawn_at.is_(None)).order_by(given.id)
    return {row.fingerprint: row.sub_brand for row in conn.execute(query)}


def _kept(conn: Connection) -> Sequence[KeptPicture]:
    standing = approved(conn)
    query = select(t.picture).join(t.account).where(t.account.c.removed_at.is_(None)).order_by(t.picture.c.account_id)
    return tuple(
        KeptPicture(
            account_id=row["account_id"],
            picture=Picture(url=row["url"], fingerprint=row["fingerprint"]),
            thumbnail=row["thumbnail"],
            seen_at=row["seen_at"],
            sub_brand=standing.get(row["fingerprint"]),
        )
        for row in conn.execute(query).mappings()
    )


def _keep(conn: Connection, kept: KeptPicture) -> None:
    values = {
        "url": kept.picture.url,
        "fingerprint": kept.picture.fingerprint,
        "thumbnail": kept.thumbnail,
        "seen_at": kept.seen_at,
    }
    adding = insert(conn, t.picture).values(account_id=kept.account_id, **values)
    conn.execute(adding.on_conflict_do_update(index_elements=["account_id"], set_=values))


def _approve(conn: Connection, fingerprint: str, sub_brand: str, by: str, now: datetime) -> None:
    _withdraw(conn, fingerprint, now, by)
    values = {"fingerprint": fingerprint, "sub_brand": sub_brand, "by": by, "at": now}
    conn.execute(insert(conn, t.picture_approval).values(values))


def _withdraw(conn: Connection, fingerprint: str, now: datetime, by: str) -> bool:
    given = t.picture_approval.c
    standing = (given.fingerprint == fingerprint, given.withdrawn_at.is_(None))
    taken = update(t.picture_approval).where(*standing).values(withdrawn_at=now, withdrawn_by=by)
    return conn.execute(taken).rowcount > 0
