"""Bandcamp, read: the artist's own page, by the id that every page carries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.model import Existence, Page, PlatformId, Reading, Transport
from audits.platforms.bandcamp import PLATFORM
from tests.corpus import recordings
from tests.platforms.shown import ACCUSATIONS, disagreements, kept, made, mangled, read

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


def test_a_page_without_the_id_is_unreadable() -> None:
    assert shown(made("<title>Music | Hamnkören</title>", status=404)).transport is Transport.UNREADABLE


@given(st.binary(max_size=300))
def test_no_bytes_accuse_anybody(body: bytes) -> None:
    assert shown(made(body)).existence not in ACCUSATIONS


def test_a_damaged_page_accuses_nobody() -> None:
    body = kept("bandcamp", "artist.html").body
    assert all(shown(made(each, status=404)).existence not in ACCUSATIONS for each in mangled(body))


def test_recorded_pages_say_what_people_read_in_them() -> None:
    for recording in recordings("bandcamp"):
        reading = read(PLATFORM, recording.page())
        assert disagreements(recording, reading) == []
        assert reading.existence not in ACCUSATIONS
