"""Instagram's page since 2026 for visitors who are not logged in, and what the same query answers by itself."""

from __future__ import annotations

import json
from typing import Any

import pytest

from audits.model import UNSEEN, Activity, Existence, PlatformId, Reading, Transport
from audits.platforms.instagram import PLATFORM
from tests.platforms.shown import made, read, the_time

HOME = "https://www.instagram.com/almestadsstad/"
OWN = {"pk": "770001", "username": "almestadsstad"}
ACCOUNT = {
    **OWN, "full_name": "Almestads stad", "biography": "Nyheter", "bio_links": [{"url": "https://almestad.example/"}],
    "is_verified": False, "is_private": False, "follower_count": 1234, "all_media_count": None,
}  # fmt: skip
CODES = ["DAqE0aXsN1S", "C8J4VKzt0Xo", "C7J4VKzt0Xo", "C6J4VKzt0Xo"]
POSTS = {**OWN, "polaris_ordered_timeline_connection": {"edges": [{"node": {"code": code}} for code in CODES]}}


def look(body: Any) -> Reading:
    return read(PLATFORM, made(body, url=HOME), "instagram:almestadsstad")


def a_page(*accounts: Any, route: str = "PolarisLoggedOutDesktopWWWProfileRoute", title: str = "") -> str:
    told = ({"data": {"xig_user_by_username": each}} for each in accounts)
    held = [{"canonicalRouteName": f"comet.igweb.{route}"}, *told]
    scripts = "".join(f'<script type="application/json" data-sjs>{json.dumps(each)}</script>' for each in held)
    return f"<html><head><title>{title}</title>{scripts}</head><body></body></html>"


TITLE = "Almestads stad (@almestadsstad) • Instagram photos and videos"


def test_the_account_comes_twice_once_with_its_posts_alone() -> None:
    facts = look(a_page(ACCOUNT, POSTS, title=TITLE)).facts
    assert (facts.display_name, facts.handle, facts.platform_id) == (
        "Almestads stad", "almestadsstad", PlatformId("pk", "770001"),
    )  # fmt: skip
    assert (facts.description, facts.followers, facts.posts_count) == ("Nyheter", 1234, UNSEEN)
    assert facts.website_link == "https://almestad.example/"
    assert (at := the_time(facts)) is not None
    assert at.year == 2024


def test_posts_that_are_dated_by_their_codes_prove_no_silence() -> None:
    activity = look(a_page(ACCOUNT, POSTS, title=TITLE)).facts.activity
    assert isinstance(activity, Activity)
    assert not activity.sees_newest


@pytest.mark.parametrize(
    ("route", "transport"),
    [("PolarisCAAIGLoginHomepageRoute", Transport.WALLED), ("PolarisErrorRoute", Transport.OK)],
)
def test_the_route_tells_a_log_in_and_no_absence(route: str, transport: Transport) -> None:
    reading = look(a_page(route=route, title="Instagram"))
    assert (reading.transport, reading.existence) == (transport, Existence.UNKNOWN)


@pytest.mark.parametrize("root", ["xig_user_by_username", "fetch__XDTUserDict"])
def test_the_query_by_itself_is_read_and_its_silence_proves_nothing(root: str) -> None:
    assert look({"data": {root: ACCOUNT}}).facts.followers == 1234
    assert look({"data": {root: None}}).existence is Existence.UNKNOWN


ROUNDED = '<meta property="og:description" content="12K Followers, 34 Following, 56 Posts - See">'
LINKED = '<a href="/{}/followers/"><span title="{}">12K</span> followers</a>'


@pytest.mark.parametrize(
    ("shown", "followers"),
    [
        (LINKED.format("almestadsstad", "12,345"), 12345),
        (LINKED.format("Almestadsstad", "12\u00a0345"), 12345),
        ('<ul><li>56 posts</li><li><button><span title="12,345">12K</span> followers</button></li></ul>', 12345),
        (LINKED.format("grannby", "12,345"), UNSEEN),
        (LINKED.format("almestadsstad", "Almestad"), UNSEEN),
        ('<a href="http://[/followers/"><span title="12,345">12K</span></a>', UNSEEN),
        ("<ul><li>56 posts</li><li><button>12K followers</button></li></ul>", UNSEEN),
    ],
)
def test_a_browser_writes_out_the_followers_that_the_head_rounds(shown: str, followers: object) -> None:
    facts = look(
        f"<html><head><title>{TITLE}</title>{ROUNDED}</head><body><header>{shown}</header></body></html>"
    ).facts
    assert (facts.followers, facts.posts_count) == (followers, 56)


def test_a_timeline_that_stands_beside_dates_the_account_and_anothers_does_not() -> None:
    def posted(code: str, taken_at: int, user: dict[str, str]) -> Any:
        return {"node": {"code": code, "taken_at": taken_at, "user": user, "timeline_pinned_user_ids": []}}

    with_another = posted("DX", 1_790_000_000, {"pk": "9", "username": "museet"})
    for own, at in ((posted("DA", 1_780_000_000, OWN), 1_790_000_000), (with_another, None)):
        edges = {"xdt_api__v1__feed__user_timeline_graphql_connection": {"edges": [with_another, own]}}
        script = f'<script type="application/json" data-sjs>{json.dumps({"data": edges})}</script>'
        activity = look(f"<html><head><title>{TITLE}</title>{script}</head></html>").facts.activity
        assert (int(activity.at.timestamp()) if isinstance(activity, Activity) and activity.at else None) == at
