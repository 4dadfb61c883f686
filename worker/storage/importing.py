"""Changing the register: all of an import or nothing, with a history row for every change.

changes ─▶ each `before` held against what stands ─register_writing▶ accounts and their history, mailboxes
undo: an import's changes, turned round and applied as an import of its own
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from audits.model import Kind, Occasion
from audits.recipients import PlaceChange, turned
from audits.register_put_back import Earlier
from audits.registering import ChangeKind, RegisterChange, RegisterRow
from audits.reorganising import Reorganised, Wish
from audits.wording.said import said
from worker.ports import RegisterMoved
from worker.storage import organisation, places, register, undoing
from worker.storage import tables as t
from worker.storage.among import among
from worker.storage.columns import Cells
from worker.storage.dialect import lock_accounts
from worker.storage.register_writing import carry_out

_TURNED = {ChangeKind.ADD: ChangeKind.REMOVE, ChangeKind.REMOVE: ChangeKind.ADD}


@dataclass(frozen=True, slots=True)
class Entry:
    """A change of the register as its history has it: on whose word, and from what."""

    occasion: Occasion
    source: str
    undoes: int | None = None
    backwards: bool = False  # what was done last is taken back first
    effective_on: date | None = None


def rows(conn: Connection) -> Sequence[tuple[int, RegisterRow]]:
    """The register as it stands."""
    query = _register_rows().where(t.account.c.removed_at.is_(None))
    return tuple((row["id"], row_from(row)) for row in conn.execute(query).mappings())


def removed_rows(conn: Connection) -> Sequence[tuple[int, RegisterRow]]:
    """The accounts that were removed, as they stood."""
    query = _register_rows().where(t.account.c.removed_at.is_not(None))
    return tuple((row["id"], row_from(row)) for row in conn.execute(query).mappings())


def last_import(conn: Connection) -> int:
    return conn.scalar(select(func.coalesce(func.max(t.register_import.c.id), 0))) or 0


@contextmanager
def told_apart() -> Iterator[None]:
    """Around a transaction that changes the register: raises `RegisterMoved` where two accounts would bear one id."""
    try:
        yield
    except IntegrityError as error:
        raise RegisterMoved(said("refused.moved.one_id", why=str(error.orig))) from error


def apply(
    conn: Connection,
    changes: Sequence[RegisterChange],
    entry: Entry,
    *,
    mailboxes: Sequence[PlaceChange] = (),
    renamed: Sequence[tuple[str, str]] = (),
    letters: Sequence[tuple[str, bool]] = (),
    after_import: int | None = None,
    told: Callable[[int], None] | None = None,
) -> int:
    """Do every change; returns the import's id. Raises `RegisterMoved`."""
    _alone(conn)
    if after_import is not None and (latest := last_import(conn)) != after_import:
        raise RegisterMoved(said("refused.moved.import", latest=latest, planned=after_import))
    real = [change for change in changes if change.kind is not ChangeKind.SAME]
    standing = _standing(conn, [change.account_id for change in real if change.account_id is not None])
    for change in real:
        _check(change, standing)
    import_id, now = _begin(conn, entry), entry.occasion.at
    if entry.backwards:
        _change_places(conn, import_id, mailboxes, letters, entry.occasion)
    places.rename(conn, import_id, renamed)
    carry_out(conn, import_id, real, now, told)
    if not entry.backwards:
        _change_places(conn, import_id, mailboxes, letters, entry.occasion)
    places.end_empty(conn, now)
    return import_id


def _change_places(
    conn: Connection,
    import_id: int,
    mailboxes: Sequence[PlaceChange],
    letters: Sequence[tuple[str, bool]],
    occasion: Occasion,
) -> None:
    places.change(conn, import_id, mailboxes, occasion.at)
    for name, may in letters:
        places.let(conn, import_id, name, may, occasion)


def reorganise(
    conn: Connection, reorganised: Reorganised, wish: Wish, occasion: Occasion, *, planned: int | None
) -> int:
    """Carry out what a wish came to; returns the import's id. Raises `RegisterMoved`."""
    renamed = (reorganised.renamed,) if reorganised.renamed else ()
    entry = Entry(occasion, wish.kind.value, effective_on=wish.effective_on)
    done = apply(conn, reorganised.changes, entry, mailboxes=reorganised.mailboxes, renamed=renamed)
    if reorganised.succeeds:
        places.succeed(conn, wish.target, reorganised.succeeds, occasion.at)
    if wish.letters is not None:
        places.let(conn, done, wish.target, wish.letters, occasion)
    if planned is not None and not organisation.done(conn, planned, done):
        raise RegisterMoved(said("refused.moved.reorganisation", number=planned))
    return done


