"""Profile pictures: the one each account was last seen to show, and the approvals.

keep ─▶ picture        approve, withdraw ─▶ picture_approval        approved ─▶ {fingerprint: sub-brand}
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, select

from worker.storage import tables as t


def approved(conn: Connection) -> Mapping[str, str]:
    """Every approval that stands."""
    given = t.picture_approval.c
    query = select(given.fingerprint, given.sub_brand).where(given.withdrawn_at.is_(None)).order_by(given.id)
    return {row.fingerprint: row.sub_brand for row in conn.execute(query)}
