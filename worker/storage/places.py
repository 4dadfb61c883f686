"""Administrations and their units: dated rows, the mailboxes in which they are told, and the history of those.

    name ─administration, unit▶ id (one that is new begins now, as it was when it last ended)
    PlaceChange ─change▶ mailbox and history row        account ids ─around▶ Mailboxes

A place ends with its last account; nothing of it is deleted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Select, Table, insert, null, or_, select, update

from audits.model import Occasion
from audits.recipients import Mailbox, Mailboxes, Place, PlaceChange
from audits.wording.said import said
from worker.ports import RegisterMoved
from worker.storage import correspondence, dialect, register
from worker.storage import tables as t
from worker.storage.among import among
from worker.storage.columns import Cells, dumps

MAILBOX: Final = "mailbox"
RENAMED: Final = "renamed"
LETTERS: Final = "letters"
_KEPT: Final = {t.administration: ("short", "recipient", "language"), t.unit: ("recipient", "language")}


def administration(conn: Connection, name: str, now: datetime) -> int:
    """The administration of that name or short form; a new one begins now, with what was said of it before."""
    one = t.administration.c
    same = (or_(one.name == name, one.short == name), one.valid_to.is_(None))
    if (found := conn.scalar(select(one.id).where(*same).order_by(one.id))) is not None:
        return int(found)
    return _begin(conn, t.administration, {"name": name}, [one.name == name], now)


def unit(conn: Connection, administration_id: int, name: str, now: datetime) -> int:
    """The administration's unit of that name; a new one begins now, with what was said of it before."""
    one = t.unit.c
    mine = one.administration_id == administration_id
    found = conn.scalar(select(one.id).where(mine, one.name == name, one.valid_to.is_(None)))
    if found is not None:
        return int(found)
    whole = select(t.administration.c.name).where(t.administration.c.id == administration_id).scalar_subquery()
    alike = select(t.administration.c.id).where(t.administration.c.name == whole)
    named = {"administration_id": administration_id, "name": name}
    return _begin(conn, t.unit, named, [one.administration_id.in_(alike), one.name == name], now)


def _begin(conn: Connection, table: Table, named: Mapping[str, Any], alike: Sequence[Any], now: datetime) -> int:
    """Begin a place, with what was said of the last one `alike`."""
    kept = [table.c[name] for name in _KEPT[table]]
    last = select(table.c.id, *kept).where(*alike).order_by(table.c.id.desc()).limit(1)
    former = dict(conn.execute(last).mappings().one_or_none() or {})
    was = former.pop("id", None)
    values = {**named, **former, "valid_from": now}
    id_ = int(conn.execute(insert(table).values(values).returning(table.c.id)).scalar_one())
    if table is t.administration and was is not None:
        _keep_release(conn, was, id_)
    return id_


def succeed(conn: Connection, name: str, former: str, now: datetime) -> None:
    """Let a new administration be written to where the one that it comes from may be."""
    one = t.administration.c
    of = conn.scalar(select(one.id).where(one.name == former).order_by(one.id.desc()).limit(1))
    if of is not None:
        _keep_release(conn, of, administration(conn, name, now))


def _keep_release(conn: Connection, former: int, new: int) -> None:
    """The officer has said of the former one that it may be written to; that word goes along."""
    word = t.mail_release
    query = select(word).where(word.c.administration_id == former, word.c.valid_to.is_(None))
    row = conn.execute(query).mappings().one_or_none()
    if row is not None:
        values = {**{name: value for name, value in row.items() if name != "id"}, "administration_id": new}
        conn.execute(dialect.insert(conn, word).values(values).on_conflict_do_nothing())


def end_empty(conn: Connection, now: datetime) -> None:
    """A place ends with its last account; one that never had any was only named ahead."""
    owner = t.account_owner.c
    for table, mine in ((t.unit, owner.unit_id), (t.administration, owner.administration_id)):
        ever = select(mine).where(mine.is_not(None))
        still = ever.join(t.account, t.account.c.id == owner.account_id).where(
            owner.valid_to.is_(None), t.account.c.removed_at.is_(None)
        )
        id_ = table.c.id
        conn.execute(
            update(table).where(table.c.valid_to.is_(None), id_.in_(ever), id_.not_in(still)).values(valid_to=now)
        )


# --- names


def rename(conn: Connection, import_id: int, renamed: Iterable[tuple[str, str]]) -> None:
    """Let an administration go on under another name, with all that hangs on it. Raises `RegisterMoved`."""
    one = t.administration.c
    for old, new in renamed:
        done = conn.execute(update(t.administration).where(one.name == old, one.valid_to.is_(None)).values(name=new))
        if done.rowcount != 1:
            raise RegisterMoved(said("refused.moved.administration", name=old))
        tell(conn, import_id, Place(old), RENAMED, {"name": old}, {"name": new})


def renamings(conn: Connection, import_id: int) -> Sequence[tuple[str, str]]:
    """Old and new names, the last first."""
    told = t.place_change.c
    query = select(told.before, told.after).where(told.import_id == import_id, told.kind == RENAMED)
    return [(row.before["name"], row.after["name"]) for row in conn.execute(query.order_by(told.id.desc()))]


