"""Writing letters: the weekly ones, the officer's overview, and what is told at once.

    due? ─ what is held ─▶ Digest ─▶ Sheet ─▶ finished letter + its links ─▶ outbox, all of a slot or nothing

Whether a letter has been written is decided by inserting its slot, so every step may be called at any time, by
several processes at once, and again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from audits.digest import (
    Addressee,
    Briefing,
    Button,
    Digest,
    Fact,
    Held,
    Purpose,
    Question,
    Sheet,
    Weekly,
    WhenWell,
    due_slot,
    fitted,
    gather,
    speak,
)
from audits.digest.at_once import Trouble
from audits.model import Case
from audits.recipients import NO_MAILBOX, Answering, Mailbox, Mailboxes, whom_to_tell
from audits.rulebook import Routine
from audits.wording import Terms
from audits.wording.reasons import quoted
from worker.gathering import dossiers
from worker.ports import RecipientStore, ReportStore
from worker.ports.telling import Correspondence, LetterKind, NewLetter, NewLink

PATHS: Final[Mapping[Purpose, str]] = {
    Purpose.FIX: "fix",
    Purpose.EXPLAIN: "explain",
    Purpose.NOT_OURS: "not-ours",
    Purpose.RECHECK: "recheck",
    Purpose.EVIDENCE: "evidence",
    Purpose.REPORT: "report",
    Purpose.OURS: "ours",
    Purpose.ATTEST: "attest",
    Purpose.ROUND: "round",
    Purpose.STOP: "stop",
    Purpose.UNDO: "undo",
    Purpose.WHOLE: "letter",
}
LIFETIMES: Final[Mapping[Purpose, timedelta]] = {
    **dict.fromkeys(PATHS, timedelta(days=60)),  # two months of weekly letters, each with links of its own
    Purpose.EVIDENCE: timedelta(days=14),
    Purpose.WHOLE: timedelta(days=14),
    Purpose.UNDO: timedelta(days=14),
    Purpose.STOP: timedelta(days=400),  # a rest may be asked for by an old letter too
}

_AS_LONG: Final = "x" * 43  # a token takes as much room


class Writer(Protocol):
    """Makes a finished message of a sheet. Raises `ValueError` for an address that is none."""

    def letter(
        self, sheet: Sheet, key: str, to: Addressee, at: datetime, link_to: Callable[[Button], str]
    ) -> bytes: ...

    def note(self, sheet: Sheet, link_to: Callable[[Button], str]) -> bytes:
        """The same, short and plain, for another channel than mail."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How this deployment writes: when, to whom, and where its pages are. Without `console_url`, no buttons."""

    zone: ZoneInfo
    weekly: Weekly
    overview: Weekly
    language: str = "sv"
    when_well: WhenWell = WhenWell.LINE
    officer: Addressee | None = None
    operators: tuple[Addressee, ...] = ()
    console_url: str = ""
    channels: tuple[str, ...] = ()  # beside mail


@dataclass(frozen=True, kw_only=True)
class Telling:
    """What letters are written with."""

    store: ReportStore
    letters: Correspondence
    mailboxes: RecipientStore
    writer: Writer
    routines: Mapping[str, Routine]
    terms: Callable[[str], Terms]
    manner: Manner
    token: Callable[[], str] = field(repr=False)
    questions: Callable[[], Mapping[int, Sequence[date]]] = dict  # the last days of an account's open questions
    asked: Callable[[], Mapping[str, Sequence[Question]]] = dict  # channels that each administration is asked about
    doubted: Callable[[], Collection[int]] = frozenset  # accounts of which something is held back
    mass_changes: Callable[[], Sequence[Fact]] = tuple  # held, in the officer's words
    upkeep: Callable[[], Sequence[Fact]] = tuple  # keys that will soon be of no use, in the officer's words
    signs: Callable[[], Sequence[Fact]] = tuple  # signs that will soon prove nothing, in the same
    of_the_house: Callable[[], Sequence[Trouble]] = tuple  # what the machine lacks, for operators

    @cached_property
    def waiting(self) -> Mapping[int, Sequence[date]]:
        """The questions that wait for an answer, read once for all the letters of one slot."""
        return self.questions()

    @cached_property
    def doubted_now(self) -> Collection[int]:
        return self.doubted()

    @cached_property
    def asked_now(self) -> Mapping[str, Sequence[Question]]:
        return self.asked()

    @cached_property
    def held(self) -> Mapping[int, Held]:
        """What is held of every account, read once for all the letters of one slot."""
        reads = self.letters.last_reads()
        return {
            each.account.id: Held(dossier=each, last_read=reads.get(each.account.id))
            for each in dossiers(self.store, self.routines)
        }

    @cached_property
    def _around(self) -> Mapping[int, Mailboxes]:
        return self.mailboxes.mailboxes_around(list(self.held))

    @property
    def unnamed(self) -> frozenset[int]:
        """The accounts for which no mailbox stands in the register."""
        return frozenset(id_ for id_, around in self._around.items() if whom_to_tell(around) is None)

    @cached_property
    def addressees(self) -> Mapping[Addressee, Sequence[int]]:
        """Who answers for which accounts: mailboxes of functions first. One person is one addressee.

        The officer answers where nobody else is named.
        """
        own = self.manner.officer
        officer = Mailbox(recipient=own.address, language=own.language) if own else NO_MAILBOX
        found: dict[str, tuple[Addressee, list[int]]] = {}
        wishes = self.letters.wishes()
        for account_id, around in sorted(self._around.items()):
            told = whom_to_tell(around, officer)
            if told is None:
                continue
            shared = told.answering is not Answering.ACCOUNT
            to = Addressee(address=told.recipient, language=told.language or self.manner.language, shared=shared,
                           when_well=wishes.get(told.recipient.casefold(), self.manner.when_well))  # fmt: skip
            found.setdefault(told.recipient.casefold(), (to, []))[1].append(account_id)
        ordered = sorted(found.values(), key=lambda each: (not each[0].shared, each[0].address))
        return dict(ordered)


