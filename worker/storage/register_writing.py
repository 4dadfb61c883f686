"""Changes of the register, written a batch at a time: a statement costs the same for one account as for hundreds.

    changes ─▶ batches of one kind, what leaves first ─▶ account, dated key and owner rows ─▶ history ─▶ how many so far

Nothing is deleted: a removed account is marked so, a changed key or owner ends one dated row and begins another.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from sqlalchemy import Connection, Table, bindparam, null, select, update

from audits.registering import ChangeKind, RegisterChange, RegisterRow
from worker.storage import newcomers, places
from worker.storage import tables as t
from worker.storage.among import among
from worker.storage.columns import Columns, clean, dumps
from worker.storage.dialect import binds, local_day, moment, take_ids, write_many

BATCH: Final = 500  # changes written by the same statements
_LONG: Final = timedelta(days=30)  # a slip of the register is found before
_ORDER: Final = {ChangeKind.REMOVE: 0, ChangeKind.CHANGE: 1, ChangeKind.ADD: 2}  # what is removed frees its ref first
_WORDS: Final = ("ref", "platform", "name", "purpose", "language")
_OWN: Final = (*_WORDS, "kind", "registered_on", "ends_on", "season_months", "limits")
_KEYED: Final = ("raw", "address", "key")
_OWNED: Final = ("administration_id", "unit_id", "recipient")

_NEW_ACCOUNT: Final = t.account.insert().values(binds(("id", *_OWN, "added_at")))
_SAME_ACCOUNT: Final = (
    update(t.account).where(t.account.c.id == bindparam("account_id")).values({**binds(_OWN), "removed_at": null()})
)
_NEW_KEY: Final = t.account_key.insert().values(binds(("account_id", "valid_from", *_KEYED)))
_NEW_OWNER: Final = t.account_owner.insert().values(binds(("account_id", "valid_from", *_OWNED)))
_NEW_CHANGE: Final = t.register_change.insert().values(
    binds(("id", "import_id", "account_id", "kind", "before", "after"))
)


def carry_out(
    conn: Connection,
    import_id: int,
    changes: Collection[RegisterChange],
    now: datetime,
    told: Callable[[int], None] | None = None,
) -> None:
    """Do every change, each account's but once, and keep its history; `told` hears of how many, batch by batch."""
    owners = _Owners(conn, now)
    for batch in _batches(changes):
        _keep(conn, import_id, batch, _done(conn, batch, owners, now))
        if told is not None:
            told(len(batch))


def _batches(changes: Collection[RegisterChange]) -> Iterator[Sequence[RegisterChange]]:
    ordered = sorted(changes, key=lambda each: _ORDER[each.kind])
    for _, alike in groupby(ordered, key=lambda each: each.kind):
        of_a_kind = list(alike)
        for start in range(0, len(of_a_kind), BATCH):
            yield of_a_kind[start : start + BATCH]


def _done(conn: Connection, batch: Sequence[RegisterChange], owners: _Owners, now: datetime) -> Sequence[int]:
    """Do changes of one kind; returns the id of each one's account."""
    if batch[0].kind is ChangeKind.REMOVE:
        ids = [each.account_id or 0 for each in batch]
        conn.execute(update(t.account).where(among(t.account.c.id, ids)).values(removed_at=now))
        return ids
    wanted = _numbered(conn, batch)
    known = [each.account_id for each in batch if each.account_id is not None]
    anew = [*_moved(batch), *_back_after_long(conn, known, now)]
    _write_accounts(conn, wanted, known, now)
    for account_id in anew:
        newcomers.forget(conn, account_id, now)
    keys = {id_: {name: _clean(getattr(row, name)) for name in _KEYED} for id_, row in wanted.items()}
    _redate(conn, t.account_key, keys, known, now)
    _redate(conn, t.account_owner, {id_: owners.of(row) for id_, row in wanted.items()}, known, now)
    return list(wanted)


def _numbered(conn: Connection, batch: Sequence[RegisterChange]) -> Mapping[int, RegisterRow]:
    """What each account is to be, by its number; accounts that are new are given theirs."""
    new = iter(take_ids(conn, t.account, sum(each.account_id is None for each in batch)))
    ids = [next(new) if each.account_id is None else each.account_id for each in batch]
    return {id_: each.after for id_, each in zip(ids, batch, strict=True) if each.after is not None}


