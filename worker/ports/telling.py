"""What telling people needs of the world.

    Correspondence   who may be written to, what they were told, and the outbox of finished letters
    Post             hands one letter over; every failure is a named `Handover`, never an exception

A letter's states, each written before the next thing is done:

    waiting ─▶ claimed ─▶ started ─▶ sent
       ▲          │          ├─────▶ bounced · failed        the server said no, to the address or to the letter
       └──────────┴ later    └─────▶ parked                  it may have arrived: a person decides, nobody sends twice

    sent · parked ─▶ bounced      the mail server takes it back by a letter of its own
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from audits.digest import Addressee, CaseKey, Purpose, ToldBefore, WhenWell
from audits.model import Case


class LetterKind(StrEnum):
    """Which letter it is; docs/digest.md tells to whom each goes, and when."""

    WEEKLY = "weekly"
    OVERVIEW = "overview"
    URGENT = "urgent"
    TROUBLE = "trouble"
    NOTICE = "notice"


class LetterState(StrEnum):
    """Where a letter stands on its way."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    STARTED = "started"
    SENT = "sent"
    BOUNCED = "bounced"  # this address is refused for good
    FAILED = "failed"  # the letter is refused for good, or was put off for two days
    PARKED = "parked"  # it may or may not have arrived
    DROPPED = "dropped"  # a person decided that it need not go out


ENDED = frozenset({LetterState.SENT, LetterState.BOUNCED, LetterState.FAILED, LetterState.PARKED, LetterState.DROPPED})
MAIL = "mail"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLink:
    """What a button will be good for. `hash` is the SHA-256 of its token, in hex."""

    hash: str
    purpose: Purpose
    expires_at: datetime
    case: CaseKey | None = None
    account_id: int | None = None
    candidate_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLetter:
    """A finished letter. `lines` are the cases that it tells of, as they stood.

    `refused` says why nothing can be sent to this address; the letter then counts as bounced from the start.
    """

    key: str
    recipient: Addressee
    subject: str
    message: bytes = field(repr=False)
    channel: str = MAIL
    refused: str = ""
    lines: Sequence[Case] = ()
    links: Sequence[NewLink] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter of the outbox. `claim` names the sender that holds it."""

    id: int
    key: str
    kind: LetterKind
    slot: str
    channel: str
    recipient: str
    shared: bool
    subject: str
    state: LetterState
    made_at: datetime
    due_at: datetime
    attempts: int
    answer: str = ""
    claim: str = ""
    ended_at: datetime | None = None
    message: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What a token that was shown is good for."""

    hash: str
    purpose: Purpose
    recipient: str
    language: str
    expires_at: datetime
    used_at: datetime | None = None
    used_by: str = ""
    case: Case | None = None
    account_id: int | None = None
    candidate_id: int | None = None
    letter_id: int | None = None
    letter_kind: LetterKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A rest that somebody has asked for a mailbox; both moments are UTC."""

    recipient: str
    by: str
    since: datetime
    ends_at: datetime


class Outbox(Protocol):
    """Finished letters on their way. Every method is one transaction; times are UTC."""

    def claim(self, now: datetime, seconds: float) -> Letter | None:
        """The next letter that is due, for this sender alone and so long; mailboxes of functions come first."""
        ...

    def start(self, letter: Letter, now: datetime) -> bool:
        """From here on the letter may arrive; False where the claim is no longer this sender's."""
        ...

    def end(self, letter: Letter, state: LetterState, answer: str, now: datetime) -> bool:
        """The letter's last word, or back to waiting; False where the claim is no longer this sender's."""
        ...

    def put_off(self, letter: Letter, until: datetime, answer: str) -> bool: ...
    def recover(self, now: datetime) -> int:
        """Take back claims that ran out: what was not started waits again, what was is parked. How many were parked."""
        ...

    def letters(self, states: Collection[LetterState] = (), since: datetime | None = None) -> Sequence[Letter]:
        """Letters in these states (none: all), without their messages, the latest first."""
        ...

    def sent_to(self, addresses: Collection[str], since: datetime) -> Sequence[Letter]:
        """Mails that left for these addresses, or may have, with their messages, the latest first.

        An address is the same in any case and with its domain in either spelling (IDNA).
        """
        ...

    def bounce(self, letter: Letter, answer: str, now: datetime) -> bool:
        """A letter that had left has come back; False where that is known already."""
        ...

    def decide_parked(self, letter_id: int, state: LetterState, now: datetime) -> bool:
        """A person's word on a letter that is parked or failed: waiting (once more) or dropped."""
        ...


