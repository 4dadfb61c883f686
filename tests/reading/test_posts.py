from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from audits.model import UNSEEN, Activity, Post
from audits.reading.posts import latest

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


def test_where_every_post_is_pinned_a_newer_one_may_be_hidden() -> None:
    activity = latest([a_post(3, pinned=True)], NOW, "posts", sees_newest=True)
    assert activity == Activity(at=NOW - timedelta(days=3), source="posts", sees_newest=False)


def test_posts_without_dates_tell_nothing() -> None:
    assert latest([Post(url="https://almestad.example/1")], NOW, "posts", sees_newest=True) is UNSEEN
    assert latest([], NOW, "posts", sees_newest=True) is UNSEEN


def test_beside_a_post_that_came_without_its_date_a_newer_one_may_be_hidden() -> None:
    activity = latest([Post(), a_post(3)], NOW, "posts", sees_newest=True)
    assert activity == Activity(at=NOW - timedelta(days=3), source="posts", sees_newest=False)
    assert latest([Post(repost=True), a_post(3)], NOW, "posts", sees_newest=True) == replace(activity, sees_newest=True)