def write_week(telling: Telling, now: datetime) -> int | None:
    """Write the weekly letters once their moment has come; how many, or None where they are not due or are written."""
    slot = due_slot(now, telling.manner.zone, telling.manner.weekly)
    if slot is None or telling.letters.written(LetterKind.WEEKLY, slot):
        return None
    new = [_weekly(telling, digest, sheet, now) for digest, sheet in week(telling, slot, now)]
    return len(new) if telling.letters.write(LetterKind.WEEKLY, slot, new, now) else None


def week(
    telling: Telling, slot: str, now: datetime, *, also_unreleased: bool = False
) -> Iterator[tuple[Digest, Sheet]]:
    """Every letter of a week in facts and in words; with `also_unreleased`, what would be said to all."""
    released = telling.letters.released()
    resting = {pause.recipient.casefold() for pause in telling.letters.pauses(now)}
    for to, accounts in telling.addressees.items():
        held = [each for each in _held_by(telling, accounts) if also_unreleased or _owner(each) in released]
        if not held or (to.address.casefold() in resting and not also_unreleased):
            continue
        digest = gather(to, held, _briefing(telling, slot, now, to))
        officer = telling.manner.officer.address if telling.manner.officer else ""
        if also_unreleased or not (digest.counts.nothing_to_say and to.when_well is WhenWell.SILENCE):
            yield digest, speak(digest, telling.terms(to.language), telling.manner.zone, officer)


def _held_by(telling: Telling, accounts: Iterable[int]) -> list[Held]:
    return [telling.held[account_id] for account_id in accounts if account_id in telling.held]


def _owner(held: Held) -> str:
    return held.dossier.account.administration or ""


def _briefing(telling: Telling, slot: str, now: datetime, to: Addressee) -> Briefing:
    told = telling.letters.told(to.address, slot)
    return Briefing(
        slot=slot,
        now=now,
        zone=telling.manner.zone,
        routines=telling.routines,
        told=told,
        questions=telling.waiting,
        asked=telling.asked_now,
        doubted=telling.doubted_now,
    )


def _weekly(telling: Telling, digest: Digest, sheet: Sheet, now: datetime) -> NewLetter:
    key = f"{LetterKind.WEEKLY.value}:{digest.slot}:{digest.recipient.address}"
    lines = [remark.case for part in digest.parts for remark in part.remarks]
    return finished(telling, sheet, key, digest.recipient, now, lines)


def finished(
    telling: Telling, sheet: Sheet, key: str, to: Addressee, now: datetime, lines: Sequence[Case] = ()
) -> NewLetter:
    """The sheet as a finished letter, with a fresh token behind every button."""
    try:
        sheet = shown_whole(telling, sheet, key, to, now)
        minted = mint(sheet, telling.manner.console_url, telling.token, now)
        number = f"{key}:{telling.token()}"  # nobody can report on a letter that they never had
        message = telling.writer.letter(sheet, number, to, now, addressed(minted))
    except ValueError:  # an address that none can be sent to is the officer's to mend, and keeps nobody waiting
        refused = f"no_mail_address: {quoted(to.address[:200])}"
        return NewLetter(key=key, recipient=to, subject=sheet.subject, message=b"", refused=refused)
    links = [link for _, link in minted.values()]
    return NewLetter(key=key, recipient=to, subject=sheet.subject, message=message, lines=lines, links=links)


def shown_whole(telling: Telling, sheet: Sheet, key: str, to: Addressee, now: datetime) -> Sheet:
    """As much of the sheet as a mail program shows. Raises `ValueError` for an address that is none."""
    url = telling.manner.console_url.rstrip("/")

    def as_long(button: Button) -> str:
        return f"{url}/{PATHS[button.purpose]}/{_AS_LONG}" if url else ""

    return fitted(sheet, lambda tried: len(telling.writer.letter(tried, key, to, now, as_long)))


def addressed(minted: Mapping[Button, tuple[str, NewLink]]) -> Callable[[Button], str]:
    """Where each button leads; "" for one that has no link."""
    return lambda button: minted[button][0] if button in minted else ""


def mint(sheet: Sheet, console_url: str, token: Callable[[], str], now: datetime) -> dict[Button, tuple[str, NewLink]]:
    """A link for every button of the sheet: the address with its token, and what is kept of it, a hash."""
    if not console_url:
        return {}
    return {button: _minted(button, console_url, token(), now) for button in buttons_of(sheet)}


def _minted(button: Button, console_url: str, token: str, now: datetime) -> tuple[str, NewLink]:
    link = NewLink(
        hash=hash_of(token),
        purpose=button.purpose,
        expires_at=now + LIFETIMES[button.purpose],
        case=button.case,
        account_id=button.account_id,
        candidate_id=button.candidate_id,
    )
    return f"{console_url.rstrip('/')}/{PATHS[button.purpose]}/{token}", link


def hash_of(token: str) -> str:
    """What is kept of a token: 256 random bits need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def buttons_of(sheet: Sheet) -> Iterator[Button]:
    """Every button of a letter, in the order read."""
    for block in sheet.blocks:
        for entry in block.entries:
            yield from entry.buttons
    yield from sheet.buttons
    if sheet.stop:
        yield sheet.stop
