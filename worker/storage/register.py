"""The register, read.

    account + its current key, owner and pins ─▶ Account

Removed accounts are left out of the register, but can still be had by id: what was seen of them stays readable.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

from sqlalchemy import Connection, Select, and_, case, exists, func, not_, or_, select

from audits.model import Account, Kind, PlatformId, RegisteredId
from audits.pinning import kept_beside, told_apart
from worker.storage import tables as t
from worker.storage.among import among
from worker.storage.columns import Cells
from worker.storage.engine import Database

PAGE = 200  # accounts read at once by what streams
PROVEN: Final = "first look"  # how an id came to be pinned; before one look was not enough, that said it all
UNPROVEN: Final = "under its name once"  # or on two nights: no third one has shown it there
_HOW: Final = t.account_pin.c.how
_MAYBE_ANOTHERS: Final = or_(_HOW == "not proven yet", _HOW == "an address alone")  # in older databases
IS_UNPROVEN: Final = or_(_HOW == UNPROVEN, _MAYBE_ANOTHERS)

_CURRENT = (
    t.account.outerjoin(
        t.account_key, and_(t.account_key.c.account_id == t.account.c.id, t.account_key.c.valid_to.is_(None))
    )
    .outerjoin(
        t.account_owner, and_(t.account_owner.c.account_id == t.account.c.id, t.account_owner.c.valid_to.is_(None))
    )
    .outerjoin(t.administration, t.administration.c.id == t.account_owner.c.administration_id)
    .outerjoin(t.unit, t.unit.c.id == t.account_owner.c.unit_id)
)


def current(*more: Any) -> Select[Any]:
    """Every account with its current key and owner, in id order; `more` columns are read beside them."""
    columns = (
        *t.account.c,
        t.account_key.c.address,
        t.account_key.c.key,
        t.administration.c.name.label("administration"),
        t.unit.c.name.label("unit"),
    )
    return select(*columns, *more).select_from(_CURRENT).order_by(t.account.c.id)


def accounts(
    conn: Connection, *, administration: str | None, platform: str | None, ids: Collection[int] | None
) -> Sequence[Account]:
    """The accounts in the register that meet every given condition; `administration` is a name or a short form."""
    query = current().where(t.account.c.removed_at.is_(None))
    if administration is not None:
        query = query.where(or_(t.administration.c.name == administration, t.administration.c.short == administration))
    if platform is not None:
        query = query.where(t.account.c.platform == platform)
    if ids is not None:
        query = query.where(among(t.account.c.id, ids))
    return _whole(conn, query)


def each(db: Database) -> Iterator[Account]:
    """The whole register, a page at a time."""
    last = 0
    while page := db.read(partial(page_after, account_id=last)):
        yield from page
        last = page[-1].id


def page_after(conn: Connection, account_id: int) -> Sequence[Account]:
    """The next accounts in the register, in id order."""
    query = current().where(t.account.c.removed_at.is_(None), t.account.c.id > account_id)
    return _whole(conn, query.limit(PAGE))


def by_id(conn: Connection, ids: Collection[int]) -> Mapping[int, Account]:
    """Accounts by id, removed ones too."""
    return {account.id: account for account in _whole(conn, current().where(among(t.account.c.id, ids)))}


def administrations(conn: Connection) -> frozenset[str]:
    """Names of the administrations that answer for an account today."""
    owner, owned = t.account_owner.c, t.account.c
    answers = exists().where(
        owner.administration_id == t.administration.c.id, owner.valid_to.is_(None),
        owned.id == owner.account_id, owned.removed_at.is_(None),
    )  # fmt: skip
    return frozenset(conn.scalars(select(t.administration.c.name).where(answers)))


def shared_keys(conn: Connection) -> Mapping[str, Sequence[int]]:
    """Keys held by several accounts of the register, with their ids."""
    held = (
        select(t.account_key.c.key, t.account_key.c.account_id)
        .join(t.account, t.account.c.id == t.account_key.c.account_id)
        .where(t.account_key.c.valid_to.is_(None), t.account_key.c.key.is_not(None), t.account.c.removed_at.is_(None))
    ).subquery()
    several = select(held.c.key).group_by(held.c.key).having(func.count() > 1)
    shared: dict[str, list[int]] = {}
    for key, account_id in conn.execute(select(held).where(held.c.key.in_(several)).order_by(held.c.account_id)):
        shared.setdefault(key, []).append(account_id)
    return shared


_OF_SITES: Final = "website:"


def sites(conn: Connection) -> frozenset[str]:
    """The hosts of the register's websites."""
    key = t.account_key.c.key
    held = (
        select(key)
        .join(t.account, t.account.c.id == t.account_key.c.account_id)
        .where(t.account_key.c.valid_to.is_(None), key.startswith(_OF_SITES), t.account.c.removed_at.is_(None))
    )
    return frozenset(each.removeprefix(_OF_SITES).partition("/")[0] for each in conn.scalars(held))


def _whole(conn: Connection, query: Select[Any]) -> Sequence[Account]:
    rows = conn.execute(query).mappings().all()
    pins = _pins(conn, [row["id"] for row in rows])
    return tuple(_account_from(row, pins.get(row["id"], ())) for row in rows)


def _pins(conn: Connection, ids: Sequence[int]) -> Mapping[int, tuple[PlatformId, ...]]:
    pins: dict[int, tuple[PlatformId, ...]] = {}
    for start in range(0, len(ids), PAGE):
        some = and_(among(t.account_pin.c.account_id, ids[start : start + PAGE]), not_(_MAYBE_ANOTHERS))
        columns = (t.account_pin.c.account_id, t.account_pin.c.namespace, t.account_pin.c.value)
        more = (case((IS_UNPROVEN, t.account_pin.c.since)), t.account_pin.c.again_at)
        rows = conn.execute(select(*columns, *more).where(some).order_by(*columns))
        for account_id, namespace, value, since, again_at in rows:
            known = PlatformId(namespace, value, unproven_since=since, again_at=again_at)
            pins[account_id] = kept_beside(pins.get(account_id, ()), known)
    return pins


def registered_ids(conn: Connection, ids: Collection[int]) -> Mapping[int, Sequence[RegisteredId]]:
    """By account, the unchanging ids that it is registered by, and since when each of them is."""
    pin, found = t.account_pin.c, dict[int, list[RegisteredId]]()
    query = select(pin.account_id, pin.namespace, pin.value, pin.since).where(among(pin.account_id, ids))
    for account_id, namespace, value, since in conn.execute(query.order_by(pin.account_id, pin.namespace)):
        found.setdefault(account_id, []).append(RegisteredId(PlatformId(namespace, value), since))
    return found


def _account_from(cells: Cells, kept: tuple[PlatformId, ...]) -> Account:
    pinned, waiting = told_apart(kept)
    return Account(
        id=cells["id"],
        platform=cells["platform"],
        name=cells["name"],
        administration=cells["administration"],
        unit=cells["unit"],
        address=cells["address"],
        key=cells["key"],
        pinned=pinned,
        waiting=waiting,
        kind=Kind(cells["kind"]),
        purpose=cells["purpose"],
        language=cells["language"],
        registered_on=cells["registered_on"],
        ends_on=cells["ends_on"],
        season_months=tuple(cells["season_months"]),
        limits=cells["limits"],
    )
