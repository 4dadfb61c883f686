"""X's lists of posts and of accounts, read: whose they are decides what they prove."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from audits.model import UNSEEN, Activity, Existence, Page, PlatformId, Reading
from audits.platforms.x import PLATFORM
from tests.platforms.shown import made, read
from tests.platforms.x import a_user, an_error

KEY = "x:hamnstadhamn"
OLD, NEW = "1134726326424887296", "1135186334304428034"
NEWEST = datetime(2019, 6, 2, 14, 8, 7, tzinfo=UTC)


def shown(page: Page, key: str | None = KEY) -> Reading:
    return read(PLATFORM, page, key)


# --- API v2 and v1.1 ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "existence"),
    [
        ("users/4711/tweets", Existence.PRESENT),
        ("users/4711/mentions", Existence.UNKNOWN),
        ("users/4711/liked_tweets", Existence.UNKNOWN),
        ("tweets/search/recent?query=hamn", Existence.UNKNOWN),
        ("lists/12/tweets", Existence.UNKNOWN),
    ],
)
def test_posts_that_name_nobody_are_somebodys_own_only_by_their_address(path: str, existence: Existence) -> None:
    answer = {"data": [{"id": NEW, "text": "Hej"}, {"id": OLD, "text": "Hej"}], "meta": {"result_count": 2}}
    reading = shown(made(answer, url=f"https://api.twitter.com/2/{path}"))
    assert (reading.existence, reading.facts.activity is UNSEEN) == (existence, existence is Existence.UNKNOWN)
    assert shown(made(answer, url="")).existence is Existence.UNKNOWN


@pytest.mark.parametrize(
    ("query", "meta", "sees_newest"),
    [("", {}, True), ("?pagination_token=7140dibd", {}, False), ("", {"previous_token": "77qp8"}, False)],
)
def test_a_later_part_of_a_timeline_proves_no_silence(query: str, meta: dict[str, str], sees_newest: bool) -> None:
    answer = {"data": [{"id": NEW, "text": "Hej"}], "meta": {"result_count": 1, **meta}}
    activity = shown(made(answer, url=f"https://api.twitter.com/2/users/4711/tweets{query}")).facts.activity
    assert isinstance(activity, Activity)
    assert activity.sees_newest is sees_newest


@pytest.mark.parametrize("others", ["Hamnkrogen", "HamnstadHamn"])
def test_posts_of_several_people_are_nobodys_timeline(others: str) -> None:
    posts = [{**a_user()["status"], "user": {"id_str": name, "screen_name": name}} for name in ("HamnstadHamn", others)]
    answer = {"data": [{"id": post["id_str"], "text": "Hej", "author_id": post["user"]["id_str"]} for post in posts]}
    found = Existence.PRESENT if others == "HamnstadHamn" else Existence.UNKNOWN
    for reading in (shown(made(posts)), shown(made({**answer, "meta": {"result_count": 2}}))):
        assert (reading.existence, reading.facts.activity is UNSEEN) == (found, found is Existence.UNKNOWN)


def test_what_somebody_likes_of_one_person_is_not_what_somebody_wrote() -> None:
    post = {**a_user()["status"], "user": {"id_str": "9", "screen_name": "Hamnkrogen"}}
    likes, own = (
        "https://api.twitter.com/1.1/favorites/list.json",
        "https://api.twitter.com/1.1/statuses/user_timeline.json",
    )
    assert shown(made([post], url=likes)).existence is Existence.UNKNOWN
    assert shown(made([post], url=own)).existence is Existence.PRESENT


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("users?ids=9,4711", "annan"),
        ("users/by?usernames=annan,hamnstadhamn", "annan"),
        ("users/12/followers", UNSEEN),
        ("users/search?query=hamn", UNSEEN),
        ("tweets/12/retweeted_by", UNSEEN),
    ],
)
def test_of_followers_the_first_is_nobody_in_particular(path: str, name: object) -> None:
    users = [{"id": "9", "username": "annan", "name": "Annan"}, {"id": "4711", "username": "HamnstadHamn", "name": "H"}]
    page = made({"data": users}, url=f"https://api.x.com/2/{path}")
    assert shown(page, None).facts.handle == name
    assert shown(page).facts.handle == "HamnstadHamn"


def test_a_post_names_its_writer_and_decides_nothing() -> None:
    user = {"id": "4711", "username": "HamnstadHamn", "name": "Hamnstads hamn"}
    answer = {"data": {"id": NEW, "text": "Hej", "author_id": "4711"}, "includes": {"users": [user]}}
    reading = shown(made(answer, url=f"https://api.x.com/2/tweets/{NEW}"))
    assert (reading.existence, reading.facts.handle) == (Existence.UNKNOWN, "HamnstadHamn")


@pytest.mark.parametrize(
    ("parameter", "existence"), [("usernames", Existence.SUSPENDED), ("author_id", Existence.UNKNOWN)]
)
def test_whoever_a_post_names_was_not_asked_for(parameter: str, existence: Existence) -> None:
    error = an_error("User has been suspended: [hamnstadhamn].", parameter=parameter)
    assert shown(made({"errors": [error]})).existence is existence


@pytest.mark.parametrize(
    ("address", "existence"),
    [
        ("https://api.twitter.com/1.1/users/show.json?screen_name=hamnstadhamn", Existence.SUSPENDED),
        ("https://api.twitter.com/1.1/statuses/show.json?id=12", Existence.UNKNOWN),
        ("https://api.twitter.com/2/tweets/12", Existence.UNKNOWN),
        ("https://publish.twitter.com/oembed?url=https://twitter.com/hamnstadhamn/status/12", Existence.UNKNOWN),
    ],
)
def test_whoever_is_missing_behind_a_post_is_its_writer(address: str, existence: Existence) -> None:
    error = {"code": 63, "message": "User has been suspended."}
    assert shown(made({"errors": [error]}, url=address, status=403)).existence is existence


def test_what_the_web_says_of_a_post_is_not_said_of_the_account() -> None:
    error = {"code": 63, "message": "User has been suspended.", "path": ["tweetResult"]}
    assert shown(made({"data": {}, "errors": [error]})).existence is Existence.UNKNOWN


# --- web GraphQL ----------------------------------------------------------------------------------------------------


def an_entry(number: str, writer: str = "4711", **changes: Any) -> dict[str, Any]:
    """A post in a timeline of the web."""
    names = {"core": {"name": f"Nummer {writer}", "screen_name": f"Nummer{writer}"}, "rest_id": writer}
    post = {
        "rest_id": number, "core": {"user_results": {"result": names}},
        "legacy": {"user_id_str": writer, "full_text": "Hej", **changes},
    }  # fmt: skip
    return {"itemContent": {"tweet_results": {"result": post}}}


def a_timeline(*entries: dict[str, Any], pinned: dict[str, Any] | None = None) -> Page:
    instructions = [
        {"type": "TimelinePinEntry", "entry": {"content": pinned}},
        {"type": "TimelineAddEntries", "entries": [{"content": entry} for entry in entries]},
    ]
    timeline = {"timeline": {"instructions": instructions}}
    return made({"data": {"user": {"result": {"__typename": "User", "timeline_v2": timeline}}}})


def test_a_timeline_of_the_web_shows_its_owner_and_a_lower_bound() -> None:
    passed_on = an_entry("2100000000000000000", retweeted_status_result={"result": {}})
    reading = shown(a_timeline(an_entry(OLD), passed_on, pinned=an_entry(NEW)), None)
    assert reading.existence is Existence.PRESENT
    assert (reading.facts.handle, reading.facts.platform_id) == ("Nummer4711", PlatformId("user", "4711"))
    at = datetime(2019, 6, 1, 7, 40, 13, tzinfo=UTC)
    assert isinstance(reading.facts.activity, Activity)
    assert (reading.facts.activity.at, reading.facts.activity.sees_newest) == (at, False)


def test_answers_of_others_within_a_conversation_are_not_the_owners() -> None:
    conversation = {"items": [{"item": an_entry("2100000000000000000", "9")}, {"item": an_entry(NEW)}]}
    facts = shown(a_timeline(an_entry(OLD), conversation), None).facts
    assert facts.handle == "Nummer4711"
    assert isinstance(facts.activity, Activity)
    assert facts.activity.at == NEWEST


def test_what_somebody_likes_is_nobodys_timeline_unless_the_one_asked_for_wrote_of_it() -> None:
    liked = a_timeline(an_entry(OLD), an_entry(NEW, "9"))
    assert shown(liked, None).existence is Existence.UNKNOWN
    assert shown(liked, "x:nummer9").facts.platform_id == PlatformId("user", "9")


def test_a_post_whose_visibility_is_limited_still_names_its_writer() -> None:
    post = an_entry(NEW)["itemContent"]["tweet_results"]["result"]
    for result in (post, {"__typename": "TweetWithVisibilityResults", "tweet": post}):
        reading = shown(made({"data": {"tweetResult": {"result": result}}}), None)
        assert (reading.existence, reading.facts.handle) == (Existence.UNKNOWN, "Nummer4711")
    entries = {"instructions": [{"entries": [{"content": an_entry(NEW)}]}]}
    alone = {"data": {"threaded_conversation_with_injections_v2": entries}}
    assert shown(made(alone), None).facts.handle == "Nummer4711"
    hidden = {"data": {"tweetResult": {"result": {"__typename": "TweetUnavailable", "reason": "Suspended"}}}}
    assert shown(made(hidden), None).existence is Existence.UNKNOWN


# --- a widget's timeline --------------------------------------------------------------------------------------------


def test_a_widgets_timeline_is_dated_by_own_posts_alone_and_proves_no_silence() -> None:
    own, anothers = ({"screen_name": name, "name": name, "id_str": name} for name in ("HamnstadHamn", "Hamnkrogen"))
    posts = [
        {"id_str": OLD, "user": own}, {"id_str": NEW, "user": own}, {"id_str": "1562410550721916929", "user": anothers},
        {"id_str": "1562410550721916929", "user": own, "retweeted_status": {"id_str": OLD, "user": anothers}},
    ]  # fmt: skip
    entries = [{"content": {"tweet": each}} for each in posts]
    props = {"headerProps": {"screenName": "hamnstadhamn"}, "timeline": {"entries": entries}}
    data = json.dumps({"props": {"pageProps": props}})
    page = made(f'<html><script id="__NEXT_DATA__" type="application/json">{data}</script></html>')
    activity = shown(page).facts.activity
    assert isinstance(activity, Activity)
    assert (activity.at, activity.sees_newest) == (NEWEST, False)
