"""What holds of every platform's reader: no bytes, no JSON and no cut page accuse anybody, and an address belongs to
its route.

tests/pages, answers.jsonl, recordings ─▶ Specimen ─mangled▶ read for its account ─▶ no accusation
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audits.model import Page, Route
from audits.platform import Platform
from audits.platforms import PLATFORMS
from tests.accuracy.specimens import PAGES, Specimen, answers, read_for, specimens
from tests.platforms.shown import ACCUSATIONS, made, mangled, read

every_platform = pytest.mark.parametrize("platform", PLATFORMS.values(), ids=lambda each: each.name)
BEGINNINGS = (b"", b'{"error":', "<title>Almestad (@a) •".encode(), b"<rss><channel>")
STATUSES = (None, 200, 400, 404, 429, 503, 999)
NAMES = (
    "data", "response", "results", "resultCount", "error", "errors", "message", "items", "type", "$type", "kind", "id",
    "name", "title", "content", "url", "status", "reason", "handle", "posts", "icon", "header", "metadata", "contents",
    "alerts", "alertRenderer", "channelMetadataRenderer", "pageHeaderRenderer", "snippet", "moved", "acct", "inbox",
)  # fmt: skip
RECORDED_AND_LONG = {"website", "feed", "youtube"}  # what is recorded of these, tests/accuracy cuts by chance


def read_as(platform: Platform, page: Page) -> object:
    return read(platform, page, f"{platform.name}:almestad").existence


@every_platform
@given(
    begun=st.sampled_from(BEGINNINGS),
    body=st.binary(max_size=400),
    status=st.sampled_from(STATUSES),
    url=st.just("https://example.org/") | st.text(max_size=30),
)
def test_no_bytes_accuse_anybody(platform: Platform, begun: bytes, body: bytes, status: int | None, url: str) -> None:
    assert read_as(platform, made(begun + body, url=url, status=status)) not in ACCUSATIONS


def names_in(value: object) -> Iterator[str]:
    """Every name in an answer, however deep."""
    if isinstance(value, dict):
        yield from value
        value = list(value.values())
    for inner in value if isinstance(value, list) else ():
        yield from names_in(inner)


@cache
def json_like(platform: Platform) -> st.SearchStrategy[Any]:
    """JSON under names that many use, and those in the platform's own answers."""
    own = (json.loads(each.page.body) for each in answers() if each.platform is platform)
    names = sorted({*NAMES, *(name for answer in own for name in names_in(answer))})
    return st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["http://[", "Person"]),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(names), inner, max_size=6),
        max_leaves=25,
    )


@every_platform
@settings(max_examples=50)
@given(st.data())
def test_no_json_accuses_anybody(platform: Platform, data: st.DataObject) -> None:
    asked = [each.page.url for each in answers() if each.platform is platform]
    url = data.draw(st.sampled_from(["http://[", "https://example.org/", *asked]))
    answer = json.dumps(data.draw(json_like(platform)))
    for body in (answer, f"<script>var ytInitialData = {answer};</script>"):
        assert read_as(platform, made(body, url=url)) not in ACCUSATIONS


def cut(specimen: Specimen) -> Iterator[Page]:
    """A page cut up, under its own status; one made by hand also where it is said to be missing."""
    for body in mangled(specimen.page.body):
        for status in (200, 404) if is_made(specimen) else (specimen.page.status,):
            yield replace(specimen.page, body=body, status=status)


def is_made(specimen: Specimen) -> bool:
    return (PAGES / specimen.name.partition(":")[0]).exists()


@every_platform
def test_no_page_however_cut_accuses_anybody(platform: Platform) -> None:
    own = [each for each in specimens() if each.platform is platform]
    own = [each for each in own if is_made(each) or platform.name not in RECORDED_AND_LONG]
    accused = [each.name for each in own for page in cut(each) if read_for(each, page).existence in ACCUSATIONS]
    assert accused == []