def undo(conn: Connection, number: int | None, occasion: Occasion, *, after_import: int | None) -> int | None:
    """Take back the change of that number, else the latest one that stands and is no taking back itself."""
    _alone(conn)
    last = undoing.undoable(conn, number)
    if last is None:
        return None
    entry = Entry(occasion, last.source, undoes=last.id, backwards=not last.again)
    changes = [_turned(row) for row in _history(conn, last.id)]
    back, names = turned(places.changed(conn, last.id)), [(new, old) for old, new in places.renamings(conn, last.id)]
    letters = places.letters(conn, last.id)
    return apply(conn, changes, entry, mailboxes=back, renamed=names, letters=letters, after_import=after_import)


def turned_changes(conn: Connection, import_id: int) -> Sequence[RegisterChange]:
    """What would take one import's changes of accounts back."""
    return tuple(_turned(row) for row in _history(conn, import_id))


def earlier(conn: Connection, account_ids: Collection[int], since: datetime) -> Sequence[Earlier]:
    """What became of these accounts since then, the latest first."""
    change, of = t.register_change.c, t.register_import.c
    query = select(t.register_change, of.at, of.by).join(t.register_import, of.id == change.import_id)
    rows = conn.execute(query.where(among(change.account_id, account_ids), of.at >= since).order_by(change.id.desc()))
    return [
        Earlier(number=row["import_id"], at=row["at"], by=row["by"], change=_done_then(row)) for row in rows.mappings()
    ]


def _done_then(cells: Cells) -> RegisterChange:
    before, after = (row_from_json(cells[side]) if cells[side] else None for side in ("before", "after"))
    return RegisterChange(kind=ChangeKind(cells["kind"]), account_id=cells["account_id"], before=before, after=after)


def name_administrations(conn: Connection, short_forms: Mapping[str, str], now: datetime) -> None:
    """Set short forms; an administration that nobody has registered yet begins now."""
    for name, short in short_forms.items():
        conn.execute(
            update(t.administration)
            .where(t.administration.c.id == places.administration(conn, name, now))
            .values(short=short)
        )


# --- rows and their JSON


def row_from(cells: Cells) -> RegisterRow:
    given: dict[str, Any] = {each.name: cells[each.name] for each in fields(RegisterRow) if each.name in cells}
    return RegisterRow(**{**given, "kind": Kind(cells["kind"]), "season_months": tuple(cells["season_months"])})


def row_from_json(stored: Cells) -> RegisterRow:
    """The row of a history, whose dates are texts."""
    return row_from({**stored, **{name: _date(stored[name]) for name in ("registered_on", "ends_on")}})


def _date(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None


# --- holding the plan against what stands


def _alone(conn: Connection) -> None:
    """One import at a time. SQLite has one writer anyway."""
    if conn.dialect.name == "postgresql":
        conn.execute(text("LOCK TABLE register_import IN SHARE ROW EXCLUSIVE MODE"))


def _register_rows() -> Any:
    return register.current(t.account_key.c.raw, t.account_owner.c.recipient)


def _standing(conn: Connection, ids: Sequence[int]) -> Mapping[int, tuple[RegisterRow, bool]]:
    """By id: the row as it stands, and whether the account is in the register."""
    lock_accounts(conn, ids)
    found = conn.execute(_register_rows().where(among(t.account.c.id, ids))).mappings()
    return {row["id"]: (row_from(row), row["removed_at"] is None) for row in found}


def _check(change: RegisterChange, standing: Mapping[int, tuple[RegisterRow, bool]]) -> None:
    adds, id_ = change.kind is ChangeKind.ADD, change.account_id
    if adds and id_ is None:
        return
    row, registered = standing.get(id_ or 0, (None, adds))
    if row is None:
        raise RegisterMoved(said("refused.moved.no_account", number=id_))
    if adds == registered:
        key = "refused.moved.registered" if registered else "refused.moved.removed"
        raise RegisterMoved(said(key, number=id_, name=row.name))
    if not adds and row != change.before:
        raise RegisterMoved(said("refused.moved.changed", number=id_, name=row.name))


# --- doing it


def _begin(conn: Connection, entry: Entry) -> int:
    values = {
        **asdict(entry.occasion),
        "source": entry.source,
        "undoes_id": entry.undoes,
        "effective_on": entry.effective_on,
    }
    return int(conn.execute(insert(t.register_import).values(values).returning(t.register_import.c.id)).scalar_one())


# --- history


def _history(conn: Connection, import_id: int) -> Sequence[Cells]:
    changed = t.register_change.c
    query = select(t.register_change).where(changed.import_id == import_id).order_by(changed.id.desc())
    return conn.execute(query).mappings().all()


def _turned(cells: Cells) -> RegisterChange:
    """The change that takes this one back."""
    kind = ChangeKind(cells["kind"])
    return RegisterChange(
        kind=_TURNED.get(kind, kind),
        account_id=cells["account_id"],
        before=row_from_json(cells["after"]) if cells["after"] else None,
        after=row_from_json(cells["before"]) if cells["before"] else None,
    )
