"""Vimeo, read: three generations of a member's page, the interface, cards and feeds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from audits.model import UNSEEN, Activity, Existence, Page, PlatformId, Precision, Reading, Route, Transport
from audits.platform import Subject
from audits.platforms.vimeo import PLATFORM
from tests.platforms.asking import asked, passed_over
from tests.platforms.shown import kept, made, read

KEY = "vimeo:hamnstadsmuseum"
PINNED = PlatformId("user", "4711")
SUBJECT = Subject(platform="vimeo", key=KEY, url="https://vimeo.com/hamnstadsmuseum")
API = "https://api.vimeo.com/users"
NEWEST = datetime(2026, 10, 4, 20, 6, 22, tzinfo=UTC)


def shown(page: Page, key: str | None = KEY, *pinned: PlatformId) -> Reading:
    return read(PLATFORM, page, key, *pinned)


def a_member(**changes: Any) -> dict[str, Any]:
    totals = {"videos": {"total": 45}, "followers": {"total": 321}}
    return {
        "uri": "/users/4711", "name": "Hamnstads museum", "link": "https://vimeo.com/hamnstadsmuseum", "bio": None,
        "websites": [{"link": "https://museum.hamnstad.example/"}], "created_time": "2012-03-01T08:00:00+00:00",
        "pictures": {"sizes": [{"link": "https://i.vimeocdn.example/s.jpg"}, {"link": "https://i.vimeocdn.example/l.jpg"}]},
        "metadata": {"connections": totals}, **changes,
    }  # fmt: skip


def a_video(**changes: Any) -> dict[str, Any]:
    return {
        "uri": "/videos/1", "link": "https://vimeo.com/1", "created_time": "2026-10-04T20:06:22+00:00",
        "user": {"uri": "/users/4711"}, "metadata": {"connections": {"texttracks": {"total": 0}}}, **changes,
    }  # fmt: skip


@pytest.mark.parametrize("name", ["profile.html", "profile-2018.html", "profile-links.html"])
def test_every_generation_of_the_page_names_the_same_member(name: str) -> None:
    reading = shown(kept("vimeo", name))
    facts = reading.facts
    assert (reading.transport, reading.existence) == (Transport.OK, Existence.PRESENT)
    assert (facts.display_name, facts.handle, facts.platform_id) == ("Hamnstads museum", "hamnstadsmuseum", PINNED)


@pytest.mark.parametrize("name", ["profile.html", "profile-2018.html"])
def test_links_and_age_of_the_account_are_read(name: str) -> None:
    facts = shown(kept("vimeo", name)).facts
    assert facts.links == ("https://museum.hamnstad.example/",)
    assert facts.created_at == datetime(2012, 3, 1, 8, tzinfo=UTC)


def test_a_changed_profile_is_no_new_video() -> None:
    facts = shown(kept("vimeo", "profile.html")).facts
    assert (facts.activity, facts.followers, facts.posts_count) == (UNSEEN, 321, 45)
    assert facts.description == "Filmer ur samlingarna & magasinet."


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://vimeo.com/hamnstadsmuseum", "no_proof: vimeo.no-such-page"),
        ("https://vimeo.com/235352744", "other_missing"),
        ("https://vimeo.com/channels/hamnstad", "other_missing"),
        ("", "other_missing"),
    ],
)
def test_the_error_page_proves_nothing_and_says_what_it_was_asked_for(url: str, reason: str) -> None:
    reading = shown(kept("vimeo", "not-found.html", status=404, url=url))
    assert (reading.existence, reading.reason) == (Existence.UNKNOWN, reason)


def test_the_error_page_without_its_status_proves_nothing() -> None:
    assert shown(kept("vimeo", "not-found.html", status=None, url=SUBJECT.url)).existence is Existence.UNKNOWN


def test_a_video_names_its_owner() -> None:
    video = {"@type": "VideoObject", "author": {"name": "Hamnstads museum", "url": "https://vimeo.com/hamnstadsmuseum"}}
    body = f'<script type="application/ld+json">{str(video).replace(chr(39), chr(34))}</script><i src="//vimeocdn.com">'
    reading = shown(made(body))
    assert (reading.existence, reading.facts.handle) == (Existence.UNKNOWN, "hamnstadsmuseum")


@pytest.mark.parametrize("author", [{}, {"author_name": "Hamnstad", "author_url": "https://vimeo.com/hamnstad"}])
def test_a_card_proves_nothing_since_private_videos_have_one_too(author: dict[str, str]) -> None:
    reading = shown(made({"provider_name": "Vimeo", "type": "video", **author}))
    assert (reading.existence, reading.facts.handle) == (Existence.UNKNOWN, "hamnstad" if author else UNSEEN)


def test_a_feed_with_blanks_before_its_declaration_is_read_and_proves_no_silence() -> None:
    reading = shown(kept("vimeo", "feed.xml"))
    assert (reading.existence, reading.facts.display_name) == (Existence.PRESENT, "Hamnstads museum")
    assert reading.facts.activity == Activity(at=NEWEST, source="feed", sees_newest=False)


@pytest.mark.parametrize("path", ["hamnstadsmuseum/likes", "channels/hamnstadsmuseum/videos"])
def test_the_feed_of_what_a_member_likes_or_a_channel_shows_is_no_members_own(path: str) -> None:
    body = kept("vimeo", "feed.xml").body
    reading = shown(made(body.replace(b"vimeo.com/hamnstadsmuseum/videos", f"vimeo.com/{path}".encode())))
    assert (reading.existence, reading.facts.activity) == (Existence.UNKNOWN, UNSEEN)


def test_the_feed_of_somebody_else_is_not_vimeos() -> None:
    page = kept("vimeo", "feed.xml")
    elsewhere = replace(page, body=page.body.replace(b"https://vimeo.com/hamn", b"https://blogg.example/hamn"))
    assert shown(elsewhere).transport is Transport.UNREADABLE


@pytest.mark.parametrize("asked", ["users/12/likes", "users/12/channels", "channels/hamnen/videos", "videos?query=bad"])
def test_what_somebody_liked_gathered_or_found_is_not_by_them(asked: str) -> None:
    reading = shown(made({"data": [a_video()]}, url=f"https://api.vimeo.com/{asked}"))
    assert (reading.existence, reading.facts.platform_id, reading.facts.activity) == (Existence.UNKNOWN, UNSEEN, UNSEEN)


@pytest.mark.parametrize("asked", ["users/4711/videos", "me/videos", "users/4711/albums/3/videos"])
def test_a_list_of_ones_own_videos_names_whose_they_are(asked: str) -> None:
    user = {"uri": "/users/4711", "name": "Hamnstads museum", "link": "https://vimeo.com/hamnstadsmuseum"}
    facts = shown(made({"data": [a_video(user=user)]}, url=f"https://api.vimeo.com/{asked}")).facts
    assert (facts.platform_id, facts.handle, facts.display_name) == (PINNED, "hamnstadsmuseum", "Hamnstads museum")


def test_the_interfaces_of_before_2015_name_the_member() -> None:
    name = {"display_name": "Hamnstads museum", "url": "https://museum.hamnstad.example/"}
    simple = {**name, "id": 4711, "profile_url": "http://vimeo.com/hamnstadsmuseum", "videos_url": "x",
              "bio": "Hej<br />", "total_videos_uploaded": 45, "portrait_huge": None}  # fmt: skip
    person = {**name, "id": "4711", "profileurl": "http://vimeo.com/hamnstadsmuseum", "videosurl": "x"}
    for answer in (simple, {"stat": "ok", "person": {**person, "number_of_uploads": "45"}}):
        facts = shown(made(answer)).facts
        assert (facts.platform_id, facts.handle, facts.display_name) == (PINNED, "hamnstadsmuseum", "Hamnstads museum")
        assert (facts.posts_count, facts.website_link) == (45, "https://museum.hamnstad.example/")


def test_the_interface_names_whose_one_video_is() -> None:
    reading = shown(made(a_video()))
    assert (reading.existence, reading.facts.platform_id) == (Existence.UNKNOWN, PINNED)
    assert reading.facts.posts_count is UNSEEN


def test_the_interface_states_the_member_and_the_newest_video() -> None:
    subject = replace(SUBJECT, pinned=(PINNED,))
    probes, reading = asked(PLATFORM, Route.API_BY_ID, subject, a_member(), {"data": [a_video()] * 5})
    assert [probe.url.partition("?")[0] for probe in probes] == [f"{API}/4711", f"{API}/4711/videos"]
    assert {probe.key for probe in probes} == {"vimeo"}
    facts = reading.facts
    assert (facts.platform_id, facts.description, facts.followers) == (PINNED, None, 321)
    assert facts.activity == Activity(at=NEWEST, source="videos", sees_newest=True)


def test_a_page_of_2012_names_the_member_in_its_head_alone() -> None:
    names = '<meta property="og:title" content="Hamnstad"><meta property="og:url" content="http://vimeo.com/hamnstad">'
    head = (
        f'<meta property="og:type" content="profile">{names}<link rel="stylesheet" href="http://a.vimeocdn.com/x.css">'
    )
    reading = shown(made(f"<html><head>{head}</head></html>", url="http://vimeo.com/hamnstad"))
    assert (reading.existence, reading.facts.display_name) == (Existence.PRESENT, "Hamnstad")
    assert (reading.facts.handle, reading.facts.platform_id) == ("hamnstad", UNSEEN)


FIRST = "https://vimeo.com/api/v2/hamnstad/videos.json"


def listed_first(name: str = "hamnstad") -> dict[str, Any]:
    return {
        "user_id": 4711,
        "user_name": "Hamnstad",
        "user_url": f"https://vimeo.com/{name}",
        "upload_date": "2026-11-20 03:00:00",
    }


def test_the_second_version_lists_videos_by_days_for_it_tells_no_zone() -> None:
    facts = shown(made([listed_first()], url=FIRST)).facts
    assert (facts.display_name, facts.handle, facts.platform_id) == ("Hamnstad", "hamnstad", PlatformId("user", "4711"))
    assert isinstance(facts.activity, Activity)
    assert (facts.activity.precision, facts.activity.sees_newest) == (Precision.DAY, False)


@pytest.mark.parametrize(
    ("videos", "asked"),
    [([listed_first(), listed_first("teatern")], FIRST), ([listed_first()], FIRST.replace("videos", "likes"))],
)
def test_videos_of_several_or_liked_ones_are_nobodys(videos: list[Any], asked: str) -> None:
    reading = shown(made(videos, url=asked))
    assert (reading.existence, reading.facts.display_name) == (Existence.UNKNOWN, UNSEEN)


@pytest.mark.parametrize("asked_for", ["users/4711/videos?sort=plays", "users/4711/albums/12/videos?sort=date"])
def test_a_list_that_may_leave_the_newest_video_out_proves_no_silence(asked_for: str) -> None:
    listed = made({"data": [a_video()]}, url=f"https://api.vimeo.com/{asked_for}")
    assert shown(listed).facts.activity == Activity(at=NEWEST, source="videos", sees_newest=False)


def test_a_member_without_videos_has_never_posted() -> None:
    empty = a_member(metadata={"connections": {"videos": {"total": 0}}})
    _, reading = asked(PLATFORM, Route.API_BY_HANDLE, SUBJECT, empty)
    assert (reading.facts.activity, reading.facts.followers) == (None, UNSEEN)


@pytest.mark.parametrize(("tracks", "captioned"), [(0, False), (2, UNSEEN)])
def test_text_tracks_may_be_machine_made(tracks: int, captioned: object) -> None:
    video = a_video(metadata={"connections": {"texttracks": {"total": tracks}}})
    posts = shown(made({"data": [video]})).facts.posts
    assert isinstance(posts, tuple)
    assert [post.has_captions for post in posts] == [captioned]


@pytest.mark.parametrize(
    ("asked_for", "pinned", "existence"),
    [
        ("4711", (PINNED,), Existence.GONE),
        ("hamnstadsmuseum", (), Existence.GONE),
        ("hamnstadsmuseum", (PINNED,), Existence.UNKNOWN),
        ("4711/videos", (PINNED,), Existence.UNKNOWN),
    ],
)
def test_an_unknown_name_may_be_a_changed_one(
    asked_for: str, pinned: tuple[PlatformId, ...], existence: Existence
) -> None:
    page = made({"error": "The user cannot be found", "error_code": 5000}, status=404, url=f"{API}/{asked_for}")
    assert shown(page, KEY, *pinned).existence is existence


@pytest.mark.parametrize("said", ["The requested page could not be found", "Something strange occurred", ""])
def test_a_404_that_is_not_said_of_the_user_proves_nothing(said: str) -> None:
    page = made({"error": said}, status=404, url=f"{API}/4711")
    assert shown(page, KEY, PINNED).existence is Existence.UNKNOWN


@pytest.mark.parametrize(
    ("status", "transport"),
    [(401, Transport.NOT_PERMITTED), (403, Transport.BLOCKED), (429, Transport.RATE_LIMITED), (400, Transport.OK)],
)
def test_a_refusal_says_nothing_of_the_member(status: int, transport: Transport) -> None:
    reading = shown(made({"error": "no", "error_code": 1}, status=status, url=f"{API}/4711"))
    assert (reading.transport, reading.existence) == (transport, Existence.UNKNOWN)


def test_without_a_number_the_route_by_number_is_passed_over() -> None:
    assert passed_over(PLATFORM, Route.API_BY_ID, SUBJECT)
