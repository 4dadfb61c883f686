"""Bluesky, read: its open interface, the states it names, and the ways to look."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from audits.model import UNSEEN, Activity, Existence, Facts, Route, Transport
from audits.observing import Look, observe
from audits.platform import Subject
from audits.platforms.bluesky import PLATFORM
from audits.visiting import Play, visit
from tests.builders import an_account
from tests.platforms.asking import asked, passed_over
from tests.platforms.bluesky import (
    API,
    BY_DID,
    BY_HANDLE,
    DID,
    HANDLE,
    KEY,
    LATEST,
    PINNED,
    entry,
    listed,
    profile,
    shown,
)
from tests.platforms.shown import NOW, PACKS, made

# --- the open interface -----------------------------------------------------------------------------------------------


def test_a_profile_says_who_it_is() -> None:
    reading = shown(profile())
    facts = reading.facts
    assert reading.existence is Existence.PRESENT
    assert (facts.display_name, facts.handle, facts.platform_id) == ("Almestads bibliotek", HANDLE, PINNED)
    assert (facts.description, facts.followers, facts.posts_count) == ("Böcker, sagor\noch samtal.", 1200, 329)
    assert facts.website_link is None


def test_when_a_profile_was_indexed_is_no_post() -> None:
    assert shown(profile()).facts.activity is UNSEEN


def test_what_the_owner_never_filled_in_is_not_there() -> None:
    bare = {name: value for name, value in profile().items() if name not in ("displayName", "description", "avatar")}
    facts = shown(bare).facts
    assert facts.display_name is facts.description is facts.avatar_url is None


def test_a_profile_for_those_who_sign_in_is_respected() -> None:
    label = {"src": DID, "val": "!no-unauthenticated"}
    assert shown(profile(labels=[label])).existence is Existence.PRESENT_LIMITED
    assert shown(profile(labels=[{**label, "neg": True}])).existence is Existence.PRESENT  # taken back


def test_a_handle_whose_domain_no_longer_confirms_it_is_no_new_name() -> None:
    reading = shown(profile(handle="handle.invalid"))
    assert (reading.existence, reading.facts.handle) == (Existence.PRESENT, None)
    assert [marker.id for marker in reading.markers] == ["bluesky.handle-invalid"]
    registered = an_account(platform="bluesky", key=KEY, pinned=(PINNED,))
    seen = observe(registered, PLATFORM, [Look(route=Route.API_BY_ID, reading=reading)], NOW)
    assert seen.existence is Existence.PRESENT


@pytest.mark.parametrize(("status", "verified"), [("valid", True), ("invalid", False), (None, UNSEEN)])
def test_verification_is_what_bluesky_says(status: str | None, verified: object) -> None:
    said = {"verification": {"verifiedStatus": status}} if status else {}
    assert shown(profile(**said)).facts.verified is verified


def test_whoever_may_verify_others_bears_a_badge() -> None:
    said = {"verifiedStatus": "none", "trustedVerifierStatus": "valid"}
    assert shown(profile(verification=said)).facts.verified is True


def test_the_own_profile_is_found_in_a_batch_and_a_missing_one_proves_nothing() -> None:
    others = [profile(did="did:plc:x", handle="annan.example"), profile()]
    assert shown({"profiles": others}).facts.platform_id == PINNED
    missing = shown({"profiles": others[:1]})
    assert (missing.transport, missing.existence) == (Transport.OK, Existence.UNKNOWN)
    assert missing.facts.platform_id is UNSEEN


def test_reposts_pinned_posts_and_tomorrows_do_not_count() -> None:
    feed = [entry(1, "reasonPin"), entry(18, "reasonRepost"), entry(29), entry(20), entry(19)]
    reading = listed(*feed)
    assert reading.facts.activity == Activity(at=LATEST, source="author feed", sees_newest=True)
    assert reading.facts.platform_id == PINNED


def test_an_account_that_reposts_an_old_post_today_has_stirred_today() -> None:
    reposted = entry(3, "reasonRepost")
    reposted["reason"]["indexedAt"] = "2026-11-21T08:00:00Z"
    stirred = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
    activity = Activity(at=LATEST, source="author feed", sees_newest=True, stirred=stirred)
    assert listed(reposted, entry(20)).facts.activity == activity


def test_a_post_is_never_newer_than_the_server_first_saw_it() -> None:
    early = entry(20, record={"createdAt": "2026-11-21T23:00:00Z"})
    assert listed(early).facts.activity == Activity(
        at=datetime(2026, 11, 20, 8, 0, 1, tzinfo=UTC), source="author feed", sees_newest=True
    )


def test_whoever_brings_old_posts_over_today_is_there_today() -> None:
    brought = entry(20, record={"createdAt": "2011-05-01T08:00:00Z"})
    activity = listed(brought).facts.activity
    assert isinstance(activity, Activity)
    assert (activity.at, activity.stirred) == (
        datetime(2011, 5, 1, 8, 0, tzinfo=UTC),
        datetime(2026, 11, 20, 8, 0, 1, tzinfo=UTC),
    )


def test_a_feed_of_nothing_but_others_posts_names_nobody() -> None:
    other = {"did": "did:plc:x", "handle": "annan.example"}
    reading = listed(entry(20, "reasonRepost"), entry(19, author=other))
    assert (reading.existence, reading.facts.platform_id) == (Existence.UNKNOWN, UNSEEN)


def test_pictures_are_described_only_where_all_are() -> None:
    def pictures(*alts: str) -> dict[str, Any]:
        return {"embed": {"$type": "app.bsky.embed.images#view", "images": [{"alt": alt} for alt in alts]}}

    film: dict[str, Any] = {
        "embed": {"$type": "app.bsky.embed.recordWithMedia#view", "media": {"$type": "app.bsky.embed.video#view"}}
    }
    feed = [entry(20, **pictures("Ett barn läser")), entry(19, **pictures("a", "")), entry(18, **film)]
    posts = listed(*feed).facts.posts
    assert isinstance(posts, tuple)
    assert [post.has_alt_text for post in posts] == [True, False, UNSEEN]
    assert [post.has_video for post in posts] == [False, False, True]


@pytest.mark.parametrize(
    ("written", "has_captions"),
    [
        ({"$type": "app.bsky.embed.video", "captions": [{"lang": "sv", "file": {}}]}, True),
        ({"$type": "app.bsky.embed.video"}, False),
        ({"$type": "app.bsky.embed.recordWithMedia", "media": {"$type": "app.bsky.embed.video"}}, False),
        ({"$type": "app.bsky.embed.images"}, UNSEEN),
        (None, UNSEEN),
    ],
)
def test_a_film_has_the_captions_that_its_sender_laid_beside_it(written: object, has_captions: object) -> None:
    told = {"createdAt": "2026-11-20T08:00:00.000Z", "embed": written}
    posts = listed(entry(20, record=told, embed={"$type": "app.bsky.embed.video#view"})).facts.posts
    assert isinstance(posts, tuple)
    assert [post.has_captions for post in posts] == [has_captions]


# --- what is stated ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "existence"),
    [
        ({"error": "AccountTakedown", "message": "Account has been suspended"}, Existence.SUSPENDED),
        ({"error": "AccountDeactivated", "message": "Account is deactivated"}, Existence.DEACTIVATED),
        ({"error": "RepoTakendown", "message": "x"}, Existence.SUSPENDED),
        ({"message": "DID not available: did:plc:almestadbiblioteket23456"}, Existence.GONE),
    ],
)
def test_a_state_that_the_interface_names_needs_one_look(error: dict[str, str], existence: Existence) -> None:
    reading = shown(error, status=400)
    assert (reading.existence, reading.stated) == (existence, True)


NOT_FOUND = {"error": "InvalidRequest", "message": "Profile not found"}


def test_a_did_that_is_not_found_is_gone_and_a_handle_only_leads_nowhere() -> None:
    assert shown(NOT_FOUND, url=BY_DID, status=400).existence is Existence.GONE
    by_handle = shown(NOT_FOUND, url=BY_HANDLE, status=400)
    assert (by_handle.transport, by_handle.existence) == (Transport.OK, Existence.UNKNOWN)


@pytest.mark.parametrize(
    "error",
    [
        {"error": "InvalidRequest", "message": "Error: actor must be a valid did or a handle"},
        {"error": "InvalidRequest", "message": "Unable to resolve handle"},
        {"error": "InternalServerError", "message": "Internal Server Error"},
        {"error": "UpstreamFailure"},
        {
            "error": "RepoNotFound",
            "message": "Could not find repo for DID: did:plc:annan",
        },  # it lives on another server
        {},
    ],
)
def test_other_errors_say_something_of_the_asking(error: dict[str, str]) -> None:
    assert shown(error, url=BY_DID, status=400).existence is Existence.UNKNOWN


@pytest.mark.parametrize(
    ("status", "existence"),
    [
        ({"active": True}, Existence.PRESENT),
        ({"active": False, "status": "takendown"}, Existence.SUSPENDED),
        ({"active": False, "status": "suspended"}, Existence.SUSPENDED),
        ({"active": False, "status": "deleted"}, Existence.GONE),
        ({"active": False, "status": "deactivated"}, Existence.DEACTIVATED),
        ({"active": False, "status": "desynchronized"}, Existence.UNKNOWN),
        ({"active": False, "status": "throttled"}, Existence.UNKNOWN),
        ({"active": False}, Existence.UNKNOWN),
    ],
)
def test_a_repository_says_what_became_of_it(status: dict[str, Any], existence: Existence) -> None:
    assert shown({"did": DID, **status}).existence is existence


def test_a_block_page_at_the_edge_is_never_called_gone() -> None:
    reading = shown("<html><title>403 Forbidden</title></html>", status=403)
    assert (reading.transport, reading.existence) == (Transport.BLOCKED, Existence.UNKNOWN)


def test_a_state_that_nobody_has_seen_for_half_a_year_proves_nothing() -> None:
    old = replace(PACKS, today=NOW.date().replace(year=2028))
    takedown = made({"error": "AccountTakedown"}, url=BY_DID, status=400, fetched_at=NOW.replace(year=2028))
    assert PLATFORM.read(takedown, Subject(platform="bluesky", key=KEY), old).existence is Existence.UNKNOWN


def test_a_repository_names_its_account_and_says_nothing_of_its_looks() -> None:
    reading = shown({"did": DID, "handle": HANDLE, "didDoc": {"id": DID}, "collections": []})
    assert (reading.existence, reading.facts) == (Existence.PRESENT, Facts(platform_id=PINNED, handle=HANDLE))


def test_a_document_that_names_the_account_proves_nothing_of_it() -> None:
    reading = shown({"id": DID, "alsoKnownAs": [f"at://{HANDLE}"], "service": []}, url=f"https://plc.directory/{DID}")
    assert (reading.existence, reading.facts.handle, reading.facts.platform_id) == (Existence.UNKNOWN, HANDLE, PINNED)


# --- the ways to look -------------------------------------------------------------------------------------------------

SUBJECT = Subject(platform="bluesky", key=KEY, pinned=(PINNED,))


def test_a_list_that_is_shorter_than_any_and_than_what_is_counted_proves_no_silence() -> None:
    _, reading = asked(PLATFORM, Route.API_BY_ID, SUBJECT, {"profiles": [profile()]}, {"feed": [entry(20)]})
    assert reading.facts.activity == Activity(at=LATEST, source="author feed", sees_newest=False)


def test_a_list_that_begins_with_the_oldest_proves_no_silence() -> None:
    oldest_first = {"feed": [entry(day) for day in (12, 14, 16, 18, 20)]}
    _, reading = asked(PLATFORM, Route.API_BY_ID, SUBJECT, {"profiles": [profile()]}, oldest_first)
    assert reading.facts.activity == Activity(at=LATEST, source="author feed", sees_newest=False)


def test_a_profile_of_the_batch_is_followed_by_its_newest_posts() -> None:
    probes, reading = asked(
        PLATFORM, Route.API_BY_ID, SUBJECT, {"profiles": [profile(postsCount=1)]}, {"feed": [entry(20)]}
    )
    assert probes[0].batch is not None
    assert (probes[0].batch.limit, probes[0].batch.item) == (25, DID)
    assert probes[1].url == f"{API}/app.bsky.feed.getAuthorFeed?actor={DID}&limit=20&filter=posts_with_replies"
    assert (reading.facts.followers, reading.facts.activity) == (
        1200,
        Activity(at=LATEST, source="author feed", sees_newest=True),
    )


def test_one_that_the_batch_leaves_out_is_asked_for_alone() -> None:
    probes, reading = asked(PLATFORM, Route.API_BY_ID, SUBJECT, {"profiles": []}, {"error": "AccountTakedown"})
    assert probes[1].url == BY_DID
    assert (reading.existence, reading.stated) == (Existence.SUSPENDED, True)


LISTED = {"id": DID, "service": [{"id": "#atproto_pds", "serviceEndpoint": "https://pds.almestad.example"}]}
NOWHERE = {"message": f"DID not registered: {DID}"}


@pytest.mark.parametrize(
    ("said", "existence"),
    [
        ({"did": DID, "active": True}, Existence.PRESENT),
        ({"did": DID, "active": False, "status": "deactivated"}, Existence.DEACTIVATED),
        ({"error": "RepoNotFound", "message": f"Could not find repo for DID: {DID}"}, Existence.GONE),
        ("<title>502 Bad Gateway</title>", Existence.UNKNOWN),
    ],
)
def test_whom_the_interface_does_not_know_is_as_its_own_server_says(said: object, existence: Existence) -> None:
    lost = made(NOT_FOUND, status=400)
    probes, reading = asked(PLATFORM, Route.API_BY_ID, SUBJECT, {"profiles": []}, lost, LISTED, said)
    assert [probe.url for probe in probes[2:]] == [
        f"https://plc.directory/{DID}",
        f"https://pds.almestad.example/xrpc/com.atproto.sync.getRepoStatus?did={DID}",
    ]
    assert reading.existence is existence


@pytest.mark.parametrize(
    ("listed_as", "existence"),
    [
        (made(NOWHERE, status=404), Existence.GONE),
        (made({"message": f"DID not available: {DID}"}, status=410), Existence.GONE),
        (made("<title>503 Service Unavailable</title>", status=503), Existence.UNKNOWN),
        (LISTED | {"service": []}, Existence.UNKNOWN),
        (LISTED | {"service": [{"id": "#atproto_pds", "serviceEndpoint": "ftp://x"}]}, Existence.UNKNOWN),
    ],
)
def test_whom_no_server_keeps_is_as_the_directory_says(listed_as: object, existence: Existence) -> None:
    lost = made(NOT_FOUND, status=400)
    _, reading = asked(PLATFORM, Route.API_BY_ID, SUBJECT, {"profiles": []}, lost, listed_as)
    assert reading.existence is existence


def test_two_accounts_share_one_request() -> None:
    accounts = {
        number: an_account(id=number, platform="bluesky", key=f"bluesky:{name}.example")
        for number, name in enumerate("ab")
    }
    stage = Play({key: visit(account, PLATFORM, PACKS, frozenset(), NOW) for key, account in accounts.items()})
    questions = stage.questions()
    assert [question.probe.url for question in questions] == [
        f"{API}/app.bsky.actor.getProfiles?actors=a.example&actors=b.example"
    ]


def test_the_id_is_asked_for_before_the_name() -> None:
    assert [offer.route for offer in PLATFORM.routes] == [Route.API_BY_ID, Route.API_BY_HANDLE, Route.OPEN, Route.PAGE]
    assert passed_over(PLATFORM, Route.API_BY_ID, Subject(platform="bluesky", key=KEY))
    assert passed_over(PLATFORM, Route.API_BY_HANDLE, Subject(platform="bluesky", key=f"bluesky:{DID}"))


# --- anything at all --------------------------------------------------------------------------------------------------
