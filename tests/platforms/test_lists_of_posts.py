"""Whose a list of posts is, and whether the newest may be missing: Mastodon's and Bluesky's interfaces list many."""

from __future__ import annotations

from typing import Any

import pytest

from audits.model import UNSEEN, Activity, Existence, Facts, Unseen
from tests.platforms import bluesky
from tests.platforms.fediverse import HOST, LATEST, account, shown, status, video
from tests.platforms.shown import kept, made

# --- Mastodon ---------------------------------------------------------------------------------------------------------

OWN = f"https://{HOST}/api/v1/accounts/1207/statuses"


@pytest.mark.parametrize(
    ("asked", "sees_newest"),
    [
        ("?exclude_reblogs=false", True),
        ("?exclude_reblogs=true", False),
        ("?only_media=false", True),
        ("?only_media=true", False),
        ("?exclude_replies=1", False),
        ("?tagged=bibliotek", False),
        ("?pinned=true", False),
        ("?min_id=3", False),
    ],
)
def test_a_list_of_mastodons_that_leaves_posts_out_proves_no_silence(asked: str, sees_newest: bool) -> None:
    activity = shown([status(20), status(19)], url=f"{OWN}{asked}").facts.activity
    assert activity == Activity(at=LATEST, source="statuses", sees_newest=sees_newest)


ANOTHER = account(id="9", username="annan", acct="annan", url=f"https://{HOST}/@annan")


@pytest.mark.parametrize(
    ("listed", "asked"),
    [
        ([status(20), status(19, account=ANOTHER)], ""),
        ([status(20), status(19)], f"https://{HOST}/api/v1/timelines/tag/bibliotek"),
        ([{"id": "1", "type": "follow", "created_at": "2026-11-20T08:00:00Z", "account": account()}], ""),
    ],
)
def test_a_timeline_and_a_list_of_notices_are_nobodys(listed: list[Any], asked: str) -> None:
    reading = shown(listed, url=asked)
    assert (reading.existence, reading.facts) == (Existence.UNKNOWN, Facts())


def test_the_feed_of_an_accounts_posts_under_a_tag_is_the_accounts() -> None:
    feed = kept("mastodon", "feed.rss").body.replace(b"/@biblioteket</link>", b"/@biblioteket/tagged/sagor</link>", 1)
    facts = shown(made(feed)).facts
    assert (facts.handle, facts.activity) == (
        f"biblioteket@{HOST}",
        Activity(at=LATEST, source="feed", sees_newest=False),
    )


def test_the_feed_of_a_tag_is_nobodys() -> None:
    feed = kept("mastodon", "feed.rss").body.replace(b"/@biblioteket</link>", b"/tags/bibliotek</link>")
    reading = shown(made(feed))
    assert (reading.existence, reading.facts) == (Existence.UNKNOWN, Facts())


@pytest.mark.parametrize(("asked", "counted", "sees_newest"), [("?count=5", 9, True), ("?isLive=true", UNSEEN, False)])
def test_a_list_of_peertubes_that_leaves_videos_out_counts_nothing_and_proves_no_silence(
    asked: str, counted: int | Unseen, *, sees_newest: bool
) -> None:
    films = {"total": 9, "data": [video(20), video(19)]}
    facts = shown(films, url=f"https://{HOST}/api/v1/accounts/staden/videos{asked}").facts
    assert (facts.posts_count, facts.activity) == (
        counted,
        Activity(at=LATEST, source="videos", sees_newest=sees_newest),
    )


# --- Bluesky ----------------------------------------------------------------------------------------------------------

SOMEBODY = {"did": "did:plc:annan", "handle": "annan.example"}


@pytest.mark.parametrize(
    "asked", ["getTimeline", f"getActorLikes?actor={bluesky.HANDLE}", "getFeed?feed=at://x", "getListFeed?list=at://x"]
)
def test_a_feed_that_somebody_else_put_together_is_nobodys(asked: str) -> None:
    reading = bluesky.listed(bluesky.entry(20), bluesky.entry(19), url=f"{bluesky.API}/app.bsky.feed.{asked}")
    assert (reading.existence, reading.facts.platform_id) == (Existence.UNKNOWN, UNSEEN)


def test_a_feed_of_several_authors_is_the_one_who_was_asked_for_or_nobodys() -> None:
    entries = (bluesky.entry(21, author=SOMEBODY), bluesky.entry(20), bluesky.entry(19))
    assert bluesky.listed(*entries).facts.activity == Activity(
        at=bluesky.LATEST, source="author feed", sees_newest=True
    )
    assert bluesky.listed(*entries, url="", key=None).existence is Existence.UNKNOWN


@pytest.mark.parametrize(
    ("left_in", "sees_newest"),
    [("posts_with_replies", True), ("posts_no_replies", False), ("posts_with_media", False)],
)
def test_a_feed_that_leaves_posts_out_proves_no_silence(left_in: str, sees_newest: bool) -> None:
    activity = bluesky.listed(bluesky.entry(20), url=f"{bluesky.FEED}&filter={left_in}").facts.activity
    assert activity == Activity(at=bluesky.LATEST, source="author feed", sees_newest=sees_newest)
