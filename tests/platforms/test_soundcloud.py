"""SoundCloud, read: three generations of a page, interface answers, cards and feeds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from audits.model import UNSEEN, Activity, Existence, Page, PlatformId, Reading, Route, Transport
from audits.platform import Subject
from audits.platforms.soundcloud import PLATFORM
from tests.platforms.asking import asked, passed_over
from tests.platforms.shown import kept, made, read

KEY = "soundcloud:hamnorkester"
PINNED = PlatformId("user", "4711")
SUBJECT = Subject(platform="soundcloud", key=KEY, url="https://soundcloud.com/hamnorkester")


def shown(page: Page, key: str | None = KEY) -> Reading:
    return read(PLATFORM, page, key)


def a_user(**changes: Any) -> dict[str, Any]:
    return {
        "kind": "user", "id": 4711, "permalink": "hamnorkester", "username": "Hamnstads orkester", "description": "",
        "followers_count": 321, "track_count": 45, "verified": True, "last_modified": "2026-11-01T00:00:00Z",
        "avatar_url": "https://a1.sndcdn.com/images/default_avatar_large.png", **changes,
    }  # fmt: skip


def a_track(**changes: Any) -> dict[str, Any]:
    return {
        "kind": "track", "created_at": "2026-10-04T20:06:22Z", "display_date": "2027-01-01T00:00:00Z",
        "permalink_url": "https://soundcloud.com/hamnorkester/ny", "user": a_user(), **changes,
    }  # fmt: skip


@pytest.mark.parametrize("name", ["profile.html", "profile-2019.html", "head.html"])
def test_every_generation_of_the_page_names_the_same_account(name: str) -> None:
    reading = shown(kept("soundcloud", name))
    facts = reading.facts
    assert (reading.existence, facts.display_name, facts.handle) == (
        Existence.PRESENT, "Hamnstads orkester", "hamnorkester",
    )  # fmt: skip
    assert (facts.platform_id, facts.followers, facts.posts_count) == (PINNED, 321, 45)
    assert facts.avatar_url == "https://i1.sndcdn.com/avatars-000-t500x500.jpg"


@pytest.mark.parametrize("name", ["profile.html", "profile-2019.html"])
def test_tracks_listed_in_no_order_prove_life_only_and_other_peoples_nothing(name: str) -> None:
    newest = datetime(2019, 6, 17, 18, 12, 26, tzinfo=UTC)
    assert shown(kept("soundcloud", name)).facts.activity == Activity(at=newest, source="page", sees_newest=False)


def test_a_track_names_its_owner() -> None:
    reading = shown(kept("soundcloud", "track.html"))
    assert (reading.existence, reading.facts.handle) == (Existence.UNKNOWN, "hamnorkester")


def test_a_track_without_its_scripts_still_names_its_owner() -> None:
    html = (
        '<meta property="og:type" content="music.song">'
        '<meta property="soundcloud:user" content="https://soundcloud.com/hamnorkester"><noscript>'
        '<div itemprop="byArtist"><meta itemprop="name" content="Hamnstads orkester"></div></noscript>'
    )
    facts = shown(made(html, url="https://soundcloud.com/hamnorkester/hamnvisan")).facts
    assert (facts.display_name, facts.handle) == ("Hamnstads orkester", "hamnorkester")


def test_what_a_broken_answer_leaves_of_a_name_is_nobodys() -> None:
    assert (
        shown(made(a_user(permalink="hamnor:4711"), url="https://api.soundcloud.com/users/4711")).facts.handle is UNSEEN
    )


def test_a_changed_profile_is_no_new_track_and_a_default_figure_no_picture() -> None:
    reading = shown(made(a_user()))
    facts = reading.facts
    assert (reading.existence, facts.activity, facts.avatar_url) == (Existence.PRESENT, UNSEEN, None)
    assert (facts.verified, facts.description) == (True, None)


@pytest.mark.parametrize("tracks", [list, lambda listed: {"collection": listed}])
def test_the_newest_upload_counts_and_not_the_release_that_a_label_names(tracks: Callable[[Any], Any]) -> None:
    older = a_track(created_at="2020/01/01 00:00:00 +0000")
    facts = shown(made(tracks([a_track(), older]))).facts
    newest = datetime(2026, 10, 4, 20, 6, 22, tzinfo=UTC)
    assert facts.activity == Activity(at=newest, source="tracks", sees_newest=False)  # reposts are listed elsewhere


def test_an_accounts_albums_name_it_and_say_nothing_of_when() -> None:
    album = {"kind": "playlist", "created_at": "2019-08-29T16:43:01Z", "user": a_user()}
    reading = shown(made({"collection": [album]}, url="https://api-v2.soundcloud.com/users/4711/albums"))
    assert (reading.existence, reading.facts.platform_id) == (Existence.PRESENT, PINNED)
    assert reading.facts.activity is UNSEEN


@pytest.mark.parametrize("second", [a_track(user=a_user(id=12)), {"kind": "playlist"}])
def test_lists_with_other_peoples_tracks_belong_to_nobody(second: dict[str, Any]) -> None:
    assert shown(made({"collection": [a_track(), second]})).existence is Existence.UNKNOWN


@pytest.mark.parametrize(
    ("what", "existence"), [("users%2F4711", Existence.PRESENT), ("tracks%2F1", Existence.UNKNOWN)]
)
def test_a_card_is_read_by_the_player_that_it_hands_out(what: str, existence: Existence) -> None:
    html = f'<iframe src="https://w.soundcloud.com/player/?url=https%3A%2F%2Fapi.soundcloud.com%2F{what}&x=1"></iframe>'
    card = {"provider_name": "SoundCloud", "author_name": "Hamnstads orkester", "html": html,
            "author_url": "https://soundcloud.com/hamnorkester"}  # fmt: skip
    reading = shown(made(card))
    assert (reading.existence, reading.facts.handle) == (existence, "hamnorkester")
    assert reading.facts.platform_id == (PINNED if existence is Existence.PRESENT else UNSEEN)


def test_the_feed_holds_what_was_let_into_it() -> None:
    reading = shown(kept("soundcloud", "feed.xml"))
    newest = datetime(2026, 10, 4, 20, 6, 22, tzinfo=UTC)
    assert (reading.facts.platform_id, reading.facts.handle) == (PINNED, "hamnorkester")
    assert reading.facts.activity == Activity(at=newest, source="feed", sees_newest=False)


def test_a_feed_says_itself_whose_it_is_wherever_it_came_from() -> None:
    page = replace(kept("soundcloud", "feed.xml"), url="https://api-v2.soundcloud.com/users/999/tracks")
    assert shown(page).facts.platform_id == PINNED
    unnumbered = replace(
        page, body=page.body.replace(b"users:", b"people:"), url="https://feeds.soundcloud.com/users/4711"
    )
    assert shown(unnumbered).facts.platform_id is UNSEEN


def test_an_address_that_other_words_have_run_into_names_nobody() -> None:
    page = kept("soundcloud", "feed.xml")
    run_into = replace(page, body=page.body.replace(b"/hamnorkester<", b"/hamnorkesterHamnstads orkester<"))
    assert (shown(run_into).facts.handle, shown(run_into).facts.platform_id) == (UNSEEN, PINNED)


def test_somebody_elses_feed_is_not_soundclouds() -> None:
    page = kept("soundcloud", "feed.xml")
    other = replace(page, body=page.body.replace(b"http://soundcloud.com/", b"http://blogg.example/"))
    assert shown(other).transport is Transport.UNREADABLE


@pytest.mark.parametrize("status", [404, 200])
def test_words_that_nobody_has_dated_prove_nothing(status: int) -> None:
    page = made("<body>We can’t find that user. Did you try searching?</body>", status=status, url=SUBJECT.url)
    assert shown(page).existence is Existence.UNKNOWN


def test_the_feed_is_asked_for_by_number_and_the_card_by_address() -> None:
    assert passed_over(PLATFORM, Route.OPEN, SUBJECT)
    probes, _ = asked(PLATFORM, Route.OPEN, replace(SUBJECT, pinned=(PINNED,)), b"")
    assert probes[0].url == "https://feeds.soundcloud.com/users/soundcloud:users:4711/sounds.rss"
    probes, _ = asked(PLATFORM, Route.OEMBED, SUBJECT, b"")
    assert probes[0].url.endswith("url=https%3A%2F%2Fsoundcloud.com%2Fhamnorkester")


def test_a_user_of_today_has_an_urn_for_a_number() -> None:
    user = {name: value for name, value in a_user(urn="soundcloud:users:4711").items() if name != "id"}
    assert shown(made(user)).facts.platform_id == PINNED


@pytest.mark.parametrize(
    ("status", "transport"), [(404, Transport.OK), (401, Transport.WALLED), (429, Transport.RATE_LIMITED)]
)
def test_an_error_of_the_interface_is_no_new_layout_and_no_end(status: int, transport: Transport) -> None:
    reading = shown(made({"code": status, "status": f"{status} - no", "errors": [], "error": None}, status=status))
    assert (reading.transport, reading.existence) == (transport, Existence.UNKNOWN)


def test_an_address_that_a_filter_leads_on_names_nobody() -> None:
    led = kept("soundcloud", "head.html").body.replace(
        b'content="https://soundcloud.com', b'content="https://www.google.com/url?q=https%3A%2F%2Fsoundcloud.com'
    )
    assert shown(made(led.decode(), url="https://soundcloud.com/hamnorkester")).facts.handle is UNSEEN
