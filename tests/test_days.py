"""Days are the city's, and a limit is never passed before so many days have truly gone by."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from audits.days import Now, day_of, utc_day
from audits.model import Activity, Outcome, Precision
from audits.rulebook import judge
from audits.sights import Register, sights_of
from tests.builders import STOCKHOLM, an_account, an_observation, as_of, some_facts
from tests.fakes import some_rules

ZONES = [
    ZoneInfo(name)
    for name in ("Europe/Stockholm", "UTC", "Pacific/Kiritimati", "America/New_York", "Pacific/Pago_Pago",
                 "Asia/Kathmandu", "America/Havana", "Asia/Beirut")
]  # fmt: skip  # +14 to -11 hours, a quarter of an hour, and clocks put forward and back at midnight
DAY = timedelta(days=1)
MOMENTS = st.timedeltas(timedelta(0), timedelta(days=3_650)).map(lambda span: datetime(2020, 1, 1, tzinfo=UTC) + span)
SPANS = st.timedeltas(timedelta(0), timedelta(days=400))
DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))
AT_NIGHT = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)  # half past midnight on 1 July in Sweden


def test_half_past_midnight_is_the_new_day():
    assert (day_of(AT_NIGHT, STOCKHOLM), utc_day(AT_NIGHT)) == (date(2026, 7, 1), date(2026, 6, 30))


def test_days_are_those_between_the_two_dates_on_the_calendar():
    now = as_of(datetime(2026, 11, 26, 2, 15, tzinfo=UTC))
    post = now.dated(Activity(at=datetime(2026, 11, 1, 22, tzinfo=UTC), source="feed"))
    assert post is not None
    assert (now.days_since(post), now.full_days_since(post)) == (25, 24)


@given(at=MOMENTS, span=SPANS, zone=st.sampled_from(ZONES))
def test_a_limit_is_passed_only_when_so_many_days_have_gone_by_in_every_sense(
    at: datetime, span: timedelta, zone: tzinfo
):
    assume(time() not in (at.time(), at.astimezone(zone).time()))  # such a one is a day, of the tests below
    now = Now(at + span, zone)
    post = now.dated(Activity(at=at, source="feed"))
    assert post is not None
    full, told = now.full_days_since(post), now.days_since(post)
    assert full * DAY <= span
    assert full <= told == (day_of(now.at, zone) - day_of(at, zone)).days
    assert told - full <= 1  # what is held back is hours, never a second day


@given(day=DAYS, span=SPANS, zone=st.sampled_from(ZONES), hour=st.times())
def test_a_day_alone_stays_that_day_and_its_limit_waits_for_its_end(
    day: date, span: timedelta, zone: tzinfo, hour: time
):
    """Wherever its writer counts days, of the city and UTC; and at whatever time of it the post was made."""
    activity = Activity(at=datetime.combine(day, time(), UTC), source="feed", precision=Precision.DAY)
    now = Now(datetime.combine(day, time(12), UTC) + span, zone)
    post = now.dated(activity)
    assert post is not None
    assert (post.day, str(post)) == (day, day.isoformat())
    for counted_in in (zone, UTC):
        made = datetime.combine(day, hour, counted_in)
        assert now.full_days_since(post) * DAY <= max(timedelta(0), now.at - made.astimezone(UTC))


@given(day=DAYS, span=SPANS, zone=st.sampled_from(ZONES), home=st.booleans())
def test_a_day_that_somebody_wrote_as_a_midnight_is_such_a_day(day: date, span: timedelta, zone: tzinfo, home: bool):
    midnight = datetime.combine(day, time(), zone if home else UTC)
    assume(midnight.astimezone(UTC).astimezone(midnight.tzinfo).time() == time())  # some are skipped by the clock
    now = Now(midnight + span, zone)
    post = now.dated(Activity(at=midnight.astimezone(UTC), source="statuses"))
    assert post is not None
    assert (post.day, post.last) == (day, now.some_time_on(day).last)


def test_a_post_a_second_past_midnight_has_its_moment():
    at = datetime(2026, 7, 1, 0, 0, 1, tzinfo=UTC)
    post = Now(at, STOCKHOLM).dated(Activity(at=at, source="feed"))
    assert post is not None
    assert post.last == at


def test_a_month_alone_is_told_as_that_month_and_counted_from_its_end():
    now = as_of(datetime(2026, 6, 2, 12, tzinfo=UTC))
    release = now.dated(Activity(at=datetime(2026, 5, 1, tzinfo=UTC), source="episodes", precision=Precision.MONTH))
    assert release is not None
    assert (str(release), now.days_since(release), now.full_days_since(release)) == ("2026-05", 2, 1)


@given(day=DAYS, span=SPANS, zone=st.sampled_from(ZONES))
def test_what_began_with_a_day_is_counted_from_its_first_moment(day: date, span: timedelta, zone: tzinfo):
    now = Now(datetime.combine(day, time(), zone).astimezone(UTC) + span, zone)
    begun = now.from_the_start_of(day)
    assert now.full_days_since(begun) <= now.days_since(begun) == (now.today - day).days
    assert now.full_days_since(begun) * DAY <= span


@pytest.mark.parametrize("day", [date.min, date.max])
def test_no_day_that_a_register_may_hold_is_too_far_off_to_be_counted(day: date):
    assert as_of().full_days_since(as_of().some_time_on(day)) >= 0
    assert as_of(zone=ZoneInfo("Pacific/Pago_Pago")).days_since(as_of().some_time_on(day)) >= 0


@given(at=MOMENTS, ahead=SPANS, zone=st.sampled_from(ZONES))
def test_of_what_is_still_to_come_no_day_has_gone_by(at: datetime, ahead: timedelta, zone: tzinfo):
    now = Now(at, zone)
    post = now.dated(Activity(at=at + ahead, source="feed"))
    assert post is not None
    assert (now.full_days_since(post), now.days_since(post)) == (0, 0)


@given(at=MOMENTS, zone=st.sampled_from(ZONES), other=st.sampled_from(ZONES))
def test_a_case_about_a_post_is_known_alike_by_every_route_and_in_every_zone(at: datetime, zone: tzinfo, other: tzinfo):
    by_feed = Now(at, zone).dated(Activity(at=at, source="feed"))
    day_alone = datetime.combine(utc_day(at), time(), UTC)
    by_day = Now(at, other).dated(Activity(at=day_alone, source="last_status_at", precision=Precision.DAY))
    assert by_feed is not None
    assert by_day is not None
    assert by_feed.mark == by_day.mark


@given(at=MOMENTS, since=SPANS, span=SPANS, zone=st.sampled_from(ZONES))
def test_silence_is_counted_from_the_later_of_a_post_and_another_sign_of_life(
    at: datetime, since: timedelta, span: timedelta, zone: tzinfo
):
    now = Now(at + since + span, zone)
    both = now.dated(Activity(at=at, source="statuses", stirred=at + since))
    sign = now.dated(Activity(at=at + since, source="statuses"))
    assert both is not None
    assert sign is not None
    assert now.full_days_since(both.alive) == min(now.full_days_since(both), now.full_days_since(sign))
    assert both.mark == utc_day(at).isoformat()


# --- as rules see it


SILENT = some_rules().routines["inactive"]


def silence(at: datetime, now: datetime, zone: tzinfo = STOCKHOLM) -> tuple[Outcome, dict[str, str]]:
    activity = Activity(at=at, source="feed", sees_newest=True)
    account, seen = an_account(), an_observation(observed_at=now, facts=some_facts(activity=activity))
    sights = sights_of(account, seen, Register(), Now(now, zone))
    found = judge(SILENT, account, seen, sights, Now(now, zone))
    return found.outcome, dict(found.seen)


def test_a_post_at_half_past_midnight_is_told_with_the_citys_day():
    _, seen = silence(AT_NIGHT, datetime(2026, 10, 10, 1, 15, tzinfo=UTC))
    assert (seen["last_post"], seen["days"]) == ("2026-07-01", "101")


@pytest.mark.parametrize(
    ("now", "outcome"),
    [
        (datetime(2026, 7, 30, 22, 29, tzinfo=UTC), Outcome.PASSED),  # thirty days on the calendar, less by the clock
        (datetime(2026, 7, 30, 22, 30, tzinfo=UTC), Outcome.FAILED),
    ],
)
def test_a_limit_of_thirty_days_is_passed_when_thirty_days_have_gone_by(now: datetime, outcome: Outcome):
    assert silence(AT_NIGHT, now)[0] is outcome


def test_an_hour_that_the_clock_is_put_back_brings_no_limit_nearer():
    """Thirty times twenty-four hours after ten past midnight it is still the twenty-ninth day."""
    at = datetime(2026, 9, 25, 22, 10, tzinfo=UTC)
    assert silence(at, at + 30 * DAY)[0] is Outcome.PASSED
    assert silence(at, at + 30 * DAY + timedelta(hours=1))[0] is Outcome.FAILED


@given(at=MOMENTS, span=SPANS, zone=st.sampled_from(ZONES))
def test_what_is_told_never_contradicts_itself(at: datetime, span: timedelta, zone: tzinfo):
    outcome, seen = silence(at, at + span, zone)
    if outcome is Outcome.FAILED:
        between = day_of(at + span, zone) - date.fromisoformat(seen["last_post"])
        assert int(seen["limit_days"]) <= int(seen["days"]) == between.days
        assert span >= int(seen["limit_days"]) * DAY
    else:
        assert span < 31 * DAY
