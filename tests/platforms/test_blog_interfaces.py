"""Blogs, read by interfaces that nobody asks here, and that others record."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, Final

import pytest

from audits.model import UNSEEN, Activity, Existence, Facts, PlatformId, Reading, Transport
from audits.platform import Platform
from audits.platforms import blogspot, medium, substack, tumblr, wordpress
from tests.platforms.shown import made, read

AT: Final = datetime(2026, 11, 20, 8, tzinfo=UTC)
SEEN: Final = "2026-11-20T08:00:00Z"
NUMBER: Final = "1234567890123456789"


def shown(platform: Platform, body: object, url: str, **changes: Any) -> Reading:
    return read(platform, made(body, url=url, **changes))


def lives_since(reading: Reading) -> bool:
    """Whether it dates its account, and proves no silence."""
    activity = reading.facts.activity
    return isinstance(activity, Activity) and activity.at == AT and not activity.sees_newest


# --- Blogger ----------------------------------------------------------------------------------------------------------


def test_bloggers_feed_in_json_says_what_its_atom_says() -> None:
    text = {"title": "Almestads bibliotek", "subtitle": "Böcker", "id": f"tag:blogger.com,1999:blog-{NUMBER}"}
    entry = {"published": {"$t": "2026-11-20T09:00:00.000+01:00"}, "updated": {"$t": "2026-11-24T09:00:00.000+01:00"}}
    page = {"rel": "alternate", "href": "https://almestad.blogspot.com/"}
    said = {name: {"$t": words} for name, words in text.items()}
    feed = {"feed": {**said, "link": [page], "entry": [entry]}}
    facts = shown(blogspot.PLATFORM, feed, "https://almestad.blogspot.com/feeds/posts/default?alt=json").facts
    assert (facts.display_name, facts.description, facts.handle) == ("Almestads bibliotek", "Böcker", "almestad")
    assert (facts.platform_id, facts.activity) == (
        PlatformId("blog", NUMBER),
        Activity(at=AT, source="feed", sees_newest=True),
    )


def test_bloggers_interface_counts_posts_and_dates_none() -> None:
    blog = {
        "kind": "blogger#blog",
        "id": NUMBER,
        "name": "Almestads bibliotek",
        "updated": SEEN,
        "posts": {"totalItems": 7},
    }
    facts = shown(blogspot.PLATFORM, blog, "https://www.googleapis.com/blogger/v3/blogs/byurl").facts
    assert (facts.display_name, facts.posts_count, facts.activity) == ("Almestads bibliotek", 7, UNSEEN)


# --- Medium -----------------------------------------------------------------------------------------------------------

PROFILE: Final = "https://medium.com/@almestad"


def test_what_mediums_scripts_are_told_is_read_behind_its_guard() -> None:
    user = {"userId": "abc", "name": "Almestad", "username": "almestad", "bio": "Staden", "imageId": ""}
    payload = {"user": user, "references": {"SocialStats": {"abc": {"usersFollowedByCount": 12}}}}
    body = "])}while(1);</x>" + json.dumps({"success": True, "payload": payload})
    facts = shown(medium.PLATFORM, body, f"{PROFILE}?format=json").facts
    assert (facts.display_name, facts.handle, facts.followers) == ("Almestad", "@almestad", 12)
    assert facts.platform_id == PlatformId("user", "abc")


@pytest.mark.parametrize(
    ("status", "kind", "existence"),
    [(200, "profile", Existence.PRESENT), (404, "profile", Existence.UNKNOWN), (200, "website", Existence.UNKNOWN)],
)
def test_the_head_of_a_persons_page_names_them(status: int, kind: str, existence: Existence) -> None:
    names = f'<meta property="og:title" content="Almestad – Medium"><meta property="og:url" content="{PROFILE}">'
    head = f'<meta property="og:site_name" content="Medium"><meta property="og:type" content="{kind}">{names}'
    reading = shown(medium.PLATFORM, f"<html><head>{head}</head></html>", PROFILE, status=status)
    assert reading.existence is existence
    if existence is Existence.PRESENT:
        assert (reading.facts.display_name, reading.facts.handle) == ("Almestad", "@almestad")


# --- Substack ---------------------------------------------------------------------------------------------------------

PERSON: Final = {
    "id": 7,
    "name": "Almestad",
    "handle": "almestad",
    "userLinks": [{"value": "https://almestad.example"}],
}


def test_a_persons_page_holds_what_the_interface_says() -> None:
    handed = json.dumps(json.dumps({"profile": PERSON}))
    page = f"<html><body><script>window._preloads = JSON.parse({handed})</script></body></html>"
    facts = shown(substack.PLATFORM, page, "https://substack.com/@almestad").facts
    assert (facts.handle, facts.platform_id) == ("@almestad", PlatformId("user", "7"))
    assert facts.website_link == "https://almestad.example"


def letter(**changes: Any) -> dict[str, Any]:
    return {"publication_id": 9, "slug": "sommar", "post_date": SEEN, **changes}


def test_the_letters_of_a_newsletter_date_it() -> None:
    reading = shown(substack.PLATFORM, [letter()], "https://almestad.substack.com/api/v1/archive?sort=new")
    assert (reading.existence, reading.facts.handle) == (Existence.PRESENT, "almestad")
    assert lives_since(reading)


@pytest.mark.parametrize(
    ("letters", "host"),
    [([letter(), letter(publication_id=8)], "almestad.substack.com"), ([letter()], "substack.com")],
)
def test_letters_of_several_newsletters_are_nobodys(letters: list[Any], host: str) -> None:
    reading = shown(substack.PLATFORM, letters, f"https://{host}/api/v1/archive")
    assert (reading.existence, reading.facts) == (Existence.UNKNOWN, Facts())


# --- Tumblr -----------------------------------------------------------------------------------------------------------


def test_tumblrs_first_interface_names_the_blog() -> None:
    blog = {"title": "Almestad", "name": "almestad", "description": "Staden"}
    answer = {"tumblelog": blog, "posts-total": "77", "posts-type": False, "posts": [{"unix-timestamp": 1795161600}]}
    body = f"var tumblr_api_read = {json.dumps(answer)};"
    reading = shown(tumblr.PLATFORM, body, "https://almestad.tumblr.com/api/read/json")
    assert (reading.facts.display_name, reading.facts.handle, reading.facts.posts_count) == ("Almestad", "almestad", 77)
    assert lives_since(reading)
    some = body.replace('"posts-type": false', '"posts-type": "photo"')
    assert shown(tumblr.PLATFORM, some, "https://almestad.tumblr.com/api/read/json").facts.posts_count is UNSEEN


# --- WordPress --------------------------------------------------------------------------------------------------------

OWN: Final = "https://blogg.almestad.example/wp-json/"


def test_a_blogs_own_interface_says_whose_it_is() -> None:
    site = {
        "name": "Almestad &amp; skolan",
        "description": "Staden",
        "home": OWN,
        "namespaces": ["wp/v2"],
        "routes": {},
    }
    facts = shown(wordpress.PLATFORM, site, OWN).facts
    assert (facts.display_name, facts.description, facts.handle) == ("Almestad & skolan", "Staden", UNSEEN)


def test_the_posts_of_a_blogs_own_interface_are_posts_alone() -> None:
    post = {"id": 1, "type": "post", "link": f"{OWN}1", "date": "2026-11-20T09:00:00", "date_gmt": SEEN[:-1]}
    reading = shown(wordpress.PLATFORM, [post], f"{OWN}wp/v2/posts")
    assert (reading.transport, reading.existence) == (Transport.OK, Existence.UNKNOWN)
    assert lives_since(reading)
