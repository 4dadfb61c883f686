"""YouTube's Data API: what it states, and how it, the feed and the page are asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from audits.model import UNSEEN, Activity, Existence, Identity, Page, Probe, Route
from audits.platform import Subject
from audits.platforms.youtube import PLATFORM
from audits.visiting import Play, play, visit
from tests.builders import an_account
from tests.platforms.asking import asked, passed_over
from tests.platforms.shown import NOW, PACKS, kept, made
from tests.platforms.youtube import API, BY_ID, CHANNEL, KEY, OTHER, PINNED, captions, shown

BY_HANDLE = Subject(platform="youtube", key=KEY, url="https://www.youtube.com/@hamnstadsbibliotek")


# --- Data API ---------------------------------------------------------------------------------------------------------


def a_channel(**changes: Any) -> dict[str, Any]:
    return {
        "id": CHANNEL,
        "snippet": {"title": "Hamnstads bibliotek", "description": "", "customUrl": "@hamnstadsbibliotek",
                    "publishedAt": "2013-07-09T20:17:20Z", "thumbnails": {"high": {"url": "https://yt3.example/h"}}},
        "statistics": {"subscriberCount": "1200", "hiddenSubscriberCount": False, "videoCount": "337"},
        "status": {"privacyStatus": "public"},
        **changes,
    }  # fmt: skip


def listed(*channels: dict[str, Any], **changes: Any) -> dict[str, Any]:
    found = {"items": list(channels)} if channels else {}
    info = {"totalResults": len(channels), "resultsPerPage": 50}
    return {"kind": "youtube#channelListResponse", "pageInfo": info, **found, **changes}


def refused(reason: str) -> dict[str, Any]:
    return {"error": {"code": 403, "message": "…", "errors": [{"domain": "youtube.playlist", "reason": reason}]}}


@pytest.mark.parametrize(
    ("reason", "existence"),
    [
        ("channelClosed", Existence.GONE),
        ("channelSuspended", Existence.SUSPENDED),
        ("accountClosed", Existence.GONE),
        ("accountSuspended", Existence.SUSPENDED),
        ("subscriptionForbidden", Existence.UNKNOWN),
        ("playlistForbidden", Existence.UNKNOWN),
        ("authenticatedUserAccountSuspended", Existence.UNKNOWN),
    ],
)
def test_an_error_may_say_what_became_of_the_channel_that_was_asked_for(reason: str, existence: Existence) -> None:
    page = made(refused(reason), url=f"{API}/playlists?part=id&channelId={CHANNEL}", status=403)
    assert shown(page, BY_ID.key).existence is existence


@pytest.mark.parametrize("asked_for", [f"channelId={OTHER}", "mine=true"])
def test_what_became_of_anybody_else_says_nothing_of_the_channel(asked_for: str) -> None:
    page = made(refused("accountSuspended"), url=f"{API}/subscriptions?part=id&{asked_for}", status=403)
    assert shown(page, BY_ID.key).existence is Existence.UNKNOWN


def uploads(*videos: tuple[str, str]) -> dict[str, Any]:
    snippet = {"channelId": CHANNEL, "channelTitle": "Hamnstads bibliotek", "playlistId": f"UU{CHANNEL[2:]}"}
    return {
        "kind": "youtube#playlistItemListResponse",
        "items": [
            {"snippet": snippet, "contentDetails": {"videoId": video, "videoPublishedAt": at}} for video, at in videos
        ],
    }


def videos(**captions: str) -> dict[str, Any]:
    items = [{"id": video, "contentDetails": {"caption": caption}} for video, caption in captions.items()]
    return {"kind": "youtube#videoListResponse", "items": items}


def test_a_listed_channel_is_stated_by_youtube() -> None:
    facts = shown(made(listed(a_channel()), url=f"{API}/channels?id={CHANNEL}")).facts
    assert (facts.platform_id, facts.handle, facts.description) == (PINNED, "@hamnstadsbibliotek", None)
    assert (facts.followers, facts.posts_count) == (1200, 337)


def test_hidden_subscribers_are_none_and_not_unseen() -> None:
    hidden = a_channel(statistics={"hiddenSubscriberCount": True, "videoCount": "3"})
    assert shown(made(listed(hidden))).facts.followers is None


def test_an_unlisted_id_is_gone_only_when_it_was_asked_for_alone() -> None:
    asked_for = shown(made(listed(), url=f"{API}/channels?id={CHANNEL}"), BY_ID.key)
    among_others = shown(made(listed(a_channel(id=OTHER)), url=f"{API}/channels?id={CHANNEL},{OTHER}"), BY_ID.key)
    not_asked = shown(made(listed(), url=f"{API}/channels?id={OTHER}"), BY_ID.key)
    assert (asked_for.existence, asked_for.stated) == (Existence.GONE, False)
    assert (among_others.existence, not_asked.existence) == (Existence.UNKNOWN, Existence.UNKNOWN)


def test_the_one_that_is_listed_of_two_may_be_either() -> None:
    page = made(listed(a_channel(id=OTHER)), url=f"{API}/channels?id={CHANNEL},{OTHER}")
    assert shown(page, None).existence is Existence.UNKNOWN


@pytest.mark.parametrize(
    "changes", [{"nextPageToken": "x"}, {"pageInfo": {"totalResults": 7}}, {"pageInfo": None}], ids=str
)
def test_a_page_of_a_longer_list_proves_nobody_gone(changes: dict[str, Any]) -> None:
    page = made(listed(**changes), url=f"{API}/channels?id={CHANNEL}")
    assert shown(page, BY_ID.key).existence is Existence.UNKNOWN


def test_an_empty_answer_for_a_handle_may_be_a_new_name() -> None:
    assert shown(made(listed(), url=f"{API}/channels?forHandle=%40hamnstad")).existence is Existence.UNKNOWN


def test_a_private_channel_is_stated_once() -> None:
    reading = shown(made(listed(a_channel(status={"privacyStatus": "private"}))))
    assert (reading.existence, reading.stated) == (Existence.PRIVATE, True)


def test_a_playlist_is_no_list_of_uploads() -> None:
    answer = uploads(("sagostund01", "2026-10-04T20:06:22Z"))
    answer["items"][0]["snippet"]["playlistId"] = "PLhamnstad"
    reading = shown(made(answer))
    assert (reading.existence, reading.facts.activity, reading.facts.platform_id) == (Existence.UNKNOWN, UNSEEN, PINNED)


# --- routes -----------------------------------------------------------------------------------------------------------


def test_a_handle_is_the_same_in_whatever_way_its_marks_are_written() -> None:
    assert PLATFORM.fold("@Hamno\u0308") == PLATFORM.fold("hamnö")


def test_by_id_the_channel_its_uploads_and_their_captions_are_asked_for() -> None:
    probes, reading = asked(
        PLATFORM, Route.API_BY_ID, BY_ID,
        listed(a_channel(statistics={"subscriberCount": "1200", "videoCount": "2"})),
        uploads(("sagostund02", "2027-01-01T10:00:00Z"), ("sagostund01", "2026-10-04T20:06:22Z")),
        videos(sagostund01="true", sagostund02="false"),
    )  # fmt: skip
    assert [probe.url.partition("?")[0] for probe in probes] == [
        f"{API}/{part}" for part in ("channels", "playlistItems", "videos")
    ]
    assert {(probe.key, probe.route) for probe in probes} == {("youtube", Route.API_BY_ID)}
    assert not any("key=" in probe.url for probe in probes)
    newest = datetime(2026, 10, 4, 20, 6, 22, tzinfo=UTC)
    assert reading.facts.activity == Activity(at=newest, source="youtube.uploads", sees_newest=True)
    assert captions(reading) == [False, True]
    assert reading.facts.followers == 1200


def test_a_channel_without_videos_may_still_post_in_words_and_pictures() -> None:
    empty = a_channel(statistics={"subscriberCount": "3", "videoCount": "0"})
    _, reading = asked(PLATFORM, Route.API_BY_ID, BY_ID, listed(empty))
    assert (reading.facts.posts_count, reading.facts.activity, reading.facts.posts) == (0, UNSEEN, UNSEEN)


def test_uploads_that_cannot_be_seen_leave_the_channel_seen() -> None:
    missing = {"error": {"code": 404, "message": "gone", "errors": [{"reason": "playlistNotFound"}]}}
    _, reading = asked(PLATFORM, Route.API_BY_ID, BY_ID, listed(a_channel()), missing)
    assert (reading.existence, reading.facts.activity) == (Existence.PRESENT, UNSEEN)


@pytest.mark.parametrize(
    ("key", "parameter"),
    [("youtube:@hamnstad", "forHandle=%40hamnstad"), ("youtube:user:hamnstad", "forUsername=hamnstad")],
)
def test_names_are_asked_for_by_the_parameter_that_knows_them(key: str, parameter: str) -> None:
    probes, _ = asked(PLATFORM, Route.API_BY_HANDLE, Subject(platform="youtube", key=key), listed())
    assert probes[0].url.endswith(f"&{parameter}")


@pytest.mark.parametrize("key", ["youtube:c:hamnstad", "youtube:name:hamnstad", None])
def test_names_that_the_interface_does_not_know_are_passed_over(key: str | None) -> None:
    subject = Subject(platform="youtube", key=key)
    assert passed_over(PLATFORM, Route.API_BY_HANDLE, subject)
    assert passed_over(PLATFORM, Route.API_BY_ID, subject)


def test_fifty_channels_share_a_request_and_five_share_one_for_captions() -> None:
    ids = [f"UC{number:022d}" for number in range(51)]
    accounts = [an_account(id=n, platform="youtube", key=f"youtube:channel:{each}") for n, each in enumerate(ids)]
    stage = Play({a.id: visit(a, PLATFORM, PACKS, frozenset({"youtube"}), NOW) for a in accounts})
    assert [len(question.waiting) for question in stage.questions()] == [50, 1]


def test_with_a_key_no_page_is_asked_for() -> None:
    probes: list[Probe] = []

    def fetch(probe: Probe) -> Page:
        probes.append(probe)
        return made("", status=500, url=probe.url)

    account = an_account(platform="youtube", key=BY_ID.key, address=f"https://www.youtube.com/channel/{CHANNEL}")
    dict(play({1: visit(account, PLATFORM, PACKS, frozenset({"youtube"}), NOW)}, fetch))
    assert {probe.route for probe in probes} == {Route.API_BY_ID}


def test_whoever_a_shared_answer_leaves_out_is_looked_for_alone_before_it_is_called_gone() -> None:
    """The one that is there although the first answer left it out lives; the other one is gone."""
    there, gone = CHANNEL, OTHER

    def fetch(probe: Probe) -> Page:
        return made(listed(a_channel()) if probe.url.endswith(f"id={there}") else listed(), url=probe.url)

    accounts = {
        n: an_account(id=n, platform="youtube", key=f"youtube:channel:{each}") for n, each in enumerate((there, gone))
    }
    seen = dict(
        play({n: visit(each, PLATFORM, PACKS, frozenset({"youtube"}), NOW) for n, each in accounts.items()}, fetch)
    )
    assert [seen[n].existence for n in accounts] == [Existence.PRESENT, Existence.GONE]


def test_a_channel_under_a_new_name_is_found_by_its_id_and_called_renamed() -> None:
    account = an_account(
        platform="youtube",
        key="youtube:@gamla-namnet",
        pinned=(PINNED,),
        address="https://www.youtube.com/@gamla-namnet",
    )

    def fetch(probe: Probe) -> Page:
        if f"/channel/{CHANNEL}" in probe.url:
            return kept("youtube", "channel.html", url=probe.url)
        return kept("youtube", "name-not-in-use.html", status=404, url=probe.url)

    ((_, seen),) = play({1: visit(account, PLATFORM, PACKS, frozenset(), NOW)}, fetch)
    assert (seen.existence, seen.identity, seen.facts.handle) == (
        Existence.RENAMED,
        Identity.SAME,
        "@hamnstadsbibliotek",
    )


def test_a_page_is_asked_for_by_id_and_in_the_language_of_the_known_alerts() -> None:
    probes, _ = asked(PLATFORM, Route.PAGE, replace(BY_HANDLE, pinned=(PINNED,)), b"")
    assert probes[0].url == f"https://www.youtube.com/channel/{CHANNEL}?hl=en"
