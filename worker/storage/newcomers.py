"""What is left of an account's looks where the register names another address of it.

another key ─▶ ids that were first seen under the old one, and suspicions that only it raised, are forgotten

Whether the new address is another account's or the same one's under another name, its looks tell anew. What stands
confirmed, and what people decided of it, stays until a look at the new address has its say.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, not_, select, update

from audits.cases import OPEN
from audits.model import Account, Outcome
from worker.storage import tables as t
from worker.storage.among import among

_NOTHING_PENDING = {
    "pending_outcome": None, "pending_fingerprint": None, "pending_since": None, "pending_last": None,
    "pending_looks": None,
}  # fmt: skip


def forget(conn: Connection, account_id: int) -> None:
    """Let the account's next look be the first one at its address."""
    conn.execute(delete(t.account_pin).where(t.account_pin.c.account_id == account_id))
    conn.execute(update(t.standing).where(t.standing.c.account_id == account_id).values(_NOTHING_PENDING))
    conn.execute(delete(t.cases).where(t.cases.c.account_id == account_id, *_unconfirmed()))


def _unconfirmed() -> tuple[ColumnElement[bool], ...]:
    """An open case of which nothing stands confirmed, whatever somebody has said of it already."""
    case, standing = t.cases.c, t.standing.c
    stands = exists().where(
        standing.account_id == case.account_id,
        standing.rule == case.rule,
        standing.outcome == Outcome.FAILED.value,
        standing.fingerprint == case.fingerprint,
    )
    return case.state.in_(sorted(state.value for state in OPEN)), not_(stands)


def elsewhere(conn: Connection, accounts: Collection[Account]) -> frozenset[int]:
    """Ids of those of the accounts whose key is another by now."""
    key = t.account_key.c
    current = select(key.account_id, key.key).where(
        among(key.account_id, [account.id for account in accounts]), key.valid_to.is_(None)
    )
    keys: dict[int, str | None] = dict(conn.execute(current).all())
    return frozenset(account.id for account in accounts if keys.get(account.id) != account.key)


def has_moved_since() -> ColumnElement[bool]:
    """Whether the account of a slot has got another key since the look that the slot keeps."""
    slot, now, then = t.run_account.c, t.account_key.alias("key_now").c, t.account_key.alias("key_then").c
    other = and_(then.valid_to > slot.observed_at, then.key.is_distinct_from(now.key))
    return exists().where(then.account_id == slot.account_id, now.account_id == slot.account_id,
                          now.valid_to.is_(None), other)  # fmt: skip
