"""Servers of the fediverse in interfaces of their own (Pleroma, PeerTube, Misskey, Lemmy), and the ways to look."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from audits.model import UNSEEN, Activity, Existence, PlatformId, Route
from audits.observing import Look, observe
from audits.platform import Subject
from audits.platforms.mastodon import PLATFORM
from tests.builders import an_account
from tests.platforms.asking import asked
from tests.platforms.fediverse import (
    FINGER,
    HANDLE,
    HOST,
    LATEST,
    SUBJECT,
    URI,
    account,
    actor,
    channel,
    shown,
    video,
)
from tests.platforms.shown import NOW, made

# --- Pleroma, PeerTube, Misskey, Lemmy --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "followers"),
    [
        ({"pleroma": {"hide_followers_count": True}}, UNSEEN),
        ({"hide_collections": True, "following_count": 0}, UNSEEN),
        ({"hide_collections": True, "following_count": 3}, 0),
        ({}, 0),
    ],
)
def test_nobody_has_no_followers_because_they_hide_them(said: dict[str, Any], followers: object) -> None:
    assert shown(account(followers_count=0, **said)).facts.followers == followers


def test_a_channel_of_films_says_who_it_is() -> None:
    facts = shown(channel(), url=f"https://{HOST}/api/v1/video-channels/filmer").facts
    assert (facts.display_name, facts.handle) == ("Almestads filmer", f"filmer@{HOST}")
    assert facts.platform_id == PlatformId(f"channel@{HOST}", "12")
    assert facts.avatar_url == f"https://{HOST}/stor.png"


@pytest.mark.parametrize(
    ("owner", "name", "number"),
    [("video-channels/filmer", "Almestads filmer", "12"), ("accounts/staden", "Almestads stad", "3")],
)
def test_a_list_of_films_belongs_to_whom_its_address_names(owner: str, name: str, number: str) -> None:
    films = {"total": 9, "data": [video(20), video(19), video(21, privacy={"id": 2})]}
    reading = shown(films, url=f"https://{HOST}/api/v1/{owner}/videos?sort=-publishedAt")
    assert (reading.facts.display_name, reading.facts.posts_count) == (name, 9)
    assert isinstance(reading.facts.platform_id, PlatformId)
    assert reading.facts.platform_id.value == number
    assert reading.facts.activity == Activity(at=LATEST, source="videos", sees_newest=True)


@pytest.mark.parametrize("films", [[], [video(20, channel=None)]])
def test_a_list_of_films_that_names_nobody_says_nothing_of_when(films: list[Any]) -> None:
    reading = shown({"total": len(films), "data": films}, url=f"https://{HOST}/api/v1/video-channels/filmer/videos")
    assert (reading.existence, reading.facts.activity) == (Existence.UNKNOWN, UNSEEN)


def test_films_that_an_account_has_on_a_channel_may_be_listed_for_either() -> None:
    reading = shown({"total": 2, "data": [video(20), video(19)]}, url="")
    assert (reading.existence, reading.facts.platform_id) == (Existence.UNKNOWN, UNSEEN)


def test_films_of_several_accounts_are_nobodys_list() -> None:
    theirs = channel(name="teatern", url=f"https://{HOST}/accounts/teatern")
    found = {"total": 900, "data": [video(20), video(19, account=theirs)]}
    facts = shown(found, url=f"https://{HOST}/api/v1/videos?sort=-trending").facts
    assert (facts.display_name, facts.posts_count, facts.activity) == (UNSEEN, UNSEEN, UNSEEN)


def test_what_a_search_found_of_one_account_counts_nothing_and_proves_no_silence() -> None:
    reading = shown({"total": 900, "data": [video(1)]}, url=f"https://{HOST}/api/v1/search/videos?search=x")
    facts = reading.facts
    assert (reading.existence, facts.display_name) == (Existence.PRESENT, "Almestads stad")
    assert (facts.posts_count, facts.activity) == (UNSEEN, UNSEEN)


STAD = {"name": "staden", "host": HOST, "displayName": "Almestads stad", "url": f"https://{HOST}/accounts/staden"}


@pytest.mark.parametrize(
    ("path", "row", "name"),
    [
        ("accounts/staden/video-channels", channel(ownerAccount=STAD), "Almestads stad"),
        ("accounts/staden/video-playlists", {"shortUUID": "a", "ownerAccount": STAD, "videoChannel": channel()},
         "Almestads stad"),
        ("video-channels/filmer/video-playlists", {"shortUUID": "a", "ownerAccount": STAD, "videoChannel": channel()},
         "Almestads filmer"),
    ],
)  # fmt: skip
def test_a_list_of_channels_or_playlists_is_of_somebody_who_lives(path: str, row: dict[str, Any], name: str) -> None:
    reading = shown({"total": 3, "data": [row, row]}, url=f"https://{HOST}/api/v1/{path}")
    facts = reading.facts
    assert (reading.existence, facts.display_name) == (Existence.PRESENT, name)
    assert (facts.posts_count, facts.activity) == (UNSEEN, UNSEEN)  # neither is a film


def test_an_empty_list_of_anything_but_films_counts_no_films() -> None:
    facts = shown({"total": 0, "data": []}, url=f"https://{HOST}/api/v1/accounts/staden/video-playlists").facts
    assert facts.posts_count is UNSEEN


def test_one_film_names_its_owner_and_proves_nothing() -> None:
    reading = shown(video(20, uuid="ab"), url=f"https://{HOST}/api/v1/videos/ab")
    assert (reading.existence, reading.facts.display_name) == (Existence.UNKNOWN, "Almestads stad")


@pytest.mark.parametrize("query", ["?start=12", "?sort=-views"])
def test_a_list_in_another_order_proves_no_silence(query: str) -> None:
    activity = shown(
        {"total": 9, "data": [video(1)]}, url=f"https://{HOST}/api/v1/video-channels/filmer/videos{query}"
    ).facts.activity
    assert isinstance(activity, Activity)
    assert not activity.sees_newest


@pytest.mark.parametrize(
    ("changes", "existence"),
    [
        ({}, Existence.PRESENT),
        ({"isLocked": True}, Existence.PRESENT),
        ({"isSuspended": True}, Existence.SUSPENDED),
        ({"isSuspended": True, "host": "annan.example"}, Existence.PRESENT),
        ({"movedTo": "https://ny.example/users/9"}, Existence.MOVED),
    ],
)
def test_misskey_states_what_became_of_a_user(changes: dict[str, Any], existence: Existence) -> None:
    user = {"id": "9x", "username": "biblioteket", "host": None, "name": "Almestads bibliotek", "avatarUrl": None}
    reading = shown({**user, **changes}, url=f"https://{HOST}/api/users/show")
    assert reading.existence is existence


@pytest.mark.parametrize(
    ("changes", "existence"),
    [
        ({}, Existence.PRESENT),
        ({"removed": True}, Existence.SUSPENDED),
        ({"deleted": True}, Existence.GONE),
        ({"removed": True, "local": False}, Existence.PRESENT),
        ({"removed": True, "actor_id": "https://annan.example/c/almestad"}, Existence.PRESENT),
    ],
)
def test_lemmy_states_what_became_of_a_community(changes: dict[str, Any], existence: Existence) -> None:
    community = {"id": 4, "name": "almestad", "title": "Almestad", "actor_id": f"https://{HOST}/c/almestad", **changes}
    reading = shown(
        {"community_view": {"community": community, "counts": {"subscribers": 5, "posts": 7}}},
        url=f"https://{HOST}/api/v3/community",
    )
    assert reading.existence is existence
    assert (reading.facts.display_name, reading.facts.followers) == ("Almestad", 5)


def test_whoever_answers_without_a_name_states_nothing_of_a_community() -> None:
    community = {"id": 4, "name": "almestad", "actor_id": f"https://{HOST}/c/almestad", "removed": True}
    assert shown({"community_view": {"community": community}}, url="").existence is Existence.PRESENT


def test_a_community_counts_itself_since_lemmys_first_version() -> None:
    counted = {"id": 4, "name": "almestad", "title": "Almestad", "ap_id": f"https://{HOST}/c/almestad", "local": True}
    community = {**counted, "subscribers": 5, "posts": 7, "published_at": "2024-01-01T00:00:00Z"}
    answer = {"community_view": {"community": community}, "posts": [{"post": {"published_at": "2026-11-20T08:00:00Z"}}]}
    facts = shown(answer, url=f"https://{HOST}/api/v4/community").facts
    assert (facts.followers, facts.posts_count, facts.created_at) == (5, 7, datetime(2024, 1, 1, tzinfo=UTC))
    assert facts.activity == Activity(at=LATEST, source="posts")


# --- the ways to look -------------------------------------------------------------------------------------------------


def test_a_name_leads_to_the_actor_and_its_outbox() -> None:
    outbox = {
        "type": "OrderedCollectionPage",
        "orderedItems": [{"type": "Create", "published": "2026-11-20T08:00:00Z", "object": {}}],
    }
    probes, reading = asked(PLATFORM, Route.OPEN, SUBJECT, FINGER, actor(), outbox)
    assert [probe.url for probe in probes] == [
        f"https://{HOST}/.well-known/webfinger?resource=acct%3Abiblioteket%40social.almestad.example",
        URI,
        f"{URI}/outbox?page=true",
    ]
    assert "application/activity+json" in probes[1].accept
    assert reading.facts.activity == Activity(at=LATEST, source="outbox", sees_newest=True)


OF_THE_DOMAIN = "biblioteket@almestad.example"


@pytest.mark.parametrize(
    ("subject", "called", "handle", "existence"),
    [
        (f"acct:{OF_THE_DOMAIN}", "biblioteket", OF_THE_DOMAIN, Existence.PRESENT),
        (f"acct:{OF_THE_DOMAIN}", "boklada", f"boklada@{HOST}", Existence.RENAMED),
        (f"acct:{HANDLE}", "biblioteket", HANDLE, Existence.RENAMED),
    ],
    ids=["confirmed", "another name since", "its domain names the host below it"],
)
def test_an_account_bears_the_name_that_its_domain_confirms(
    subject: str, called: str, handle: str, existence: Existence
) -> None:
    registered = an_account(key=f"mastodon:{OF_THE_DOMAIN}", pinned=(PlatformId("uri", URI),))
    named = Subject(platform="mastodon", key=registered.key)
    finger, nothing = {**FINGER, "subject": subject}, {"type": "OrderedCollection", "id": f"{URI}/outbox"}
    shows = actor(preferredUsername=called)
    _, reading = asked(PLATFORM, Route.OPEN, named, finger, shows, nothing)
    assert reading.facts.handle == handle
    assert observe(registered, PLATFORM, [Look(route=Route.OPEN, reading=reading)], NOW).existence is existence


PAGE = {
    "type": "OrderedCollectionPage",
    "orderedItems": [{"type": "Create", "published": "2026-11-20T08:00:00Z", "object": {}}],
}
BEGINS = {"type": "OrderedCollection", "id": f"{URI}/outbox", "totalItems": 1, "first": f"{URI}/outbox?page=1"}
REFUSED = made({"code": "rest_invalid_param"}, status=400)


@pytest.mark.parametrize(
    ("answers", "asked_at"),
    [
        ([BEGINS, PAGE], ["?page=true", "?page=1"]),
        ([REFUSED, BEGINS, PAGE], ["?page=true", "", "?page=1"]),
        ([{**BEGINS, "first": PAGE}], ["?page=true"]),
    ],
    ids=["marks its pages", "numbers its pages", "holds its first page"],
)
def test_an_outbox_is_read_from_where_it_says_that_it_begins(answers: list[Any], asked_at: list[str]) -> None:
    probes, reading = asked(PLATFORM, Route.OPEN, SUBJECT, FINGER, actor(), *answers)
    assert [probe.url for probe in probes[2:]] == [f"{URI}/outbox{each}" for each in asked_at]
    assert reading.facts.activity == Activity(at=LATEST, source="outbox", sees_newest=True)


@pytest.mark.parametrize("first", ["https://annan.example/outbox?page=1", f"{URI}/outbox?page=true", 7, None])
def test_no_outbox_leads_to_another_server_or_back_to_itself(first: object) -> None:
    probes, reading = asked(PLATFORM, Route.OPEN, SUBJECT, FINGER, actor(), {**BEGINS, "first": first})
    assert len(probes) == 3
    assert (reading.existence, reading.facts.activity) == (Existence.PRESENT, UNSEEN)


def test_a_peertube_actor_is_asked_for_its_films() -> None:
    uri = f"https://{HOST}/video-channels/filmer"
    finger = {**FINGER, "links": [{"rel": "self", "type": "application/activity+json", "href": uri}]}
    films = {"total": 1, "data": [video(20)]}
    probes, reading = asked(PLATFORM, Route.OPEN, SUBJECT, finger, actor(id=uri), films)
    assert probes[-1].url == f"https://{HOST}/api/v1/video-channels/filmer/videos?count=20&sort=-publishedAt"
    assert reading.facts.activity == Activity(at=LATEST, source="videos", sees_newest=True)


@pytest.mark.parametrize(
    "finger",
    [
        {"subject": "acct:x", "links": []},
        {"subject": "x", "links": [{"rel": "self", "type": "application/activity+json", "href": "http://[::1]/x"}]},
    ],
)
def test_a_name_that_leads_nowhere_proves_nothing(finger: dict[str, Any]) -> None:
    probes, reading = asked(PLATFORM, Route.OPEN, SUBJECT, finger)
    assert len(probes) == 1
    assert reading.existence is Existence.UNKNOWN


# --- anything at all --------------------------------------------------------------------------------------------------


def test_what_is_attached_to_an_actor_and_has_not_come_says_nothing_of_its_links() -> None:
    assert shown(actor(attachment=None)).facts.links is UNSEEN
    assert shown(actor(attachment=[])).facts.links == ()
