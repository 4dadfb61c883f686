from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from audits.digest import Weekly, due_slot, week_of
from tests.telling.letters import STOCKHOLM, TUESDAY

WEEKLY = Weekly(1, time(8, 30))


def test_a_week_is_due_from_its_moment_on():
    assert due_slot(TUESDAY - timedelta(minutes=1), STOCKHOLM, WEEKLY) is None
    assert due_slot(TUESDAY, STOCKHOLM, WEEKLY) == "2026-W46"
    assert due_slot(TUESDAY + timedelta(days=5), STOCKHOLM, WEEKLY) == "2026-W46"


def test_a_week_that_was_missed_is_not_caught_up():
    assert due_slot(TUESDAY + timedelta(days=6), STOCKHOLM, WEEKLY) is None


def test_the_local_hour_decides_in_summer_as_in_winter():
    summer = datetime(2026, 7, 7, 6, 30, tzinfo=UTC)
    assert due_slot(summer - timedelta(seconds=1), STOCKHOLM, WEEKLY) is None
    assert due_slot(summer, STOCKHOLM, WEEKLY) == "2026-W28"


@given(st.datetimes(datetime(2026, 1, 1), datetime(2036, 1, 1)))  # noqa: DTZ001  # Hypothesis takes naive bounds
def test_every_week_of_ten_years_comes_due_once_and_never_too_early(naive):
    now = naive.replace(tzinfo=UTC)
    local = now.astimezone(STOCKHOLM)
    passed = (local.weekday(), local.time()) >= (1, time(8, 30))
    assert due_slot(now, STOCKHOLM, WEEKLY) == (week_of(local.date()) if passed else None)
