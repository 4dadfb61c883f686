"""Feeds and podcasts, read."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from audits.asking import made_up_path
from audits.model import UNSEEN, Activity, Existence, PlatformId, Route, Transport
from audits.platform import Subject
from audits.platforms import feed, podcast
from tests.platforms.asking import asked, passed_over
from tests.platforms.shown import made, read

LATEST = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
GUID = "917393e3-1b1e-5cef-ace4-edaa54e1f810"
RSS = f"""<rss version="2.0" xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel>
<title>Almestadspodden</title><link>https://almestad.example/podd</link><description>Samtal</description>
<podcast:guid>{GUID}</podcast:guid><image><url>https://almestad.example/omslag.png</url></image>
<item><title>Två</title><pubDate>Fri, 20 Nov 2026 08:00:00 +0000</pubDate></item>
<item><title>Kommande</title><pubDate>Sat, 01 Jan 2050 08:00:00 +0000</pubDate></item></channel></rss>"""


def test_a_feed_says_who_it_is_and_shows_its_newest_entry() -> None:
    reading = read(feed.PLATFORM, made(RSS))
    facts = reading.facts
    assert reading.existence is Existence.PRESENT
    assert (facts.display_name, facts.description) == ("Almestadspodden", "Samtal")
    assert (facts.website_link, facts.avatar_url) == (
        "https://almestad.example/podd",
        "https://almestad.example/omslag.png",
    )
    assert facts.activity == Activity(at=LATEST, source="feed", sees_newest=True)


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("/podd", "https://almestad.example/podd"),
        ("www.almestad.example", "https://www.almestad.example"),
        (" https://almestad.example/ ", "https://almestad.example/"),
        ("", None),
        ("urn:podd", UNSEEN),
    ],
)
def test_a_link_means_what_it_leads_to_from_the_feed(written: str, means: object) -> None:
    told = RSS.replace("<link>https://almestad.example/podd</link>", f"<link>{written}</link>")
    facts = read(feed.PLATFORM, made(told, url="https://almestad.example/podd/feed.xml")).facts
    assert facts.website_link == means


def test_half_a_link_is_none_where_nobody_knows_where_the_feed_stood() -> None:
    told = RSS.replace("<url>https://almestad.example/omslag.png", "<url>omslag.png")
    assert read(feed.PLATFORM, made(told, url="")).facts.avatar_url is UNSEEN


def test_only_a_podcasts_guid_survives_a_change_of_host() -> None:
    assert read(feed.PLATFORM, made(RSS)).facts.platform_id == PlatformId("podcast", GUID)
    for name in ("tag:almestad.example,2026:blogg", f"urn:uuid:{GUID}"):  # the second takes a new one from new software
        other = f'<feed xmlns="http://www.w3.org/2005/Atom"><id>{name}</id><title>A</title></feed>'
        assert read(feed.PLATFORM, made(other)).facts.platform_id is UNSEEN


def test_a_feed_that_counts_no_entries_has_never_had_one_and_one_that_lists_or_dates_none_cannot_tell() -> None:
    counted = made("<rss><channel><title>A</title><openSearch:totalResults>0</openSearch:totalResults></channel></rss>")
    empty = made("<rss><channel><title>A</title></channel></rss>")
    undated = made("<rss><channel><title>A</title><item><title>b</title></item></channel></rss>")
    assert read(feed.PLATFORM, counted).facts.activity is None
    assert read(feed.PLATFORM, empty).facts.activity is UNSEEN
    assert read(feed.PLATFORM, undated).facts.activity is UNSEEN


@pytest.mark.parametrize(
    "changes",
    [{"truncated": True}, {"copied": True}, {"body": b"<rss><channel><title>A</title></channel>"}],
    ids=["cut", "copy", "breaks off"],
)
def test_a_feed_that_may_hide_its_entries_has_not_never_had_one(changes: dict[str, Any]) -> None:
    empty = made("<rss><channel><title>A</title><totalResults>0</totalResults></channel></rss>")
    reading = read(feed.PLATFORM, replace(empty, **changes))
    assert (reading.existence, reading.facts.activity) == (Existence.PRESENT, UNSEEN)


@pytest.mark.parametrize(
    ("entries", "existence"), [("", Existence.UNKNOWN), ("<item><title>b</title></item>", Existence.PRESENT)]
)
def test_an_error_in_the_form_of_a_feed_shows_nobody_alive(entries: str, existence: Existence) -> None:
    told = made(f"<rss><channel><title>Error</title>{entries}</channel></rss>", status=404)
    assert read(feed.PLATFORM, told).existence is existence


@pytest.mark.parametrize(
    ("target", "moved_to"),
    [("https://ny.example/podd.xml", "https://ny.example/podd.xml"), ("http://www.almestad.example/podd.xml/", UNSEEN)],
)
def test_a_feed_that_sends_its_readers_on_proves_no_silence(target: str, moved_to: object) -> None:
    sent_on = RSS.replace("<item>", f"<itunes:new-feed-url>{target}</itunes:new-feed-url><item>", 1)
    facts = read(feed.PLATFORM, made(sent_on, url="https://almestad.example/podd.xml")).facts
    assert facts.moved_to == moved_to
    assert facts.activity == Activity(at=LATEST, source="feed", sees_newest=moved_to is UNSEEN)


@pytest.mark.parametrize(("asked", "proves"), [("", True), ("https://spegel.example/podd.xml", False)])
def test_a_feed_that_calls_its_new_address_its_own_has_not_moved(asked: str, *, proves: bool) -> None:
    own = "https://almestad.example/podd.xml"
    stated = f'<link rel="self" href="{own}"/><new-feed-url>{own}</new-feed-url><item>'
    facts = read(feed.PLATFORM, made(RSS.replace("<item>", stated, 1), url=asked)).facts
    assert facts.moved_to is UNSEEN
    assert facts.activity == Activity(at=LATEST, source="feed", sees_newest=proves)


def test_words_of_a_feed_are_read_as_people_read_them() -> None:
    title, said = "Barn &amp;amp; unga &amp;#8211; i &lt;stan&gt;", "&lt;p&gt;Fri &amp;amp; öppen&lt;/p&gt;"
    html = f"<rss><channel><title>{title}</title><description>{said}</description></channel></rss>"
    facts = read(feed.PLATFORM, made(html)).facts
    assert (facts.display_name, facts.description) == ("Barn & unga – i <stan>", "Fri & öppen")


@pytest.mark.parametrize(
    ("body", "status", "transport", "existence"),
    [
        ("", 410, Transport.OK, Existence.GONE),
        ("<h1>410 Gone</h1><hr>nginx", 410, Transport.OK, Existence.GONE),
        ("<h1>Podden har upphört</h1>", 410, Transport.OK, Existence.GONE),
        ("<h1>Automated access is not welcome here</h1>", 410, Transport.BLOCKED, Existence.UNKNOWN),
        ("", 404, Transport.UNREADABLE, Existence.UNKNOWN),
        ("<html><title>Just a moment...</title>", 200, Transport.BLOCKED, Existence.UNKNOWN),
        ("<html><title>Almestad</title><p>Sidan finns inte", 200, Transport.UNREADABLE, Existence.UNKNOWN),
        ("<?xml version='1.0'?><urlset/>", 200, Transport.OK, Existence.UNKNOWN),
        ("{}", 200, Transport.OK, Existence.UNKNOWN),
        ("", 503, Transport.UNREACHABLE, Existence.UNKNOWN),
    ],
)
def test_what_came_in_a_feeds_place_is_told_apart(
    body: str, status: int, transport: Transport, existence: Existence
) -> None:
    reading = read(feed.PLATFORM, made(body, status=status))
    assert (reading.transport, reading.existence) == (transport, existence)


@pytest.mark.parametrize(
    ("elsewhere", "existence"),
    [(404, Existence.GONE), (200, Existence.GONE), (410, Existence.UNKNOWN), (403, Existence.UNKNOWN)],
)
def test_a_feed_has_ended_only_where_the_host_says_so_of_it_alone(elsewhere: int, existence: Existence) -> None:
    ended, control = made("<h1>410 Gone</h1>", status=410), made("", status=elsewhere)
    url = "https://almestad.example/podd.xml"
    probes, reading = asked(feed.PLATFORM, Route.OPEN, Subject(platform="feed", url=url), ended, control)
    assert probes[1].url == f"https://almestad.example{made_up_path(url)}.xml"
    assert reading.existence is existence


@pytest.mark.parametrize("beneath", ["https://almestad.example/om/#comment-12", "https://a.example/?showComment=1#c1"])
def test_what_others_wrote_beneath_a_page_dates_nobody(beneath: str) -> None:
    comment = f"<item><link>{beneath}</link><pubDate>Mon, 05 Jan 2026 08:00:00 +0000</pubDate></item>"
    told = f"<rss><channel><title>Kommentarer till Om oss</title>{comment}</channel></rss>"
    assert read(feed.PLATFORM, made(told)).facts.activity is UNSEEN


def test_a_feed_is_asked_for_where_it_lies() -> None:
    url = "https://almestad.example/podd.xml"
    probes, reading = asked(feed.PLATFORM, Route.OPEN, Subject(platform="feed", url=url), RSS)
    assert probes[0].url == url
    assert reading.existence is Existence.PRESENT
    assert passed_over(feed.PLATFORM, Route.OPEN, Subject(platform="feed"))


# --- podcasts in directories ------------------------------------------------------------------------------------------

SHOW = {
    "kind": "podcast",
    "collectionId": 1234,
    "collectionName": "Almestadspodden",
    "feedUrl": "https://podd.example/almestad.xml",
    "releaseDate": "2026-11-18T08:00:00Z",
    "trackCount": 12,
    "artworkUrl600": "https://podd.example/omslag.jpg",
}
APPLE = Subject(platform="podcast", key="podcast:apple:1234")


def test_a_show_in_apples_directory_leads_to_its_own_feed() -> None:
    probes, reading = asked(podcast.PLATFORM, Route.OPEN, APPLE, {"resultCount": 1, "results": [SHOW]}, RSS)
    assert [probe.url for probe in probes] == [
        "https://itunes.apple.com/lookup?entity=podcast&country=se&id=1234",
        "https://podd.example/almestad.xml",
    ]
    assert reading.facts.platform_id == PlatformId("apple", "1234")
    assert reading.facts.activity == Activity(at=LATEST, source="feed", sees_newest=True)


@pytest.mark.parametrize("episodes", ["", "<item><pubDate>Wed, 01 Mar 2023 08:00:00 +0000</pubDate></item>"])
def test_a_feed_that_is_behind_its_directory_proves_no_silence(episodes: str) -> None:
    counted = "<totalResults>0</totalResults>" if not episodes else ""
    frozen = f"<rss version='2.0'><channel><title>Almestadspodden</title>{counted}{episodes}</channel></rss>"
    another = {**SHOW, "collectionId": 5678, "feedUrl": "https://annan.example/podd.xml"}
    found = {"resultCount": 2, "results": [another, SHOW]}
    probes, reading = asked(podcast.PLATFORM, Route.OPEN, APPLE, found, frozen)
    assert probes[1].url == SHOW["feedUrl"]
    assert isinstance(reading.facts.activity, Activity)
    assert not reading.facts.activity.sees_newest


def test_a_feed_that_fails_leaves_what_the_directory_said() -> None:
    _, reading = asked(podcast.PLATFORM, Route.OPEN, APPLE, {"resultCount": 1, "results": [SHOW]}, "<html>")
    assert (reading.facts.display_name, reading.facts.posts_count) == ("Almestadspodden", 12)
    assert reading.facts.activity == Activity(at=datetime(2026, 11, 18, 8, 0, tzinfo=UTC), source="lookup")


def test_an_episode_beside_its_show_may_be_newer_than_the_directory_says_of_the_show() -> None:
    episode = {"kind": "podcast-episode", "collectionId": 1234, "releaseDate": "2026-11-20T08:00:00Z"}
    another = {**episode, "collectionId": 9, "releaseDate": "2026-11-21T08:00:00Z"}
    facts = read(podcast.PLATFORM, made({"resultCount": 3, "results": [SHOW, episode, another]}), APPLE.key).facts
    assert facts.activity == Activity(at=datetime(2026, 11, 20, 8, 0, tzinfo=UTC), source="lookup")


def test_a_show_that_is_missing_in_one_countrys_shop_is_not_gone() -> None:
    _, reading = asked(podcast.PLATFORM, Route.OPEN, APPLE, {"resultCount": 0, "results": []})
    assert (reading.transport, reading.existence) == (Transport.OK, Existence.UNKNOWN)


@pytest.mark.parametrize(("key", "name"), [(APPLE.key, "Almestadspodden"), (None, UNSEEN), ("podcast:apple:9", UNSEEN)])
def test_of_several_shows_only_the_one_asked_for_counts(key: str | None, name: object) -> None:
    found = {"resultCount": 2, "results": [{**SHOW, "collectionId": 5678, "collectionName": "Annanpodden"}, SHOW]}
    assert read(podcast.PLATFORM, made(found), key).facts.display_name == name


@pytest.mark.parametrize(
    ("address", "number"),
    [("https://podcasts.apple.com/se/podcast/almestadspodden/id1234", PlatformId("apple", "1234")),
     ("https://shows.acast.com/almestadspodden", UNSEEN)],
)  # fmt: skip
def test_a_shows_page_speaks_schema_org(address: str, number: object) -> None:
    series = json.dumps({"@type": "PodcastSeries", "name": "Almestadspodden", "description": "Samtal"})
    page = f'<link rel="canonical" href="{address}"><script type="application/ld+json">{series}</script>'
    reading = read(podcast.PLATFORM, made(page))
    assert (reading.existence, reading.facts.display_name) == (Existence.PRESENT, "Almestadspodden")
    assert reading.facts.platform_id == number


# --- anything at all --------------------------------------------------------------------------------------------------
