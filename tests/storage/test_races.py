from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FuturesTimeout
from itertools import chain
from typing import TypeVar

import pytest
from sqlalchemy import Connection, select

from tests.builders import NIGHT, TODAY
from tests.storage.apart import at_once
from tests.storage.nights import LANE, a_row, added, applied, count, registered, rows, seen
from worker.ports import Lease, RegisterMoved, RunKind
from worker.storage import SqlStore, open_store
from worker.storage import tables as t

WORKERS = 6
T = TypeVar("T")


def all_at_once(work: Callable[[], T], workers: int = WORKERS) -> list[T]:
    """What every worker returns when none begins before all are there."""
    ready = threading.Barrier(workers)

    def one() -> T:
        ready.wait(timeout=120)
        return work()

    with ThreadPoolExecutor(workers) as pool:
        return [future.result() for future in [pool.submit(one) for _ in range(workers)]]


def test_of_many_who_begin_a_night_one_does_and_all_get_it(store: SqlStore) -> None:
    slots = [(id_, LANE) for id_ in registered(store, 50)]
    begun = all_at_once(lambda: store.start_run(RunKind.NIGHTLY, TODAY, NIGHT, slots))
    runs = [run for run, _ in begun]
    assert len({run.id for run in runs}) == 1
    assert [is_new for _, is_new in begun].count(True) == 1
    assert store.counts(runs[0].id).total == 50


def test_of_many_who_ask_for_one_re_check_one_begins_it(store: SqlStore) -> None:
    slots = [(id_, LANE) for id_ in registered(store, 1)]
    all_at_once(lambda: store.start_run(RunKind.RECHECK, TODAY, NIGHT, slots, request_id="r"))
    assert count(store, t.run) == count(store, t.run_account) == 1


def test_of_many_who_ask_again_for_what_was_closed_one_begins_it_and_all_get_it(store: SqlStore) -> None:
    def ask() -> tuple[int, bool]:
        run, is_new = store.start_run(RunKind.RECHECK, TODAY, NIGHT, [], request_id="r", comes_again=True)
        return run.id, is_new

    for round_ in range(1, 6):
        begun = all_at_once(ask)
        assert [is_new for _, is_new in begun].count(True) == 1
        assert len({id_ for id_, _ in begun}) == 1
        assert count(store, t.run) == round_
        store.begin_comparing(begun[0][0], NIGHT)
        store.close_run(begun[0][0], NIGHT)


def test_no_two_workers_ask_one_host_and_every_account_is_looked_at_once(store: SqlStore) -> None:
    ids = registered(store, 120)
    run, _ = store.start_run(RunKind.NIGHTLY, TODAY, NIGHT, [(id_, f"host{id_ % 5}") for id_ in ids])
    lanes = {row["account_id"]: row["lane"] for row in rows(store, t.run_account)}
    working: Counter[str] = Counter()
    most: list[int] = []
    looked: list[int] = []

    def work() -> None:
        while store.counts(run.id).done < len(ids):
            lease = store.lease(run.id, sorted(set(lanes.values())), 7, NIGHT, 60)
            mine = {lanes[account.id] for account in lease.accounts}
            working.update(mine)
            most.append(max(working.values(), default=0))
            working.subtract(mine)  # before the commit that frees them
            looked.extend(account.id for account in lease.accounts)
            store.record(lease, [seen(account.id) for account in lease.accounts], NIGHT)

    all_at_once(work)
    assert sorted(looked) == ids
    assert max(most) == 1
    assert {row["attempts"] for row in rows(store, t.run_account)} == {1}


