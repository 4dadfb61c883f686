"""Tumblr, read: a blog by its interface, its feed, its own theme and the view on tumblr.com."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from audits.addresses import identify
from audits.model import UNSEEN, Activity, Existence, Page, PlatformId, Route, Transport
from audits.platform import Subject
from audits.platforms import tumblr
from tests.platforms.asking import asked
from tests.platforms.blogs import by_feed, rss
from tests.platforms.shown import kept, made, read

TUMBLR = "tumblr:almestadsarkiv"


def test_a_tumblr_page_in_its_own_theme_is_read_by_what_is_tumblrs() -> None:
    reading = read(tumblr.PLATFORM, kept("tumblr", "blog.html"), TUMBLR)
    facts = reading.facts
    assert reading.existence is Existence.PRESENT
    assert (facts.display_name, facts.handle, facts.description) == (
        "Almestads arkiv",
        "almestadsarkiv",
        "Bilder ur gömmorna.",
    )
    assert facts.avatar_url == "https://64.media.example/avatar_1_128.png"


def test_a_tumblr_post_names_its_blog_and_proves_nothing() -> None:
    reading = read(tumblr.PLATFORM, kept("tumblr", "post.html"))
    assert (reading.existence, reading.facts.display_name, reading.facts.handle) == (
        Existence.UNKNOWN,
        "Almestads arkiv",
        "almestadsarkiv",
    )


def test_the_view_on_tumblr_holds_the_blog_that_was_asked_for() -> None:
    facts = read(
        tumblr.PLATFORM, kept("tumblr", "view.html", url="https://www.tumblr.com/almestadsarkiv"), TUMBLR
    ).facts
    assert (facts.display_name, facts.platform_id, facts.posts_count) == (
        "Almestads arkiv",
        PlatformId("uuid", "t:almestad"),
        40,
    )
    assert facts.avatar_url == "https://64.media.example/stor.png"
    assert facts.activity == Activity(at=datetime(2026, 11, 20, 8, 0, tzinfo=UTC), source="updated", sees_newest=True)


def test_the_interface_of_tumblr_needs_a_key() -> None:
    blog = {"name": "almestadsarkiv", "title": "Almestads arkiv", "uuid": "t:almestad", "updated": 1795161600}
    subject = Subject(platform="tumblr", key=TUMBLR)
    probes, reading = asked(
        tumblr.PLATFORM, Route.API_BY_HANDLE, subject, {"meta": {"status": 200}, "response": {"blog": blog}}
    )
    assert (probes[0].key, tumblr.PLATFORM.routes[0].key) == ("tumblr", "tumblr")
    assert reading.facts.platform_id == PlatformId("uuid", "t:almestad")


@pytest.mark.parametrize(
    ("status", "transport"), [(404, Transport.OK), (401, Transport.NOT_PERMITTED), (429, Transport.RATE_LIMITED)]
)
def test_tumblrs_refusals_are_read_and_deny_no_blog(status: int, transport: Transport) -> None:
    answer = {"meta": {"status": status, "msg": "no"}, "response": [], "errors": [{"title": "no", "code": 0}]}
    reading = read(tumblr.PLATFORM, made(answer, status=status), TUMBLR)
    assert (reading.transport, reading.existence) == (transport, Existence.UNKNOWN)


def test_what_a_tumblr_blog_likes_is_others() -> None:
    liked = {"liked_posts": [{"blog_name": "annan", "timestamp": 1308953007}]}
    reading = read(tumblr.PLATFORM, made({"meta": {"status": 200, "msg": "OK"}, "response": liked}), TUMBLR)
    assert (reading.existence, reading.facts.handle, reading.facts.activity) == (Existence.UNKNOWN, UNSEEN, UNSEEN)


def test_the_card_of_a_tumblr_post_names_its_blog() -> None:
    card = {
        "provider_name": "Tumblr",
        "author_name": "almestadsarkiv",
        "author_url": "https://almestadsarkiv.tumblr.com/",
    }
    reading = read(tumblr.PLATFORM, made(card))
    assert (reading.existence, reading.facts.handle) == (Existence.UNKNOWN, "almestadsarkiv")


def test_a_tumblr_feed_names_the_blog() -> None:
    facts = read(tumblr.PLATFORM, made(rss("Almestads arkiv", "https://almestadsarkiv.tumblr.com/"))).facts
    assert (facts.handle, facts.activity) == ("almestadsarkiv", by_feed())


@pytest.mark.parametrize(
    ("page", "transport"),
    [
        (
            made(
                "There's nothing here. Whatever you were looking for doesn't currently exist at this address.",
                status=404,
            ),
            Transport.OK,
        ),
        (made("<title>Tumblr</title>", final_url="https://www.tumblr.com/login_required/almestad"), Transport.WALLED),
        (
            made("<title>Tumblr</title>", final_url="https://www.tumblr.com/privacy/consent?redirect=x"),
            Transport.CONSENT,
        ),
    ],
)
def test_nothing_on_tumblr_is_called_gone(page: Page, transport: Transport) -> None:
    reading = read(tumblr.PLATFORM, page, TUMBLR)
    assert (reading.transport, reading.existence) == (transport, Existence.UNKNOWN)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.tumblr.com/oembed/1.0?url=https%3A%2F%2Falmestadsarkiv.tumblr.com%2F", TUMBLR),
        ("https://api.tumblr.com/v2/blog/almestadsarkiv.tumblr.com/info", None),
    ],
)
def test_no_part_of_an_interfaces_address_is_a_blog(url: str, key: str | None) -> None:
    assert identify(url, None, (tumblr.PLATFORM.grammar,)).key == key


@pytest.mark.parametrize(
    ("address", "status", "existence"),
    [
        ("http://almestad.tumblr.com/", 200, Existence.PRESENT),
        ("http://almestad.tumblr.com/post/1/sommar", 200, Existence.UNKNOWN),
        ("http://almestad.tumblr.com/", 404, Existence.UNKNOWN),
    ],
)
def test_a_theme_of_2011_names_its_blog_by_the_feed_it_announces(
    address: str, status: int, existence: Existence
) -> None:
    feed = '<link rel="alternate" type="application/rss+xml" title="RSS" href="http://almestad.tumblr.com/rss">'
    page = f"<html><head><title>Almestad</title>{feed}</head><body><div class=post>Hej</div></body></html>"
    reading = read(tumblr.PLATFORM, made(page, url=address, status=status))
    assert reading.existence is existence
    if existence is Existence.PRESENT:
        assert (reading.facts.display_name, reading.facts.handle) == ("Almestad", "almestad")
