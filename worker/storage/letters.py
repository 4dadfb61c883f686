"""Letters in the database: every method of `Correspondence`, `Outbox` and `Links` as one transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from audits.digest import CaseKey, ToldBefore, WhenWell
from audits.model import Case
from worker.ports.telling import Letter, LetterKind, LetterState, Link, NewLetter, NewLink, Pause
from worker.storage import correspondence, links, outbox, told_before
from worker.storage.engine import OnDatabase
from worker.storage.tokens import new_token


@dataclass(frozen=True, slots=True)
class SqlLetters(OnDatabase):
    """On SQLite or PostgreSQL; local days are those of `zone`. Every method may raise `StoreUnavailable`."""

    zone: ZoneInfo
    token: Callable[[], str] = new_token

    # --- the outbox

    def claim(self, now: datetime, seconds: float) -> Letter | None:
        return self.db.write(lambda conn: outbox.claim(conn, self.token(), now, seconds))

    def start(self, letter: Letter, now: datetime) -> bool:  # noqa: ARG002  # the port dates every step
        return self.db.write(lambda conn: outbox.start(conn, letter))

    def end(self, letter: Letter, state: LetterState, answer: str, now: datetime) -> bool:
        return self.db.write(lambda conn: outbox.end(conn, letter, state, answer, now))

    def put_off(self, letter: Letter, until: datetime, answer: str) -> bool:
        return self.db.write(lambda conn: outbox.put_off(conn, letter, until, answer))

    def recover(self, now: datetime) -> int:
        return self.db.write(lambda conn: outbox.recover(conn, now))

    def letters(self, states: Collection[LetterState] = (), since: datetime | None = None) -> Sequence[Letter]:
        return self.db.read(lambda conn: outbox.letters(conn, states, since))

    def sent_to(self, addresses: Collection[str], since: datetime) -> Sequence[Letter]:
        return self.db.read(lambda conn: outbox.sent_to(conn, addresses, since))

    def bounce(self, letter: Letter, answer: str, now: datetime) -> bool:
        return self.db.write(lambda conn: outbox.bounce(conn, letter, answer, now))

    def decide_parked(self, letter_id: int, state: LetterState, now: datetime) -> bool:
        return self.db.write(lambda conn: outbox.decide_parked(conn, letter_id, state, now))

    # --- who is written to, and what was written

    def write(self, kind: LetterKind, slot: str, letters: Sequence[NewLetter], now: datetime) -> bool:
        return self.db.write(lambda conn: correspondence.write(conn, kind, slot, letters, now))

    def written(self, kind: LetterKind, slot: str) -> bool:
        return self.db.read(lambda conn: correspondence.written(conn, kind, slot))

    def last_reads(self) -> Mapping[int, datetime]:
        return self.db.read(correspondence.last_reads)

    def told(self, recipient: str, slot: str) -> Mapping[CaseKey, ToldBefore]:
        return self.db.read(lambda conn: told_before.told(conn, recipient, slot, self.zone))

    def rounds(self, cases: Sequence[Case]) -> Mapping[CaseKey, int]:
        return self.db.read(lambda conn: correspondence.rounds(conn, cases))

    def answered_since(self, since: datetime) -> frozenset[str]:
        return self.db.read(lambda conn: correspondence.answered_since(conn, since))

    def first_written(self) -> Mapping[str, datetime]:
        return self.db.read(correspondence.first_written)

    def released(self) -> Mapping[str, str]:
        return self.db.read(correspondence.released)

    def release(self, administration: str, by: str, now: datetime) -> bool:
        return self.db.write(lambda conn: correspondence.release(conn, administration, by, now))

    def withdraw(self, administration: str, now: datetime, by: str = "") -> bool:
        return self.db.write(lambda conn: correspondence.withdraw(conn, administration, now, by))

    def pauses(self, now: datetime) -> Sequence[Pause]:
        return self.db.read(lambda conn: correspondence.pauses(conn, now))

    def pause(self, recipient: str, by: str, until: datetime, now: datetime) -> bool:
        return self.db.write(lambda conn: correspondence.pause(conn, recipient, by, until, now))

    def unpause(self, recipient: str, by: str, now: datetime) -> bool:
        return self.db.write(lambda conn: correspondence.unpause(conn, recipient, by, now))

    def wishes(self) -> Mapping[str, WhenWell]:
        return self.db.read(correspondence.wishes)

    def wish(self, recipient: str, when_well: WhenWell | None, by: str, now: datetime) -> bool:
        return self.db.write(lambda conn: correspondence.wish(conn, recipient, when_well, by, now))

    # --- what buttons are good for

    def find(self, hash_: str) -> Link | None:
        return self.db.read(lambda conn: links.find(conn, hash_))

    def hold(self, hash_: str) -> Link | None:
        return self.db.write(lambda conn: links.hold(conn, hash_))

    def use(self, hash_: str, by: str, now: datetime, *, again_before: datetime | None = None) -> bool:
        return self.db.write(lambda conn: links.use(conn, hash_, by, now, again_before))

    def add(self, new: Sequence[NewLink], recipient: str, language: str) -> None:
        self.db.write(lambda conn: links.add(conn, new, recipient, language, None))

    def press(self, link: Link, most: int, since: datetime, now: datetime) -> bool:
        return self.db.write(lambda conn: links.press(conn, link, most, since, now))
