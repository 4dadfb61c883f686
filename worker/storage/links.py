"""Links: what a button is good for, found by the hash of its token and used up once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, func, select, update

from audits.digest import CaseKey, Purpose
from worker.ports.telling import LetterKind, Link, NewLink
from worker.storage import tables as t
from worker.storage.codec import case_from, digest_of
from worker.storage.columns import clean


def find(conn: Connection, hash_: str) -> Link | None:
    row = conn.execute(select(t.link).where(t.link.c.hash == hash_)).mappings().one_or_none()
    if row is None:
        return None
    case = conn.execute(select(t.cases).where(t.cases.c.id == row["case_id"])).mappings().one_or_none()
    kind = conn.scalar(select(t.letter.c.kind).where(t.letter.c.id == row["letter_id"]))
    return Link(
        hash=row["hash"],
        purpose=Purpose(row["purpose"]),
        recipient=row["recipient"],
        language=row["language"],
        expires_at=row["expires_at"],
        used_at=row["used_at"],
        used_by=row["used_by"],
        case=case_from(case) if case else None,
        account_id=row["account_id"],
        candidate_id=row["candidate_id"],
        letter_id=row["letter_id"],
        letter_kind=LetterKind(kind) if kind else None,
    )


def hold(conn: Connection, hash_: str) -> Link | None:
    """Whoever presses the same link at the same time waits: its row is locked. SQLite has one writer anyway."""
    conn.execute(select(t.link.c.hash).where(t.link.c.hash == hash_).with_for_update())
    return find(conn, hash_)


def use(conn: Connection, hash_: str, by: str, now: datetime, again_before: datetime | None) -> bool:
    link = t.link.c
    unused = link.used_at.is_(None)
    free = unused if again_before is None else unused | (link.used_at < again_before)
    return (
        conn.execute(
            update(t.link).where(link.hash == hash_, free, link.expires_at > now).values(used_at=now, used_by=by)
        ).rowcount
        == 1
    )


def free(conn: Connection, case_id: int, used_at: datetime) -> None:
    """Let the answers to a case that were used up at that moment be used again; an undo stays used."""
    link = t.link.c
    used = (link.case_id == case_id, link.used_at == used_at, link.purpose != Purpose.UNDO.value)
    conn.execute(update(t.link).where(*used).values(used_at=None, used_by=""))


def add(conn: Connection, links: Sequence[NewLink], recipient: str, language: str, letter_id: int | None) -> None:
    """Keep the hashes of new tokens; a link about a case is one about its account too."""
    if links:
        ids = case_ids(conn, [link.case for link in links if link.case])
        rows = [
            {
                "hash": link.hash,
                "purpose": link.purpose.value,
                "letter_id": letter_id,
                "recipient": recipient,
                "language": language,
                "case_id": ids[link.case] if link.case else None,
                "account_id": link.account_id or (link.case[0] if link.case else None),
                "candidate_id": link.candidate_id,
                "expires_at": link.expires_at,
                "used_by": "",
            }
            for link in links
        ]
        conn.execute(t.link.insert(), rows)


def press(conn: Connection, link: Link, most: int, since: datetime, now: datetime) -> bool:
    """Older presses are forgotten."""
    hold(conn, link.hash)
    pressed, mailbox = t.press.c, link.recipient.casefold()
    mine = (pressed.recipient == mailbox, pressed.purpose == link.purpose.value)
    conn.execute(delete(t.press).where(*mine, pressed.at <= since))
    if conn.execute(select(func.count()).select_from(t.press).where(*mine)).scalar_one() >= most:
        return False
    conn.execute(t.press.insert().values(recipient=mailbox, purpose=link.purpose.value, at=now))
    return True


def case_ids(conn: Connection, keys: Sequence[CaseKey]) -> Mapping[CaseKey, int]:
    """The rows of cases by what they are known by. Raises `KeyError` later for a case that is not there."""
    case = t.cases.c
    mine = case.account_id.in_({account_id for account_id, _, _ in keys})
    rows = conn.execute(select(case.id, case.account_id, case.rule, case.fingerprint_digest).where(mine))
    found = {(account_id, rule, digest): id_ for id_, account_id, rule, digest in rows}
    wanted = {key: (key[0], key[1], digest_of(clean(key[2]))) for key in keys}
    return {key: found[stored] for key, stored in wanted.items() if stored in found}
