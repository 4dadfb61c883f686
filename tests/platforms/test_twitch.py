"""Twitch, read: Helix states, pages name, and the shell that every name gets proves nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from audits.model import UNSEEN, Activity, Existence, Page, PlatformId, Reading, Route, Transport
from audits.platform import Subject
from audits.platforms.twitch import PLATFORM
from audits.visiting import Play, visit
from tests.builders import an_account
from tests.platforms.asking import asked
from tests.platforms.shown import NOW, PACKS, kept, made, read

KEY = "twitch:hamnstadung"
PINNED = PlatformId("user", "4711")
API = "https://api.twitch.tv/helix"


def shown(page: Page, key: str | None = KEY, *pinned: PlatformId) -> Reading:
    return read(PLATFORM, page, key, *pinned)


def a_user(**changes: Any) -> dict[str, Any]:
    return {
        "id": "4711", "login": "hamnstadung", "display_name": "HamnstadUng", "broadcaster_type": "", "description": "",
        "profile_image_url": "https://static-cdn.example/p.png", "created_at": "2016-12-14T20:32:28Z", **changes,
    }  # fmt: skip


def a_video(**changes: Any) -> dict[str, Any]:
    return {
        "id": "100", "user_id": "4711", "user_login": "hamnstadung", "user_name": "HamnstadUng",
        "created_at": "2026-10-04T20:00:00Z", "published_at": "2026-10-04T20:06:22Z",
        "url": "https://www.twitch.tv/videos/100", **changes,
    }  # fmt: skip


def test_a_channel_with_a_picture_of_its_own_is_there() -> None:
    reading = shown(kept("twitch", "channel.html"))
    facts = reading.facts
    assert reading.existence is Existence.PRESENT
    assert (facts.display_name, facts.handle, facts.description) == (
        "HamnstadUng", "hamnstadung", "Ungdomens hus sänder.",
    )  # fmt: skip


def test_a_channel_on_air_shows_its_broadcast_and_not_its_picture() -> None:
    body = kept("twitch", "channel.html").body
    on_air = body.replace(b"jtv_user_pictures/0a1b-profile_image", b"previews-ttv/live_user_hamnstadung")
    reading = shown(made(on_air))
    assert (reading.existence, reading.facts.avatar_url) == (Existence.PRESENT, UNSEEN)


@pytest.mark.parametrize("status", [200, 404, None])
def test_the_shell_that_every_name_gets_proves_nothing(status: int | None) -> None:
    reading = shown(kept("twitch", "shell.html", status=status))
    assert (reading.transport, reading.existence) == (Transport.OK, Existence.UNKNOWN)
    assert (reading.facts.handle, reading.facts.display_name) == ("hamnstadung", UNSEEN)


def test_words_of_a_rendered_page_are_noted_and_prove_nothing() -> None:
    page = kept("twitch", "shell.html")
    words = b"<body>This channel is currently unavailable due to a violation of Twitch's Terms of Service.</body>"
    reading = shown(made(page.body.replace(b"<body></body>", words)))
    assert (reading.existence, reading.markers[0].id) == (Existence.UNKNOWN, "twitch.violation")


def test_a_video_names_its_channel() -> None:
    reading = shown(kept("twitch", "video.html"))
    assert (reading.existence, reading.facts.handle) == (Existence.UNKNOWN, "hamnstadung")


def test_helix_states_the_channel_and_its_videos_prove_life_only() -> None:
    subject = Subject(platform="twitch", key=KEY, pinned=(PINNED,))
    probes, reading = asked(PLATFORM, Route.API_BY_ID, subject, {"data": [a_user()]}, {"data": [a_video()]})
    assert probes[0].url == f"{API}/users?id=4711"
    facts = reading.facts
    assert (facts.platform_id, facts.description, facts.verified) == (PINNED, None, False)
    newest = datetime(2026, 10, 4, 20, 6, 22, tzinfo=UTC)
    assert facts.activity == Activity(at=newest, source="videos", sees_newest=False)


def test_deleted_broadcasts_are_no_silence() -> None:
    subject = Subject(platform="twitch", key=KEY)
    _, reading = asked(PLATFORM, Route.API_BY_HANDLE, subject, {"data": [a_user()]}, {"data": []})
    assert (reading.existence, reading.facts.activity) == (Existence.PRESENT, UNSEEN)


@pytest.mark.parametrize(
    ("query", "pinned", "existence"),
    [
        ("id=4711", (PINNED,), Existence.GONE),
        ("id=12&id=4711", (PINNED,), Existence.UNKNOWN),
        ("id=12", (PINNED,), Existence.UNKNOWN),
        ("login=hamnstadung", (), Existence.GONE),
        ("login=hamnstadung", (PINNED,), Existence.UNKNOWN),
        ("", (), Existence.UNKNOWN),
    ],
)
def test_who_is_not_listed_is_gone_or_banned_where_asked_for_alone(
    query: str, pinned: tuple[PlatformId, ...], existence: Existence
) -> None:
    reading = shown(made({"data": []}, url=f"{API}/users?{query}"), KEY, *pinned)
    assert (reading.existence, reading.stated) == (existence, False)


def test_among_many_the_one_with_the_pinned_number_is_read() -> None:
    answer = {"data": [a_user(id="12", login="grannen"), a_user(login="nytt_namn")]}
    reading = shown(made(answer, url=f"{API}/users?id=12&id=4711"), KEY, PINNED)
    assert reading.facts.handle == "nytt_namn"


def test_a_number_that_two_of_a_list_bear_is_neithers() -> None:
    answer = {"data": [a_user(login="grannen"), a_user()]}
    assert shown(made(answer, url=f"{API}/users?id=4711"), KEY, PINNED).existence is Existence.UNKNOWN


def test_the_one_that_is_listed_of_two_may_be_either() -> None:
    reading = shown(made({"data": [a_user(id="12")]}, url=f"{API}/users?id=12&id=4711"), None)
    assert reading.existence is Existence.UNKNOWN


def test_a_hundred_channels_share_a_request() -> None:
    accounts = [
        an_account(id=n, platform="twitch", key=f"twitch:k{n}", pinned=(PlatformId("user", str(n)),))
        for n in range(1, 102)
    ]
    stage = Play({a.id: visit(a, PLATFORM, PACKS, frozenset({"twitch"}), NOW) for a in accounts})
    questions = stage.questions()
    assert [len(question.waiting) for question in questions] == [100, 1]
    assert questions[0].probe.url.startswith(f"{API}/users?id=1&id=2&id=3")


@pytest.mark.parametrize(
    ("status", "transport"), [(401, Transport.NOT_PERMITTED), (429, Transport.RATE_LIMITED), (400, Transport.OK)]
)
def test_a_refusal_says_nothing_of_the_channel(status: int, transport: Transport) -> None:
    reading = shown(made({"error": "x", "status": status, "message": "no"}, status=status, url=f"{API}/users?id=4711"))
    assert (reading.transport, reading.existence) == (transport, Existence.UNKNOWN)


def test_the_answer_of_the_sites_own_interface_is_read() -> None:
    user = {"id": "4711", "login": "hamnstadung", "displayName": "HamnstadUng"}
    assert shown(made([{"data": {"user": user}}])).facts.platform_id == PINNED
    assert shown(made([{"data": {"user": None}}])).existence is Existence.UNKNOWN


@pytest.mark.parametrize(
    ("reason", "existence"),
    [
        ("TOS_INDEFINITE", Existence.SUSPENDED),
        ("TOS_TEMPORARY", Existence.SUSPENDED),
        ("DMCA", Existence.SUSPENDED),
        ("DEACTIVATED", Existence.DEACTIVATED),
        ("UNKNOWN", Existence.UNKNOWN),
    ],
)
def test_the_sites_own_interface_says_why_it_shows_nobody(reason: str, existence: Existence) -> None:
    nobody = {"__typename": "UserDoesNotExist", "userDoesNotExist": "hamnstadung", "reason": reason}
    for name in ("userOrError", "userResultByLogin"):
        reading = shown(made([{"data": {name: nobody}}]))
        assert (reading.existence, reading.stated) == (existence, False)


def test_the_last_broadcast_proves_life_where_the_sites_own_interface_dates_it() -> None:
    user = {"id": "4711", "login": "hamnstadung", "lastBroadcast": {"startedAt": "2026-11-20T18:00:00Z"}}
    activity = shown(made({"data": {"user": {**user, "stream": None}}})).facts.activity
    assert activity == Activity(at=datetime(2026, 11, 20, 18, 0, tzinfo=UTC), source="broadcasts")


def test_a_channels_own_information_names_it() -> None:
    channel = {"broadcaster_id": "4711", "broadcaster_login": "hamnstadung", "broadcaster_name": "HamnstadUng"}
    facts = shown(made({"data": [{**channel, "broadcaster_language": "sv"}]})).facts
    assert (facts.platform_id, facts.handle, facts.display_name) == (PINNED, "hamnstadung", "HamnstadUng")
    assert facts.verified is UNSEEN


def test_what_a_channel_has_is_not_the_channel_nor_whom_it_bans() -> None:
    goal = {"id": "1", "broadcaster_id": "4711", "broadcaster_login": "hamnstadung", "description": "Hundra följare"}
    banned = {"user_id": "12", "user_login": "annan", "created_at": "2026-10-04T20:00:00Z", "reason": "spam"}
    for item in (goal, banned):
        reading = shown(made({"data": [item]}))
        assert (reading.existence, reading.facts.description) == (Existence.UNKNOWN, UNSEEN)
        assert (reading.facts.platform_id, reading.facts.activity) == (UNSEEN, UNSEEN)


def test_what_a_search_found_need_not_be_the_channel() -> None:
    found = {"id": "12", "broadcaster_login": "grannen", "display_name": "Grannen"}
    reading = shown(made({"data": [found]}, url=f"{API}/search/channels?query=hamnstadung"))
    assert (reading.existence, reading.facts.platform_id) == (Existence.UNKNOWN, UNSEEN)


def test_the_interface_of_before_2022_counts_followers_and_knows_partners() -> None:
    channel = {"_id": 4711, "name": "hamnstadung", "display_name": "HamnstadUng", "partner": True, "followers": 40}
    facts = shown(made({**channel, "status": "Nu spelar vi", "logo": "https://static-cdn.example/p.png"})).facts
    assert (facts.platform_id, facts.handle, facts.verified, facts.followers) == (PINNED, "hamnstadung", True, 40)
    assert facts.avatar_url == "https://static-cdn.example/p.png"


def test_the_interface_of_before_2022_was_asked_by_name() -> None:
    user = {"_id": "4711", "name": "hamnstadung", "display_name": "HamnstadUng", "bio": None}
    listed = {"_total": 2, "users": [{**user, "_id": "12", "name": "grannen"}, user]}
    assert shown(made(listed, url="https://api.twitch.tv/kraken/users?login=hamnstadung")).facts.platform_id == PINNED


@pytest.mark.parametrize("beside", [{"_total": 2}, {"errors": [{"message": "service timeout"}]}])
def test_an_empty_list_that_counts_some_or_tells_of_a_trouble_lists_nobody(beside: dict[str, Any]) -> None:
    page = made({"users": [], **beside}, url="https://api.twitch.tv/kraken/users?login=hamnstadung")
    assert shown(page).existence is Existence.UNKNOWN


def test_a_list_of_nothing_says_nothing() -> None:
    reading = shown(made({"data": []}, url=f"{API}/streams?user_login=hamnstadung"))
    assert (reading.transport, reading.existence) == (Transport.OK, Existence.UNKNOWN)


def test_a_follower_is_not_the_channel() -> None:
    follower = {"user_id": "12", "user_login": "annan", "user_name": "Annan", "followed_at": "2026-10-04T20:00:00Z"}
    assert shown(made({"data": [follower]})).facts.platform_id is UNSEEN


def test_videos_of_several_channels_belong_to_none() -> None:
    reading = shown(made({"data": [a_video(), a_video(user_id="12")]}))
    assert (reading.existence, reading.facts.activity) == (Existence.UNKNOWN, UNSEEN)


def test_until_2017_the_title_alone_said_whose_page_it_is() -> None:
    page = kept("twitch", "channel.html").body.replace(b"HamnstadUng - Twitch", b"Sommar")
    titled = page.replace(b"<title>Twitch</title>", b"<title>HamnstadUng - Twitch</title>")
    assert shown(made(page)).existence is Existence.UNKNOWN
    assert shown(made(titled)).facts.display_name == "HamnstadUng"


def test_a_broadcast_that_runs_dates_its_channel() -> None:
    running = {"user_id": "4711", "user_login": "hamnstadung", "type": "live", "started_at": "2026-11-20T08:00:00Z"}
    activity = shown(made({"data": [running]}, url=f"{API}/streams?user_login=hamnstadung")).facts.activity
    assert activity == Activity(at=datetime(2026, 11, 20, 8, tzinfo=UTC), source="videos", sees_newest=False)
