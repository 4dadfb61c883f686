"""A run from its beginning to its end: accounts are leased, looked at, judged and compared.

    begin_due_night ─▶ look (lease lanes ─▶ play visits ─▶ judge ─▶ record) …
                          └▶ compare (mass-change guard ─▶ drift ─▶ cases) ─▶ close

Every step may be killed anywhere and called again: what was written stands, what was not is done anew, and
nothing is done twice.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from audits import visiting
from audits.addresses import host_of
from audits.controls import UNCONTROLLED, Trust
from audits.days import Now, day_of
from audits.model import Account, Observation, Page, Visit
from audits.observing import disbelieved, observe
from audits.pinning import to_pin
from audits.rulebook import judge
from audits.sights import Register, sights_of
from worker.controlling import Controlling
from worker.ports import Asker, Clock, Lease, Run, RunKind, RunState, Seen, Store
from worker.schedule import due_night
from worker.steps.beside import list_counts_since, register_beside, remembering
from worker.steps.comparing import compare
from worker.steps.instruments import MOST_ACCOUNTS, Instruments

RECHECK_AFTER = timedelta(minutes=30)
PATIENCE = 25  # seconds for a request that is under way when the time is up
LEASE_MARGIN = PATIENCE + 10  # seconds beyond the work: for that request, and for writing what was seen
NO_ADDRESS = "no-address"
CONFIRMS = "confirm:"  # how requests are named that no person made

Told = Callable[[Account, Observation], None]


def night_due(store: Store, zone: ZoneInfo, night_starts: time, now: datetime) -> date | None:
    """The local date of the night that should have begun and has not."""
    return due_night(now, zone, night_starts, store.begun_nights(since=day_of(now, zone)))


def begin_due_night(store: Store, zone: ZoneInfo, night_starts: time, now: datetime) -> Run | None:
    """Start the night that is due, if it has not begun; calling again changes nothing."""
    day = night_due(store, zone, night_starts, now)
    if day is None:
        return None
    run, is_new = store.start_run(RunKind.NIGHTLY, day, now, slots(store.accounts()))
    return run if is_new else None


def begin_audit(store: Store, kind: RunKind, accounts: Sequence[Account], day: date, now: datetime,
                *, request_id: str | None = None, silent: bool = False, comes_again: bool = False) -> Run:  # fmt: skip
    """Start a run over chosen accounts, or go on with the one that the same request began; one that `comes_again` goes
    on only with an open one.
    """
    run, _ = store.start_run(
        kind, day, now, slots(accounts), request_id=request_id, silent=silent, comes_again=comes_again
    )
    return run


def begin_confirmations(store: Store, instruments: Instruments, day: date, now: datetime) -> Run | None:
    """Look again, soon, at what must not wait for the next night: a name that seems to have changed hands.

    One re-check for each look that is still missing, at least half an hour apart: an account that waits in a run is in
    no other, for each look would count. One that saw nothing is left to the next night.
    """
    urgent = [each.id for each in instruments.rulebook.routines.values() if each.confirmation.gap_hours == 0]
    needing = [each for each in urgent if _needs_looks(instruments, each)]
    waiting = store.to_confirm(needing, now - RECHECK_AFTER, CONFIRMS)
    if not waiting:
        return None
    state = ";".join(f"{account.id}@{last.isoformat()}" for account, last in waiting)
    request_id = f"{CONFIRMS}{hashlib.sha256(state.encode()).hexdigest()[:24]}"
    run, is_new = store.start_run(RunKind.RECHECK, day, now, slots(each for each, _ in waiting), request_id=request_id)
    return run if is_new else None


def _needs_looks(instruments: Instruments, rule: str) -> bool:
    return instruments.rulebook.routines[rule].confirmation.looks > 1


def slots(accounts: Iterable[Account]) -> list[tuple[int, str]]:
    """Each account's lane: the host that will be asked, so that no host is asked by two at once."""
    return [(account.id, lane_of(account)) for account in accounts]


def lane_of(account: Account) -> str:
    """The host of the account's own address."""
    return (host_of(account.address) if account.address else None) or NO_ADDRESS


def look(
    store: Store,
    asker: Asker,
    instruments: Instruments,
    run: Run,
    clock: Clock,
    *,
    seconds: float,
    told: Told | None = None,
) -> int:
    """Lease what is free, look at it for at most `seconds`, write what was seen. Returns how many were observed."""
    now = clock()
    lease = store.lease(run.id, store.lanes(run.id, now), MOST_ACCOUNTS, now, seconds + LEASE_MARGIN)
    if not lease.accounts:
        return 0
    rules, since = instruments.rulebook, list_counts_since(run)
    register = register_beside(store, lease.accounts, rules, since, run.local_date)
    standings = store.standings_of([account.id for account in lease.accounts])
    register = remembering(register, instruments.rulebook.routines, standings)
    looking = _Looking(store, instruments, lease, register, clock, told)
    try:
        asyncio.run(looking.work(asker, seconds))
    except BaseException:
        store.release(lease, broken=True)
        raise
    store.release(lease)
    return looking.observed


