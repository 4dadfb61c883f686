"""What must not wait for the next night is looked at again soon, at least half an hour apart, and by one run alone."""

from __future__ import annotations

import pytest

from tests.builders import NIGHT
from tests.fakes import board
from tests.worker.nights import City, proven
from worker.ports import RunKind
from worker.steps import advance_run, begin_audit, begin_confirmations
from worker.storage import SqlStore


@pytest.fixture
def city(store: SqlStore) -> City:
    return City(store, 12)


def test_a_takeover_is_rechecked_twice_before_anyone_hears(city: City):
    proven(city)
    city.web[city.addresses[3]] = board(number="4711")
    city.night()
    city.clock.pass_hours(-23)
    told = []
    for _ in range(2):
        recheck = begin_confirmations(city.store, city.instruments, NIGHT.date(), city.clock())
        assert recheck is not None
        told.append((4, "taken-over") in city.told())
        advance_run(city.store, city.asker, city.instruments, recheck, city.clock, seconds=30)
        advance_run(city.store, city.asker, city.instruments, recheck, city.clock, seconds=30)
        city.clock.pass_hours(1)
    assert told == [False, False]
    assert (4, "taken-over") in city.told()
    assert begin_confirmations(city.store, city.instruments, NIGHT.date(), city.clock()) is None


def suspected_and_then_unseen(city: City) -> None:
    """A night suspects a takeover, and the re-check of it meets no page."""
    proven(city)
    city.web[city.addresses[3]] = board(number="4711")
    city.night()
    del city.web[city.addresses[3]]
    recheck = begin_confirmations(city.store, city.instruments, NIGHT.date(), city.clock())
    assert recheck is not None
    while advance_run(city.store, city.asker, city.instruments, recheck, city.clock, seconds=30):
        pass


def test_a_recheck_that_sees_nothing_is_not_repeated_before_the_next_night(city: City):
    suspected_and_then_unseen(city)
    city.clock.pass_hours(1)
    assert begin_confirmations(city.store, city.instruments, NIGHT.date(), city.clock()) is None


def rechecked(city: City) -> list[int]:
    """Whom the re-check that is due by now is to look at; it has not looked yet."""
    run = begin_confirmations(city.store, city.instruments, NIGHT.date(), city.clock())
    if run is None:
        return []
    lease = city.store.lease(run.id, ["board.example"], 200, city.clock(), 60)
    city.store.release(lease)
    return [account.id for account in lease.accounts]


def looked_at(city: City, *account_ids: int, name: str) -> None:
    accounts = city.store.accounts(ids=account_ids)
    run = begin_audit(city.store, RunKind.RECHECK, accounts, NIGHT.date(), city.clock(), request_id=name)
    while advance_run(city.store, city.asker, city.instruments, run, city.clock, seconds=30):
        pass


def a_second_name_that_changed_hands_by_day(city: City) -> None:
    city.web[city.addresses[6]] = board(number="4712")
    looked_at(city, 7, name="by day")
    city.clock.pass_hours(1)


def test_an_account_that_waits_for_its_recheck_is_in_no_other(city: City):
    proven(city)
    city.web[city.addresses[3]] = board(number="4711")
    city.night()
    assert rechecked(city) == [4]
    a_second_name_that_changed_hands_by_day(city)
    assert rechecked(city) == [7]
    assert rechecked(city) == []


def test_one_that_a_recheck_could_not_see_waits_for_the_night_whoever_joins_it(city: City):
    suspected_and_then_unseen(city)
    a_second_name_that_changed_hands_by_day(city)
    assert rechecked(city) == [7]
