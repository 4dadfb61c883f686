from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from audits.model import UNSEEN, Activity, Post, Precision
from audits.reading.posts import begins_with_newest, by_day, latest, reconciled

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def a_post(days: int, *, pinned: bool = False, repost: bool = False) -> Post:
    """A post made so many days ago."""
    return Post(at=NOW - timedelta(days=days), pinned=pinned, repost=repost)


def days_ago(*posts: Post) -> int | None:
    activity = latest(posts, NOW, "posts", sees_newest=True)
    return (NOW - activity.at).days if isinstance(activity, Activity) and activity.at else None


def test_the_newest_post_is_the_latest_sign_of_life() -> None:
    assert days_ago(a_post(9), a_post(2), a_post(5)) == 2


def test_what_is_dated_in_the_future_shared_from_others_or_pinned_is_none() -> None:
    assert days_ago(a_post(-1), a_post(1, repost=True), a_post(2, pinned=True), a_post(5)) == 5


def test_a_pinned_post_that_is_newer_than_the_rest_dates_nothing_and_is_a_sign_of_life() -> None:
    activity = latest([a_post(2, pinned=True), a_post(300)], NOW, "posts", sees_newest=True)
    assert isinstance(activity, Activity)
    assert (activity.at, activity.stirred) == (NOW - timedelta(days=300), NOW - timedelta(days=2))
    older = latest([a_post(900, pinned=True), a_post(3)], NOW, "posts", sees_newest=True)
    assert isinstance(older, Activity)
    assert older.stirred is None


def test_where_every_post_is_pinned_a_newer_one_may_be_hidden() -> None:
    activity = latest([a_post(3, pinned=True)], NOW, "posts", sees_newest=True)
    assert activity == Activity(at=NOW - timedelta(days=3), source="posts", sees_newest=False)


def test_a_date_whose_zone_is_not_told_is_known_to_the_day() -> None:
    dated = by_day(latest([a_post(2)], NOW, "posts"))
    assert isinstance(dated, Activity)
    assert (dated.precision, dated.sees_newest) == (Precision.DAY, False)
    assert by_day(UNSEEN) is UNSEEN


def test_posts_without_dates_tell_nothing() -> None:
    assert latest([Post(url="https://almestad.example/1")], NOW, "posts", sees_newest=True) is UNSEEN
    assert latest([], NOW, "posts", sees_newest=True) is UNSEEN


def test_beside_a_post_that_came_without_its_date_a_newer_one_may_be_hidden() -> None:
    activity = latest([Post(), a_post(3)], NOW, "posts", sees_newest=True)
    assert activity == Activity(at=NOW - timedelta(days=3), source="posts", sees_newest=False)
    assert latest([Post(repost=True), a_post(3)], NOW, "posts", sees_newest=True) == activity


def test_a_post_that_lies_a_little_ahead_or_further_than_anybody_plans_may_be_there_already() -> None:
    lead = [Post(at=NOW + timedelta(hours=hours)) for hours in (1, 27, 89 * 24, 365 * 24)]
    told = [latest([each, a_post(300)], NOW, "posts", sees_newest=True) for each in lead]
    assert [isinstance(each, Activity) and each.sees_newest for each in told] == [False, True, True, False]


def test_what_was_passed_on_dates_nothing_and_is_kept_beside_the_date() -> None:
    activity = latest([a_post(1, repost=True), a_post(300)], NOW, "posts", sees_newest=True)
    assert activity == Activity(
        at=NOW - timedelta(days=300), source="posts", sees_newest=True, stirred=NOW - timedelta(days=1)
    )
    assert latest([a_post(3), a_post(9, repost=True)], NOW, "posts", sees_newest=True) == Activity(
        at=NOW - timedelta(days=3), source="posts", sees_newest=True
    )


@pytest.mark.parametrize(
    ("days", "begins"),
    [([1, 2, 3], True), ([90, 1, 2], True), ([3, 2, 1], False), ([3, 1], False), ([5, 9, 1, 7], False), ([], True)],
)
def test_a_list_begins_with_its_newest_or_may_be_cut_before_it(days: list[int], begins: bool) -> None:
    assert begins_with_newest([NOW - timedelta(days=each) for each in days]) is begins


@pytest.mark.parametrize(("whole", "proves"), [(True, True), (False, False)])
def test_an_account_that_states_a_later_day_than_its_list_shows_is_silent_since_that_day(
    whole: bool, proves: bool
) -> None:
    listed = Activity(at=NOW - timedelta(days=300), source="posts", sees_newest=True)
    stated = Activity(at=NOW - timedelta(days=1), source="profile", sees_newest=whole)
    assert reconciled(listed, stated) == replace(listed, stirred=stated.at, sees_newest=proves)
    assert reconciled(stated, listed) == stated
    assert reconciled(listed, UNSEEN) == listed
