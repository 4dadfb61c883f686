from __future__ import annotations

from collections import Counter
from datetime import timedelta

from tests.builders import NIGHT, TODAY
from tests.storage.nights import a_night, leased, registered, rows, seen
from worker.ports import Lease, Run, RunKind, SlotState
from worker.storage import SqlStore
from worker.storage import tables as t
from worker.storage.leasing import MOST_ATTEMPTS

AFTER = NIGHT + timedelta(hours=1)  # when every lease has run out


def on_lanes(store: SqlStore, *lanes: str) -> Run:
    """A night whose accounts stand on these lanes, one each."""
    ids = registered(store, len(lanes))
    run, _ = store.start_run(RunKind.NIGHTLY, TODAY, NIGHT, list(zip(ids, lanes, strict=True)))
    return run


def ids_of(lease: Lease) -> list[int]:
    return [account.id for account in lease.accounts]


def attempts(store: SqlStore) -> list[int]:
    return [row["attempts"] for row in rows(store, t.run_account)]


def killed(store: SqlStore, run: Run, poison: int) -> None:
    """A night in which looking at one account kills the worker, with all that it had in hand."""
    now = NIGHT
    while store.lanes(run.id, now):
        lease = leased(store, run, now)
        if poison not in ids_of(lease):
            store.record(lease, [seen(id_, now) for id_ in ids_of(lease)], now)
        now += timedelta(hours=1)


def test_the_longest_lane_comes_first(store: SqlStore) -> None:
    run = on_lanes(store, "a", "b", "b", "c", "c")
    assert store.lanes(run.id, NIGHT) == ["b", "c", "a"]


def test_a_lease_takes_only_the_lanes_that_were_asked_for(store: SqlStore) -> None:
    run = on_lanes(store, "a", "b", "a")
    lease = store.lease(run.id, ["a"], 200, NIGHT, 60)
    assert len(lease.accounts) == 2
    assert lease.until == NIGHT + timedelta(seconds=60)


def test_a_small_lease_takes_a_few_of_every_lane(store: SqlStore) -> None:
    run = on_lanes(store, *"aaaabb", "c")
    lanes = {row["account_id"]: row["lane"] for row in rows(store, t.run_account)}
    taken = Counter(lanes[id_] for id_ in ids_of(leased(store, run, limit=5)))
    assert taken == {"a": 2, "b": 2, "c": 1}


def test_a_lane_that_somebody_works_is_not_leased_again(store: SqlStore) -> None:
    run = on_lanes(store, "a", "a", "a", "b")
    first = store.lease(run.id, ["a"], 1, NIGHT, 60)
    assert len(first.accounts) == 1
    assert store.lanes(run.id, NIGHT) == ["b"]
    assert ids_of(store.lease(run.id, ["a"], 200, NIGHT, 60)) == []


def test_a_host_is_asked_by_one_worker_whatever_the_run(store: SqlStore) -> None:
    run = on_lanes(store, "a", "b")
    ids = [row["account_id"] for row in rows(store, t.run_account)]
    leased(store, run)
    recheck, _ = store.start_run(RunKind.RECHECK, TODAY, NIGHT, [(ids[0], "a")], request_id="r")
    assert store.lanes(recheck.id, NIGHT) == []
    assert ids_of(store.lease(recheck.id, ["a"], 200, NIGHT, 60)) == []
    assert ids_of(store.lease(recheck.id, ["a"], 200, AFTER, 60)) == [ids[0]]


def test_a_lane_is_free_again_when_all_that_was_leased_is_written(store: SqlStore) -> None:
    run = on_lanes(store, "a", "a")
    first = leased(store, run, limit=1)
    store.record(first, [seen(ids_of(first)[0])], NIGHT)
    assert len(leased(store, run).accounts) == 1


def test_a_lease_that_ran_out_is_given_to_the_next(store: SqlStore) -> None:
    run = on_lanes(store, "a")
    lost = leased(store, run)
    taken = leased(store, run, AFTER)
    assert ids_of(taken) == ids_of(lost)
    assert taken.token != lost.token


def test_what_is_given_back_costs_no_attempt(store: SqlStore) -> None:
    run = on_lanes(store, "a", "a")
    for _ in range(MOST_ATTEMPTS + 1):
        lease = leased(store, run)
        assert len(lease.accounts) == 2
        store.release(lease)
    assert attempts(store) == [0, 0]


def test_what_was_looked_at_is_not_given_back(store: SqlStore) -> None:
    run = on_lanes(store, "a", "a")
    lease = leased(store, run)
    store.record(lease, [seen(ids_of(lease)[0])], NIGHT)
    store.release(lease)
    assert store.counts(run.id).done == 1
    assert ids_of(leased(store, run)) == ids_of(lease)[1:]


def test_a_lease_that_was_taken_over_cannot_be_given_back(store: SqlStore) -> None:
    run = on_lanes(store, "a")
    lost = leased(store, run)
    leased(store, run, AFTER)
    store.release(lost)
    assert [row["state"] for row in rows(store, t.run_account)] == [SlotState.LEASED]


def test_work_that_breaks_off_again_and_again_is_quarantined(store: SqlStore) -> None:
    run = on_lanes(store, "a")
    for _ in range(MOST_ATTEMPTS):
        store.release(leased(store, run), broken=True)
    assert ids_of(leased(store, run)) == []
    assert store.counts(run.id).quarantined == 1
    assert store.begin_comparing(run.id, NIGHT)


def test_one_poisonous_account_is_quarantined_alone(store: SqlStore) -> None:
    ids = registered(store, 60)
    run = a_night(store, ids)
    killed(store, run, poison=ids[7])
    counts = store.counts(run.id)
    assert (counts.done, counts.quarantined) == (59, 1)
    assert rows(store, t.run_account)[7]["state"] == SlotState.QUARANTINED
    assert store.begin_comparing(run.id, NIGHT)


def test_what_failed_once_waits_until_the_others_were_tried(store: SqlStore) -> None:
    run = a_night(store, registered(store, 30))
    lost = leased(store, run, limit=20)
    fresh = leased(store, run, AFTER)
    assert not set(ids_of(fresh)) & set(ids_of(lost))
    store.record(fresh, [seen(id_, AFTER) for id_ in ids_of(fresh)], AFTER)
    assert len(leased(store, run, AFTER).accounts) == 10


def test_a_quarantined_account_is_tried_again_the_next_night(store: SqlStore) -> None:
    ids = registered(store, 1)
    killed(store, a_night(store, ids), poison=ids[0])
    tomorrow = NIGHT + timedelta(days=1)
    assert ids_of(leased(store, a_night(store, ids, tomorrow), tomorrow)) == ids