def _moved(batch: Sequence[RegisterChange]) -> Iterator[int]:
    """Accounts that are registered at another address than before."""
    for each in batch:
        if each.account_id is not None and each.before and each.after and each.before.key != each.after.key:
            yield each.account_id


def _back_after_long(conn: Connection, ids: Collection[int], now: datetime) -> Sequence[int]:
    """Accounts that left the register so long ago that the city may have opened another one under the name since."""
    account = t.account.c
    return conn.scalars(select(account.id).where(among(account.id, ids), account.removed_at < now - _LONG)).all()


def _write_accounts(conn: Connection, wanted: Mapping[int, RegisterRow], known: Collection[int], now: datetime) -> None:
    added, before = moment(conn, now), frozenset(known)
    cells = {id_: _account(conn, row) for id_, row in wanted.items()}
    new = [{"id": id_, "added_at": added, **own} for id_, own in cells.items() if id_ not in before]
    write_many(conn, _NEW_ACCOUNT, new)
    same = [{"account_id": id_, **own} for id_, own in cells.items() if id_ in before]
    write_many(conn, _SAME_ACCOUNT, same)


def _account(conn: Connection, row: RegisterRow) -> Columns:
    return {name: _clean(getattr(row, name)) for name in _WORDS} | {
        "kind": row.kind.value,
        "registered_on": local_day(conn, row.registered_on),
        "ends_on": local_day(conn, row.ends_on),
        "season_months": dumps(row.season_months),
        "limits": dumps(dict(row.limits)),
    }


def _clean(text: str | None) -> str | None:
    return None if text is None else clean(text)


# --- dated rows


def _redate(
    conn: Connection, table: Table, wanted: Mapping[int, Columns], known: Collection[int], now: datetime
) -> None:
    """End the current dated row of each account and begin one with its cells, where they differ."""
    current = _current(conn, table, next(iter(wanted.values())), known)
    other = {id_: cells for id_, cells in wanted.items() if current.get(id_) != cells}
    ending = [id_ for id_ in other if id_ in current]
    if ending:
        mine = among(table.c.account_id, ending), table.c.valid_to.is_(None)
        conn.execute(update(table).where(*mine).values(valid_to=now))
    began = moment(conn, now)
    new = _NEW_KEY if table is t.account_key else _NEW_OWNER
    write_many(conn, new, [{"account_id": id_, "valid_from": began, **cells} for id_, cells in other.items()])


def _current(conn: Connection, table: Table, like: Columns, ids: Collection[int]) -> Mapping[int, Columns]:
    if not ids:
        return {}
    of = among(table.c.account_id, ids), table.c.valid_to.is_(None)
    rows = conn.execute(select(table.c.account_id, *(table.c[name] for name in like)).where(*of))
    return {account_id: dict(zip(like, cells, strict=True)) for account_id, *cells in rows.all()}


@dataclass(frozen=True, slots=True)
class _Owners:
    """Who answers for an account, by numbers; each place is looked for, or begun, but once."""

    conn: Connection
    now: datetime
    administrations: dict[str, int] = field(default_factory=dict)
    units: dict[tuple[int, str], int] = field(default_factory=dict)

    def of(self, row: RegisterRow) -> Columns:
        administration = self._administration(row.administration) if row.administration else None
        unit = self._unit(administration, row.unit) if administration and row.unit else None
        return {"administration_id": administration, "unit_id": unit, "recipient": _clean(row.recipient)}

    def _administration(self, name: str) -> int:
        if name not in self.administrations:
            self.administrations[name] = places.administration(self.conn, name, self.now)
        return self.administrations[name]

    def _unit(self, administration: int, name: str) -> int:
        if (administration, name) not in self.units:
            self.units[administration, name] = places.unit(self.conn, administration, name, self.now)
        return self.units[administration, name]


# --- history


def _keep(conn: Connection, import_id: int, batch: Sequence[RegisterChange], ids: Sequence[int]) -> None:
    numbers = take_ids(conn, t.register_change, len(batch))
    rows = [
        {
            "id": number,
            "import_id": import_id,
            "account_id": account_id,
            "kind": each.kind.value,
            "before": dumps(asdict(each.before)) if each.before else None,
            "after": dumps(asdict(each.after)) if each.after else None,
        }
        for number, account_id, each in zip(numbers, ids, batch, strict=True)
    ]
    write_many(conn, _NEW_CHANGE, rows)
