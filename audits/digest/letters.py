"""The facts of a letter.

    Digest ◀─ Part (one administration) ◀─ Remark (a confirmed deviation) · Unseen · Became (last week's line)

Their words are a sheet's (sheets.py); neither knows of mail, pages or addresses of pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final, TypeAlias

from audits.attesting import is_unanswered
from audits.model import Account, Case, CaseState, Closing, Finding, RegisteredId, Severity
from audits.reconciling import NOWHERE, Linked
from audits.rulebook import Ground, Routine

CaseKey: TypeAlias = tuple[int, str, str]
"""Account id, rule and fingerprint: what a case is known by."""


def key_of(case: Case) -> CaseKey:
    """What the case is known by, whatever becomes of it."""
    return case.account_id, case.rule, case.fingerprint


class Purpose(StrEnum):
    """The one thing that a link in a letter is good for."""

    FIX = "fix"
    EXPLAIN = "explain"
    NOT_OURS = "not_ours"
    RECHECK = "recheck"
    EVIDENCE = "evidence"
    REPORT = "report"
    OURS = "ours"
    ATTEST = "attest"
    ROUND = "round"
    STOP = "stop"
    UNDO = "undo"
    WHOLE = "whole"


class WhenWell(StrEnum):
    """What a recipient wants in a week in which there is nothing to say."""

    LINE = "line"
    SILENCE = "silence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """Who is written to, and how. `shared` is a mailbox of a function, which outlives the people who read it."""

    address: str
    language: str = "sv"
    shared: bool = True
    when_well: WhenWell = WhenWell.LINE


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldBefore:
    """A line of an earlier letter to the same recipient: since when it is told, and how it stood in the last one.

    What has ended since it was told, and has come back, is told since no day. `last_week` is whether the latest weekly
    letter told it, or one that could not wait, since.
    """

    since: date | None
    state: CaseState
    last_week: bool = True

    def known(self, today: date) -> date | None:
        """Since when it was known before today; None where it is news."""
        return self.since if self.since and self.since < today else None

    def awaits(self, today: date) -> bool:
        """Whether the letter before today's is to be followed up: of what was told this morning nothing became."""
        return self.last_week and self.since != today


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One confirmed deviation as it is told.

    `sight` is what the last look that showed it found; where a later one did not, `blind` says why. `registered` is
    the id that the register has, where another one was seen. `due` is counted from the day on which its administration
    was first told, None until then; `known` is since when the recipient knows of it, None where it is news. `linked`
    are the city's own pages that lead to what is gone or another's.
    """

    case: Case
    account: Account
    routine: Routine
    sight: Finding
    registered: RegisteredId | None = None
    basis: str = ""
    ground: Ground = Ground.LOOK
    blind: str = ""
    known: date | None = None
    due: date | None = None
    linked: Linked = NOWHERE

    @property
    def is_new(self) -> bool:
        return self.known is None

    @property
    def seen(self) -> Mapping[str, str]:
        return self.sight.seen

    @property
    def seen_at(self) -> datetime:
        """When it was last seen (UTC): a count of days belongs to that look."""
        return self.sight.observed_at

    @property
    def is_unanswered(self) -> bool:
        """Whether it is a question without an answer: told among the questions, and no remark."""
        return is_unanswered(self.case.seen) or is_unanswered(self.seen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseen:
    """One account that could not be seen, why, since when, what opens it, and what somebody confirmed of it.

    `remedies` are the last parts of `remedy.…`: what can be done from the letter, and what is done anyway.
    """

    account: Account
    why: str
    since: datetime | None
    remedies: tuple[str, ...] = ()
    confirmed: Mapping[str, str] = field(default_factory=dict)
    stands: bool = False  # whether a remark on it was confirmed before


@dataclass(frozen=True, slots=True, kw_only=True)
class Became:
    """A line of last week's letter, and the case as it stands now; None where its account has left the register."""

    account: Account | None
    routine: Routine | None
    key: CaseKey
    case: Case | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A channel that an administration is asked about: is it its own? `candidate` is its number in triage, `origin` how
    it was found, `where` the surest page that names it, and `on` the day of asking.
    """

    candidate: int
    name: str
    url: str
    origin: str
    where: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """The questions that wait for an answer: how many, about which accounts, and the first day that has not passed by
    which one is wanted. `late` counts those whose day has passed, `late_since` is the first of these days.
    """

    count: int = 0
    accounts: tuple[Account, ...] = ()
    due_on: date | None = None
    late: int = 0
    late_since: date | None = None


NONE_WAITS: Final = Waiting()


@dataclass(frozen=True, slots=True)
class Looks:
    """How many accounts were read, of how many, and on how many of those read a remark stands."""

    read: int
    accounts: int
    remarked: int = 0

    @property
    def unseen(self) -> int:
        return self.accounts - self.read


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """An account whose closing is decided, for a day that has not passed: a decision and no remark."""

    account: Account
    closing: Closing


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one administration is told; `units` names those of its units whose accounts are meant.

    `remarked` counts the accounts that were read and on which a remark stands, whatever was answered to it.
    """

    administration: str
    units: tuple[str, ...]
    accounts: int
    read: int
    last_look: datetime | None
    routes: tuple[str, ...]
    remarks: tuple[Remark, ...]
    unseen: tuple[Unseen, ...]
    became: tuple[Became, ...]
    remarked: int = 0
    questions: Waiting = NONE_WAITS
    asked: tuple[Question, ...] = ()
    leaving: tuple[Leaving, ...] = ()
    doubted: tuple[Account, ...] = ()  # of which something is held back, since too many changed at once

    @property
    def taken(self) -> tuple[Remark, ...]:
        """Taken over or free for anybody to take: before everything else."""
        return tuple(each for each in self.remarks if each.case.severity is Severity.CRITICAL)

    @property
    def to_do(self) -> tuple[Remark, ...]:
        return tuple(each for each in self.remarks if each.case.severity is not Severity.CRITICAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What the subject says."""

    taken: int = 0
    new: int = 0
    remaining: int = 0
    fixed: int = 0
    unseen: int = 0
    asked: int = 0  # about channels, and of rounds

    @property
    def nothing_to_say(self) -> bool:
        """Nothing to do or to answer and nothing that became: what could not be seen alone is no reason to write."""
        return not (self.taken or self.new or self.remaining or self.fixed or self.asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """One recipient's letter of one week, in facts. `slot` names the week, such as 2026-W47."""

    recipient: Addressee
    slot: str
    made_at: datetime
    parts: tuple[Part, ...]
    handed_on: int = 0  # of the last letter's lines: about accounts that its recipient answers for no longer

    @property
    def counts(self) -> Counts:
        remarks = [each for part in self.parts for each in part.remarks]
        ordinary = [each for each in remarks if each.case.severity is not Severity.CRITICAL]
        became = [each.case for part in self.parts for each in part.became if each.case]
        return Counts(
            taken=len(remarks) - len(ordinary),
            new=sum(each.is_new for each in ordinary),
            remaining=sum(not each.is_new for each in ordinary),
            fixed=sum(case.state is CaseState.VERIFIED_FIXED for case in became),
            unseen=sum(len(part.unseen) for part in self.parts),
            asked=sum(len(part.asked) for part in self.parts) + self.questions,
        )

    @property
    def looks(self) -> Looks:
        return Looks(
            read=sum(part.read for part in self.parts),
            accounts=sum(part.accounts for part in self.parts),
            remarked=sum(part.remarked for part in self.parts),
        )

    @property
    def questions(self) -> int:
        """That wait for an answer, on the page of a round."""
        return sum(part.questions.count for part in self.parts)

    @property
    def keys(self) -> tuple[CaseKey, ...]:
        """The cases that this letter tells of."""
        return tuple(key_of(each.case) for part in self.parts for each in part.remarks)
