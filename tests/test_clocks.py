"""What speaks against a machine's clock, and what does not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from audits.clocks import Dated, Doubt, doubt
from tests.builders import NIGHT

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def answers(*late: timedelta, noted: datetime = NIGHT) -> Sequence[Dated]:
    """Answers of as many hosts that were dated so long before they came."""
    return [Dated(host=f"{n}.example", said=noted - each, noted=noted) for n, each in enumerate(late)]


def why(now: datetime, newest: datetime | None = None, dated: Sequence[Dated] = ()) -> Doubt | None:
    found = doubt(now, newest, dated)
    return found.why if found else None


@pytest.mark.parametrize("late", [(), (DAY,), (DAY * 9, DAY * 9), (DAY * 9, DAY * 9, HOUR), (HOUR,) * 5])
def test_nothing_speaks_against_a_clock_that_few_answers_or_only_cached_ones_differ_from(late: tuple[timedelta, ...]):
    assert why(NIGHT, NIGHT - DAY, answers(*late)) is None


def test_what_was_written_ahead_of_it_speaks_against_it():
    assert why(NIGHT, NIGHT + HOUR / 2) is None
    assert why(NIGHT, NIGHT + 2 * HOUR) is Doubt.ROWS


def test_what_was_written_ahead_was_so_by_a_wrong_clock_where_several_servers_agree_with_it_now():
    ahead = NIGHT + 9 * DAY
    assert why(NIGHT, ahead, answers(HOUR, HOUR, timedelta(0))) is None
    assert why(NIGHT, ahead, answers(HOUR, timedelta(0))) is Doubt.ROWS, "too few to say"
    assert why(NIGHT, ahead, answers(HOUR, HOUR, HOUR, -5 * DAY)) is Doubt.ROWS, "one has seen a later day"
    assert why(NIGHT, ahead, answers(HOUR, HOUR, HOUR, noted=NIGHT - 2 * DAY)) is Doubt.ROWS, "that was before"


def test_answers_of_several_hosts_dated_ahead_of_it_say_that_it_is_behind_for_no_cache_knows_tomorrow():
    found = doubt(NIGHT, None, answers(HOUR, -2 * HOUR, -3 * HOUR, -900 * DAY))
    assert found is not None
    assert (found.why, found.by) == (Doubt.BEHIND, 2 * HOUR)


@pytest.mark.parametrize("late", [-900 * DAY, 900 * DAY])
def test_a_host_whose_own_clock_is_wrong_says_nothing_however_often_it_answers(late: timedelta):
    often = [*answers(late)] * 50
    assert why(NIGHT, None, often) is None
    assert why(NIGHT, None, [*often, *answers(late, timedelta(0), timedelta(0))]) is None


def test_a_clock_that_was_behind_and_has_been_set_right_is_trusted():
    assert why(NIGHT + 3 * DAY, NIGHT, answers(-2 * DAY, -2 * DAY, -2 * DAY)) is None


def test_it_is_ahead_where_every_one_of_the_latest_answers_is_dated_long_before_it_came():
    found = doubt(NIGHT, None, answers(30 * DAY, 31 * DAY, 40 * DAY))
    assert found is not None
    assert (found.why, found.by) == (Doubt.AHEAD, 30 * DAY)


def test_only_the_latest_answers_count_so_that_a_clock_set_right_is_trusted_again():
    wrong = answers(*[30 * DAY] * 5, noted=NIGHT - 2 * DAY)
    assert why(NIGHT, None, [*wrong, *answers(*[timedelta(0)] * 12)]) is None
