"""Who is written to, and what was written.

write      all letters of a slot, with their lines and links, or nothing
rounds     how often a case has been mended
released, release, withdraw      which administrations may be written to
pauses, pause, unpause           recipients who rest
wishes, wish                     recipients who would rather have silence, or a line, when all is well
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from audits.digest import CaseKey, WhenWell, key_of
from audits.model import Case, CaseState
from worker.ports.telling import LetterKind, LetterState, NewLetter, Pause
from worker.storage import controls, links
from worker.storage import tables as t
from worker.storage.dialect import insert
from worker.storage.seen import is_seen
from worker.storage.told_before import ARRIVED, WEEKLY


def write(conn: Connection, kind: LetterKind, slot: str, letters: Sequence[NewLetter], now: datetime) -> bool:
    row = {"kind": kind.value, "slot": slot, "at": now, "letters": len(letters)}
    taking = insert(conn, t.letter_slot).values(row).on_conflict_do_nothing().returning(t.letter_slot.c.slot)
    if conn.scalar(taking) is None:
        return False
    for each in letters:
        _put(conn, kind, slot, each, now)
    return True


def written(conn: Connection, kind: LetterKind, slot: str) -> bool:
    slots = t.letter_slot.c
    query = select(slots.slot).where(slots.kind == kind.value, slots.slot == slot)
    return conn.scalar(query) is not None


def _put(conn: Connection, kind: LetterKind, slot: str, new: NewLetter, now: datetime) -> None:
    cells = {
        "key": new.key,
        "kind": kind.value,
        "slot": slot,
        "channel": new.channel,
        "recipient": new.recipient.address,
        "shared": new.recipient.shared,
        "subject": new.subject,
        "message": new.message,
        "state": (LetterState.BOUNCED if new.refused else LetterState.WAITING).value,
        "made_at": now,
        "due_at": now,
        "attempts": 0,
        "answer": new.refused,
        "ended_at": now if new.refused else None,
    }
    letter_id = conn.execute(t.letter.insert().values(cells).returning(t.letter.c.id)).scalar_one()
    links.add(conn, new.links, new.recipient.address, new.recipient.language, letter_id)
    ids = links.case_ids(conn, [key_of(case) for case in new.lines])
    lines = [{"letter_id": letter_id, "case_id": ids[key_of(case)], "state": case.state.value} for case in new.lines]
    if lines:
        conn.execute(t.letter_line.insert(), lines)


def last_reads(conn: Connection) -> Mapping[int, datetime]:
    """When a look last saw each account, in any of the nights that are kept."""
    slot = t.run_account.c
    query = (
        select(slot.account_id, func.max(slot.observed_at).label("at"))
        .join(t.observation, t.observation.c.id == slot.observation_id)
        .join(t.account, t.account.c.id == slot.account_id)
        .where(is_seen(controls.read_wrong_ever(conn)))
        .group_by(slot.account_id)
    )
    return {row.account_id: row.at for row in conn.execute(query)}


def rounds(conn: Connection, wanted: Sequence[Case]) -> Mapping[CaseKey, int]:
    ids = links.case_ids(conn, [key_of(case) for case in wanted])
    event = t.case_event.c
    mended = (event.case_id.in_(ids.values()), event.state == CaseState.VERIFIED_FIXED.value)
    counted = select(event.case_id, func.count()).where(*mended).group_by(event.case_id)
    times: dict[int, int] = dict(conn.execute(counted).all())
    return {key: times.get(id_, 0) for key, id_ in ids.items()}


def answered_since(conn: Connection, since: datetime) -> frozenset[str]:
    query = select(t.link.c.recipient).where(t.link.c.used_at >= since).distinct()
    return frozenset(conn.scalars(query))


def first_written(conn: Connection) -> Mapping[str, datetime]:
    letter = t.letter.c
    query = (
        select(letter.recipient, func.min(letter.made_at).label("at")).where(WEEKLY, ARRIVED).group_by(letter.recipient)
    )
    return {row.recipient: row.at for row in conn.execute(query)}


def released(conn: Connection) -> Mapping[str, str]:
    held = t.mail_release.join(t.administration, t.administration.c.id == t.mail_release.c.administration_id)
    query = select(t.administration.c.name, t.mail_release.c.by).select_from(held)
    today = (t.mail_release.c.valid_to.is_(None), t.administration.c.valid_to.is_(None))
    return dict(conn.execute(query.where(*today)).all())


def release(conn: Connection, administration: str, by: str, now: datetime) -> bool:
    found = _administration(conn, administration)
    if found is None:
        return False
    row = {"administration_id": found, "by": by, "valid_from": now}
    conn.execute(insert(conn, t.mail_release).values(row).on_conflict_do_nothing())
    return True


def withdraw(conn: Connection, administration: str, now: datetime, by: str) -> bool:
    release_ = t.mail_release.c
    mine = (release_.administration_id == _administration(conn, administration), release_.valid_to.is_(None))
    return conn.execute(update(t.mail_release).where(*mine).values(valid_to=now, ended_by=by)).rowcount > 0


def _administration(conn: Connection, named: str) -> int | None:
    """By name or short form."""
    administration = t.administration.c
    same = (administration.name == named) | (administration.short == named)
    return conn.scalar(select(administration.id).where(same, administration.valid_to.is_(None)))


def pauses(conn: Connection, now: datetime) -> Sequence[Pause]:
    pause_ = t.mail_pause.c
    query = select(t.mail_pause).where(pause_.valid_to.is_(None), pause_.ends_at > now).order_by(pause_.valid_from)
    return [
        Pause(recipient=row["recipient"], by=row["by"], since=row["valid_from"], ends_at=row["ends_at"])
        for row in conn.execute(query).mappings()
    ]


def pause(conn: Connection, recipient: str, by: str, until: datetime, now: datetime) -> bool:
    """A new pause takes the place of the one before; of two at the same moment one stands."""
    unpause(conn, recipient, by, now)
    row = {"recipient": recipient, "by": by, "ends_at": until, "valid_from": now}
    adding = insert(conn, t.mail_pause).values(row).on_conflict_do_nothing().returning(t.mail_pause.c.id)
    return conn.scalar(adding) is not None


def unpause(conn: Connection, recipient: str, by: str, now: datetime) -> bool:
    pause_ = t.mail_pause.c
    mine = (pause_.recipient == recipient, pause_.valid_to.is_(None))
    return conn.execute(update(t.mail_pause).where(*mine).values(valid_to=now, ended_by=by)).rowcount > 0


def wishes(conn: Connection) -> Mapping[str, WhenWell]:
    chosen = t.mail_wish.c
    rows = conn.execute(select(chosen.recipient, chosen.when_well).where(chosen.valid_to.is_(None)))
    return {row.recipient: WhenWell(row.when_well) for row in rows}


def wish(conn: Connection, recipient: str, when_well: WhenWell | None, by: str, now: datetime) -> bool:
    """A new choice takes the place of the one before."""
    chosen, whose = t.mail_wish.c, recipient.casefold()
    standing = conn.scalar(select(chosen.when_well).where(chosen.recipient == whose, chosen.valid_to.is_(None)))
    if standing == (when_well.value if when_well else None):
        return False
    conn.execute(update(t.mail_wish).where(chosen.recipient == whose, chosen.valid_to.is_(None)).values(valid_to=now))
    if when_well is not None:
        row = {"recipient": whose, "when_well": when_well.value, "by": by, "valid_from": now}
        conn.execute(insert(conn, t.mail_wish).values(row).on_conflict_do_nothing())
    return True
