"""ActivityPub, which servers of the fediverse speak among themselves: actors, tombstones and outboxes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from audits.model import UNSEEN, Activity, Existence, Facts, PlatformId
from tests.platforms.fediverse import (
    FINGER,
    HANDLE,
    HOST,
    LATEST,
    LOOKUP,
    URI,
    account,
    actor,
    shown,
)


def test_an_actor_says_who_it_is() -> None:
    reading = shown(actor(), url=URI)
    facts = reading.facts
    assert reading.existence is Existence.PRESENT
    assert (facts.display_name, facts.handle, facts.platform_id) == (
        "Almestads bibliotek",
        HANDLE,
        PlatformId("uri", URI),
    )
    assert facts.website_link == "https://almestad.example/bibliotek"
    assert facts.activity is UNSEEN


@pytest.mark.parametrize(
    ("changes", "existence"),
    [
        ({"suspended": True}, Existence.SUSPENDED),
        ({"movedTo": "https://ny.example/users/b"}, Existence.MOVED),
        ({"memorial": True}, Existence.PRESENT_LIMITED),
        ({"manuallyApprovesFollowers": True}, Existence.PRESENT),
        ({"type": ["Person"], "indexable": False, "movedTo": ""}, Existence.PRESENT),
    ],
)
def test_an_actor_states_what_became_of_it(changes: dict[str, Any], existence: Existence) -> None:
    assert shown(actor(**changes), url=URI).existence is existence


def test_a_tombstone_stands_for_a_deleted_actor_and_for_no_deleted_post() -> None:
    stone = {"type": "Tombstone", "id": URI}
    assert shown(stone, url=URI, status=410).existence is Existence.GONE
    assert shown({**stone, "formerType": "Note"}, url=f"{URI}/1").existence is Existence.UNKNOWN


@pytest.mark.parametrize(
    "address",
    ["/p/biblioteket/1", "/?p=12", "/2026/01/02/sommarlov/", "/post/12", "/m/12", "/notes/9a", "/w/x", ""],
)
def test_a_tombstone_that_may_be_a_posts_accuses_nobody(address: str) -> None:
    url = f"https://{HOST}{address}"
    assert shown({"type": "Tombstone", "id": url}, url=url, status=410).existence is Existence.UNKNOWN


@pytest.mark.parametrize(
    "address",
    ["/@biblioteket", "/u/biblioteket", "/video-channels/filmer", "/author/biblioteket/", "/ap/users/115"],
)
def test_a_tombstone_at_an_actors_address_is_the_actors(address: str) -> None:
    url = f"https://{HOST}{address}"
    assert shown({"type": "Tombstone", "id": url}, url=url, status=410).existence is Existence.GONE


def test_whoever_has_moved_to_where_they_are_has_not_moved() -> None:
    own = f"https://{HOST}/@biblioteket"
    assert shown(actor(movedTo=URI), url=URI).existence is Existence.PRESENT
    assert shown(actor(url=own, movedTo=f"{own}/"), url=URI).existence is Existence.PRESENT
    assert shown(account(moved=account()), url=LOOKUP).existence is Existence.PRESENT


@pytest.mark.parametrize(
    "changes",
    [
        {"movedTo": "unknown"},
        {"url": "https://annan.example/@annan", "movedTo": f"https://{HOST}/@biblioteket/"},
        {"id": "0", "url": "0", "movedTo": f"https://{HOST}/@biblioteket"},
        {"url": "***", "movedTo": f"https://{HOST}/@biblioteket/"},
        {"id": "–", "preferredUsername": "–", "url": f"https://{HOST}/@biblioteket", "movedTo": URI},
    ],
)
def test_whoever_names_no_new_home_or_no_old_one_has_not_moved(changes: dict[str, Any]) -> None:
    assert shown(actor(**changes), url=URI).existence is Existence.PRESENT


@pytest.mark.parametrize("written", [{"id": "https://annan.example/users/b"}, ["https://annan.example/users/b"]])
def test_the_new_home_may_be_written_as_a_thing_or_a_list(written: object) -> None:
    reading = shown(actor(movedTo=written), url=URI)
    assert (reading.existence, reading.facts.moved_to) == (Existence.MOVED, "https://annan.example/users/b")


def test_a_number_in_the_address_of_an_actor_is_no_name() -> None:
    twin = f"https://{HOST}/ap/users/115"
    link = f'<link rel="alternate" type="application/activity+json" href="{twin}">'
    facts = shown(f"<html><head><title>A</title>{link}</head></html>", url=f"https://{HOST}/@biblioteket").facts
    assert (facts.handle, facts.platform_id) == (UNSEEN, PlatformId("uri", twin))


def test_an_outbox_gives_the_newest_own_post() -> None:
    outbox = {
        "type": "OrderedCollectionPage",
        "totalItems": 3,
        "orderedItems": [
            {"type": "Announce", "published": "2026-11-21T08:00:00Z", "object": "https://annan.example/1"},
            {"type": "Create", "published": "2026-11-20T08:00:00Z",
             "object": {"attachment": [{"mediaType": "image/png", "name": "En bok"}]}},
            {"type": "Like", "published": "2026-11-22T01:00:00Z", "object": "https://annan.example/2"},
        ],
    }  # fmt: skip
    facts = shown(outbox, url=f"{URI}/outbox?page=true").facts
    stirred = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
    assert facts.activity == Activity(at=LATEST, source="outbox", sees_newest=True, stirred=stirred)
    assert isinstance(facts.posts, tuple)
    assert [post.has_alt_text for post in facts.posts] == [UNSEEN, True]


def test_an_outbox_that_begins_with_its_oldest_proves_life_alone() -> None:
    created = [{"type": "Create", "published": f"2026-11-{day}T08:00:00Z"} for day in ("14", "17", "20")]
    outbox = {"type": "OrderedCollectionPage", "orderedItems": created}
    assert shown(outbox, url=f"{URI}/outbox?page=true").facts.activity == Activity(at=LATEST, source="outbox")


def test_an_outbox_may_list_what_was_written_itself() -> None:
    review = {"type": "Review", "attributedTo": URI, "published": "2026-11-20T08:00:00Z", "url": f"{URI}/review/1"}
    liked = {"type": "Like", "actor": URI, "published": "2026-11-22T01:00:00Z", "attributedTo": URI}
    outbox = {"type": "OrderedCollectionPage", "orderedItems": [liked, review]}
    assert shown(outbox, url=f"{URI}/outbox?page=true").facts.activity == Activity(
        at=LATEST, source="outbox", sees_newest=True, stirred=datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
    )  # whoever likes something is there


def test_what_a_group_announces_of_its_members_is_its_own() -> None:
    page = {"type": "Page", "published": "2026-11-20T08:00:00Z"}
    announced = {"type": "Announce", "object": {"type": "Create", "object": page}}
    group = {"type": "OrderedCollection", "id": f"https://{HOST}/c/biblioteket/outbox", "orderedItems": [announced]}
    assert shown(group, url="").facts.activity == Activity(at=LATEST, source="outbox", sees_newest=True)


def test_an_outbox_of_nought_may_be_what_anybody_is_shown() -> None:
    assert shown({"type": "OrderedCollection", "id": f"{URI}/outbox.json", "totalItems": 0}).facts.posts_count is UNSEEN


@pytest.mark.parametrize(
    ("twin", "existence"),
    [
        (URI, Existence.PRESENT),
        (f"https://{HOST}/api/collections/biblioteket", Existence.PRESENT),
        (f"https://{HOST}/p/biblioteket/12", Existence.UNKNOWN),
    ],
)
def test_a_page_whose_twin_is_an_actors_is_the_profile_whatever_it_calls_itself(
    twin: str, existence: Existence
) -> None:
    """Pixelfed calls profiles articles, and Lemmy says nothing."""
    page = (
        '<meta property="og:title" content="biblioteket on pixelfed"><meta property="og:type" content="article">'
        f'<link rel="alternate" type="application/activity+json" href="{twin}">'
    )
    reading = shown(page, url=f"https://{HOST}/biblioteket")
    assert reading.existence is existence
    assert reading.facts.handle == (HANDLE if existence is Existence.PRESENT else UNSEEN)


@pytest.mark.parametrize(
    ("collection", "known"),
    [("followers", Facts(followers=7)), ("following", Facts()), ("collections/featured", Facts())],
)
def test_an_actors_other_collections_hold_no_posts(collection: str, known: Facts) -> None:
    facts = shown({"type": "OrderedCollection", "id": f"{URI}/{collection}", "totalItems": 7}, url="").facts
    assert facts == known


def test_a_name_is_looked_up_with_the_host_of_its_actor() -> None:
    finger = {"subject": "acct:biblioteket@almestad.example", "links": FINGER["links"]}
    assert shown(finger, url="").facts.handle == HANDLE


@pytest.mark.parametrize(
    ("url", "handle"),
    [
        (f"https://{HOST}/@biblioteket", f"biblioteket@{HOST}"),
        (["https://annan.example/@b", f"https://{HOST}/@biblioteket"], f"biblioteket@{HOST}"),
        ("https://annan.example/@biblioteket", UNSEEN),
    ],
    ids=["its own", "one of several", "another server's"],
)
def test_a_name_is_of_the_server_that_id_and_address_agree_on(url: object, handle: object) -> None:
    assert shown(actor(url=url), url=URI).facts.handle == handle
