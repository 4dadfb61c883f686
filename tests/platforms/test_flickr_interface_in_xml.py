"""Flickr's interface where nobody asked for JSON, and its pages of before 2014 and about a member."""

from __future__ import annotations

import json
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.model import Activity, Existence, PlatformId, Reading, Transport
from audits.platforms.flickr import PLATFORM
from tests.platforms.shown import ACCUSATIONS, made, read

NSID: Final = "4711001@N03"
PINNED: Final = PlatformId("nsid", NSID)
KEY: Final = "flickr:hamnstad"
REST: Final = "https://api.flickr.com/services/rest/?method=flickr."
PERSON: Final = f"{REST}people.getInfo&user_id={NSID}"
PAGE: Final = "https://www.flickr.com/people/hamnstad/"


def answered(inside: str, stat: str = "ok", url: str = PERSON) -> Reading:
    return read(
        PLATFORM, made(f'<?xml version="1.0" encoding="utf-8" ?>\n<rsp stat="{stat}">{inside}</rsp>', url=url), KEY
    )


def test_a_person_in_xml_says_what_one_in_json_says() -> None:
    names = "<username>Hamnstads arkiv</username><realname/><description>Bilder &amp; filmer</description>"
    counted = "<photos><firstdate>1260000000</firstdate><count>618</count></photos>"
    opening = f'<person id="{NSID}" nsid="{NSID}" iconserver="5" iconfarm="6" path_alias="hamnstad">'
    facts = answered(f"{opening}{names}{counted}</person>").facts
    assert (facts.display_name, facts.handle, facts.platform_id) == ("Hamnstads arkiv", "hamnstad", PINNED)
    assert (facts.description, facts.posts_count) == ("Bilder & filmer", 618)
    assert facts.avatar_url == f"https://farm6.staticflickr.com/5/buddyicons/{NSID}.jpg"


@pytest.mark.parametrize("photos", [1, 2])
def test_a_list_is_one_however_short(photos: int) -> None:
    photo = f'<photo id="1" owner="{NSID}" dateupload="1795161600"/>'
    listed = f'<photos page="1" pages="1" total="{photos}">{photo * photos}</photos>'
    url = f"{REST}people.getPublicPhotos&user_id={NSID}"
    reading = answered(listed, url=url)
    assert (reading.existence, reading.facts.posts_count) == (Existence.PRESENT, photos)
    assert isinstance(reading.facts.activity, Activity)


@pytest.mark.parametrize(
    ("code", "said", "transport", "existence"),
    [
        (1, "User not found", Transport.OK, Existence.GONE),
        (100, "Invalid API Key (Key has invalid format)", Transport.NOT_PERMITTED, Existence.UNKNOWN),
        (105, "Service currently unavailable", Transport.UNREACHABLE, Existence.UNKNOWN),
    ],
)
def test_a_refusal_in_xml_is_read_by_its_code(code: int, said: str, transport: Transport, existence: Existence) -> None:
    reading = answered(f'<err code="{code}" msg="{said}" />', "fail")
    assert (reading.transport, reading.existence) == (transport, existence)


@given(inside=st.text(alphabet='<>/"= &;abcpersonphoto:1é', max_size=80), stat=st.sampled_from(["ok", "fail", ""]))
def test_no_xml_accuses_anybody(inside: str, stat: str) -> None:
    assert answered(inside, stat).existence not in ACCUSATIONS


def test_the_page_about_a_member_names_them() -> None:
    person = {"nsid": NSID, "username": "Hamnstads arkiv", "pathAlias": "hamnstad"}
    icon = {"data": {"retina": "//live.staticflickr.com/1/r.jpg"}}
    models = {
        "person-models": [{"data": {**person, "buddyicon": icon}}],
        "person-profile-models": [{"data": {"photoCount": 618}}],
    }
    page = f"<html><body><script>modelExport: {json.dumps({'main': models})}, auth: {{}}</script></body></html>"
    facts = read(PLATFORM, made(page, url=PAGE), KEY).facts
    assert (facts.display_name, facts.platform_id, facts.posts_count) == ("Hamnstads arkiv", PINNED, 618)
    assert facts.avatar_url == "https://live.staticflickr.com/1/r.jpg"


def test_a_photostream_of_2012_carries_its_number_in_its_feed() -> None:
    feed = f"http://api.flickr.com/services/feeds/photos_public.gne?id={NSID}&amp;lang=en-us&amp;format=atom"
    link = f'<link rel="alternate" type="application/atom+xml" href="{feed}">'
    page = f"<html><head><title>Flickr: Hamnstads arkiv's Photostream</title>{link}</head></html>"
    reading = read(PLATFORM, made(page, url="http://www.flickr.com/photos/hamnstad/"), KEY)
    assert (reading.existence, reading.facts.display_name) == (Existence.PRESENT, "Hamnstads arkiv")
    assert (reading.facts.handle, reading.facts.platform_id) == ("hamnstad", PINNED)
    assert (
        read(PLATFORM, made(page, url="http://www.flickr.com/photos/hamnstad/1/"), KEY).existence is Existence.UNKNOWN
    )


def test_a_profile_names_the_members_site() -> None:
    profile = {"profile": {"nsid": NSID, "website": "https://hamnstad.example"}, "stat": "ok"}
    facts = read(PLATFORM, made(profile, url=f"{REST}profile.getProfile&user_id={NSID}"), KEY).facts
    assert (facts.platform_id, facts.website_link) == (PINNED, "https://hamnstad.example")
