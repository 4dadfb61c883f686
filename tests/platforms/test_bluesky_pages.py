"""Bluesky's pages of every generation, and a profile's feed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from audits.model import UNSEEN, Activity, Existence, Transport
from tests.platforms.bluesky import (
    DID,
    HANDLE,
    LATEST,
    PINNED,
    shown,
)
from tests.platforms.shown import kept


@pytest.mark.parametrize("name", ["profile.html", "profile-2023.html"])
def test_every_generation_of_the_page_names_the_same_account(name: str) -> None:
    reading = shown(kept("bluesky", name, url=f"https://bsky.app/profile/{HANDLE}"))
    facts = reading.facts
    assert reading.existence is Existence.PRESENT
    assert (facts.display_name, facts.handle, facts.platform_id) == ("Almestads bibliotek", HANDLE, PINNED)
    assert facts.description == "Böcker, sagor\noch samtal."


def test_the_page_counts_followers_and_not_the_followed() -> None:
    facts = shown(kept("bluesky", "profile.html")).facts
    assert (facts.followers, facts.posts_count) == (1200, 329)
    assert facts.avatar_url == f"https://cdn.bsky.example/img/avatar/plain/{DID}/a@jpeg"


def test_a_banner_is_no_avatar() -> None:
    assert shown(kept("bluesky", "profile-2023.html")).facts.avatar_url is UNSEEN


def test_the_keys_of_own_posts_carry_the_latest_date_and_prove_no_silence() -> None:
    activity = shown(kept("bluesky", "profile.html")).facts.activity
    assert isinstance(activity, Activity)
    assert activity.at is not None
    assert activity.at.replace(microsecond=0) == datetime(2026, 1, 26, 18, 50, 47, tzinfo=UTC)
    assert not activity.sees_newest


def test_a_post_page_names_its_author_and_proves_nothing() -> None:
    reading = shown(kept("bluesky", "post.html"))
    assert (reading.transport, reading.existence, reading.facts.platform_id) == (
        Transport.OK,
        Existence.UNKNOWN,
        PINNED,
    )


def test_an_empty_shell_is_nobodys_fault() -> None:
    assert shown(kept("bluesky", "shell.html")).transport is Transport.UNREADABLE


def test_the_feed_shows_the_newest_post() -> None:
    facts = shown(kept("bluesky", "feed.xml")).facts
    assert (facts.display_name, facts.handle, facts.platform_id) == ("Almestads bibliotek", HANDLE, PINNED)
    assert facts.activity == Activity(at=LATEST, source="feed", sees_newest=False)


def test_marks_of_direction_in_a_feeds_title_are_no_part_of_a_name() -> None:
    page = kept("bluesky", "feed.xml")
    marked = replace(page, body=page.body.replace(f"@{HANDLE} - ".encode(), f"@{HANDLE}\u200e -\u200e ".encode()))
    assert (shown(marked).facts.handle, shown(marked).facts.display_name) == (HANDLE, "Almestads bibliotek")


def test_a_page_of_one_without_a_display_name_says_the_handle_to_those_without_scripts() -> None:
    head = f'<meta property="og:type" content="website"><meta property="og:title" content="{HANDLE}">'
    words = (
        f'<noscript><p id="bsky_display_name"></p><p id="bsky_handle">{HANDLE}</p><p id="bsky_did">{DID}</p></noscript>'
    )
    facts = shown(f"<html><head>{head}</head><body>{words}</body></html>").facts
    assert (facts.handle, facts.platform_id) == (HANDLE, PINNED)


def test_what_is_no_handle_is_none_wherever_it_stands() -> None:
    words = f'<p id="bsky_handle">{HANDLE} {DID}</p><p id="bsky_did">{DID}</p>'
    reading = shown(f'<html><meta property="og:type" content="website"><body>{words}</body></html>')
    assert reading.facts.handle is UNSEEN
