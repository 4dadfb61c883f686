"""Flickr, read: models of its pages, the REST interface, feeds and cards."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from audits.model import UNSEEN, Activity, Existence, Identity, Page, PlatformId, Probe, Reading, Route, Transport
from audits.platform import Subject
from audits.platforms.flickr import PLATFORM
from audits.visiting import play, visit
from tests.builders import an_account
from tests.platforms.asking import asked, passed_over
from tests.platforms.shown import NOW, PACKS, kept, made, read

NSID = "4711001@N03"
KEY = "flickr:hamnstad"
PINNED = PlatformId("nsid", NSID)
SUBJECT = Subject(platform="flickr", key=KEY, url="https://www.flickr.com/photos/hamnstad/")
REST = "https://api.flickr.com/services/rest/?format=json&nojsoncallback=1&method=flickr."
NEWEST = datetime(2026, 10, 4, 20, 6, 22, tzinfo=UTC)


def shown(page: Page, key: str | None = KEY, *pinned: PlatformId) -> Reading:
    return read(PLATFORM, page, key, *pinned)


def a_person(**changes: Any) -> dict[str, Any]:
    person = {
        "id": NSID, "nsid": NSID, "path_alias": "hamnstad", "username": {"_content": "Hamnstads arkiv"},
        "description": {"_content": "Bilder ur <b>arkivet</b>."}, "photos": {"count": {"_content": 618}},
        "iconserver": "0", "iconfarm": 0, **changes,
    }  # fmt: skip
    return {"person": person, "stat": "ok"}


def photos(*uploaded: str) -> dict[str, Any]:
    listed = [{"owner": NSID, "dateupload": at, "media": "photo"} for at in uploaded]
    return {"photos": {"photo": listed, "total": str(len(listed))}, "stat": "ok"}


def refused(code: int, message: str) -> dict[str, Any]:
    return {"stat": "fail", "code": code, "message": message}


@pytest.mark.parametrize("name", ["photostream.html", "photostream-2024.html"])
def test_every_generation_of_the_page_says_the_same(name: str) -> None:
    reading = shown(kept("flickr", name))
    facts = reading.facts
    assert (reading.existence, facts.display_name, facts.handle) == (Existence.PRESENT, "Hamnstads arkiv", "hamnstad")
    assert (facts.platform_id, facts.followers, facts.posts_count) == (PINNED, 359, 618)
    assert facts.avatar_url == "https://live.staticflickr.com/1/buddyicons/4711001@N03_r.jpg"


@pytest.mark.parametrize("name", ["photostream.html", "photostream-2024.html"])
def test_the_upload_counts_and_neither_the_shot_nor_the_request(name: str) -> None:
    newest = datetime(2015, 5, 19, 17, 10, 11, tzinfo=UTC)
    assert shown(kept("flickr", name)).facts.activity == Activity(at=newest, source="page", sees_newest=True)


def test_a_page_without_its_models_still_names_the_member() -> None:
    facts = shown(kept("flickr", "head.html")).facts
    assert (facts.display_name, facts.platform_id, facts.handle) == ("Hamnstads arkiv", PINNED, "hamnstad")


def test_a_photo_whose_data_is_missing_still_names_its_owner_in_its_metas() -> None:
    owner = '<meta property="flickr_photos:by" content="https://www.flickr.com/people/hamnstad/">'
    metas = f'<meta property="og:type" content="flickr_photos:photo"><meta property="og:title" content="Kajen">{owner}'
    reading = shown(made(f"<html><head>{metas}</head></html>", url="https://www.flickr.com/photos/hamnstad/1/"))
    assert (reading.transport, reading.existence) == (Transport.OK, Existence.UNKNOWN)
    assert (reading.facts.handle, reading.facts.display_name) == ("hamnstad", UNSEEN)


def test_an_album_names_its_owner() -> None:
    reading = shown(kept("flickr", "album.html"))
    assert (reading.existence, reading.facts.platform_id) == (Existence.UNKNOWN, PINNED)


def test_a_member_that_the_model_calls_deleted_is_gone() -> None:
    page = kept("flickr", "photostream.html")
    reading = shown(replace(page, body=page.body.replace(b'"isDeleted":false', b'"isDeleted":true')))
    assert (reading.existence, reading.markers[0].id) == (Existence.GONE, "flickr.is-deleted")


def test_a_member_whom_the_interface_calls_deleted_is_gone() -> None:
    reading = shown(made(a_person(is_deleted=1)))
    assert (reading.existence, reading.markers[0].id) == (Existence.GONE, "flickr.is-deleted")
    assert shown(made(a_person(is_deleted=0))).existence is Existence.PRESENT


def test_a_missing_page_proves_nothing() -> None:
    reading = shown(made("<title>Flickr</title>", status=404, url=SUBJECT.url))
    assert (reading.transport, reading.existence) == (Transport.OK, Existence.UNKNOWN)


def feed_in_json() -> dict[str, Any]:
    item = {"published": "2026-10-04T20:06:22Z", "author": 'nobody@flickr.com ("Hamnstads arkiv")', "author_id": NSID}
    return {"title": "Uploads", "link": "https://www.flickr.com/photos/hamnstad/", "items": [item]}


@pytest.mark.parametrize(
    "page",
    [
        kept("flickr", "feed.xml"),
        made(feed_in_json()),
        made(f"jsonFlickrFeed({json.dumps(feed_in_json())})"),
    ],
)
def test_the_public_feed_is_read_in_every_form(page: Page) -> None:
    facts = shown(page).facts
    assert (facts.display_name, facts.handle, facts.platform_id) == ("Hamnstads arkiv", "hamnstad", PINNED)
    assert facts.activity == Activity(at=NEWEST, source="feed", sees_newest=True)


def test_an_empty_feed_is_no_silence() -> None:
    reading = shown(made({**feed_in_json(), "items": []}))
    assert (reading.existence, reading.facts.activity) == (Existence.PRESENT, UNSEEN)


def test_the_feed_of_a_group_is_nobodys() -> None:
    assert (
        shown(made({**feed_in_json(), "link": "https://www.flickr.com/groups/hamnar/pool/"})).existence
        is Existence.UNKNOWN
    )


@pytest.mark.parametrize(("kind", "existence"), [("photostream", Existence.PRESENT), ("photo", Existence.UNKNOWN)])
def test_a_card_of_the_stream_is_the_members(kind: str, existence: Existence) -> None:
    card = {"provider_name": "Flickr", "flickr_type": kind, "author_name": "Hamnstads arkiv",
            "author_url": "https://www.flickr.com/photos/hamnstad/",
            "html": f"<a href='https://www.flickr.com/photos/{NSID}'>"}  # fmt: skip
    reading = shown(made(card))
    assert (reading.existence, reading.facts.platform_id, reading.facts.handle) == (existence, PINNED, "hamnstad")


def test_by_address_the_number_is_looked_up_first() -> None:
    found = {"user": {"id": NSID, "username": {"_content": "Hamnstads arkiv"}}, "stat": "ok"}
    probes, reading = asked(
        PLATFORM, Route.API_BY_HANDLE, SUBJECT, found, a_person(), photos("1791144382", *["1432055411"] * 4)
    )
    methods = [probe.url.removeprefix(REST).partition("&")[0] for probe in probes]
    assert methods == ["urls.lookupUser", "people.getInfo", "people.getPublicPhotos"]
    facts = reading.facts
    assert (facts.description, facts.posts_count, facts.avatar_url) == ("Bilder ur arkivet.", 618, None)
    assert facts.activity == Activity(at=NEWEST, source="uploads", sees_newest=True)


def test_a_member_without_photos_has_never_posted() -> None:
    subject = replace(SUBJECT, pinned=(PINNED,))
    _, reading = asked(PLATFORM, Route.API_BY_ID, subject, a_person(photos={"count": {"_content": 0}}))
    assert reading.facts.activity is None


@pytest.mark.parametrize(
    ("method", "pinned", "existence"),
    [
        (f"people.getInfo&user_id={NSID.replace('@', '%40')}", (PINNED,), Existence.GONE),
        ("urls.lookupUser&url=x", (), Existence.GONE),
        ("urls.lookupUser&url=x", (PINNED,), Existence.UNKNOWN),
        ("people.findByUsername&username=hamnstad", (), Existence.UNKNOWN),
        ("favorites.getPublicList&user_id=12001@N00", (PINNED,), Existence.UNKNOWN),
    ],
)
def test_who_is_not_found_is_gone_unless_the_name_may_have_changed(
    method: str, pinned: tuple[PlatformId, ...], existence: Existence
) -> None:
    page = made(refused(1, "User not found"), url=REST + method)
    assert shown(page, KEY, *pinned).existence is existence


@pytest.mark.parametrize(
    ("code", "transport"),
    [(100, Transport.NOT_PERMITTED), (105, Transport.UNREACHABLE), (1, Transport.OK), (2, Transport.OK)],
)
def test_other_refusals_say_nothing_of_the_member(code: int, transport: Transport) -> None:
    reading = shown(made(refused(code, "no"), url=REST))
    assert (reading.transport, reading.existence) == (transport, Existence.UNKNOWN)


def test_photos_of_several_members_belong_to_none() -> None:
    mixed = photos("1791144382")
    mixed["photos"]["photo"].append({"owner": "12001@N00"})
    assert shown(made(mixed)).existence is Existence.UNKNOWN


@pytest.mark.parametrize(
    "method",
    ["favorites.getPublicList&user_id=12001@N00", "photos.search&text=hamn", "groups.pools.getPhotos&group_id=1"],
)
def test_what_somebody_likes_and_what_a_search_or_a_group_holds_is_by_others(method: str) -> None:
    reading = shown(made(photos("1791144382"), url=REST + method))
    assert (reading.existence, reading.facts.platform_id, reading.facts.activity) == (Existence.UNKNOWN, UNSEEN, UNSEEN)


@pytest.mark.parametrize("page", [1, 2])
def test_only_the_first_page_of_a_stream_holds_the_newest(page: int) -> None:
    listed = photos("1791144382")
    listed["photos"]["page"] = page
    activity = shown(made(listed, url=f"{REST}people.getPhotos&user_id={NSID}")).facts.activity
    assert activity == Activity(at=NEWEST, source="uploads", sees_newest=page == 1)


def test_an_account_kept_by_its_number_is_not_renamed_by_its_alias() -> None:
    account = an_account(platform="flickr", key=f"flickr:{NSID}", pinned=(PINNED,), address=SUBJECT.url)

    def fetch(probe: Probe) -> Page:
        return kept("flickr", "photostream.html", url=probe.url)

    ((_, seen),) = play({1: visit(account, PLATFORM, PACKS, frozenset(), NOW)}, fetch)
    assert (seen.existence, seen.identity, seen.facts.handle) == (Existence.PRESENT, Identity.SAME, "hamnstad")


def test_the_feed_needs_a_number_which_the_key_may_be() -> None:
    assert passed_over(PLATFORM, Route.OPEN, SUBJECT)
    probes, _ = asked(PLATFORM, Route.OPEN, replace(SUBJECT, key=f"flickr:{NSID}"), b"")
    assert probes[0].url.endswith("&id=4711001%40N03")
