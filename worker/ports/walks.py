"""What the walk over the city's own sites needs of the world.

WalkStore   walks, and the pages of the sites: which wait, what became of each
SiteAsker   answers for pages of the sites, one hop at a time
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol

from audits.discovering.finding import Outcome
from audits.discovering.frontier import Spot
from audits.model import Look
from worker.ports.night import Asker


class WalkKind(StrEnum):
    """What began a walk."""

    WEEKLY = "weekly"
    ASKED = "asked"  # by a person, at once


class EndedBy(StrEnum):
    """What brought the asking for pages to its end."""

    DONE = "done"  # no page is left
    PAGES = "pages"  # as many as the plan allows
    HOURS = "hours"  # as long as the plan allows
    REPLACED = "replaced"  # by another walk


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """One walk. Between `ended_by` and `ended_at` the sites are asked no more, and what was found is followed."""

    id: int
    kind: WalkKind
    due_on: date
    plan: Mapping[str, Any]
    asked: int
    started_at: datetime
    ended_by: EndedBy | None = None
    ended_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.ended_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWalk:
    """A walk to begin: where it sets out; `anew` when unchanged pages must be read again."""

    kind: WalkKind
    due_on: date
    plan: Mapping[str, Any]
    starts: tuple[Spot, ...]
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """A page to be asked for. `attempts` counts this one as well."""

    id: int
    spot: Spot
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What became of one page: written together or not at all."""

    outcome: Outcome
    asked: bool = True  # False: decided without a request
    spots: tuple[Spot, ...] = ()
    look: Look | None = None  # None: what it names is not known now
    status: int | None = None
    transport: str = ""
    reason: str = ""
    etag: str = ""
    last_modified: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkCounts:
    """Pages of one walk by what became of them.

    `refused` are those that robots.txt closes, `unasked` those that were left out, `unreached` why the others that were
    asked for could not be had, by host.
    """

    waiting: int = 0
    refused: int = 0
    unasked: int = 0
    unreached: Mapping[str, str] = field(default_factory=dict)
    by_outcome: Mapping[Outcome, int] = field(default_factory=dict)


class WalkStore(Protocol):
    """Every method is one transaction and safe to repeat. Times are UTC. A stale token writes nothing."""

    def begin_walk(self, new: NewWalk, now: datetime) -> tuple[Walk, bool]:
        """Begin it, or return the walk that is open, or that this week already had, and False."""
        ...

    def walk(self, walk_id: int) -> Walk: ...
    def open_walk(self) -> Walk | None: ...
    def latest_walk(self) -> Walk | None: ...
    def begun_weeks(self) -> frozenset[date]:
        """Days on which weekly walks were due that have begun; the latest ten."""
        ...

    def lease_walk(self, walk_id: int, now: datetime, seconds: float) -> str | None:
        """A token by which this worker alone walks for so long; None while another does."""
        ...

    def release_walk(self, walk_id: int, token: str) -> None: ...
    def break_walk_lease(self) -> None:
        """Only where it is known that no other process is at work."""
        ...

    def waiting_hosts(self) -> Sequence[str]: ...
    def take_page(self, walk_id: int, token: str, host: str) -> Waiting | None:
        """The page of the host that has waited longest, of those the nearest; counts the attempt before the work."""
        ...

    def put_back(self, page: Waiting) -> None:
        """It was not asked for; the attempt is not counted."""
        ...

    def count_shapes(self, shapes: Collection[str]) -> Mapping[str, int]: ...
    def settle_page(self, walk_id: int, token: str, page: Waiting, settled: Settled, now: datetime) -> bool:
        """Write what became of it, what it names and where it leads; False for a stale token."""
        ...

    def validators_of(self, url: str) -> tuple[str, str]:
        """The `ETag` and `Last-Modified` of the page as it was last read, "" where it had none."""
        ...

    def end_asking(self, walk_id: int, ended_by: EndedBy) -> None: ...
    def close_walk(self, walk_id: int, now: datetime, profiles: Mapping[str, Look] | None = None) -> Walk:
        """End it, and keep what registered profiles link to, by address; a walk that has ended changes nothing more."""
        ...

    def count_pages(self, walk_id: int) -> WalkCounts: ...


class SiteAsker(Asker, Protocol):
    """Answers for one page at a time: a redirect is an answer, not followed."""

    def sitemaps(self, url: str) -> Sequence[str]:
        """The sitemaps that the robots.txt of the host names, as far as it has been read."""
        ...
