"""A platform that shows a copy of one day, under a date of today, and a city whose accounts fall silent one by one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from audits.health import STILL, stands_still
from tests.builders import a_belief
from tests.fakes import board
from tests.worker.nights import City
from worker.steps.holding import vouch
from worker.storage import SqlStore
from worker.storage.holding import SqlHolds

DAY = timedelta(days=1)
WATCHED, TODAY = date(2026, 9, 1), date(2026, 11, 1)
PACES = (1, 2, 3, 5, 7, 9, 13, 17, 23)  # days between an account's posts


@pytest.fixture
def city(store: SqlStore) -> City:
    return City(store, len(PACES))


def show(city: City, days: Iterable[date]) -> None:
    for at, (address, day) in enumerate(zip(city.addresses, days, strict=True)):
        city.web[address] = board(posted=day.isoformat(), number=str(at))


def posted_by(today: date) -> list[date]:
    """The latest post of each account that keeps its pace."""
    return [today - timedelta(days=today.toordinal() % pace) for pace in PACES]


def live(city: City, nights: int, until: date | None = None) -> None:
    """So many nights on which all keep their pace; the platform shows what it had on the last day `until`."""
    for _ in range(nights):
        today = city.clock().date()
        show(city, posted_by(min(today, until or today)))
        city.night()


def silent(city: City) -> set[int]:
    return {number for number, rule in city.told() if rule == "inactive"}


def waits(city: City) -> list[str]:
    return [each.rule for each in SqlHolds(city.store.db).held_now(city.clock().date())]


def test_answers_that_a_platform_has_frozen_tell_of_no_silence_and_the_officer_is_asked(city: City):
    live(city, 20)
    live(city, 60, until=city.clock().date())
    assert silent(city) == set()
    assert waits(city) == ["inactive"]
    live(city, 3)
    assert (silent(city), waits(city)) == (set(), [])


def test_one_account_that_falls_silent_among_others_is_told_as_ever(city: City):
    live(city, 20)
    stopped = city.clock().date()
    for _ in range(40):
        show(city, [stopped, *posted_by(city.clock().date())[1:]])
        city.night()
    assert silent(city) == {1}


def test_a_city_that_has_left_a_platform_is_told_of_its_silence_once_the_officer_says_that_it_is_so(city: City):
    live(city, 20)
    left = city.clock().date()
    live(city, 45, until=left)
    assert silent(city) == set()
    today = city.clock().date()
    vouch(SqlHolds(city.store.db), a_belief(rule="inactive", at=city.clock(), until=today + 14 * DAY), today)
    live(city, 3, until=left)
    assert silent(city) == set(range(1, len(PACES) + 1))


@pytest.mark.parametrize(
    ("signs", "still"),
    [
        ((20, 20, 20), True),
        ((20, 25, 34), True),
        ((20, 25, 35), False),  # two alone lived until the end
        ((13, 20, 20, 20), False),  # one lives
        ((61, 62, 63), False),  # it had ended before anybody looked
        ((), False),
    ],
)
def test_a_platform_stands_still_where_three_lived_until_one_fortnight_and_none_has_since(
    signs: tuple[int, ...], still: bool
):
    assert STILL == 14 * DAY
    assert stands_still([TODAY - each * DAY for each in signs], WATCHED, TODAY) is still
