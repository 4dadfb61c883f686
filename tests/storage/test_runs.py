from __future__ import annotations

from datetime import date, timedelta

import pytest

from audits.model import Transport
from tests.builders import NIGHT, TODAY
from tests.storage.nights import LANE, a_night, leased, looked, registered, seen
from worker.ports import RunKind, RunState
from worker.storage import SqlStore


def test_a_night_is_begun_once(store: SqlStore) -> None:
    slots = [(id_, LANE) for id_ in registered(store, 2)]
    first, is_new = store.start_run(RunKind.NIGHTLY, TODAY, NIGHT, slots)
    again, is_new_again = store.start_run(RunKind.NIGHTLY, TODAY, NIGHT + timedelta(minutes=5), [])
    assert (is_new, is_new_again) == (True, False)
    assert first == again
    assert store.counts(first.id).total == 2


def test_another_night_is_another_run(store: SqlStore) -> None:
    assert a_night(store, [], NIGHT).id != a_night(store, [], NIGHT + timedelta(days=1)).id


def test_a_request_is_begun_once_and_two_requests_are_two_runs(store: SqlStore) -> None:
    asked = [store.start_run(RunKind.RECHECK, TODAY, NIGHT, [], request_id=name)[0].id for name in ("a", "b", "a")]
    assert asked[0] == asked[2] != asked[1]


def test_a_request_that_comes_again_is_its_open_run_and_another_once_that_is_closed(store: SqlStore) -> None:
    def asked(name: str) -> tuple[int, bool]:
        run, is_new = store.start_run(RunKind.RECHECK, TODAY, NIGHT, [], request_id=name, comes_again=True)
        return run.id, is_new

    first, another = asked("a"), asked("ab")
    assert (first[1], another[1]) == (True, True)
    assert asked("a") == (first[0], False)
    store.begin_comparing(first[0], NIGHT)
    assert asked("a") == (first[0], False)
    store.close_run(first[0], NIGHT)
    second = asked("a")
    assert second[1]
    assert asked("a") == (second[0], False)
    assert asked("ab") == (another[0], False)


def test_a_run_that_nobody_named_is_its_own(store: SqlStore) -> None:
    ids = {store.start_run(RunKind.REPLAY, TODAY, NIGHT, [])[0].id for _ in range(2)}
    assert len(ids) == 2


def test_a_run_is_found_again_as_it_was_begun(store: SqlStore) -> None:
    run, _ = store.start_run(RunKind.RECHECK, TODAY, NIGHT, [], request_id="a", silent=True)
    assert store.run(run.id) == run
    assert (run.kind, run.local_date, run.started_at, run.silent) == (RunKind.RECHECK, TODAY, NIGHT, True)
    assert store.run(run.id + 1) is None


def test_the_latest_run_is_told_by_kind(store: SqlStore) -> None:
    assert store.latest_run() is None
    night = a_night(store, [])
    recheck, _ = store.start_run(RunKind.RECHECK, TODAY, NIGHT, [], request_id="a")
    assert store.latest_run() == recheck
    assert store.latest_run(RunKind.NIGHTLY) == night


def test_the_nights_of_the_last_week_and_the_very_first_are_remembered(store: SqlStore) -> None:
    for day in (1, 10, 12, 20):
        a_night(store, [], NIGHT.replace(day=day))
    assert store.begun_nights(since=date(2026, 11, 18)) == {date(2026, 11, day) for day in (1, 12, 20)}
    assert store.begun_nights(since=date(2026, 12, 18)) == {date(2026, 11, 1)}


def test_comparing_begins_when_everything_was_looked_at(store: SqlStore) -> None:
    ids = registered(store, 2)
    run = a_night(store, ids)
    assert not store.begin_comparing(run.id, NIGHT)
    lease = leased(store, run)
    store.record(lease, [seen(ids[0])], NIGHT)
    assert not store.begin_comparing(run.id, NIGHT)
    store.record(lease, [seen(ids[1])], NIGHT)
    assert store.begin_comparing(run.id, NIGHT)
    assert store.begin_comparing(run.id, NIGHT)  # after a fault it goes on


def test_an_open_run_cannot_be_closed(store: SqlStore) -> None:
    run = a_night(store, registered(store, 1))
    assert store.close_run(run.id, NIGHT).state is RunState.OPEN


def test_a_closed_run_keeps_its_first_end_and_is_no_longer_open(store: SqlStore) -> None:
    run = a_night(store, [])
    store.begin_comparing(run.id, NIGHT)
    assert [each.id for each in store.open_runs()] == [run.id]
    closed = store.close_run(run.id, NIGHT)
    assert store.close_run(run.id, NIGHT + timedelta(hours=1)) == closed
    assert (closed.state, closed.finished_at) == (RunState.CLOSED, NIGHT)
    assert store.open_runs() == ()
    assert not store.begin_comparing(run.id, NIGHT)


def test_accounts_are_counted_by_how_the_look_ended(store: SqlStore) -> None:
    ids = registered(store, 3)
    run = a_night(store, ids)
    store.record(leased(store, run), [seen(ids[0]), seen(ids[1], transport=Transport.WALLED)], NIGHT)
    counts = store.counts(run.id)
    assert (counts.total, counts.done, counts.quarantined) == (3, 2, 0)
    assert counts.by_transport == {"ok": 1, "walled": 1}


@pytest.mark.parametrize("size", [0, 1, 4_500])
def test_a_night_holds_every_account_once_whatever_its_size(store: SqlStore, size: int) -> None:
    ids = registered(store, min(size, 3))
    slots = [(id_, LANE) for id_ in ids] * (size // 3 or 1)
    run, _ = store.start_run(RunKind.NIGHTLY, TODAY, NIGHT, slots)
    assert store.counts(run.id).total == len(ids)
    assert looked(store, run) == ids
