"""What is left of an account's looks where the register names another address of it.

another key ─▶ ids that were first seen under the old one, and suspicions that only it raised, are forgotten
            ─▶ what stands confirmed or was decided on is told no more, and waits for the first look at the new one

Whether the new address is another account's or the same one's under another name, its looks tell anew: one that finds
it well ends what waits, one that does not is the first of as many as its rule wants. What people decided stays: of two
values under one rule only one can wait, and the case of the other is released with its history.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, exists, not_, or_, select, update

from audits.cases import OPEN, RELEASED, release
from audits.model import Account, CaseState, Outcome
from audits.wording.said import said
from worker.storage import tables as t
from worker.storage.among import among
from worker.storage.cases import drop, is_carried, save_case
from worker.storage.codec import case_from
from worker.storage.columns import Columns

_NOTHING_PENDING = {
    "pending_outcome": None, "pending_fingerprint": None, "pending_since": None, "pending_last": None,
    "pending_looks": None,
}  # fmt: skip
_HELD: Final = t.standing.c
_CARRIED: Final = _HELD.pending_looks == 0  # `Standing.is_carried`
_STANDS: Final = _HELD.outcome == Outcome.FAILED.value
_TOLD: Final = sorted(state.value for state in OPEN - {CaseState.NEW})


def forget(conn: Connection, account_id: int, now: datetime) -> None:
    """Let the account's next look be the first one at its address."""
    own = _HELD.account_id == account_id
    conn.execute(delete(t.account_pin).where(t.account_pin.c.account_id == account_id))
    conn.execute(update(t.standing).where(own, not_(_STANDS), _is_decided_on()).values(_waiting(now)))
    conn.execute(update(t.standing).where(own, or_(_STANDS, not_(_CARRIED))).values(_NOTHING_PENDING))
    _end_cases(conn, account_id, now)
    conn.execute(update(t.standing).where(own, _STANDS).values(_carried(now)))
    conn.execute(update(t.standing).where(own).values(fingerprint=""))  # what was seen there was of the old address


def _waiting(now: datetime) -> Columns:
    return {"pending_since": now, "pending_last": now, "pending_looks": 0}


def _carried(now: datetime) -> Columns:
    return _waiting(now) | {
        "pending_outcome": _HELD.outcome, "pending_fingerprint": _HELD.fingerprint,
        "outcome": Outcome.PASSED.value, "fingerprint": "", "severity": None, "decided_at": None,
    }  # fmt: skip


def _is_decided_on() -> ColumnElement[bool]:
    """Whether what is suspected has a case of which somebody was told, or said something."""
    case = t.cases.c
    own = case.account_id == _HELD.account_id, case.rule == _HELD.rule, case.fingerprint == _HELD.pending_fingerprint
    return exists().where(*own, case.state.in_(_TOLD))


def _end_cases(conn: Connection, account_id: int, now: datetime) -> None:
    """Forget the open cases of which nothing stands or waits; those that somebody was told of are released."""
    case = t.cases.c
    same = _HELD.account_id == case.account_id, _HELD.rule == case.rule, _HELD.fingerprint == case.fingerprint
    left = case.account_id == account_id, not_(or_(exists().where(*same, _STANDS), is_carried()))
    new = conn.execute(select(t.cases).where(*left, case.state == CaseState.NEW.value)).mappings().all()
    drop(conn, [case_from(row) for row in new], now)
    told = conn.execute(select(t.cases).where(*left, case.state.in_(_TOLD))).mappings().all()
    for ended in [
        replace(release(case_from(row), now), by="", reason=said("evidence.address_changed")) for row in told
    ]:
        save_case(conn, ended, RELEASED, now)


def elsewhere(conn: Connection, accounts: Collection[Account]) -> frozenset[int]:
    """Ids of those of the accounts whose key is another by now."""
    key = t.account_key.c
    current = select(key.account_id, key.key).where(
        among(key.account_id, [account.id for account in accounts]), key.valid_to.is_(None)
    )
    keys: dict[int, str | None] = dict(conn.execute(current).all())
    return frozenset(account.id for account in accounts if keys.get(account.id) != account.key)


def moved_since(run_id: int) -> Select[tuple[int]]:
    """Ids of the accounts that have got another key since the look that their slot of this run keeps.

    Told of all slots at once, and only by keys that have ended: asked slot by slot, each reads all keys there are.
    """
    slot, now, then = t.run_account.alias().c, t.account_key.alias("key_now").c, t.account_key.alias("key_then").c
    ended = and_(then.account_id == slot.account_id, then.valid_to.is_not(None), then.valid_to > slot.observed_at)
    current = and_(now.account_id == slot.account_id, now.valid_to.is_(None))
    return select(slot.account_id).where(slot.run_id == run_id, ended, current, then.key.is_distinct_from(now.key))
