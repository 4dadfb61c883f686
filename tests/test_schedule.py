from datetime import UTC, date, datetime, time, timedelta

import pytest

from tests.builders import STOCKHOLM
from worker.schedule import due_night, due_week, missed_nights, next_night

AT = time(3, 15)


def local(year: int, month: int, day: int, hour: int, minute: int) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=STOCKHOLM).astimezone(UTC)


def due(now: datetime, starts: time, begun: list[date]) -> list[date]:
    night = due_night(now, STOCKHOLM, starts, begun)
    return [] if night is None else [night]


def test_a_night_is_due_once_its_hour_has_come():
    before, after = local(2026, 11, 3, 3, 14), local(2026, 11, 3, 3, 15)
    begun = {date(2026, 11, 1), date(2026, 11, 2)}
    assert due_night(before, STOCKHOLM, AT, begun) is None
    assert due_night(after, STOCKHOLM, AT, begun) == date(2026, 11, 3)


def test_the_next_night_begins_at_its_hour_today_or_tomorrow():
    assert next_night(local(2026, 11, 3, 3, 14), STOCKHOLM, AT) == local(2026, 11, 3, 3, 15)
    assert next_night(local(2026, 11, 3, 3, 15), STOCKHOLM, AT) == local(2026, 11, 4, 3, 15)
    assert next_night(local(2026, 10, 24, 12, 0), STOCKHOLM, AT) == local(2026, 10, 25, 3, 15)


def test_a_night_that_has_begun_is_not_due():
    begun = {date(2026, 11, 2), date(2026, 11, 3)}
    assert due_night(local(2026, 11, 3, 9, 0), STOCKHOLM, AT, begun) is None


def test_a_night_whose_hour_was_slept_through_begins_late_and_none_before_it():
    assert due_night(local(2026, 11, 3, 9, 0), STOCKHOLM, AT, {date(2026, 11, 1)}) == date(2026, 11, 3)
    assert due_night(local(2026, 11, 4, 3, 14), STOCKHOLM, AT, {date(2026, 11, 1)}) == date(2026, 11, 3)
    assert due_night(local(2026, 11, 3, 9, 0), STOCKHOLM, AT, set()) == date(2026, 11, 3)


def test_the_nights_between_two_that_began_were_missed():
    assert missed_nights(date(2026, 11, 1), date(2026, 11, 2)) == []
    assert missed_nights(date(2026, 11, 1), date(2026, 11, 4)) == [date(2026, 11, 2), date(2026, 11, 3)]


CHANGES = [date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31), date(2028, 3, 26)]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("starts", [time(1, 30), time(2, 0), time(2, 30), time(3, 0), time(3, 15)])
def test_nights_on_which_the_clock_changes_are_ordinary(change, starts):
    begun: list[date] = [change - timedelta(days=2)]
    now = datetime.combine(change - timedelta(days=1), time(), STOCKHOLM).astimezone(UTC)
    for _ in range(3 * 24 * 12):
        begun += due(now, starts, begun)
        now += timedelta(minutes=5)
    assert begun[1:] == [change + timedelta(days=days) for days in (-1, 0, 1)]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("starts", [time(1, 30), time(2, 0), time(2, 30), time(3, 0), time(3, 15)])
def test_the_next_night_is_told_as_it_will_begin_also_when_the_clock_changes(change: date, starts: time) -> None:
    begun = [change - timedelta(days=2)]
    now = datetime.combine(change - timedelta(days=1), time(), STOCKHOLM).astimezone(UTC)
    told = next_night(now, STOCKHOLM, starts)
    for _ in range(2 * 24 * 12):
        if night := due(now, starts, begun):
            assert told.isoformat() == now.astimezone(STOCKHOLM).isoformat()
        begun += night
        told = next_night(now, STOCKHOLM, starts)
        assert told > now
        now += timedelta(minutes=5)


def test_ten_years_of_ticks_give_one_night_a_date():
    begun: list[date] = [date(2025, 12, 31)]
    now = local(2026, 1, 1, 0, 0)
    while now < local(2036, 1, 1, 0, 0):
        begun += due(now, AT, begun[-3:])
        now += timedelta(hours=1)
    assert len(begun) == len(set(begun))
    assert len(begun) == (date(2036, 1, 1) - date(2025, 12, 31)).days


# --- weeks

SATURDAY, BEGINS = 5, time(1, 30)
LAST, THIS = date(2026, 10, 31), date(2026, 11, 7)  # Saturdays


def test_a_week_is_due_once_its_hour_has_come():
    before, after = local(2026, 11, 7, 1, 29), local(2026, 11, 7, 1, 30)
    assert due_week(before, STOCKHOLM, SATURDAY, BEGINS, {LAST}) is None
    assert due_week(after, STOCKHOLM, SATURDAY, BEGINS, {LAST}) == THIS
    assert due_week(after, STOCKHOLM, SATURDAY, BEGINS, {LAST, THIS}) is None


def test_a_missed_week_is_caught_up_and_no_older_one():
    assert due_week(local(2026, 11, 10, 9, 0), STOCKHOLM, SATURDAY, BEGINS, {date(2026, 9, 5)}) == THIS


def test_the_first_week_of_all_waits_for_its_day():
    assert due_week(local(2026, 11, 10, 9, 0), STOCKHOLM, SATURDAY, BEGINS, ()) is None
    assert due_week(local(2026, 11, 14, 9, 0), STOCKHOLM, SATURDAY, BEGINS, ()) == date(2026, 11, 14)


def test_the_night_on_which_the_clock_goes_back_has_one_walk():
    sunday = 6
    due = {due_week(local(2026, 10, 25, hour, 45), STOCKHOLM, sunday, BEGINS, {date(2026, 10, 18)}) for hour in (2, 3)}
    assert due == {date(2026, 10, 25)}
