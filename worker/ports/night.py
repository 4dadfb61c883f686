"""What a night needs of the world.

Store    the one truth: register, runs, observations, findings, standings, cases
ControlStore   how a run's controls were read
Asker    answers probes (the fetcher, a folder of recordings, a dict in tests)
Clock    now, in UTC
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from audits.model import (
    Account,
    Answer,
    Case,
    Circumstances,
    Drift,
    Existence,
    Facts,
    Finding,
    Observation,
    Page,
    PlatformId,
    Probe,
    Standing,
    Statement,
    Transport,
)
from worker.ports.changed_rules import ChangedRules
from worker.ports.guarding import GuardStore

if TYPE_CHECKING:  # every command loads the ports; what stands only in their signatures it need not
    from audits.controls import ControlReading
    from audits.reconciling import KnownList


class StoreUnavailable(Exception):
    """The database cannot be reached, was busy for too long or is full. Every method of a store may be repeated."""


class OnlyRead(StoreUnavailable):
    """The database may be read here, and not be written."""


class NoRoom(StoreUnavailable):
    """The disk that the database or a copy of it lies on is full, or fails."""


class NoDatabase(StoreUnavailable):
    """There is no database yet, and whoever asked is not to begin one."""


class RunKind(StrEnum):
    """What began a run: the night, somebody's wish to look now, or a folder of recordings."""

    NIGHTLY = "nightly"
    RECHECK = "recheck"
    REPLAY = "replay"


class RunState(StrEnum):
    """How far a run has come."""

    OPEN = "open"  # accounts are still to be looked at
    COMPARING = "comparing"  # everything was looked at; findings are held against what was true before
    CLOSED = "closed"


