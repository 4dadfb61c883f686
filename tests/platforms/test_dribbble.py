"""Dribbble, read: a member by the masthead, and nothing by anything else."""

from __future__ import annotations

import pytest

from audits.model import Existence, Page, PlatformId, Reading, Transport
from audits.platforms.dribbble import PLATFORM
from tests.platforms.shown import kept, made, read


def shown(page: Page) -> Reading:
    return read(PLATFORM, page, "dribbble:hamnform")


def test_a_members_page_names_the_member() -> None:
    reading = shown(kept("dribbble", "profile.html"))
    facts = reading.facts
    assert (reading.existence, facts.display_name, facts.handle) == (Existence.PRESENT, "Hamnstads form", "hamnform")
    assert (facts.platform_id, facts.followers) == (PlatformId("user", "4711"), 1472)
    assert facts.avatar_url == "https://cdn.dribbble.com/users/4711/avatars/normal/a.png"


@pytest.mark.parametrize("name", ["login", "username"])
def test_the_interface_names_the_member(name: str) -> None:
    user = {"id": 4711, "name": "Hamnstads form", name: "hamnform", "html_url": "https://dribbble.com/hamnform"}
    facts = shown(made({**user, "followers_count": 1472, "links": {"web": "https://form.hamnstad.example/"}})).facts
    assert (facts.display_name, facts.handle, facts.followers) == ("Hamnstads form", "hamnform", 1472)
    assert (facts.platform_id, facts.website_link) == (PlatformId("user", "4711"), "https://form.hamnstad.example/")


def test_what_the_interface_does_not_find_accuses_nobody() -> None:
    reading = shown(made({"message": "404 Not Found"}, status=404))
    assert (reading.transport, reading.existence) == (Transport.OK, Existence.UNKNOWN)


def test_an_address_led_through_a_filter_names_nobody() -> None:
    page = kept("dribbble", "profile.html")
    led = page.body.replace(
        b"https://dribbble.com/hamnform", b"https://www.google.com/url?q=https%3A%2F%2Fdribbble.com"
    )
    assert shown(made(led)).transport is Transport.UNREADABLE


def test_a_shot_is_no_profile() -> None:
    assert shown(kept("dribbble", "shot.html")).transport is Transport.UNREADABLE


def test_a_refusal_is_a_block() -> None:
    reading = shown(made("Forbidden", status=403))
    assert (reading.transport, reading.existence) == (Transport.BLOCKED, Existence.UNKNOWN)
