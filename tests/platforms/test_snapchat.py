"""Snapchat, read: profiles with and without a public side, and what a status alone does not prove."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from audits.model import UNSEEN, Activity, Existence, Page, PlatformId, Reading, Transport
from audits.platform import Subject
from audits.platforms.snapchat import PLATFORM
from tests.platforms.shown import PACKS, kept, made, read

KEY = "snapchat:hamnstadsfritid"


def shown(page: Page, key: str | None = KEY) -> Reading:
    return read(PLATFORM, page, key)


def test_a_public_profile_says_who_it_is() -> None:
    reading = shown(kept("snapchat", "public-profile.html"))
    facts = reading.facts
    assert (reading.transport, reading.existence) == (Transport.OK, Existence.PRESENT)
    assert (facts.display_name, facts.handle, facts.followers) == ("Hamnstads fritidsgård", "hamnstadsfritid", 1204)
    assert (facts.description, facts.website_link) == ("Påhittad fritidsgård", "https://fritid.hamnstad.example")
    assert facts.platform_id == PlatformId("business_profile", "0f0a0675-51d4-4c57-8b1b-8952e934eb8f")


def test_stories_that_vanish_prove_life_and_never_silence() -> None:
    activity = shown(kept("snapchat", "public-profile.html")).facts.activity
    assert activity == Activity(at=datetime(2026, 11, 20, tzinfo=UTC), source="snapchat.snaps", sees_newest=False)


def test_an_account_without_a_public_side_shows_its_name_only() -> None:
    reading = shown(kept("snapchat", "bare-profile.html"))
    facts = reading.facts
    assert reading.existence is Existence.PRESENT
    assert (facts.display_name, facts.description, facts.followers) == ("Hamnstads fritidsgård", UNSEEN, UNSEEN)


def test_a_page_whose_data_is_cut_off_is_still_present() -> None:
    page = kept("snapchat", "public-profile.html")
    reading = shown(replace(page, body=page.body[: page.body.index(b"__NEXT_DATA__")]))
    assert (reading.existence, reading.facts.display_name) == (Existence.PRESENT, "Hamnstads fritidsgård")


@pytest.mark.parametrize(("alias", "name"), [("hamnstadsfritid", "Hamnstads fritidsgård"), ("annan", UNSEEN)])
def test_where_the_title_names_nobody_schema_orgs_words_do_if_they_mean_the_address(alias: str, name: object) -> None:
    counted = {"interactionType": {"@type": "SubscribeAction"}, "userInteractionCount": 1204}
    entity = {"name": "Hamnstads fritidsgård", "alternateName": alias, "interactionStatistic": [counted]}
    said = json.dumps({"@type": "ProfilePage", "mainEntity": entity})
    address = '<link rel="canonical" href="https://www.snapchat.com/@hamnstadsfritid">'
    head = f'<title>Snapchat</title>{address}<script type="application/ld+json">{said}</script>'
    facts = shown(made(f"<html><head>{head}</head></html>")).facts
    assert (facts.display_name, facts.followers) == (name, 1204 if name else UNSEEN)


def test_where_only_schema_orgs_words_are_left_they_are_read() -> None:
    entity = {"@type": "Person", "name": "x", "description": "Påhittad fritidsgård", "image": "https://snap.example/a",
              "interactionStatistic": [{"interactionType": "https://schema.org/FollowAction",
                                        "userInteractionCount": 1204}]}  # fmt: skip
    said = json.dumps({"@type": "ProfilePage", "mainEntity": entity})
    body = (
        "<html><head><title>Hamnstads fritidsgård (@hamnstadsfritid) | Snapchat</title>"
        '<link rel="canonical" href="https://www.snapchat.com/@hamnstadsfritid">'
        f'<script type="application/ld+json">{said}</script></head></html>'
    )
    facts = shown(made(body)).facts
    assert (facts.description, facts.followers) == ("Påhittad fritidsgård", 1204)
    assert facts.avatar_url == "https://snap.example/a"


def test_before_2022_the_preview_title_held_the_handle_and_not_the_name() -> None:
    page = made(
        "<title>Hamnstads fritidsgård (@hamnstadsfritid) on Snapchat</title>"
        '<meta property="og:title" content="hamnstadsfritid on Snapchat">'
        '<meta property="og:url" content="https://story.snapchat.com/u/hamnstadsfritid">'
    )
    assert shown(page).facts.display_name == "Hamnstads fritidsgård"


@pytest.mark.parametrize("title", ["hamnstadsfritid on Snapchat", "Add hamnstadsfritid on Snapchat"])
def test_a_title_that_holds_the_handle_alone_names_nobody(title: str) -> None:
    page = made(
        f'<title>{title}</title><meta property="og:url" content="https://www.snapchat.com/add/hamnstadsfritid">'
    )
    assert (shown(page).existence, shown(page).facts.display_name) == (Existence.UNKNOWN, UNSEEN)


def test_a_bare_page_of_another_name_may_be_anybodys() -> None:
    assert shown(kept("snapchat", "bare-profile.html"), "snapchat:annan").existence is Existence.UNKNOWN


def test_a_single_video_decides_nothing() -> None:
    assert shown(kept("snapchat", "spotlight.html")).existence is Existence.UNKNOWN


@pytest.mark.parametrize(
    ("status", "existence"), [(404, Existence.GONE), (200, Existence.UNKNOWN), (None, Existence.UNKNOWN)]
)
def test_the_word_for_missing_counts_only_with_its_status(status: int | None, existence: Existence) -> None:
    assert shown(kept("snapchat", "not-found.html", status=status)).existence is existence


def test_a_missing_lens_or_story_is_nobodys_absence() -> None:
    reading = shown(kept("snapchat", "not-found.html", status=404, url="https://www.snapchat.com/lens/abc"), None)
    assert (reading.transport, reading.existence) == (Transport.OK, Existence.UNKNOWN)


def test_a_status_alone_is_never_an_absence() -> None:
    assert shown(made("<html><body>Snapchat</body></html>", status=404)).existence is Existence.UNKNOWN


def test_json_of_somebody_else_is_not_read() -> None:
    reading = shown(made({"error": {"status": "NOT_FOUND"}}, status=404))
    assert reading.transport is Transport.UNREADABLE


def test_the_profile_is_asked_under_its_newest_address() -> None:
    asking = PLATFORM.routes[0].ask(Subject(platform="snapchat", key=KEY), PACKS)
    assert asking is not None
    assert next(asking).url == "https://www.snapchat.com/@hamnstadsfritid"