ROUTES = {
    Route.API_BY_ID: {
        "bluesky": ["https://public.api.bsky.app/xrpc/app.bsky.actor.getProfile?actor=did:plc:almestad23456"],
        "flickr": ["https://api.flickr.com/services/rest/?format=json&method=flickr.people.getInfo"],
        "linkedin": ["https://api.linkedin.com/rest/dmaOrganizations?ids=List(1)"],
        "spotify": ["https://api.spotify.com/v1/shows/0hamnpodden0hamnpodden"],
        "twitch": ["https://api.twitch.tv/helix/users?id=1"],
        "vimeo": ["https://api.vimeo.com/users/4711"],
        "x": ["https://api.x.com/2/users?ids=1,2", "https://api.twitter.com/2/users/783214/tweets"],
        "youtube": ["https://www.googleapis.com/youtube/v3/channels?id=UChamnstad0000000000bibl"],
    },
    Route.API_BY_HANDLE: {
        "bluesky": ["https://public.api.bsky.app/xrpc/app.bsky.actor.getProfile?actor=bibliotek.almestad.example"],
        "flickr": ["https://api.flickr.com/services/rest/?format=json&method=flickr.urls.lookupUser"],
        "linkedin": ["https://api.linkedin.com/rest/dmaOrganizations?q=vanityName&vanityName=a"],
        "mastodon": ["https://social.almestad.example/api/v1/accounts/lookup?acct=biblioteket"],
        "twitch": ["https://api.twitch.tv/helix/users?login=x"],
        "vimeo": ["https://api.vimeo.com/users/hamnstad"],
        "x": ["https://api.x.com/2/users/by?usernames=a"],
        "youtube": ["https://www.googleapis.com/youtube/v3/channels?forHandle=x"],
    },
    Route.OPEN: {
        "bluesky": ["https://bsky.app/profile/did:plc:almestad23456/rss"],
        "flickr": ["https://api.flickr.com/services/feeds/photos_public.gne?id=x"],
        "mastodon": [
            "https://social.almestad.example/users/biblioteket",
            "https://social.almestad.example/.well-known/webfinger?resource=x",
            "https://social.almestad.example/@biblioteket.rss",
        ],
        "pinterest": ["https://www.pinterest.com/a/feed.rss"],
        "soundcloud": ["https://feeds.soundcloud.com/users/soundcloud:users:1/sounds.rss"],
        "spotify": ["https://podd.hamnstad.example/rss"],
        "youtube": ["https://www.youtube.com/feeds/videos.xml?channel_id=x"],
    },
    Route.OEMBED: {
        "flickr": ["https://www.flickr.com/services/oembed/?url=x"],
        "pinterest": ["https://www.pinterest.com/oembed.json?url=a"],
        "soundcloud": ["https://soundcloud.com/oembed?url=x"],
        "spotify": ["https://open.spotify.com/oembed?url=x"],
        "tiktok": ["https://www.tiktok.com/oembed?url=a"],
        "vimeo": ["https://vimeo.com/api/oembed.json?url=x"],
        "x": ["https://publish.x.com/oembed?url=a"],
        "youtube": ["https://www.youtube.com/oembed?url=x"],
    },
    Route.PAGE: {
        "bluesky": ["https://bsky.app/profile/bibliotek.almestad.example", "http://["],
        "flickr": ["https://www.flickr.com/photos/x/"],
        "linkedin": ["https://www.linkedin.com/company/a/"],
        "mastodon": ["https://social.almestad.example/@biblioteket", "http://["],
        "pinterest": ["https://www.pinterest.com/a/"],
        "soundcloud": ["https://soundcloud.com/x"],
        "spotify": ["https://open.spotify.com/show/0hamnpodden0hamnpodden"],
        "tiktok": ["https://www.tiktok.com/@a"],
        "twitch": ["https://www.twitch.tv/x"],
        "vimeo": ["https://vimeo.com/hamnstad"],
        "x": ["https://x.com/a"],
        "youtube": ["https://www.youtube.com/@x", "http://["],
    },
}


@pytest.mark.parametrize("route", ROUTES)
def test_an_address_belongs_to_its_route(route: Route) -> None:
    taken = [(PLATFORMS[name].route_of(url), url) for name, addresses in ROUTES[route].items() for url in addresses]
    assert [each for each in taken if each[0] is not route] == []
