"""Which change of the register can be taken back, and what that would do.

    imports, each with what it undoes ─standing▶ those that nothing took back ─▶ Undoable

An undoing is an import of its own and can be taken back by its number: that does again what was undone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection, func, select

from audits.register_plan import too_many_removed
from worker.ports.organisation import Undoable, Undone
from worker.storage import tables as t

Cells: TypeAlias = Mapping[str, Any]
"""A row of the register as it was kept."""

_TURNED: Final = {"add": "remove", "remove": "add"}


def undoable(conn: Connection, number: int | None) -> Undoable | None:
    """The change of that number, else the latest that is no undoing; None where it is not there or is taken back."""
    done = t.register_import.c
    undoes: dict[int, int | None] = dict(conn.execute(select(done.id, done.undoes_id).order_by(done.id)).all())
    standing = [id_ for id_ in undoes if id_ not in undoes.values()]
    found = number if number in standing else None
    if number is None:
        found = next((id_ for id_ in reversed(standing) if not is_undoing(undoes, id_)), None)
    if found is None:
        return None
    latest = max(undoes)
    behind = latest if number is None and is_undoing(undoes, latest) else None
    return replace(_told(conn, found, again=is_undoing(undoes, found)), behind=behind)


def is_undoing(undoes: Mapping[int, int | None], id_: int) -> bool:
    """Whether it takes something back; what takes an undoing back does it again."""
    of = undoes[id_]
    return of is not None and not is_undoing(undoes, of)


def _told(conn: Connection, id_: int, *, again: bool) -> Undoable:
    one, changed, placed = t.register_import.c, t.register_change.c, t.place_change.c
    row = conn.execute(select(one.at, one.by, one.source).where(one.id == id_)).one()
    changes = select(changed.account_id, changed.kind, changed.before, changed.after).where(changed.import_id == id_)
    accounts = [_undone(*each) for each in conn.execute(changes.order_by(changed.account_id))]
    boxes = conn.scalar(select(func.count()).where(placed.import_id == id_)) or 0
    registered = conn.scalar(select(func.count()).where(t.account.c.removed_at.is_(None))) or 0
    at: datetime = row.at
    told = Undoable(
        id=id_, at=at, by=row.by, source=row.source, again=again, accounts=accounts, places=boxes,
        registered=registered, held=False, behind=None,
    )  # fmt: skip
    return replace(told, held=too_many_removed(told.count("remove"), registered))


def _undone(account: int, kind: str, before: Cells | None, after: Cells | None) -> Undone:
    row = before or after or {}
    return Undone(
        account=account, what=_TURNED.get(kind, kind), name=row.get("name") or "", address=row.get("address") or ""
    )