class Correspondence(Protocol):
    """Who is written to and what was written. Every method is one transaction; times are UTC."""

    def write(self, kind: LetterKind, slot: str, letters: Sequence[NewLetter], now: datetime) -> bool:
        """All letters of a slot with their lines and links, or nothing; False where the slot has been written."""
        ...

    def written(self, kind: LetterKind, slot: str) -> bool: ...
    def last_reads(self) -> Mapping[int, datetime]:
        """When a look last saw each account; an account that none has seen is left out."""
        ...

    def told(self, recipient: str, slot: str) -> Mapping[CaseKey, ToldBefore]:
        """Every line told to the recipient in weekly letters before the slot, or at once."""
        ...

    def rounds(self, cases: Sequence[Case]) -> Mapping[CaseKey, int]:
        """How often each case has been mended: a case that fails anew is told anew."""
        ...

    def answered_since(self, since: datetime) -> frozenset[str]:
        """Recipients who pressed any button since then."""
        ...

    def first_written(self) -> Mapping[str, datetime]:
        """When each recipient got its first weekly letter."""
        ...

    def released(self) -> Mapping[str, str]:
        """Administrations that may be written to, and who said so."""
        ...

    def release(self, administration: str, by: str, now: datetime) -> bool:
        """False where no administration of that name is in the register."""
        ...

    def withdraw(self, administration: str, now: datetime, by: str = "") -> bool:
        """Take a release back; False where there was none."""
        ...

    def pauses(self, now: datetime) -> Sequence[Pause]: ...
    def pause(self, recipient: str, by: str, until: datetime, now: datetime) -> bool:
        """Pause a recipient's letters; False where somebody else does so at this very moment, and theirs stands."""
        ...

    def unpause(self, recipient: str, by: str, now: datetime) -> bool: ...
    def wishes(self) -> Mapping[str, WhenWell]:
        """What recipients have chosen for a week in which there is nothing to say, by address in lower case."""
        ...

    def wish(self, recipient: str, when_well: WhenWell | None, by: str, now: datetime) -> bool:
        """Keep a recipient's choice, None: as the deployment has it; False where that stands already."""
        ...


class Links(Protocol):
    """What buttons are good for."""

    def find(self, hash_: str) -> Link | None: ...
    def hold(self, hash_: str) -> Link | None:
        """The link as it stands; until the end of the transaction nobody else presses it."""
        ...

    def use(self, hash_: str, by: str, now: datetime, *, again_before: datetime | None = None) -> bool:
        """Use a link up; False where it has been used (since `again_before`, if given), is over or is not there."""
        ...

    def add(self, links: Sequence[NewLink], recipient: str, language: str) -> None: ...
    def press(self, link: Link, most: int, since: datetime, now: datetime) -> bool:
        """Count one press of such a button by the link's mailbox; False, uncounted, after `most` of them `since`."""
        ...


class Fate(StrEnum):
    """What became of one attempt to hand a letter over."""

    SENT = "sent"
    LATER = "later"  # refused for now, or nobody there
    BOUNCED = "bounced"
    REFUSED = "refused"
    UNKNOWN = "unknown"  # nobody can tell whether it arrived
    BLOCKED = "blocked"  # nothing can be sent until a person has mended something


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """What became of one letter; `answer` is the server's own, or why none was had."""

    fate: Fate
    answer: str = ""


Started = Callable[[], bool]
"""Called when the letter's own bytes are about to leave; where it says False, they must not."""


class Post(Protocol):
    """Hands letters over; one connection may carry several."""

    def hand_over(self, letter: Letter, started: Started) -> Handover: ...
    def close(self) -> None: ...
