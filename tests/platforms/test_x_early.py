"""Twitter's layouts before 2014, and its mobile pages without scripts, read."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from audits.model import Existence
from audits.platforms.x import PLATFORM
from tests.platforms.shown import kept, read

EARLY = ["mobile-profile.html", "card-profile.html", "sidebar-profile.html"]


@pytest.mark.parametrize("name", EARLY)
def test_early_layouts_say_the_same_as_later_ones(name: str) -> None:
    reading = read(PLATFORM, kept("x", name))
    facts = reading.facts
    assert (reading.existence, facts.display_name, facts.handle) == (
        Existence.PRESENT, "Hamnstads hamn", "HamnstadHamn",
    )  # fmt: skip
    assert (facts.description, facts.followers, facts.posts_count) == ("Påhittad hamn", 321, 45)
    assert (facts.website_link, facts.avatar_url) == (
        "http://hamn.hamnstad.example/", "https://pbs.twimg.com/profile_images/1/hamn_normal.png",
    )  # fmt: skip


@pytest.mark.parametrize("name", EARLY)
def test_an_early_layout_without_a_name_is_nobodys(name: str) -> None:
    page = kept("x", name)
    nameless = re.sub(rb"HamnstadHamn|fullname|\bfn\b|(?<=<title>)[^<]*", b"", page.body)
    assert read(PLATFORM, replace(page, body=nameless)).existence is Existence.UNKNOWN


@pytest.mark.parametrize(("badge", "existence"), [("verified", Existence.PRESENT), ("protected", Existence.PRIVATE)])
def test_the_badges_of_the_mobile_page_are_read(badge: str, existence: Existence) -> None:
    page = kept("x", "mobile-profile.html")
    mark = f'<a class="badge"><img src="https://ma.twimg.com/twitter-mobile/{badge}_small.gif"></a></div><span'
    reading = read(PLATFORM, replace(page, body=page.body.replace(b"</div><span", mark.encode(), 1)))
    assert (reading.existence, reading.facts.verified) == (existence, badge == "verified")


def test_a_single_post_of_2009_names_its_writer_and_is_no_profile() -> None:
    page = kept("x", "sidebar-profile.html")
    post = page.body.replace(b'class="account" id="profile"', b'class="status" id="show"')
    assert read(PLATFORM, replace(page, body=post)).existence is Existence.UNKNOWN
