"""What letters have told, and since when: of the weekly ones and of those that could not wait for a week.

told           what earlier letters said to one recipient
first_told     when whoever answers for an account was first told of each case
ARRIVED        the letters that count: one that was refused, given up or dropped has told nobody
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, FromClause, Select, Subquery, and_, exists, func, not_, or_, select

from audits.cases import ENDED
from audits.days import day_of
from audits.digest import CaseKey, ToldBefore
from audits.model import CaseState
from worker.ports.telling import LetterKind, LetterState
from worker.storage import tables as t

_NEVER_ARRIVED: Final = sorted(each.value for each in (LetterState.FAILED, LetterState.BOUNCED, LetterState.DROPPED))
ARRIVED: Final = t.letter.c.state.not_in(_NEVER_ARRIVED)
WEEKLY: Final = t.letter.c.kind == LetterKind.WEEKLY.value
_URGENT: Final = t.letter.c.kind == LetterKind.URGENT.value


def told(conn: Connection, recipient: str, slot: str, zone: ZoneInfo) -> Mapping[CaseKey, ToldBefore]:
    """Since when the recipient knows of each case, and how it stood in the letter before this one, or in one since.

    What was told before a case ended is not known of the same case come back.
    """
    mine, weekly = t.letter.c.recipient == recipient, and_(WEEKLY, t.letter.c.slot < slot)
    latest = conn.scalar(select(func.max(t.letter.c.made_at)).where(mine, ARRIVED, weekly))
    lines = _lines().where(mine, ARRIVED, or_(weekly, _URGENT)).order_by(t.letter.c.made_at, t.letter.c.id)
    before: dict[CaseKey, ToldBefore] = {}
    for row in conn.execute(lines):
        key = (row.account_id, row.rule, row.fingerprint)
        known = before[key].since if key in before else None
        since = None if row.ended else known or day_of(row.made_at, zone)
        lately = latest is None or row.made_at >= latest
        before[key] = ToldBefore(since=since, state=CaseState(row.state), last_week=lately)
    return before


def first_told(conn: Connection) -> Mapping[CaseKey, datetime]:
    letter, case = t.letter.c, t.cases.c
    moved = _moved()
    heard = or_(moved.c.at.is_(None), letter.made_at >= moved.c.at, _is_still_told(moved))
    query = (
        select(case.account_id, case.rule, case.fingerprint, func.min(letter.made_at).label("at"))
        .select_from(_told().outerjoin(moved, moved.c.account_id == case.account_id))
        .where(ARRIVED, or_(WEEKLY, _URGENT), not_(_has_ended_since()), heard)
        .group_by(case.account_id, case.rule, case.fingerprint)
    )
    return {(row.account_id, row.rule, row.fingerprint): row.at for row in conn.execute(query)}


def _told() -> FromClause:
    line = t.letter_line.c
    return t.letter.join(t.letter_line, line.letter_id == t.letter.c.id).join(t.cases, t.cases.c.id == line.case_id)


def _lines() -> Select[Any]:
    """The lines of letters, each with its case."""
    letter, case = t.letter.c, t.cases.c
    columns = (letter.made_at, t.letter_line.c.state, case.account_id, case.rule, case.fingerprint)
    return select(*columns, _has_ended_since().label("ended")).select_from(_told())


def _has_ended_since() -> ColumnElement[bool]:
    """Whether the case of a line ended after its letter was made: what comes back is news, with days of its own."""
    event = t.case_event.c
    ended = event.state.in_(sorted(state.value for state in ENDED))
    return exists().where(event.case_id == t.cases.c.id, event.at > t.letter.c.made_at, ended)


def _moved() -> Subquery:
    """When each account last came from another administration, with the mailboxes in which it is told now.

    Whoever answers for it since has not heard what the other one was told.
    """
    was, now, unit = t.account_owner.alias("was"), t.account_owner.alias("now"), t.unit
    before, after = t.administration.alias("before"), t.administration.alias("after")
    mailboxes = {"own": now.c.recipient, "of_unit": unit.c.recipient, "of_whole": after.c.recipient}
    owners = (
        now.join(was, and_(was.c.account_id == now.c.account_id, was.c.valid_to.is_not(None)))
        .join(after, after.c.id == now.c.administration_id)
        .outerjoin(before, before.c.id == was.c.administration_id)
        .outerjoin(unit, unit.c.id == now.c.unit_id)
    )
    return (
        select(
            now.c.account_id, func.max(was.c.valid_to).label("at"), *(box.label(as_) for as_, box in mailboxes.items())
        )
        .select_from(owners)
        .where(now.c.valid_to.is_(None), or_(before.c.name.is_(None), before.c.name != after.c.name))
        .group_by(now.c.account_id, *mailboxes.values())
        .subquery("moved")
    )


def _is_still_told(moved: Subquery) -> ColumnElement[bool]:
    """Whether the letter went to one who is told of the account also where it is now."""
    to = func.lower(t.letter.c.recipient)
    return or_(*(to == func.lower(moved.c[name]) for name in ("own", "of_unit", "of_whole")))
