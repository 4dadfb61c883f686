"""Searching platforms that let everybody search: what is asked, what is read, and how a refusal is told."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.lookalikes import Face
from audits.lookalikes.searching import Places, Refused, questions_to, read_found
from audits.model import Page, Transport
from config.lookalikes import BadLookalikes, load_places, read_places
from tests.builders import a_page
from tests.corpus import recordings
from tests.fakes import DictAsker, HandClock
from tests.lookalikes.pictures import a_picture
from worker.steps.lookalikes import search, with_pictures

BLUESKY = "https://public.api.bsky.app/xrpc/app.bsky.actor.searchActors?q=Almestad&limit=25"
MASTODON = "https://social.example/api/v2/search?q=Almestad&type=accounts&limit=25"
EVERYWHERE = Places(bluesky=True, mastodon=("social.example",))
ACTORS = {"actors": [{"did": "did:plc:1", "handle": "almestad.bsky.social", "displayName": "Almestad"}]}
ACCOUNTS = {
    "accounts": [
        {"acct": "almestad", "display_name": "Almestad", "url": "https://social.example/@almestad"},
        {"acct": "almestad@other.example", "display_name": "Almestad", "url": "https://other.example/@almestad"},
    ]
}
CLOCK = HandClock(datetime(2026, 11, 3, tzinfo=UTC))


def answered(value: object, url: str = MASTODON, **changes: object) -> Page:
    return a_page(json.dumps(value), url=url, **changes)


def test_nowhere_is_asked_as_shipped():
    assert list(questions_to(load_places(), ["Almestad"])) == []


def test_every_place_is_asked_for_every_name_once():
    assert [probe.url for probe in questions_to(EVERYWHERE, ["Almestad", "Almestad"])] == [BLUESKY, MASTODON]


def test_what_bluesky_finds():
    (face,) = read_found(answered(ACTORS, BLUESKY))  # type: ignore[misc]  # no refusal
    assert (face.key, face.handle, face.name) == ("bluesky:almestad.bsky.social", "almestad", "Almestad")


def test_what_a_server_finds_has_its_own_home():
    found = read_found(answered(ACCOUNTS))
    assert isinstance(found, tuple)
    assert [face.key for face in found] == ["mastodon:almestad@social.example", "mastodon:almestad@other.example"]


@pytest.mark.parametrize(
    ("page", "why"),
    [
        (answered({}, status=403), "403"),
        (answered({"error": "This API requires an authenticated user"}), "no_accounts"),
        (a_page(transport=Transport.NOT_PERMITTED, reason="robots.txt"), "robots.txt"),
        (a_page("<html>"), "no_accounts"),
    ],
)
def test_a_refusal_is_told_and_is_no_empty_answer(page, why):
    refused = read_found(page)
    assert isinstance(refused, Refused)
    assert why in refused.why


@given(st.text(max_size=200))
def test_whatever_is_answered_is_read_or_refused(text):
    assert isinstance(read_found(a_page(text)), Refused | tuple)


def test_a_recorded_search_is_read():
    (recorded,) = [each for each in recordings("bluesky") if "searchactors" in each.file]
    found = read_found(recorded.page())
    assert isinstance(found, tuple)
    assert found
    assert all(face.key.startswith("bluesky:") for face in found)


def test_a_search_keeps_each_account_once_and_each_refusal():
    asker = DictAsker({MASTODON: json.dumps(ACCOUNTS)}, CLOCK)
    found = asyncio.run(search(asker, EVERYWHERE, ["Almestad"]))
    assert len(found.faces) == 2
    assert [each.url for each in found.refused] == [BLUESKY]


def test_pictures_are_looked_at_where_they_may_be_had():
    class Pictures(DictAsker):
        async def fetch(self, probe):
            page = await super().fetch(probe)
            return (
                Page(url=probe.url, fetched_at=page.fetched_at, status=200, body=a_picture())
                if "a.png" in probe.url
                else page
            )

    faces = [
        Face(platform="mastodon", key="mastodon:a", picture_url="https://social.example/a.png"),
        Face(platform="mastodon", key="mastodon:b", picture_url="https://social.example/b.png"),
        Face(platform="mastodon", key="mastodon:c", picture_url="http://social.example/a.png"),
    ]
    first, second, third = asyncio.run(with_pictures(Pictures({}, CLOCK), faces))
    assert first.picture is not None
    assert (second.picture, third.picture) == (None, None)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("bluesky = ", "lookalikes.toml"),
        ("blueski = true", "unknown 'blueski'"),
        ('bluesky = "yes"', "is neither true nor false"),
        ('mastodon = "social.example"', "is not a list of servers"),
        ('mastodon = ["https://social.example/x"]', "is not a list of servers"),
    ],
)
def test_a_wrong_declaration_is_told_with_what_would_do(text, complaint):
    with pytest.raises(BadLookalikes, match=complaint):
        read_places(text)
