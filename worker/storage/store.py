"""The store: every method of `ports.Store`, `RegisterStore`, `RecipientStore` and `KeyStore` as one transaction.

register_rows.py: the register · report_rows.py: what reports and letters read
method ─▶ Database.read / .write ─▶ a function of the concern's own module, given a connection
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import URL

from audits.model import (
    DECIDED,
    Account,
    Answer,
    Case,
    Circumstances,
    Finding,
    Observation,
    Standing,
    Statement,
)
from worker.ports import (
    Compared,
    KeptPage,
    Lease,
    Run,
    RunCounts,
    RunKind,
    Seen,
    TimelineEntry,
)
from worker.ports.night import Against
from worker.storage import (
    cases,
    circumstances,
    comparing,
    controls,
    guarding,
    holding,
    keys,
    leasing,
    observations,
    pages,
    pictures,
    reading,
    ruling,
    runs,
    statements,
    timeline,
)
from worker.storage.engine import Database, connect
from worker.storage.register_rows import RegisterRows
from worker.storage.report_rows import ReportRows
from worker.storage.room import Disk, disk_of, make_sure
from worker.storage.tokens import new_token

if TYPE_CHECKING:  # every command opens the store; what stands only in its signatures it need not load
    from audits.controls import ControlReading
    from audits.health import Failure, MassChange
    from audits.reconciling import KnownList
    from config.keys import KeyUse, Limit


def open_store(url: str | URL) -> SqlStore:
    """The store in an existing, migrated database; connects when first asked. Raises `ValueError` for other URLs."""
    return SqlStore(Database(connect(url)))


@dataclass(frozen=True, slots=True)
class SqlStore(RegisterRows, ReportRows):
    """The stores of `ports` on SQLite or PostgreSQL. Every method may raise `StoreUnavailable`."""

    token: Callable[[], str] = new_token
    disk: Callable[[str | URL], Disk | None] = disk_of

    def close(self, *, after_fork: bool = False) -> None:
        """Let go of the connections; after a fork they are the parent's, who goes on with them."""
        self.db.engine.dispose(close=not after_fork)

    # --- runs

    def start_run(
        self,
        kind: RunKind,
        local_date: date,
        now: datetime,
        accounts: Iterable[tuple[int, str]],
        *,
        request_id: str | None = None,
        silent: bool = False,
        comes_again: bool = False,
    ) -> tuple[Run, bool]:
        slots = tuple(accounts)  # a transaction that is repeated needs them again
        named = None if kind is RunKind.NIGHTLY else request_id or self.token()
        new = runs.NewRun(kind=kind, local_date=local_date, request_id=named, silent=silent, comes_again=comes_again)
        return self.db.write(lambda conn: runs.start(conn, new, slots, now))

    def begun_nights(self, since: date) -> frozenset[date]:
        return self.db.read(lambda conn: runs.begun_nights(conn, since))

    def run(self, run_id: int) -> Run | None:
        return self.db.read(lambda conn: runs.get(conn, run_id))

    def latest_run(self, kind: RunKind | None = None) -> Run | None:
        return self.db.read(lambda conn: runs.latest(conn, kind))

    def open_runs(self) -> Sequence[Run]:
        return self.db.read(runs.unfinished)

    def at_work(self, now: datetime) -> Sequence[Run]:
        """The runs whose accounts somebody is looking at just now, the earliest first."""
        return self.db.read(lambda conn: runs.at_work(conn, now))

    def counts(self, run_id: int) -> RunCounts:
        return self.db.read(lambda conn: runs.counts(conn, run_id))

    # --- looking

    def lanes(self, run_id: int, now: datetime) -> Sequence[str]:
        return self.db.read(lambda conn: leasing.lanes(conn, run_id, now))

    def lease(self, run_id: int, lanes: Collection[str], limit: int, now: datetime, seconds: float) -> Lease:
        make_sure(self.disk(self.db.engine.url))  # before anybody is asked for what could not be kept
        wish = leasing.Wish(run_id=run_id, lanes=lanes, limit=limit, seconds=seconds)
        return self.db.write(lambda conn: leasing.lease(conn, wish, self.token(), now))

    def record(self, lease: Lease, looks: Sequence[Seen], now: datetime) -> int:
        return self.db.write(lambda conn: observations.record(conn, lease, looks, now))

    def release(self, lease: Lease, *, broken: bool = False) -> None:
        self.db.write(lambda conn: leasing.release(conn, lease, broken=broken))

    def break_leases(self, run_id: int) -> None:
        self.db.write(lambda conn: leasing.break_all(conn, run_id))

    # --- pages

    def kept_page(self, url: str) -> KeptPage | None:
        return self.db.read(lambda conn: pages.get(conn, url))

    def keep_page(self, url: str, page: KeptPage, now: datetime) -> None:
        self.db.write(lambda conn: pages.put(conn, url, page, now))

    def forget_pages(self, before: datetime) -> int:
        return self.db.write(lambda conn: pages.forget(conn, before))

    # --- comparing

    def begin_comparing(self, run_id: int, now: datetime) -> bool:  # noqa: ARG002  # the port dates every turn of a run
        return self.db.write(lambda conn: runs.begin_comparing(conn, run_id))

    def uncompared(self, run_id: int, limit: int) -> Sequence[int]:
        return self.db.read(lambda conn: comparing.uncompared(conn, run_id, limit))

    def findings_of(self, run_id: int, account_ids: Collection[int]) -> Mapping[int, Sequence[Finding]]:
        return self.db.read(lambda conn: reading.findings_of(conn, run_id, account_ids))

    def decided_of(self, run_id: int, account_ids: Collection[int]) -> Mapping[int, Sequence[Finding]]:
        return self.db.read(lambda conn: reading.findings_of(conn, run_id, account_ids, DECIDED))

    def standings_of(self, account_ids: Collection[int]) -> Mapping[int, Mapping[str, Standing]]:
        return self.db.read(lambda conn: comparing.standings_of(conn, account_ids))

    def to_confirm(self, rules: Collection[str], before: datetime, asked_as: str) -> Sequence[tuple[Account, datetime]]:
        waiting = dict(self.db.read(lambda conn: comparing.to_confirm(conn, rules, before, asked_as)))
        return [(account, waiting[account.id]) for account in (self.accounts(ids=waiting) if waiting else ())]

    def cases_of(self, account_ids: Collection[int]) -> Mapping[int, Sequence[Case]]:
        return self.db.read(lambda conn: cases.of(conn, account_ids))

    def save_compared(
        self, run_id: int, compared: Sequence[Compared], cases: Sequence[Case], dropped: Sequence[Case], now: datetime
    ) -> None:
        self.db.write(lambda conn: comparing.save(conn, run_id, compared, cases, dropped, now))

    def failures(self, run_id: int) -> Iterator[Failure]:
        return guarding.failures(self.db, run_id)

    def unseen_failures(self, run_id: int, since: datetime) -> Sequence[Failure]:
        return self.db.read(lambda conn: guarding.unseen(conn, run_id, since))

    def decided_counts(self, run_id: int) -> Mapping[tuple[str, str], int]:
        return self.db.read(lambda conn: guarding.decided_counts(conn, run_id))

    def hold(self, run_id: int, change: MassChange, now: datetime) -> None:
        self.db.write(lambda conn: guarding.hold(conn, run_id, change, now))

    def held(self, run_id: int) -> frozenset[tuple[str, str]]:
        return self.db.read(lambda conn: guarding.held(conn, run_id))

    def held_back(self, day: date) -> frozenset[tuple[str, str]]:
        waiting = self.db.read(lambda conn: holding.waiting(conn, day))
        return frozenset((each.platform, each.rule) for each in waiting)

    def believed(self, day: date) -> frozenset[tuple[str, str]]:
        return self.db.read(lambda conn: holding.believed(conn, day))

    def vouched(self) -> Mapping[tuple[str, str], date]:
        return self.db.read(holding.vouched)

    def shadowed_rules(self, run: Run) -> frozenset[str]:
        return self.db.read(lambda conn: ruling.shadowed(conn, run))

    def rules_text(self, at: datetime) -> str | None:
        return self.db.read(lambda conn: ruling.text_at(conn, at))

    def rules_changed(self, run: Run) -> Mapping[str, datetime]:
        return self.db.read(lambda conn: ruling.changed_at(conn, run))

    def close_run(self, run_id: int, now: datetime) -> Run:
        return self.db.write(lambda conn: runs.close(conn, run_id, now))

    # --- reading back

    def current_findings(self, *, run_id: int | None = None) -> Iterator[tuple[Account, Finding, Standing]]:
        return reading.of_today(self.db) if run_id is None else reading.of_run(self.db, run_id)

    def latest_findings(self, account_ids: Collection[int]) -> Mapping[int, Sequence[tuple[Finding, Standing]]]:
        return self.db.read(lambda conn: reading.latest_of(conn, account_ids))

    def last_observation(self, account_id: int) -> Observation | None:
        return self.db.read(lambda conn: reading.last_observation(conn, account_id))

    def last_observations(self, account_ids: Collection[int]) -> Mapping[int, Observation]:
        return self.db.read(lambda conn: reading.last_observations(conn, account_ids))

    def cases(self, *, open_only: bool = True) -> Sequence[Case]:
        return self.db.read(lambda conn: cases.every(conn, open_only=open_only))

    def save_case(self, case: Case, act: str, now: datetime) -> None:
        self.db.write(lambda conn: cases.save_case(conn, case, act, now))

    def timeline(self, account_id: int) -> Sequence[TimelineEntry]:
        return self.timelines([account_id])[account_id]

    def timelines(self, account_ids: Collection[int]) -> Mapping[int, Sequence[TimelineEntry]]:
        return self.db.read(lambda conn: timeline.of(conn, account_ids))

    # --- what people state

    def save_statement(
        self, statement: Statement, *, claimed: Sequence[tuple[Case, str]] = (), answers: Sequence[Answer] = ()
    ) -> None:
        self.db.write(lambda conn: statements.save(conn, statement, claimed, answers))

    def statements_of(self, account_ids: Collection[int]) -> Mapping[int, Sequence[Statement]]:
        return self.db.read(lambda conn: statements.of(conn, account_ids))

    # --- what stands beside the looks

    def circumstances_of(self, account_ids: Collection[int]) -> Mapping[int, Circumstances]:
        return self.db.read(lambda conn: circumstances.of(conn, account_ids))

    def approved_pictures(self) -> Mapping[str, str]:
        return self.db.read(pictures.approved)

    def public_list(self) -> KnownList | None:
        from worker.storage import lists

        return self.db.read(lists.known)

    def against(self, account_ids: Collection[int]) -> Against:
        from worker.storage import last_seen

        return self.db.read(lambda conn: last_seen.against(conn, account_ids))

    # --- how far a run's looks can be trusted

    def control_readings(self, run_id: int) -> Sequence[ControlReading]:
        return self.db.read(lambda conn: controls.of(conn, run_id))

    def save_control_readings(self, run_id: int, readings: Sequence[ControlReading]) -> None:
        self.db.write(lambda conn: controls.save(conn, run_id, readings))

    # --- what keys have used up

    def take_key_use(self, use: KeyUse) -> Limit | None:
        return self.db.write(lambda conn: keys.take(conn, use))

    def give_back_key_use(self, use: KeyUse) -> None:
        self.db.write(lambda conn: keys.give_back(conn, use))

    def key_uses(self, name: str, periods: Collection[str]) -> Mapping[str, int]:
        return self.db.read(lambda conn: keys.used(conn, name, periods))
