"""What became of one account over the nights, as values to draw and to tell.

looks, posts, drifts, what people said, changes of the register ─▶ History

Only the looks of the nights that are drawn are there; what people said and what the register had is whole.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from audits.model import CaseState, DriftStage, Existence, Severity, Stated, Transport, is_seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """How one look at an account went; `at` is UTC.

    One that is `doubted` came through and says nothing: the control of its route did not read right.
    """

    at: datetime
    transport: Transport
    existence: Existence
    doubted: bool = False

    @property
    def is_read(self) -> bool:
        return is_seen(self.transport, self.existence, doubted=self.doubted)


class Ending(StrEnum):
    """What became of a change that was held back; the values are the last parts of `held.…`."""

    WAITS = "waits"
    AGAIN = "again"  # the next look saw it too: what that made of it stands for itself
    WITHDRAWN = "withdrawn"  # the next look did not show it
    UNSEEN = "unseen"  # the next look did not see the account, and nothing is held any more


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """A verdict that moved at a look."""

    at: datetime
    rule: str
    stage: DriftStage
    severity: Severity
    became: Ending | None = None  # of what was held, and by which look
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubted:
    """A look of which nothing counts, since the control of its route did not read right."""

    at: datetime
    doubted: bool = True


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingTurn:
    """That somebody decided on the account's closing at `at` (UTC); `act`: begun, moved or withdrawn.

    `closes_on` is the day that was decided, or given up with it.
    """

    account_id: int
    at: datetime
    act: str
    by: str
    closes_on: date
    reason: str = ""


Event: TypeAlias = Turned | Doubted | Answered | Said | Entered | ClosingTurn


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """One account's history, each kind oldest first. `posts` are the times of posts that were seen."""

    looks: tuple[Glance, ...] = ()
    posts: tuple[datetime, ...] = ()
    turned: tuple[Turned, ...] = ()
    answered: tuple[Answered, ...] = ()
    said: tuple[Said, ...] = ()
    entered: tuple[Entered, ...] = ()
    closings: tuple[ClosingTurn, ...] = ()

    @property
    def last_read(self) -> datetime | None:
        """When the account was last read, within the nights that are there."""
        return max((each.at for each in self.looks if each.is_read), default=None)

    @property
    def events(self) -> tuple[Event, ...]:
        """Everything that was concluded, said and registered, the latest first."""
        doubted = [Doubted(at=each.at) for each in self.looks if each.doubted]
        turned = [self._ended(each) if each.stage is DriftStage.HELD else each for each in self.turned]
        events: list[Event] = [*self.entered, *self.closings, *self.said, *doubted, *turned, *self.answered]
        return tuple(sorted(events, key=lambda each: each.at, reverse=True))

    def _ended(self, held: Turned) -> Turned:
        """With what the next look made of it: only what the latest look held still waits."""
        after = next((look for look in self.looks if look.at > held.at), None)
        if after is None:
            return replace(held, became=Ending.WAITS)
        again = any((each.rule, each.at) == (held.rule, after.at) for each in self.turned)
        seen = Ending.WITHDRAWN if after.is_read else Ending.UNSEEN
        return replace(held, became=Ending.AGAIN if again else seen, ended_at=after.at)


NO_HISTORY = History()