class _Looking:
    """One lease being worked: lanes side by side, one request at a time within each."""

    def __init__(
        self, store: Store, instruments: Instruments, lease: Lease, register: Register, clock: Clock, told: Told | None
    ) -> None:
        self.store, self.instruments, self.lease = store, instruments, lease
        self.register, self.clock, self.told = register, clock, told
        self.accounts = {account.id: account for account in lease.accounts}
        self.controls = _controlling(store, instruments, lease, clock)
        self.ends = 0.0  # on the event loop's own clock
        self.unwritten: list[Seen] = []
        self.observed = 0

    async def work(self, asker: Asker, seconds: float) -> None:
        lanes: dict[str, list[Account]] = {}
        for account in self.instruments.order(self.lease.accounts):
            lanes.setdefault(lane_of(account), []).append(account)
        self.ends = asyncio.get_running_loop().time() + seconds
        try:
            async with asyncio.timeout(seconds + PATIENCE):
                await asyncio.gather(*(self._lane(asker, accounts) for accounts in lanes.values()))
        except TimeoutError:
            pass  # what was not looked at goes back to the run and is leased again
        finally:
            await asker.aclose()
            self._write()

    async def _lane(self, asker: Asker, accounts: Sequence[Account]) -> None:
        """One question after another; what an answer leads to comes before the next account, so that visits end."""
        await self.controls.read(asker, {account.platform for account in accounts if account.address})
        now = self.clock()
        stage = visiting.Play({account.id: visit_of(account, self.instruments, now) for account in accounts})
        self._keep(stage.observations())
        waiting = deque(stage.questions())
        while waiting and asyncio.get_running_loop().time() < self.ends:
            question = waiting.popleft()
            page = await asker.fetch(question.probe)
            stage.answer(question, page)
            waiting.extendleft(reversed(stage.questions()))
            await self._take(asker, page, stage.observations())

    async def _take(self, asker: Asker, page: Page, observations: Sequence[tuple[int, Observation]]) -> None:
        for _, seen in observations:
            await asker.heed(page, seen.transport, seen.reason)
        self._keep(observations)

    def _keep(self, observations: Iterable[tuple[int, Observation]]) -> None:
        for account_id, observation in observations:
            account = self.accounts[account_id]
            trust, now = self.controls.trust, self.clock()
            self.unwritten.append(judged(account, observation, self.register, self.instruments, now, trust))
            if self.told:
                self.told(account, observation)
        if len(self.unwritten) >= MOST_ACCOUNTS:
            self._write()

    def _write(self) -> None:
        batch, self.unwritten = self.unwritten, []
        if batch:
            self.observed += self.store.record(self.lease, batch, self.clock())


def visit_of(account: Account, instruments: Instruments, now: datetime) -> Visit:
    """How this account is looked at here: as usual, or as the instruments have it."""
    return (instruments.visit or usual_visit)(account, instruments, now)


def usual_visit(account: Account, instruments: Instruments, now: datetime) -> Visit:
    """By the platform's routes; an account without an address, or of an unknown platform, is not asked for."""
    platform = instruments.platforms.get(account.platform)
    if platform is None or account.address is None:
        return _unasked(account, instruments, now)
    return visiting.visit(account, platform, instruments.packs, instruments.keys, now)


def _unasked(account: Account, instruments: Instruments, now: datetime) -> Visit:
    yield from ()
    return observe(account, instruments.platforms.get(account.platform), (), now)


def _controlling(store: Store, instruments: Instruments, lease: Lease, clock: Clock) -> Controlling:
    return Controlling(
        store=store,
        run_id=lease.run_id,
        declared=instruments.controls,
        platforms=instruments.platforms,
        packs=instruments.packs,
        keys=instruments.keys,
        clock=clock,
    )


def judged(
    account: Account,
    observation: Observation,
    register: Register,
    instruments: Instruments,
    now: datetime,
    trust: Trust = UNCONTROLLED,
) -> Seen:
    """Every routine held against one observation as far as it may be trusted, as of the moment it was seen."""
    if account.id in register.doubted:
        observation = disbelieved(account, observation)
    believed = trust.believed(account.platform, observation)
    sights = sights_of(account, believed, register, Now(observation.observed_at, instruments.zone))
    as_of = Now(now, instruments.zone)
    findings = tuple(
        judge(routine, account, believed, sights, as_of) for routine in instruments.rulebook.routines.values()
    )
    platform = instruments.platforms.get(account.platform)
    return Seen(observation=observation, findings=findings, pin=to_pin(account, platform, observation))


def advance_run(
    store: Store,
    asker: Asker,
    instruments: Instruments,
    run: Run,
    clock: Clock,
    *,
    seconds: float,
    told: Told | None = None,
) -> bool:
    """One slice of a run: look for at most `seconds`, and compare once everything was seen.

    True while this worker found something to do and there may be more.
    """
    if run.state is RunState.OPEN and look(store, asker, instruments, run, clock, seconds=seconds, told=told):
        return True
    compare(store, instruments, run, clock)
    return False