class SlotState(StrEnum):
    """Where one account stands in one run."""

    PENDING = "pending"
    LEASED = "leased"
    DONE = "done"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One look at the register, or at a part of it. `local_date` is the city's, the moments are UTC."""

    id: int
    kind: RunKind
    local_date: date
    state: RunState
    started_at: datetime
    finished_at: datetime | None = None
    request_id: str | None = None
    silent: bool = False  # observed and judged, but nothing is told: a register's first night, a shadow night


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """Accounts that this worker alone may look at until `until`; a stale token writes nothing."""

    run_id: int
    token: str
    until: datetime
    accounts: tuple[Account, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """All that one look at one account leaves behind; stands or falls in one transaction."""

    observation: Observation
    findings: tuple[Finding, ...]
    pin: PlatformId | None = None  # an id seen for the first time, to be held against from now on


@dataclass(frozen=True, slots=True, kw_only=True)
class RunCounts:
    """How far a run is. `seen` is how many of its looks saw their account; more may have had an answer."""

    total: int
    done: int
    quarantined: int
    seen: int = 0
    by_transport: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One account's findings of a run held against its standings."""

    account_id: int
    standings: Mapping[str, Standing]  # by rule; only those that changed
    drifts: tuple[Drift, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """One dated line of an account's history: an observation that changed, a finding that changed, a decision."""

    at: datetime
    what: str  # observation | finding | case | register
    text: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """By account: how it stood when it was last seen, where that is against it; and what the account showed that was
    another's when it was last told whose it is. Either only where the look before it says so too.
    """

    existences: Mapping[int, Existence] = field(default_factory=dict)
    strangers: Mapping[int, Facts] = field(default_factory=dict)


class ControlStore(Protocol):
    """How the controls of a run were read: kept with the run, so that every worker trusts the same routes."""

    def control_readings(self, run_id: int) -> Sequence[ControlReading]: ...
    def save_control_readings(self, run_id: int, readings: Sequence[ControlReading]) -> None:
        """Write those that are not there yet: whoever wrote first has looked."""
        ...


class Store(ControlStore, ChangedRules, GuardStore, Protocol):
    """Every method is one transaction and safe to repeat. Times are UTC."""

    # --- register
    def accounts(self, *, administration: str | None = None, platform: str | None = None,
                 ids: Collection[int] | None = None) -> Sequence[Account]: ...  # fmt: skip
    def each_account(self) -> Iterator[Account]:
        """Streamed in id order, so that a large register costs no memory."""
        ...

    def shared_keys(self) -> Mapping[str, Sequence[int]]:
        """Keys that more than one account holds, with the ids of those accounts."""
        ...

    def administrations(self) -> frozenset[str]: ...

    def sites(self) -> frozenset[str]:
        """The hosts of the websites that the register holds, without `www.`."""
        ...

    # --- runs
    def start_run(self, kind: RunKind, local_date: date, now: datetime, accounts: Iterable[tuple[int, str]],
                  *, request_id: str | None = None, silent: bool = False,
                  comes_again: bool = False) -> tuple[Run, bool]:  # fmt: skip
        """Insert the run with one slot per (account id, lane), or return the existing one and False.

        A nightly run is unique by date; any other by `request_id`, and where that `comes_again` by it while it is
        open: then the same request begins another.
        """
        ...

    def begun_nights(self, since: date) -> frozenset[date]:
        """Local dates of the nightly runs from the week before `since` on, and the earliest of all."""
        ...

    def run(self, run_id: int) -> Run | None: ...
    def latest_run(self, kind: RunKind | None = None) -> Run | None: ...
    def open_runs(self) -> Sequence[Run]: ...
    def at_work(self, now: datetime) -> Sequence[Run]:
        """The runs whose accounts somebody is looking at just now, the earliest first."""
        ...

    def lanes(self, run_id: int, now: datetime) -> Sequence[str]:
        """Lanes that hold an account to look at which nobody has leased."""
        ...

    def lease(self, run_id: int, lanes: Collection[str], limit: int, now: datetime, seconds: float) -> Lease:
        """Claim up to `limit` accounts; counts the attempt before the work. A lane is leased by one worker at a time.

        After 5 attempts without a result, the last three alone, an account is quarantined.
        """
        ...

    def record(self, lease: Lease, looks: Sequence[Seen], now: datetime) -> int:
        """Write what was seen; returns how many accounts were written, 0 for a stale lease.

        An observation equal to the account's last one adds no row, nor does a finding equal to its last.
        """
        ...

    def release(self, lease: Lease, *, broken: bool = False) -> None:
        """Give back what was leased and not looked at, and take back the attempt that was counted for it.

        The attempt stays counted where the work `broken` off by a fault: one of these accounts may have caused it.
        """
        ...

    def break_leases(self, run_id: int) -> None:
        """Take back every lease of the run: only where it is known that no other process is at work."""
        ...

    def counts(self, run_id: int) -> RunCounts: ...

    # --- comparing
    def begin_comparing(self, run_id: int, now: datetime) -> bool:
        """OPEN → COMPARING when no account is left to look at; False while some are."""
        ...

    def uncompared(self, run_id: int, limit: int) -> Sequence[int]:
        """Ids of accounts of this run whose findings have not been compared, in id order."""
        ...

    def findings_of(self, run_id: int, account_ids: Collection[int]) -> Mapping[int, Sequence[Finding]]: ...
    def decided_of(self, run_id: int, account_ids: Collection[int]) -> Mapping[int, Sequence[Finding]]:
        """Of those findings the ones that passed or failed: no other moves anything."""
        ...

    def standings_of(self, account_ids: Collection[int]) -> Mapping[int, Mapping[str, Standing]]: ...
    def to_confirm(self, rules: Collection[str], before: datetime, asked_as: str) -> Sequence[tuple[Account, datetime]]:
        """Accounts on which one of the rules awaits confirmation, last looked at before then, with when that was; but
        for those at which a run has still to look, or that were looked at since for a request whose name begins so.
        """
        ...

    def cases_of(self, account_ids: Collection[int]) -> Mapping[int, Sequence[Case]]: ...
    def save_compared(self, run_id: int, compared: Sequence[Compared], cases: Sequence[Case],
                      dropped: Sequence[Case], now: datetime) -> None:  # fmt: skip
        """Standings, drifts, cases and the mark that these accounts are compared: together or not at all."""
        ...

    def close_run(self, run_id: int, now: datetime) -> Run: ...

    # --- reading back
    def current_findings(self, *, run_id: int | None = None) -> Iterator[tuple[Account, Finding, Standing]]:
        """The latest finding of each account and rule."""
        ...

    def latest_findings(self, account_ids: Collection[int]) -> Mapping[int, Sequence[tuple[Finding, Standing]]]:
        """What the latest look at each of these accounts found; an account that none has looked at is left out."""
        ...

    def last_observation(self, account_id: int) -> Observation | None: ...
    def last_observations(self, account_ids: Collection[int]) -> Mapping[int, Observation]: ...
    def cases(self, *, open_only: bool = True) -> Sequence[Case]: ...
    def save_case(self, case: Case, act: str, now: datetime) -> None: ...

    # --- what people state
    def save_statement(
        self, statement: Statement, *, claimed: Sequence[tuple[Case, str]] = (), answers: Sequence[Answer] = ()
    ) -> None:
        """Keep it with the cases that it answers, each with the act that says so, and with what was answered beside
        it: all of it or nothing.
        """
        ...

    def statements_of(self, account_ids: Collection[int]) -> Mapping[int, Sequence[Statement]]:
        """The latest statement of each kind about each account; an account nobody spoke of is left out."""
        ...

    # --- what stands beside the looks
    def circumstances_of(self, account_ids: Collection[int]) -> Mapping[int, Circumstances]:
        """Rests, closings, questions and answers, pictures and the last clear look of each of these accounts."""
        ...

    def approved_pictures(self) -> Mapping[str, str]:
        """Fingerprints of the profile pictures that somebody has approved, with the sub-brand of each."""
        ...

    def public_list(self) -> KnownList | None:
        """What is remembered of the public list; None where it was never read."""
        ...

    def against(self, account_ids: Collection[int]) -> Against:
        """What the last two looks that came through agreed to say against each of these accounts."""
        ...

    # --- one account's history
    def timeline(self, account_id: int) -> Sequence[TimelineEntry]: ...


class Asker(Protocol):
    """Answers a probe with a page; every failure is a named `Page.transport`, never an exception.

    Inherit from it to have the two courtesies do nothing.
    """

    async def fetch(self, probe: Probe) -> Page: ...

    async def heed(self, page: Page, transport: Transport, reason: str) -> None:  # noqa: ARG002  # a courtesy
        """Learn what reading a page found: behind a wall, the host is left alone."""
        return

    async def aclose(self) -> None:
        """Let go of what belongs to this event loop; it may be asked again in another one."""
        return


class Clock(Protocol):
    """The moment, in UTC."""

    def __call__(self) -> datetime: ...
