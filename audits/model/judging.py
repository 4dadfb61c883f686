"""What is concluded, and what becomes of it.

Observation ─judge▶ Finding ─advance▶ Standing, Drift ─follow▶ Case
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NamedTuple

from audits.model.seeing import Marker, Route


class Outcome(StrEnum):
    """W3C EARL's five outcomes (https://www.w3.org/TR/EARL10-Schema/#OutcomeValue)."""

    PASSED = "passed"
    FAILED = "failed"
    CANNOT_TELL = "cannot_tell"
    INAPPLICABLE = "inapplicable"
    UNTESTED = "untested"


DECIDED: Final = frozenset({Outcome.PASSED, Outcome.FAILED})
QUOTE: Final = "quote"  # of what a finding saw: the page's words from which an end was told
STATED_BY: Final = "stated_by"  # of what a finding saw: who said so instead
_COUNTED: Final = frozenset({"days"})  # of what a finding saw: true on the day of the look alone


class Severity(StrEnum):
    """How grave a failed rule is, the gravest first."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    NOTICE = "notice"


class Confirmation(NamedTuple):  # compared with others for each finding that is written
    """How often, and over how long, a change must be seen before anyone is told.

    Looks closer together than `gap_hours` count as one, and so do looks within half an hour.
    """

    looks: int = 2
    hours: int = 0
    gap_hours: int = 12


TWO_LOOKS: Final = Confirmation()
_NOTHING: Final[Mapping[str, str]] = {}


class Finding(NamedTuple):  # one for each rule and look, and made in half the time of a dataclass
    """One rule held against one observation. `fingerprint` is the value the rule looked at, nothing more."""

    account_id: int
    rule: str
    outcome: Outcome
    observed_at: datetime
    severity: Severity = Severity.MEDIUM
    confirmation: Confirmation = TWO_LOOKS
    fingerprint: str = ""
    seen: Mapping[str, str] = _NOTHING  # what to print beside it: limit, date, value
    why: str = ""  # why it could not be told, or does not apply
    route: Route | None = None
    evidence: tuple[Marker, ...] = ()

    @property
    def stated_by(self) -> str:
        """Who acquits here in their own name; "" where it was seen."""
        return self.seen.get(STATED_BY, "")


def without_counts(seen: Mapping[str, str]) -> Mapping[str, str]:
    """What an earlier look saw, such as the one that opened a case, without what only held on its own day."""
    return {name: value for name, value in seen.items() if name not in _COUNTED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A change that has been seen, and not yet often enough to be believed."""

    outcome: Outcome
    fingerprint: str
    since: datetime
    last: datetime
    looks: int = 1


class Standing(NamedTuple):  # as many as findings
    """What is held true of one account and rule: the last decided finding, and a change awaiting confirmation.

    No baseline counts as passed, so a first failure is drift.
    """

    outcome: Outcome = Outcome.PASSED
    fingerprint: str = ""
    severity: Severity | None = None
    decided_at: datetime | None = None
    pending: Pending | None = None

    @property
    def is_carried(self) -> bool:
        """Whether it stood confirmed at an address that the register has changed, and no look at the new one has seen
        it: it is told again after as many looks as anything else.
        """
        return self.pending is not None and self.pending.looks == 0


NEVER_DECIDED: Final = Standing()


class DriftStage(StrEnum):
    """What became of a change against what was held true."""

    PENDING = "pending"  # seen, not yet often enough
    CONFIRMED = "confirmed"
    WORSENED = "worsened"  # the same deviation, told again because its severity rose
    MENDED = "mended"
    RELEASED = "released"  # passed as its rule now stands, which has changed since a look last saw it fail
    CALMED = "calmed"  # a pending change that was not there at the next look
    HELD = "held"  # too many at once: a person looks first


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """A finding that departs from its baseline."""

    finding: Finding
    before: Outcome
    stage: DriftStage


class CaseState(StrEnum):
    """Where a case stands, by looks and by what people say of it."""

    NEW = "new"
    CONFIRMED = "confirmed"
    ACKNOWLEDGED = "acknowledged"
    EXPLAINED = "explained"
    SAID_NOT_OURS = "said_not_ours"  # said by the administration; the officer has not confirmed it
    NOT_OURS = "not_ours"
    CLAIMED_FIXED = "claimed_fixed"
    VERIFIED_FIXED = "verified_fixed"
    RELEASED = "released"  # the rule has changed, or does not bind: nothing was mended, and nothing is held against it
    SUPERSEDED = "superseded"  # still failing, but on another value: a case of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A drift that lives on, keyed by account, rule and what was seen; never by run, so decisions survive."""

    account_id: int
    rule: str
    fingerprint: str
    state: CaseState
    severity: Severity
    opened_at: datetime
    changed_at: datetime
    seen: Mapping[str, str] = field(default_factory=dict)
    by: str = ""
    reason: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEvent:
    """One turn of a case: what was done, and what the case was from then on. A look acts in nobody's name."""

    at: datetime
    act: str
    state: CaseState
    by: str = ""
    reason: str = ""
    until: date | None = None