# --- letters


def let(conn: Connection, import_id: int, name: str, may: bool, occasion: Occasion) -> None:
    """Keep the officer's word whether an administration may be written to; told where it is another than before."""
    was = name in correspondence.released(conn)
    if may == was:
        return
    if may:
        correspondence.release(conn, name, occasion.by, occasion.at)
    else:
        correspondence.withdraw(conn, name, occasion.at, occasion.by)
    tell(conn, import_id, Place(name), LETTERS, {"letters": was}, {"letters": may})


def letters(conn: Connection, import_id: int) -> Sequence[tuple[str, bool]]:
    """Of which administrations an import changed whether they may be written to, and whether they might before."""
    told = t.place_change.c
    query = select(told.administration, told.before).where(told.import_id == import_id, told.kind == LETTERS)
    return [(row.administration, row.before["letters"]) for row in conn.execute(query)]


# --- mailboxes


def change(conn: Connection, import_id: int, changes: Iterable[PlaceChange], now: datetime) -> None:
    """Set mailboxes, and tell it. Raises `RegisterMoved` where one is not as the change's `before` says."""
    for each in changes:
        id_ = administration(conn, each.place.administration, now)
        table = t.unit if each.place.unit else t.administration
        if each.place.unit:
            id_ = unit(conn, id_, each.place.unit, now)
        cells = select(table.c.recipient, table.c.language).where(table.c.id == id_)
        if Mailbox(**conn.execute(cells).mappings().one()) != each.before:
            raise RegisterMoved(said("refused.moved.mailbox", place=each.place))
        conn.execute(update(table).where(table.c.id == id_).values(**asdict(each.after)))
        tell(conn, import_id, each.place, MAILBOX, asdict(each.before), asdict(each.after))


def tell(
    conn: Connection, import_id: int, place: Place, kind: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    """One row of a place's history."""
    values = {"administration": place.administration, "unit": place.unit, "kind": kind}
    stored = {"import_id": import_id, "before": dumps(before), "after": dumps(after)}
    conn.execute(insert(t.place_change).values(**values, **stored))


def changed(conn: Connection, import_id: int) -> Sequence[PlaceChange]:
    """The mailboxes that an import changed, in the order done."""
    told = t.place_change.c
    query = select(t.place_change).where(told.import_id == import_id, told.kind == MAILBOX).order_by(told.id)
    return [_change(row) for row in conn.execute(query).mappings()]


def _change(cells: Cells) -> PlaceChange:
    place = Place(cells["administration"], cells["unit"])
    return PlaceChange(place=place, before=Mailbox(**cells["before"]), after=Mailbox(**cells["after"]))


def every(conn: Connection, *, ended: bool) -> Mapping[Place, Mailbox]:
    """Every administration and unit of today, or every one there was, each administration before its units."""
    one, part = t.administration, t.unit
    whole = select(one.c.name, null().label("unit"), one.c.recipient, one.c.language).order_by(one.c.id)
    parts = select(one.c.name, part.c.name.label("unit"), part.c.recipient, part.c.language).order_by(part.c.id)
    parts = parts.join(one, one.c.id == part.c.administration_id)
    if not ended:
        whole = whole.where(one.c.valid_to.is_(None))
        parts = parts.where(one.c.valid_to.is_(None), part.c.valid_to.is_(None))
    rows = [*conn.execute(whole), *conn.execute(parts)]  # of several that bore one name, the last counts
    found = {Place(row.name, row.unit): Mailbox(recipient=row.recipient, language=row.language) for row in rows}
    return dict(sorted(found.items(), key=lambda each: (each[0].administration, each[0].unit or "")))


def short_forms(conn: Connection) -> Mapping[str, str]:
    """Names of today's administrations by their short forms."""
    one = t.administration.c
    query = select(one.short, one.name).where(one.short.is_not(None), one.valid_to.is_(None)).order_by(one.id.desc())
    return {row.short: row.name for row in conn.execute(query)}


def around(conn: Connection, account_ids: Collection[int] | None) -> Mapping[int, Mailboxes]:
    """The mailboxes around each account of the register, or around these accounts, removed ones too."""
    query: Select[Any] = register.current(
        t.account_owner.c.recipient.label("own"),
        t.unit.c.recipient.label("unit_recipient"),
        t.unit.c.language.label("unit_language"),
        t.administration.c.recipient.label("administration_recipient"),
        t.administration.c.language.label("administration_language"),
    )
    chosen = t.account.c.removed_at.is_(None) if account_ids is None else among(t.account.c.id, account_ids)
    return {row["id"]: _around(row) for row in conn.execute(query.where(chosen)).mappings()}


def _around(cells: Cells) -> Mailboxes:
    return Mailboxes(
        account=Mailbox(recipient=cells["own"]),
        unit=Mailbox(recipient=cells["unit_recipient"], language=cells["unit_language"]),
        administration=Mailbox(recipient=cells["administration_recipient"], language=cells["administration_language"]),
    )
