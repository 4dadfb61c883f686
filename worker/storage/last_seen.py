"""What the last looks that came through said against each registered account, whatever became of a case of it.

slots of the ledger ─┬ the newest two that saw how the account stands ─▶ its existence, where both are against it
                     └ the newest two that told whose it is           ─▶ what another's account showed, to both

One look alone may be a mixed-up answer: nobody hears of it. One at another address than the register's of today says
nothing of that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, Select, exists, func, not_, select

from audits.model import ACCUSING, Existence, Identity
from worker.ports.night import Against
from worker.storage import controls
from worker.storage import tables as t
from worker.storage.among import among
from worker.storage.facts import facts_from
from worker.storage.seen import is_seen

_AGAINST: Final = sorted(each.value for each in {*ACCUSING, Existence.RENAMED})
_AGREEING: Final = 2  # looks
_TELLS_WHOSE: Final = (Identity.SAME.value, Identity.DIFFERENT.value)


def against(conn: Connection, ids: Collection[int] | None = None) -> Against:
    """What the last looks said against the accounts of the register, or against these alone."""
    these = () if ids is None else (among(t.run_account.c.account_id, ids),)
    seen = t.observation.c
    stood = conn.execute(_newest(conn, *these).where(seen.existence.in_(_AGAINST)))
    whose = _newest(conn, seen.identity.in_(_TELLS_WHOSE), *these)
    told = conn.execute(whose.where(seen.identity == Identity.DIFFERENT.value))
    return Against(
        existences={row.account_id: Existence(row.existence) for row in _agreed(stood)},
        strangers={row.account_id: facts_from(row.facts) for row in _agreed(told)},
    )


def _agreed(looks: Iterable[Row[Any]]) -> Iterable[Row[Any]]:
    """The newest look of each account of which as many as it takes are here."""
    kept = {(each.account_id, each.nth): each for each in looks}
    return [each for (account_id, nth), each in kept.items() if nth == 1 and (account_id, _AGREEING) in kept]


def _newest(conn: Connection, *holds: ColumnElement[bool]) -> Select[Any]:
    """Of each account the newest looks that saw it, and of which this holds; the newest is the first."""
    slot, seen = t.run_account.c, t.observation.c
    newest_first = (slot.observed_at.desc(), slot.run_id.desc())
    nth = func.row_number().over(partition_by=slot.account_id, order_by=newest_first)
    looks = (
        select(slot.observation_id, nth.label("nth"))
        .join(t.observation, seen.id == slot.observation_id)
        .join(t.account, t.account.c.id == slot.account_id)
        .where(is_seen(controls.read_wrong_ever(conn)), t.account.c.removed_at.is_(None))
        .where(not_(_was_elsewhere()), *holds)
        .subquery()
    )
    return (
        select(seen.account_id, seen.existence, seen.facts, looks.c.nth)
        .join(looks, looks.c.observation_id == seen.id)
        .where(looks.c.nth <= _AGREEING)
    )


def _was_elsewhere() -> ColumnElement[bool]:
    """Whether the register named another account than today's when the look of a slot was taken."""
    slot, then, today = t.run_account.c, t.account_key.alias(), t.account_key.alias()
    return exists(
        select(then.c.id)
        .join(today, today.c.account_id == then.c.account_id)
        .where(
            then.c.account_id == slot.account_id,
            then.c.valid_from <= slot.observed_at,
            then.c.valid_to > slot.observed_at,
            today.c.valid_to.is_(None),
            func.coalesce(then.c.key, "") != func.coalesce(today.c.key, ""),
        )
        .correlate(t.run_account)
    )
