"""Workers that lease, write, give back, die and wake up too late, in any order.

Whatever happens: one observation of each account that was looked at, none of the others, no account in two hands.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from audits.model import Account
from tests.builders import NIGHT, TODAY, some_facts
from tests.empty import empty_database
from tests.storage.nights import leased, registered, rows, seen
from worker.ports import Lease, RunKind, Seen, SlotState
from worker.storage import open_store
from worker.storage import tables as t
from worker.storage.leasing import MOST_ATTEMPTS

LANES = 3
SECONDS = 240  # of a lease


class Workers(RuleBasedStateMachine):
    """Any number of workers on one night; a lease may be kept, and used, long after it ran out."""

    leases = Bundle("leases")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = open_store(f"sqlite:///{shutil.copy(empty_database(), self.folder.name)}")
        self.now: datetime = NIGHT
        self.looks = 0

    @initialize(accounts=st.integers(1, 12))
    def begin(self, accounts: int) -> None:
        self.ids = registered(self.store, accounts)
        slots = [(id_, f"host{id_ % LANES}") for id_ in self.ids]
        self.run, _ = self.store.start_run(RunKind.NIGHTLY, TODAY, NIGHT, slots)

    @rule(target=leases, limit=st.integers(1, 12))
    def lease(self, limit: int) -> Lease:
        return leased(self.store, self.run, self.now, limit)

    @rule(lease=leases, part=st.slices(12))
    def write(self, lease: Lease, part: slice) -> None:
        mine = self.leased_under(lease.token)
        chosen = lease.accounts[part]
        self.store.record(lease, [self.look(account) for account in chosen], self.now)
        assert mine - self.leased_under(lease.token) == mine & {account.id for account in chosen}

    @rule(lease=leases, broken=st.booleans())
    def give_back(self, lease: Lease, broken: bool) -> None:
        self.store.release(lease, broken=broken)
        assert not self.leased_under(lease.token)

    @rule(seconds=st.sampled_from([1, SECONDS + 1]))
    def wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @invariant()
    def each_account_that_is_done_was_observed_once(self) -> None:
        done = {row["account_id"] for row in self.slots() if row["state"] == SlotState.DONE}
        assert Counter(row["account_id"] for row in rows(self.store, t.observation)) == Counter(done)

    @invariant()
    def each_lane_is_in_one_hand(self) -> None:
        held = {(row["lane"], row["lease_token"]) for row in self.slots() if self.is_held(row["lease_until"])}
        assert len(held) == len({lane for lane, _ in held})

    @invariant()
    def no_account_is_tried_too_often(self) -> None:
        assert all(0 <= row["attempts"] <= MOST_ATTEMPTS for row in self.slots())

    def teardown(self) -> None:
        if hasattr(self, "run"):
            self.finish()
        self.store.close()
        self.folder.cleanup()

    def finish(self) -> None:
        """Whatever was left behind, an honest worker brings the night to its end."""
        self.now += timedelta(seconds=SECONDS + 1)
        while self.store.lanes(self.run.id, self.now):
            lease = leased(self.store, self.run, self.now)
            self.store.record(lease, [self.look(account) for account in lease.accounts], self.now)
        counts = self.store.counts(self.run.id)
        assert counts.done + counts.quarantined == len(self.ids)
        assert self.store.begin_comparing(self.run.id, self.now)
        self.each_account_that_is_done_was_observed_once()

    def look(self, account: Account) -> Seen:
        """A look that differs from every other, so that each one written is a row."""
        self.looks += 1
        return seen(account.id, self.now, facts=some_facts(followers=self.looks))

    def slots(self) -> list[dict[str, Any]]:
        return rows(self.store, t.run_account)

    def leased_under(self, token: str) -> set[object]:
        return {row["account_id"] for row in self.slots() if row["lease_token"] == token and row["state"] == "leased"}

    def is_held(self, until: object) -> bool:
        return isinstance(until, datetime) and until > self.now


TestWorkers = Workers.TestCase
TestWorkers.settings = settings(max_examples=30, stateful_step_count=25, deadline=None)