def test_whoever_wants_a_lane_waits_for_one_who_asks_whether_it_is_free(store: SqlStore) -> None:
    ids = registered(store, 3)
    run, _ = store.start_run(RunKind.RECHECK, TODAY, NIGHT, [(id_, LANE) for id_ in ids], request_id="r")
    with ThreadPoolExecutor(1) as pool:

        def asks(conn: Connection) -> Future[Lease]:
            conn.execute(select(t.lane).with_for_update())
            leasing = pool.submit(store.lease, run.id, [LANE], 200, NIGHT, 60)
            with pytest.raises(FuturesTimeout):
                leasing.result(timeout=0.3)
            return leasing

        leased = store.db.write(asks).result(timeout=120)
    assert [account.id for account in leased.accounts] == ids


def test_of_two_runs_that_write_one_account_at_once_both_stand(store: SqlStore) -> None:
    ids = registered(store, 40)
    runs = [
        store.start_run(RunKind.RECHECK, TODAY, NIGHT, [(id_, f"lane{name}") for id_ in ids], request_id=name)[0]
        for name in "abcd"
    ]
    leases = [store.lease(run.id, store.lanes(run.id, NIGHT), 200, NIGHT, 60) for run in runs]
    waiting = iter(leases)
    turn = threading.Lock()

    def work() -> int:
        with turn:
            lease = next(waiting)
        return store.record(lease, [seen(account.id) for account in lease.accounts], NIGHT)

    assert all_at_once(work, len(leases)) == [40] * 4
    assert count(store, t.observation) == 40
    assert count(store, t.finding) == count(store, t.standing) == 40 * len(seen(1).findings)


def test_of_two_imports_of_one_plan_one_is_done(store: SqlStore) -> None:
    plan, planned_from = added(*(a_row(name=f"Konto {number}") for number in range(10))), store.last_import()

    def work() -> bool:
        try:
            applied(store, plan, after_import=planned_from)
        except RegisterMoved:
            return False
        return True

    assert all_at_once(work).count(True) == 1
    assert len(store.accounts()) == len(plan)


def looked_at_here(store: SqlStore, run_id: int) -> list[int]:
    """The accounts that were looked at here by the time all of the run's were, here or elsewhere."""
    looked: list[int] = []
    while (counts := store.counts(run_id)).done < counts.total:
        lease = store.lease(run_id, store.lanes(run_id, NIGHT), 10, NIGHT, 60)
        looked += [account.id for account in lease.accounts]
        store.record(lease, [seen(account.id) for account in lease.accounts], NIGHT)
    store.close()
    return looked


def work_the_night(url: str) -> tuple[int, bool, list[int]]:
    """The run, whether it was begun here, and the accounts that were looked at here."""
    store = open_store(url)
    slots = [(account.id, f"host{account.id % 5}") for account in store.each_account()]
    run, is_new = store.start_run(RunKind.NIGHTLY, TODAY, NIGHT, slots)
    return run.id, is_new, looked_at_here(store, run.id)


def ask_for_all(url: str) -> tuple[int, bool, list[int]]:
    """The run, whether it was begun here, and the accounts that were looked at here."""
    store = open_store(url)
    slots = [(account.id, LANE) for account in store.each_account()]
    run, is_new = store.start_run(RunKind.RECHECK, TODAY, NIGHT, slots, request_id="all", comes_again=True)
    return run.id, is_new, looked_at_here(store, run.id)


def test_many_processes_that_ask_for_the_same_at_once_look_at_each_account_once(
    store: SqlStore, store_url: str
) -> None:
    ids = registered(store, 60)
    runs, begun, looked = zip(*at_once(ask_for_all, store_url), strict=True)
    assert len(set(runs)) == 1
    assert begun.count(True) == 1
    assert sorted(chain.from_iterable(looked)) == ids


def test_many_processes_share_one_night(store: SqlStore, store_url: str) -> None:
    ids = registered(store, 150)
    runs, begun, looked = zip(*at_once(work_the_night, store_url), strict=True)
    assert len(set(runs)) == 1
    assert begun.count(True) == 1
    assert sorted(chain.from_iterable(looked)) == ids
    assert count(store, t.observation) == len(ids)
