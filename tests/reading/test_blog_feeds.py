"""A blog's feeds: what a feed of a part of it says of the whole."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from audits.model import UNSEEN, Activity, Existence, Facts
from audits.platform import Platform
from audits.platforms import blogspot, medium, website, wordpress
from audits.reading.blog_feeds import read_blog_feed
from tests.platforms.shown import made, read

BLOG = "https://almestad.example"
LATEST = datetime(2020, 11, 20, 8, 0, tzinfo=UTC)
ITEM = "<item><title>Sagostund</title><pubDate>Fri, 20 Nov 2020 08:00:00 +0000</pubDate></item>"


def a_feed(title: str = "Almestads bibliotek", link: str = BLOG, itself: str = "") -> str:
    self_link = f'<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="self" href="{itself}"/>'
    return f"<rss><channel><title>{title}</title><link>{link}</link>{self_link}{ITEM}</channel></rss>"


def facts_of(path: str, *, stated: bool = False) -> Facts:
    """Of a feed at such a path, which was asked for there, or only states it."""
    url = f"{BLOG}{path}"
    reading = read_blog_feed(a_feed(itself=url), made("", url="" if stated else url))
    assert reading is not None
    return reading.facts


@pytest.mark.parametrize("path", ["/feed/", "/nyheter/feed", "/?feed=rss2", "/feeds/posts/default?max-results=10"])
def test_a_blogs_whole_feed_names_it_and_proves_its_silence(path: str) -> None:
    facts = facts_of(path)
    assert facts.display_name == "Almestads bibliotek"
    assert facts.activity == Activity(at=LATEST, source="feed", sees_newest=True)


@pytest.mark.parametrize("stated", [False, True])
@pytest.mark.parametrize(
    "path",
    [
        *(
            "/category/barn/feed/",
            "/kategori/barn/feed/",
            "/author/eva/feed/",
            "/?cat=3&feed=rss2",
            "/?s=saga&feed=rss2",
        ),
        *("/feeds/posts/default/-/barn", "/feeds/posts/default?published-max=2020-12-01T00:00:00"),
    ],
)
def test_a_feed_of_a_part_proves_life_and_no_silence_and_has_a_name_of_its_own(path: str, *, stated: bool) -> None:
    facts = facts_of(path, stated=stated)
    assert facts.display_name is UNSEEN
    assert facts.activity == Activity(at=LATEST, source="feed", sees_newest=False)


@pytest.mark.parametrize(
    "path",
    [
        *("/comments/feed/", "/?feed=comments-rss2", "/2020/11/20/sagostund/feed/"),
        *("/feeds/comments/default", "/feeds/123/comments/default"),
    ],
)
def test_what_others_say_below_is_neither_the_blogs_name_nor_its_life(path: str) -> None:
    facts = facts_of(path)
    assert (facts.display_name, facts.description, facts.activity) == (UNSEEN, UNSEEN, UNSEEN)


@pytest.mark.parametrize("platform", [blogspot.PLATFORM, website.PLATFORM, wordpress.PLATFORM])
def test_every_blog_is_read_so(platform: Platform) -> None:
    reading = read(platform, made(a_feed("Comments for Almestad", itself=f"{BLOG}/comments/feed/")))
    assert (reading.existence, reading.facts.display_name) == (Existence.PRESENT, UNSEEN)


@pytest.mark.parametrize(
    ("asked", "whole"), [("?number=10&order_by=date", True), ("?tag=barn", False), ("?order_by=title", False)]
)
def test_a_list_of_some_of_a_blogs_posts_proves_no_silence(asked: str, *, whole: bool) -> None:
    posts = {"found": 1, "posts": [{"ID": 1, "date": "2020-11-20T09:00:00+01:00"}]}
    facts = read(wordpress.PLATFORM, made(posts, url=f"https://public-api.wordpress.com/rest/v1.1/posts/{asked}")).facts
    assert facts.activity == Activity(at=LATEST, source="posts", sees_newest=whole)
    assert facts.posts_count == (1 if whole else UNSEEN)


def test_a_tags_feed_on_medium_is_nobodys() -> None:
    reading = read(medium.PLATFORM, made(a_feed("Sport on Medium", "https://medium.com/tag/sport/latest")))
    assert (reading.existence, reading.facts) == (Existence.UNKNOWN, Facts())
