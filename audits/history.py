"""What became of one account over the nights, as values to draw and to tell.

looks, posts, drifts, what people said, changes of the register ─▶ History

Only the looks of the nights that are drawn are there; what people said and what the register had is whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from audits.model import CaseState, DriftStage, Existence, Severity, Stated, Transport


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """How one look at an account went; `at` is UTC."""

    at: datetime
    transport: Transport
    existence: Existence

    @property
    def is_read(self) -> bool:
        return self.transport is Transport.OK


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """A verdict that moved at a look."""

    at: datetime
    rule: str
    stage: DriftStage
    severity: Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What somebody, by name or role, made of a verdict."""

    at: datetime
    rule: str
    state: CaseState
    by: str
    reason: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """That somebody stated, at `at` (UTC) and in their own name, what held on the day `on`."""

    at: datetime
    what: Stated
    on: date
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What an import did to the account's row in the register."""

    at: datetime
    kind: str
    by: str
    why: str = ""


Event: TypeAlias = Turned | Answered | Said | Entered


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """One account's history, each kind oldest first. `posts` are the times of posts that were seen."""

    looks: tuple[Glance, ...] = ()
    posts: tuple[datetime, ...] = ()
    turned: tuple[Turned, ...] = ()
    answered: tuple[Answered, ...] = ()
    said: tuple[Said, ...] = ()
    entered: tuple[Entered, ...] = ()

    @property
    def last_read(self) -> datetime | None:
        """When the account was last read, within the nights that are there."""
        return max((each.at for each in self.looks if each.is_read), default=None)

    @property
    def events(self) -> tuple[Event, ...]:
        """Everything that was concluded, said and registered, the latest first."""
        events: list[Event] = [*self.entered, *self.said, *self.turned, *self.answered]
        return tuple(sorted(events, key=lambda each: each.at, reverse=True))


NO_HISTORY = History()
