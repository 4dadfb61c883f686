"""What stands beside an account that no look at a platform shows: what was asked, answered, planned and approved.

Question ─▶ Asked ─▶ Answer ─┐
Rest, Closing ───────────────┼▶ Circumstances of one account, as rules see it
approved picture, last seen ─┘
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What somebody of the city (`by`, a name or a role) answered at `at` (UTC) of one account."""

    account_id: int
    question: str
    yes: bool
    by: str
    at: datetime
    note: str = ""
    source_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question put to an administration of one account, and the last day on which an answer is in time."""

    round_id: int
    account_id: int
    question: str
    at: datetime
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """A planned silence, first and last day included."""

    account_id: int
    starts_on: date
    until: date
    reason: str
    by: str
    id: int = 0

    def holds(self, day: date) -> bool:
        return self.starts_on <= day <= self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDone:
    """A step of a closing that was found done: seen by a look, or attested `by` somebody."""

    step: str
    at: datetime
    by: str = ""
    how: str = "seen"
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """A decided closing that is under way. `successor` is where readers are sent instead."""

    account_id: int
    started_at: datetime
    closes_on: date
    by: str
    reason: str
    successor: str | None = None
    id: int = 0
    done: Mapping[str, StepDone] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A profile picture: where it stood, and its dHash as 16 hexadecimal digits."""

    url: str
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """Everything of one account that stands beside the looks. Of each question the latest answer counts.

    `added_at` is when the account came into the register, and `last_seen_at` the last look that could tell whether it
    is there; `picture` is the profile picture
    that was last looked at, None where there was none.
    """

    answers: Mapping[str, Answer] = field(default_factory=dict)
    asked: Mapping[str, Asked] = field(default_factory=dict)  # open: asked since the latest answer
    rest: Rest | None = None
    closing: Closing | None = None
    added_at: datetime | None = None
    last_seen_at: datetime | None = None
    picture: Picture | None = None


NO_CIRCUMSTANCES: Final = Circumstances()
