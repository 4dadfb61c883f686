"""A report as values: what is told of the city, of each administration and of each account.

Report ─┬─ Coverage a platform ── Opening a step that would let more be seen
        ├─ Section an administration ── Line · Unread · Mended · Well
        ├─ Life an account
        └─ Chapter: a table that somebody else brings ── Night: what one night changed
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from audits.attesting import is_unanswered
from audits.history import NO_HISTORY, History
from audits.model import (
    Account,
    Case,
    CaseState,
    Closing,
    Finding,
    Marker,
    Observation,
    RegisteredId,
    Severity,
    Standing,
)
from audits.news import Night
from audits.reconciling import NOWHERE, Linked
from audits.rulebook import Basis, Ground
from audits.wording import Terms

URGENT = (Severity.CRITICAL, Severity.HIGH)
_ANSWERED = (CaseState.EXPLAINED, CaseState.SAID_NOT_OURS)  # stands, and asks nothing of the administration
_NEVER = 10_000  # days
RANK = {severity: rank for rank, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """One account with everything that is currently held of it. `linked` is told of one that is gone or another's.

    `told_at` is when a letter to its administration first told of a case (UTC), `last_shown` what the last look that
    showed it found, where the latest did not: both by the case's rule and fingerprint.
    """

    account: Account
    observation: Observation | None
    findings: tuple[tuple[Finding, Standing], ...]
    cases: tuple[Case, ...] = ()
    history: History = NO_HISTORY
    linked: Linked = NOWHERE
    told_at: Mapping[tuple[str, str], datetime] = field(default_factory=dict)
    last_shown: Mapping[tuple[str, str], Finding] = field(default_factory=dict)
    closing: Closing | None = None  # decided and under way
    registered: tuple[RegisteredId, ...] = ()  # told where another id was seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Where a case stands. `by` is who answered, at `at` (UTC), "" while nobody has."""

    state: CaseState
    at: datetime
    by: str = ""
    reason: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One confirmed deviation, with all that makes it believable.

    `since` is when it was first seen, `confirmed_at` when it stood confirmed, both UTC; `due_on` is a local date;
    `ground` is what it is known by.
    """

    account: Account
    platform: str
    rule: str
    severity: Severity
    title: str
    seen: Mapping[str, str]
    level: str
    ground: Ground
    observed_at: datetime
    since: datetime
    confirmed_at: datetime
    route: str
    basis: str
    url: str
    evidence: tuple[Marker, ...]
    source: str
    source_language: str  # "" where it is the report's own
    rests_on: Basis
    code: str
    fix: str
    due_days: int | None
    due_on: date | None = None  # None as well while its administration has not been told
    overdue: bool = False
    unseen: str = ""  # why no look has seen it since `observed_at`
    answer: Answer | None = None

    @property
    def state(self) -> CaseState:
        return self.answer.state if self.answer else CaseState.CONFIRMED

    @property
    def is_unanswered(self) -> bool:
        """Whether it is a question without an answer: nothing that was seen, and counted apart from what was."""
        return is_unanswered(self.seen)

    @property
    def is_open(self) -> bool:
        """Whether its administration has something to do: what is explained or said to be another's stands apart, and
        so do questions.
        """
        return self.state not in _ANSWERED and not self.is_unanswered

    @property
    def due(self) -> tuple[date, int, int]:
        """What to sort by: the first to be mended first, by days where none runs yet, and of one day the gravest."""
        days = _NEVER if self.due_on or self.due_days is None else self.due_days
        return (self.due_on or date.max, days, RANK[self.severity])


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """One account that could not be seen, why, what somebody states of it, and what would open it.

    `remedies` are the last parts of `remedy.…`; `last_read` is UTC, None where it was not read in the nights told of.
    """

    account: Account
    platform: str
    why: str
    sentence: str
    reason: str
    remedies: tuple[str, ...]
    stated: str = ""
    last_read: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """A deviation that had been told, and was seen to be well again."""

    account: Account
    platform: str
    title: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Well:
    """An account that was read, and of which there is nothing to say."""

    account: Account
    platform: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One administration of a report. `read` counts the accounts that could be read."""

    administration: str
    accounts: int
    read: int
    lines: tuple[Line, ...]
    unread: tuple[Unread, ...]
    mended: tuple[Mended, ...] = ()
    well: tuple[Well, ...] = ()

    @property
    def told(self) -> int:
        """Of how many accounts something is told."""
        return len({line.account.id for line in self.remarks})

    @property
    def remarks(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if not line.is_unanswered)

    @property
    def questions(self) -> tuple[Line, ...]:
        """That had no answer in time; those among them that somebody has explained."""
        return tuple(line for line in self.lines if line.is_unanswered)

    @property
    def open(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.is_open)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How far the look came on one platform: `routes` counts how it was read, `unread` why it was not."""

    platform: str
    accounts: int
    read: int
    unread: Mapping[str, int]
    routes: Mapping[str, int] = field(default_factory=dict)
    remedies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """One step that would let more be seen: what it is in words, of how many accounts, and its price a month."""

    what: str  # address · key · decision · link · attestation
    text: str
    opens: int
    price: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a chapter. A `link` is a web address, or the number of an account as `#a12`."""

    text: str
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A table with a heading and a sentence about what it is; `key` is its anchor.

    `by` is the place of the column whose words a page may put above the rows that share them.
    """

    key: str
    title: str
    lead: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    by: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """One account's page: how it stands, what it stated of itself, and what became of it."""

    account: Account
    platform: str
    standing: str  # told · unread · well
    looked_at: datetime | None
    route: str
    lines: tuple[Line, ...] = ()
    unread: Unread | None = None
    mended: tuple[Mended, ...] = ()
    stated: Mapping[str, str] = field(default_factory=dict)  # the account's own facts, by name
    last_post: datetime | None = None
    history: History = NO_HISTORY
    titles: Mapping[str, str] = field(default_factory=dict)  # of the rules that the history names


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All that is told of the city as of one moment. `waiting` counts what is not yet confirmed."""

    made_at: datetime
    terms: Terms
    accounts: int
    read: int
    waiting: int
    looked_at: datetime | None  # as of when all this stands (UTC); None where no account has been looked at
    unlooked: int  # for how many days there has been no look; 0 where that is as it should be
    coverage: tuple[Coverage, ...]
    sections: tuple[Section, ...]
    nights: tuple[Night, ...] = ()
    blind: str = ""  # what can be told of no page any more
    openings: tuple[Opening, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    lives: tuple[Life, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line, the gravest first."""
        lines = (line for section in self.sections for line in section.lines)
        return tuple(sorted(lines, key=lambda line: (RANK[line.severity], line.account.name, line.rule)))

    @property
    def open(self) -> tuple[Line, ...]:
        """What is to be done, as the officer's overview counts it."""
        return tuple(line for line in self.lines if line.is_open)

    @property
    def explained(self) -> int:
        """How many stand that an administration has explained."""
        return sum(line.state is CaseState.EXPLAINED for line in self.lines)

    @property
    def said_not_ours(self) -> int:
        """How many wait for the officer, since an administration says that the account is somebody else's."""
        return sum(line.state is CaseState.SAID_NOT_OURS for line in self.lines)

    @property
    def unanswered(self) -> tuple[Line, ...]:
        """Every question that had no answer in time, and that nobody has explained."""
        return tuple(line for section in self.sections for line in section.questions if line.state not in _ANSWERED)

    @property
    def urgent(self) -> tuple[Line, ...]:
        return tuple(line for line in self.open if line.severity in URGENT)

    @property
    def critical(self) -> tuple[Line, ...]:
        """What brooks no delay."""
        return tuple(line for line in self.open if line.severity is Severity.CRITICAL)

    @property
    def mended(self) -> tuple[Mended, ...]:
        """Everything that was mended, the latest first."""
        mended = (each for section in self.sections for each in section.mended)
        return tuple(sorted(mended, key=lambda each: each.at, reverse=True))
