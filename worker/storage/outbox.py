"""The outbox: letters on their way, each claimed by one sender at a time.

    claim ─▶ start ─▶ end        put_off: back to waiting        recover: what a sender that died left behind
    sent_to, bounce: letters that come back later

Every step is guarded by the claim, so that a sender that was thought dead and is not writes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select, update

from audits.addresses.hosts import ascii_mailbox
from audits.reading.bounces import number_of
from worker.ports.telling import MAIL, Letter, LetterKind, LetterState
from worker.storage import tables as t
from worker.storage.columns import Cells

_SHOWN = tuple(column for column in t.letter.c if column.name != "message")
_WAITING, _CLAIMED, _STARTED = (
    each.value for each in (LetterState.WAITING, LetterState.CLAIMED, LetterState.STARTED)
)  # fmt: skip

_SPENT = frozenset({LetterState.SENT, LetterState.BOUNCED, LetterState.DROPPED})
_LEFT = (LetterState.SENT.value, LetterState.PARKED.value)  # or may have


def claim(conn: Connection, token: str, now: datetime, seconds: float) -> Letter | None:
    """The letter that has waited longest, those to functions' mailboxes first."""
    letter = t.letter.c
    due = (
        select(letter.id)
        .where(letter.state == _WAITING, letter.due_at <= now)
        .order_by(letter.shared.desc(), letter.due_at, letter.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    found = conn.scalar(due)
    if found is None:
        return None
    held = {"state": _CLAIMED, "claim": token, "claimed_until": now + timedelta(seconds=seconds)}
    conn.execute(update(t.letter).where(letter.id == found).values(attempts=letter.attempts + 1, **held))
    row = conn.execute(select(t.letter).where(letter.id == found)).mappings().one()
    return letter_from(row, row["message"])


def start(conn: Connection, held: Letter) -> bool:
    return _move(conn, held, _CLAIMED, state=_STARTED)


def end(conn: Connection, held: Letter, state: LetterState, answer: str, now: datetime) -> bool:
    """From wherever the claim stands to where the letter ends."""
    kept = {"message": _spent(held.message)} if state in _SPENT else {}
    return _move(conn, held, _CLAIMED, _STARTED, state=state.value, answer=answer, ended_at=now, claim=None, **kept)


def put_off(conn: Connection, held: Letter, until: datetime, answer: str) -> bool:
    """Only what the server has refused, or has never been shown, may be tried again."""
    return _move(conn, held, _CLAIMED, _STARTED, state=_WAITING, due_at=until, answer=answer, claim=None)


def _move(conn: Connection, held: Letter, *states: str, **cells: Any) -> bool:
    letter = t.letter.c
    mine = (letter.id == held.id, letter.claim == held.claim, letter.state.in_(states))
    return conn.execute(update(t.letter).where(*mine).values(**cells)).rowcount == 1


def recover(conn: Connection, now: datetime) -> int:
    letter = t.letter.c
    over = letter.claimed_until < now
    waiting = {"state": _WAITING, "claim": None}
    conn.execute(update(t.letter).where(letter.state == _CLAIMED, over).values(**waiting))
    parked = {"state": LetterState.PARKED.value, "claim": None, "ended_at": now, "answer": "sender_stopped"}
    return conn.execute(update(t.letter).where(letter.state == _STARTED, over).values(**parked)).rowcount


def letters(conn: Connection, states: Collection[LetterState], since: datetime | None) -> Sequence[Letter]:
    query = select(*_SHOWN).order_by(t.letter.c.id.desc())
    if states:
        query = query.where(t.letter.c.state.in_(sorted(state.value for state in states)))
    if since is not None:
        query = query.where(t.letter.c.made_at >= since)
    return [letter_from(row) for row in conn.execute(query).mappings()]


def sent_to(conn: Connection, addresses: Collection[str], since: datetime) -> Sequence[Letter]:
    """Domains are compared in ASCII, since a letter to `kultur@älmestad.example` is refused by its other spelling."""
    letter = t.letter.c
    left = (*_LEFT, LetterState.BOUNCED.value)
    mine = (letter.channel == MAIL, letter.state.in_(left), letter.made_at >= since)
    wanted = frozenset(map(ascii_mailbox, addresses))
    written = conn.scalars(select(letter.recipient).where(*mine).distinct())
    theirs = [each for each in written if ascii_mailbox(each) in wanted]
    query = select(t.letter).where(letter.recipient.in_(theirs), *mine).order_by(letter.id.desc())
    return [letter_from(row, row["message"]) for row in conn.execute(query).mappings()]


def bounce(conn: Connection, held: Letter, answer: str, now: datetime) -> bool:
    letter = t.letter.c
    back = {"state": LetterState.BOUNCED.value, "answer": answer, "ended_at": now, "message": _spent(held.message)}
    mine = (letter.id == held.id, letter.state.in_(_LEFT))
    return conn.execute(update(t.letter).where(*mine).values(back)).rowcount == 1


def decide_parked(conn: Connection, letter_id: int, state: LetterState, now: datetime) -> bool:
    """Once more means the same bytes under the same Message-ID, so that a mailbox may know it for a double."""
    stuck = [LetterState.PARKED.value, LetterState.FAILED.value]
    droppable = [*stuck, _WAITING] if state is LetterState.DROPPED else stuck
    mine = (t.letter.c.id == letter_id, t.letter.c.state.in_(droppable))
    again: Mapping[str, Any] = {"due_at": now, "ended_at": None}
    if state in _SPENT:
        message = conn.scalar(select(t.letter.c.message).where(*mine)) or b""
        again = {"ended_at": now, "message": _spent(message)}
    return conn.execute(update(t.letter).where(*mine).values(state=state.value, **again)).rowcount == 1


def _spent(message: bytes) -> bytes:
    """What is kept of a letter that will not leave again: the number that a bounce names, and none of its buttons."""
    number = number_of(message)
    return f"Message-ID: {number}\r\n\r\n".encode() if number else b""


def letter_from(row: Cells, message: bytes = b"") -> Letter:
    return Letter(
        id=row["id"],
        key=row["key"],
        kind=LetterKind(row["kind"]),
        slot=row["slot"],
        channel=row["channel"],
        recipient=row["recipient"],
        shared=row["shared"],
        subject=row["subject"],
        state=LetterState(row["state"]),
        made_at=row["made_at"],
        due_at=row["due_at"],
        attempts=row["attempts"],
        answer=row["answer"],
        claim=row["claim"] or "",
        ended_at=row["ended_at"],
        message=message,
    )
