"""YouTube's other trees: topics and artists, and what looks like a channel and is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

import pytest

from audits.model import UNSEEN, Activity, Existence, Facts, Reading, Transport
from audits.platforms.youtube import PLATFORM
from tests.platforms.shown import made, read
from tests.platforms.youtube import API, CHANNEL, PINNED


def shown(answer: dict[str, Any], url: str = "https://www.youtube.com/youtubei/v1/browse") -> Reading:
    return read(PLATFORM, made(answer, url=url))


def browsed(what: str) -> dict[str, Any]:
    """How an answer accounts for what was asked for."""
    return {"responseContext": {"serviceTrackingParams": [{"params": [{"key": "browse_id", "value": what}]}]}}


def titled(name: str) -> dict[str, Any]:
    """The header that everything has had since 2024."""
    title = {"dynamicTextViewModel": {"text": {"content": name}}}
    return {"header": {"pageHeaderRenderer": {"content": {"pageHeaderViewModel": {"title": title}}}}}


def lying_at(address: str) -> dict[str, Any]:
    return {"microformat": {"microformatDataRenderer": {"urlCanonical": address}}}


def owned(name: str) -> dict[str, Any]:
    """A line with the name of whom something belongs to, which leads there."""
    target = {"browseId": CHANNEL, "canonicalBaseUrl": "/@hamnstadsbibliotek"}
    return {"runs": [{"text": name, "navigationEndpoint": {"browseEndpoint": target}}]}


def belonging(name: str) -> dict[str, Any]:
    badge = {"metadataBadgeRenderer": {"style": "BADGE_STYLE_TYPE_VERIFIED"}}
    return {"videoOwnerRenderer": {"title": owned(name), "badges": [badge]}}


@pytest.mark.parametrize(
    "around",
    [browsed("VLPLhamnstad"), browsed("FEhashtag"), lying_at("http://www.youtube.com/playlist?list=PLhamnstad")],
    ids=["playlist", "hashtag", "playlist without its accounting"],
)
def test_a_channels_header_over_anything_else_makes_no_channel_of_it(around: dict[str, Any]) -> None:
    reading = shown({**titled("Sagostunder"), **around})
    assert (reading.existence, reading.facts.display_name, reading.facts.links) == (Existence.UNKNOWN, UNSEEN, UNSEEN)


@pytest.mark.parametrize("around", [browsed(CHANNEL), lying_at(f"https://www.youtube.com/channel/{CHANNEL}")])
def test_a_channel_may_have_nothing_but_its_header(around: dict[str, Any]) -> None:
    reading = shown({**titled("Nyheter"), **around})
    assert (reading.existence, reading.facts.display_name) == (Existence.PRESENT, "Nyheter")


def test_a_channel_with_nothing_but_its_header_has_its_picture_there() -> None:
    sources = [{"url": f"https://yt3.example/nyheter=s{size}"} for size in (72, 160)]
    framed = {"decoratedAvatarViewModel": {"avatar": {"avatarViewModel": {"image": {"sources": sources}}}}}
    tree = titled("Nyheter")
    tree["header"]["pageHeaderRenderer"]["content"]["pageHeaderViewModel"]["image"] = framed
    assert shown({**tree, **browsed(CHANNEL)}).facts.avatar_url == "https://yt3.example/nyheter=s160"


@pytest.mark.parametrize(
    "header",
    [
        {"interactiveTabbedHeaderRenderer": {
            "title": {"simpleText": "Hamnspelet"}, "description": {"simpleText": "Lastning och lossning."},
            "boxArt": {"thumbnails": [{"url": "//yt3.example/spel=s270"}, {"url": "//yt3.example/spel=s540"}]}}},
        {"musicImmersiveHeaderRenderer": {
            "title": {"runs": [{"text": "Hamnspelet"}]}, "description": {"runs": [{"text": "Lastning och lossning."}]},
            "avatar": {"thumbnails": [{"url": "https://yt3.example/spel=s540"}]}}},
    ],
    ids=["game", "artist"],
)  # fmt: skip
def test_topics_and_artists_say_in_their_header_what_channels_say_elsewhere(header: dict[str, Any]) -> None:
    facts = shown({"header": header, **browsed(CHANNEL)}).facts
    assert (facts.display_name, facts.platform_id, facts.description) == (
        "Hamnspelet",
        PINNED,
        "Lastning och lossning.",
    )
    assert facts.avatar_url == "https://yt3.example/spel=s540"


def test_a_topic_that_says_its_id_in_its_address_alone_is_known_by_it() -> None:
    address = f"https://www.youtube.com/channel/{CHANNEL}"
    header = {"interactiveTabbedHeaderRenderer": {"title": {"simpleText": "Hamnspelet"}}}
    topic = {"header": header, "microformat": {"microformatDataRenderer": {"urlCanonical": address}}}
    assert shown(topic).facts.platform_id == PINNED


def test_an_artists_subscribers_are_counted_on_the_button() -> None:
    button = {
        "subscribeButtonRenderer": {
            "channelId": CHANNEL,
            "longSubscriberCountText": {"simpleText": "4,4 tn prenumeranter"},
        }
    }
    header = {"musicImmersiveHeaderRenderer": {"title": {"simpleText": "Kören"}, "subscriptionButton": button}}
    facts = shown({"header": header}).facts
    assert (facts.followers, facts.platform_id) == (4400, PINNED)


@pytest.mark.parametrize(
    "answer",
    [
        {"header": {"playlistHeaderRenderer": {"title": {"simpleText": "Sagor"}, "ownerText": owned("Hamnstad")}}},
        {**titled("Sagor"), **browsed("VLPLhamnstad"), "sidebar": {"items": [belonging("Hamnstad")]}},
        {"contents": {"twoColumnWatchNextResults": {"results": [belonging("Hamnstad")]}}},
    ],
    ids=["earlier playlist", "playlist", "video"],
)
def test_a_playlist_and_a_video_name_whom_they_belong_to_and_prove_nothing(answer: dict[str, Any]) -> None:
    reading = shown(answer)
    facts = reading.facts
    assert (reading.transport, reading.existence) == (Transport.OK, Existence.UNKNOWN)
    assert (facts.display_name, facts.handle, facts.platform_id) == ("Hamnstad", "@hamnstadsbibliotek", PINNED)


def test_a_player_that_may_not_play_still_names_its_channel() -> None:
    about = {"ownerChannelName": "Hamnstad", "externalChannelId": CHANNEL, "publishDate": "2026-05-21"}
    reading = shown({
        "playabilityStatus": {"status": "UNPLAYABLE", "reason": "Sign in to confirm your age"},
        "microformat": {"playerMicroformatRenderer": about},
    })  # fmt: skip
    assert (reading.existence, reading.facts.platform_id) == (Existence.UNKNOWN, PINNED)


# --- lists of the Data API that only name a channel -------------------------------------------------------------------


def item(channel: str = CHANNEL, name: str = "Hamnstad") -> dict[str, Any]:
    return {"snippet": {"channelId": channel, "channelTitle": name, "publishedAt": "2026-05-21T08:00:00Z"}}


@pytest.mark.parametrize("kind", ["activity", "playlist", "search", "video"])
def test_a_list_names_the_one_channel_of_all_its_items(kind: str) -> None:
    answer = {"kind": f"youtube#{kind}ListResponse", "items": [item(), item()]}
    reading = shown(answer, f"{API}/{kind}")
    assert (reading.existence, reading.facts.display_name, reading.facts.platform_id) == (
        Existence.UNKNOWN, "Hamnstad", PINNED
    )  # fmt: skip


def test_a_list_of_what_a_channel_did_dates_it_by_what_it_put_up() -> None:
    def did(what: str, at: str) -> dict[str, Any]:
        return {"snippet": {"channelId": CHANNEL, "type": what, "publishedAt": at}}

    done = [did("like", "2026-11-21T08:00:00Z"), did("upload", "2026-11-20T08:00:00Z")]
    facts = shown({"kind": "youtube#activityListResponse", "items": done}, f"{API}/activities").facts
    assert facts.activity == Activity(at=datetime(2026, 11, 20, 8, tzinfo=UTC), source="youtube.list")


@pytest.mark.parametrize(
    ("kind", "live", "dated"),
    [("youtube#video", "none", True), ("youtube#video", "upcoming", False), ("youtube#channel", "none", False)],
)
def test_a_search_dates_the_one_channel_by_videos_that_are_out(kind: str, live: str, *, dated: bool) -> None:
    found = {"id": {"kind": kind}, "snippet": {**item()["snippet"], "liveBroadcastContent": live}}
    facts = shown({"kind": "youtube#searchListResponse", "items": [found]}, f"{API}/search").facts
    assert isinstance(facts.activity, Activity) is dated


@pytest.mark.parametrize("kind", ["commentThread", "i18nLanguage", "subscription", "videoCategory"])
def test_lists_of_anything_else_say_nothing_of_a_channel(kind: str) -> None:
    reading = shown({"kind": f"youtube#{kind}ListResponse", "items": [item()]}, f"{API}/{kind}s")
    assert (reading.transport, reading.existence, reading.facts) == (Transport.OK, Existence.UNKNOWN, Facts())


@pytest.mark.parametrize(
    ("kinds", "by_person", "by_machine"),
    [(["asr"], False, True), (["standard", "ASR"], True, True), (["forced"], True, False)],
)
def test_the_captions_of_a_video_are_told_by_who_wrote_them(
    kinds: list[str], *, by_person: bool, by_machine: bool
) -> None:
    tracks = [{"snippet": {"videoId": "hamnfilm123", "trackKind": kind}} for kind in kinds]
    posts = shown({"kind": "youtube#captionListResponse", "items": tracks}, f"{API}/captions").facts.posts
    assert isinstance(posts, tuple)
    assert [(each.has_captions, each.has_machine_captions) for each in posts] == [(by_person, by_machine)]


def test_a_list_of_several_channels_names_nobody() -> None:
    others = item("UChamnstad0000000000teat", "Teatern")
    facts = shown({"kind": "youtube#searchListResponse", "items": [item(), others]}, f"{API}/search").facts
    assert (facts.display_name, facts.platform_id) == (UNSEEN, UNSEEN)


@pytest.mark.parametrize(
    ("key", "existence"), [(None, Existence.PRESENT), (f"youtube:channel:{CHANNEL}x", Existence.UNKNOWN)]
)
def test_a_channel_alone_is_read_like_one_in_a_list(key: str | None, existence: Existence) -> None:
    alone = {"kind": "youtube#channel", "id": CHANNEL, "snippet": {"title": "Hamnstad"}}
    assert read(PLATFORM, made(alone, url=f"{API}/channels"), key).existence is existence


USER: Final = "http://www.youtube.com/user/hamnstad"


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("<title>YouTube - hamnstad's Channel</title>", "hamnstad"),
        ('<meta property="og:type" content="profile"><meta property="og:title" content="Hamnstad">', "Hamnstad"),
    ],
)
def test_a_page_from_before_ids_were_shown_names_its_user(head: str, name: str) -> None:
    page = made(f"<html><head>{head}</head></html>", url=USER)
    reading = read(PLATFORM, page)
    assert (reading.existence, reading.facts.display_name) == (Existence.PRESENT, name)
    of_a_video = replace(page, url="http://www.youtube.com/watch?v=abcdefghijk")
    assert read(PLATFORM, of_a_video).existence is Existence.UNKNOWN


def test_a_user_in_whose_place_an_alert_stands_is_not_there() -> None:
    alert = '<div class="yt-alert-error"><div class="yt-alert-message">This account has been suspended.</div></div>'
    page = made(f"<html><head><title>YouTube</title></head>{alert}</html>", url=USER)
    assert read(PLATFORM, page).existence is Existence.SUSPENDED
