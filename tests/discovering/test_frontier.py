"""Where a walk goes next, and where it never goes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audits.discovering.frontier import Guide, Role, Spot, linked, listed, sitemaps_of, starts
from audits.discovering.plan import Plan, Site, as_json, from_json
from audits.discovering.traps import Most, room
from tests.builders import NIGHT
from tests.discovering.guides import FRONT, GUIDE, PLAN


def leads(link: str, depth: int = 0, guide: Guide = GUIDE) -> list[str]:
    return [spot.url for spot in linked([link], FRONT, depth, guide, NIGHT)]


def test_a_walk_sets_out_from_every_declared_site():
    assert starts(PLAN) == (Spot(FRONT, 0), Spot("https://skolan.example/", 0))


@pytest.mark.parametrize(
    "link",
    [
        "https://almestad.example/kultur",
        "https://bibliotek.almestad.example/",
        "https://skolan.example/",
        "https://www.skolan.example/kontakt",
        "/kultur",
    ],
)
def test_what_lies_on_the_citys_sites_is_asked_for(link: str):
    assert len(leads(link)) in (1, 2)


@pytest.mark.parametrize(
    "link",
    [
        "https://evilalmestad.example/", "https://almestad.example.other.example/", "https://kartor.almestad.example/",
        "https://djupt.kartor.almestad.example/", f"{FRONT}arkiv/1998", "https://elev.skolan.example/",
        "mailto:a@b.example",
    ],
)  # fmt: skip
def test_what_does_not_is_not(link: str):
    assert leads(link) == []


@pytest.mark.parametrize(
    "link",
    [
        "/rapport.pdf", "/LOGGA-IN", "/minasidor/start", "/sok?sort=datum", "/nyhet?replytocom=7", "/wp-json/oembed",
        "/kalender/2031/05", "/kalender?manad=2028-01", "/a/b/a/b/a/b", "/" + "/".join("abcdefghijklmno"),
    ],
)  # fmt: skip
def test_files_actions_and_round_trips_are_left_out_with_a_reason(link: str):
    assert leads(link) == []
    assert GUIDE.traps.refusal(f"https://www.almestad.example{link}", NIGHT)


def test_a_walk_goes_no_deeper_than_it_may():
    assert leads("/kultur", depth=1)
    assert leads("/kultur", depth=2) == []


def test_the_front_page_of_a_new_host_is_asked_for_as_well():
    assert leads("https://bibliotek.almestad.example/om/oss") == [
        "https://bibliotek.almestad.example/om/oss",
        "https://bibliotek.almestad.example/",
    ]


def test_a_link_that_forgot_the_s_leads_to_the_same_page():
    assert leads("http://www.almestad.example/kultur") == ["https://www.almestad.example/kultur"]
    plain = replace(GUIDE, plan=Plan(sites=(Site(url="http://almestad.example/"),)))
    assert leads("http://almestad.example/kultur", guide=plain)[0] == "http://almestad.example/kultur"


def test_what_a_robots_file_names_comes_before_the_usual_place():
    front = Spot(FRONT, 0)
    assert [each.url for each in sitemaps_of(front, (), GUIDE)] == [f"{FRONT}sitemap.xml"]
    assert [each.url for each in sitemaps_of(front, [f"{FRONT}karta.xml"], GUIDE)] == [f"{FRONT}karta.xml"]
    assert sitemaps_of(Spot(f"{FRONT}kultur", 1), (), GUIDE) == ()


def test_what_a_site_lists_is_wanted_whatever_its_shape():
    pages, further = ["/kalender/2026/11/03", "/dok.pdf"], ["/b.xml.gz"]
    spots = listed(pages, further, FRONT, GUIDE, NIGHT)
    assert [(spot.url, spot.role, spot.shape) for spot in spots] == [
        (f"{FRONT}kalender/2026/11/03", Role.PAGE, None),
        (f"{FRONT}b.xml.gz", Role.SITEMAP, None),
    ]


@pytest.mark.parametrize(
    ("path", "shape", "most"),
    [
        ("kultur", None, None),
        ("nyheter/2026/11/ny-bro", "nyheter/0/0/ny-bro", Most().numbers),
        ("kalender/2026/11/03", "kalender/0/0/0", Most().dates),
        ("dag/2026-11-03", "dag/0-0-0", Most().dates),
        ("artikel/81221", "artikel/0", Most().numbers),
        ("sok?q=bad&sida=2", "sok?", Most().queries),
    ],
)
def test_addresses_of_one_kind_have_one_shape(path: str, shape: str | None, most: int | None):
    found = GUIDE.traps.shape(f"{FRONT}{path}")
    assert (found and found.text, found and found.most) == (shape and f"www.almestad.example/{shape}", most)


def test_there_is_room_for_so_many_of_a_shape_and_no_more():
    shape = GUIDE.traps.shape(f"{FRONT}sok?q=bad")
    assert shape is not None
    assert room({shape.text: shape.most - 1}, shape)
    assert not room({shape.text: shape.most}, shape)
    assert room({}, None)


def test_a_plan_comes_back_from_its_walk_as_it_was():
    assert from_json(as_json(PLAN)) == PLAN


def test_unchanged_pages_are_read_again_only_when_what_is_read_of_them_changed():
    assert replace(GUIDE, plan=replace(PLAN, limits=replace(PLAN.limits, pages=7))).reading == GUIDE.reading
    assert replace(GUIDE, plan=replace(PLAN, sites=PLAN.sites[:1])).reading != GUIDE.reading
    assert replace(GUIDE, exclusions=GUIDE.exclusions[1:]).reading != GUIDE.reading
