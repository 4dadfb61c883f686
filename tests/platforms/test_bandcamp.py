"""Bandcamp, read: the artist's own page, by the id that every page carries."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from audits.model import UNSEEN, Existence, Facts, Page, PlatformId, Reading, Transport
from audits.platforms.bandcamp import PLATFORM
from tests.platforms.shown import kept, made, read

URL = "https://hamnkoren.bandcamp.com/"


def shown(page: Page) -> Reading:
    return read(PLATFORM, page, "bandcamp:hamnkoren")


def test_an_artists_page_names_the_artist() -> None:
    reading = shown(kept("bandcamp", "artist.html", url=URL))
    facts = reading.facts
    assert (reading.existence, facts.display_name, facts.handle) == (Existence.PRESENT, "Hamnkören", "hamnkoren")
    assert (facts.platform_id, facts.description) == (PlatformId("band", "4711"), "Stadens kör.")
    assert facts.avatar_url == "https://f4.bcbits.com/img/1.jpg"


@pytest.mark.parametrize("path", ["track/hamnvisan", "album/hamnen"])
def test_a_piece_of_music_only_names_its_artist(path: str) -> None:
    reading = shown(kept("bandcamp", "artist.html", url=URL + path))
    assert (reading.existence, reading.facts.display_name) == (Existence.UNKNOWN, "Hamnkören")


def test_a_first_page_that_is_an_album_tells_of_the_artist_in_schema_orgs_words() -> None:
    leads = [{"url": "https://hamnstad.example/koren"}, {"url": "https://hamnstad.example"}]
    said = {"@type": "MusicAlbum", "publisher": {
        "name": "Hamnkören", "description": "Sjunger i hamnen.", "image": "https://f4.bcbits.com/img/2.jpg",
        "mainEntityOfPage": leads}}  # fmt: skip
    band = json.dumps({"id": 4711, "name": "Hamnkören"}).replace('"', "&quot;")
    own = "https://hamnkoren.bandcamp.com/album/hamnen"
    html = (
        f'<meta property="og:url" content="{own}"><script data-band="{band}"></script>'
        f'<script type="application/ld+json">{json.dumps(said)}</script>'
    )
    reading = shown(made(html, url="https://skivor.hamnkoren.example/"))
    facts = reading.facts
    assert (reading.existence, facts.handle, facts.description) == (Existence.PRESENT, "hamnkoren", "Sjunger i hamnen.")
    assert facts.avatar_url == "https://f4.bcbits.com/img/2.jpg"
    assert facts.links == ("https://hamnstad.example/koren", "https://hamnstad.example")


BEFORE_2020 = '<script>var BandData = {\n account_id: 9,\n id : 4711,\n name : "Hamnk\\u00f6ren",\n is: 1 };</script>'
PUBLISHED = (
    '<script type="application/ld+json">{"@type": "MusicRecording", "publisher": {"name": "Hamnkören", '
    '"additionalProperty": [{"name": "image_id", "value": 9}, {"name": "band_id", "value": 4711}]}}</script>'
)


@pytest.mark.parametrize("said", [BEFORE_2020, PUBLISHED], ids=["before 2020", "without its scripts"])
def test_whose_page_it_is_stands_in_more_than_one_place(said: str) -> None:
    first_page, track = shown(made(said, url=URL)), shown(made(said, url=f"{URL}track/hamnvisan"))
    assert (first_page.existence, first_page.facts.platform_id) == (Existence.PRESENT, PlatformId("band", "4711"))
    assert (track.existence, track.facts) == (
        Existence.UNKNOWN, Facts(display_name="Hamnkören", handle="hamnkoren", platform_id=PlatformId("band", "4711"))
    )  # fmt: skip


def test_the_preview_alone_names_the_artist_and_proves_nothing() -> None:
    head = '<meta name="generator" content="Bandcamp"><meta property="og:site_name" content="Hamnkören">'
    reading = shown(made(head, url=f"{URL}track/hamnvisan"))
    assert (reading.existence, reading.facts.display_name) == (Existence.UNKNOWN, "Hamnkören")
    assert shown(made(head.replace("Bandcamp", "WordPress"), url=URL)).transport is Transport.UNREADABLE


def test_what_somebody_else_published_on_the_page_is_not_the_artists() -> None:
    said = json.dumps({"@type": "MusicAlbum", "publisher": {"name": "Skivbolaget", "description": "Ett bolag."}})
    page = kept("bandcamp", "artist.html", url=URL)
    added = page.body.replace(b"<body>", f'<body><script type="application/ld+json">{said}</script>'.encode())
    assert shown(replace(page, body=added)).facts.description == "Stadens kör."


def test_links_stand_in_their_own_list() -> None:
    page = kept("bandcamp", "artist.html", url=URL)
    listed = '<ol id="band-links"><li><a href="https://hamnstad.example">Hamnstad</a></li></ol>'
    facts = shown(replace(page, body=page.body.replace(b"</body>", listed.encode()))).facts
    assert (facts.links, facts.website_link) == (("https://hamnstad.example",), "https://hamnstad.example")
    assert shown(page).facts.links is UNSEEN  # this kind of page shows none


def test_what_the_app_is_told_is_read_like_the_page() -> None:
    answer = {"id": 4711, "name": "Hamnkören", "bio": "Stadens kör.", "bandcamp_url": "https://hamnkoren.bandcamp.com",
              "sites": [{"url": "https://hamnstad.example", "title": "Hamnstad"}], "discography": []}  # fmt: skip
    reading = shown(made(answer, url="https://bandcamp.com/api/mobile/22/band_details"))
    facts = reading.facts
    assert (reading.existence, facts.display_name, facts.handle) == (Existence.PRESENT, "Hamnkören", "hamnkoren")
    assert (facts.platform_id, facts.links) == (PlatformId("band", "4711"), ("https://hamnstad.example",))


def test_a_page_without_the_id_is_unreadable() -> None:
    assert shown(made("<title>Music | Hamnkören</title>", status=404)).transport is Transport.UNREADABLE
