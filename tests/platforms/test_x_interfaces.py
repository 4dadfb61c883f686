"""X's older and other interfaces, read: the web's own, version 1.1, and cards to paste."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from audits.model import UNSEEN, Activity, Existence, Page, PlatformId, Reading, Transport
from audits.platforms.x import PLATFORM
from tests.platforms.shown import made, read
from tests.platforms.x import a_user


def shown(page: Page) -> Reading:
    return read(PLATFORM, page, "x:hamnstadhamn")


def test_the_webs_own_interface_keeps_facts_in_several_places() -> None:
    user = {
        "__typename": "User", "rest_id": "4711", "is_blue_verified": True,
        "core": {"name": "Hamnstads hamn", "screen_name": "HamnstadHamn"},
        "avatar": {"image_url": "https://pbs.twimg.com/profile_images/1/hamn_normal.png"},
        "legacy": {"description": "Påhittad hamn", "followers_count": 321, "statuses_count": 45},
    }  # fmt: skip
    facts = shown(made({"data": {"user": {"result": user}}})).facts
    assert (facts.handle, facts.followers, facts.posts_count, facts.verified) == ("HamnstadHamn", 321, 45, True)


@pytest.mark.parametrize(
    ("reason", "existence"),
    [
        ("Suspended", Existence.SUSPENDED),
        ("Protected", Existence.PRIVATE),
        ("Deactivated", Existence.DEACTIVATED),
        ("NoReason", Existence.UNKNOWN),
    ],
)
def test_an_unavailable_user_is_what_its_reason_says(reason: str, existence: Existence) -> None:
    answer = {"data": {"user": {"rest_id": "4711", "result": {"__typename": "UserUnavailable", "reason": reason}}}}
    reading = shown(made(answer))
    assert (reading.existence, reading.facts.platform_id) == (existence, PlatformId("user", "4711"))


@pytest.mark.parametrize(("privacy", "existence"), [
    ({}, Existence.PRESENT), ({"protected": True}, Existence.PRIVATE), ({"suspended": True}, Existence.UNKNOWN),
])  # fmt: skip
def test_since_2026_users_come_without_the_old_object(privacy: dict[str, bool], existence: Existence) -> None:
    user = {
        "__typename": "User", "core": {"name": "Hamnstads hamn", "screen_name": "HamnstadHamn"}, "privacy": privacy,
        "relationship_counts": {"followers": 321}, "tweet_counts": {"tweets": 45},
    }  # fmt: skip
    reading = shown(made({"data": {"user_results": {"rest_id": "4711", "result": user}}}))
    facts = reading.facts
    assert (reading.existence, facts.platform_id, facts.followers) == (existence, PlatformId("user", "4711"), 321)
    assert facts.posts_count == 45


def test_an_empty_answer_of_the_webs_interface_is_no_absence() -> None:
    assert shown(made({"data": {}})).existence is Existence.UNKNOWN


def test_a_taken_name_belongs_to_anybody() -> None:
    reading = shown(made({"valid": False, "reason": "taken", "msg": "Username has already been taken"}))
    assert reading.existence is Existence.UNKNOWN


def test_oembed_of_a_post_names_its_owner() -> None:
    answer = {"provider_name": "Twitter", "author_name": "Hamnstads hamn", "author_url": "https://x.com/HamnstadHamn"}
    reading = shown(made({**answer, "html": '<blockquote class="twitter-tweet"></blockquote>'}))
    assert (reading.existence, reading.facts.handle) == (Existence.UNKNOWN, "HamnstadHamn")


def test_code_to_paste_for_a_timeline_is_made_without_looking() -> None:
    answer = {"provider_name": "Twitter", "html": '<a class="twitter-timeline" href="https://x.com/HamnstadHamn">'}
    assert shown(made(answer)).facts.handle is UNSEEN


def test_a_service_that_was_too_slow_says_nothing_of_the_account() -> None:
    error = {"kind": "ServiceLevel", "name": "DeadlineExceeded", "message": "DeadlineExceeded: Unspecified"}
    assert shown(made({"data": {"user": {}}, "errors": [error]})).transport is Transport.UNREACHABLE


def test_what_is_missing_in_a_timeline_is_not_its_owner() -> None:
    error = {"code": 63, "message": "User has been suspended", "path": ["user", "result", "timeline_v2"]}
    timeline = {"__typename": "User", "timeline_v2": {"timeline": {"instructions": []}}}
    reading = shown(made({"data": {"user": {"result": timeline}}, "errors": [error]}))
    assert reading.existence is Existence.UNKNOWN
    assert shown(made({"data": {"user": {}}, "errors": [error]})).existence is Existence.UNKNOWN
    error["path"] = ["user"]
    assert shown(made({"data": {"user": {}}, "errors": [error]})).existence is Existence.SUSPENDED


def test_a_user_of_the_first_version_comes_with_its_newest_post() -> None:
    at = datetime(2022, 8, 24, 12, 4, 38, tzinfo=UTC)
    assert shown(made(a_user())).facts.activity == Activity(at=at, source="x.status", sees_newest=True)
    assert shown(made(a_user(retweeted_status={}))).facts.activity is UNSEEN


def test_the_webs_object_laid_flat_keeps_its_number_beside_a_name_of_its_own() -> None:
    flat = {"id": "VXNlcjo0NzEx", "rest_id": "4711", "screen_name": "HamnstadHamn", "name": "Hamnstads hamn"}
    assert shown(made(flat)).facts.platform_id == PlatformId("user", "4711")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("@HamnstadHamn's account has been withheld in Russia in response to a legal demand. Learn more.", UNSEEN),
        ("@HamnstadHamn’s account has been withheld in: Germany. Learn more: https://support.twitter.com/", UNSEEN),
        ("@HamnstadHamn's account is temporarily unavailable because it violates the Twitter Media Policy.", UNSEEN),
        ("Hamnen. @grannby's account has been withheld", "Hamnen. @grannby's account has been withheld"),
    ],
)
def test_what_x_says_in_the_place_of_an_accounts_words_is_not_the_accounts(said: str, told: object) -> None:
    named = {"name": "Hamnstads hamn", "description": said}
    newest = {"core": {"name": "Hamnstads hamn", "screen_name": "HamnstadHamn"}, "profile_bio": {"description": said}}
    answers: list[object] = [
        {"data": {"id": "4711", "username": "HamnstadHamn", **named}},
        {"id_str": "4711", "screen_name": "HamnstadHamn", **named},
        {"data": {"user": {"result": {"__typename": "User", "rest_id": "4711", **newest}}}},
    ]
    head = "<html><title>Hamnstads hamn (@HamnstadHamn) / X</title><link rel=canonical href=https://x.com/HamnstadHamn>"
    pages = [made(answer) for answer in answers]
    pages.append(made(f'{head}<meta property="og:description" content="{said}"></html>'))
    readings = [shown(page) for page in pages]
    assert [(each.existence, each.facts.description) for each in readings] == [(Existence.PRESENT, told)] * 4


def test_a_website_stands_beside_the_words_where_there_is_no_old_object() -> None:
    links = {"url": {"urls": [{"url": "https://t.co/a", "expanded_url": "https://hamnstad.example/"}]}}
    user = {
        "__typename": "User", "rest_id": "4711", "core": {"name": "Hamnstads hamn", "screen_name": "HamnstadHamn"},
        "profile_bio": {"description": "Hamn", "entities": links}, "website": {"url": "https://t.co/a"},
    }  # fmt: skip
    bare = {**user, "profile_bio": {"entities": {"description": {"urls": []}}}, "website": None}
    readings = [shown(made({"data": {"user": {"result": each}}})) for each in (user, bare)]
    assert [each.facts.website_link for each in readings] == ["https://hamnstad.example/", UNSEEN]
