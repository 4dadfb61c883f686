"""Dribbble, read: a member by the masthead, and nothing by anything else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from audits.model import Existence, Page, PlatformId, Reading, Transport
from audits.platforms.dribbble import PLATFORM
from tests.corpus import recordings
from tests.platforms.shown import ACCUSATIONS, disagreements, kept, made, mangled, read


def shown(page: Page) -> Reading:
    return read(PLATFORM, page, "dribbble:hamnform")


def test_a_members_page_names_the_member() -> None:
    reading = shown(kept("dribbble", "profile.html"))
    facts = reading.facts
    assert (reading.existence, facts.display_name, facts.handle) == (Existence.PRESENT, "Hamnstads form", "hamnform")
    assert (facts.platform_id, facts.followers) == (PlatformId("user", "4711"), 1472)
    assert facts.avatar_url == "https://cdn.dribbble.com/users/4711/avatars/normal/a.png"


def test_a_shot_is_no_profile() -> None:
    assert shown(kept("dribbble", "shot.html")).transport is Transport.UNREADABLE


def test_a_refusal_is_a_block() -> None:
    reading = shown(made("Forbidden", status=403))
    assert (reading.transport, reading.existence) == (Transport.BLOCKED, Existence.UNKNOWN)


@given(st.binary(max_size=300))
def test_no_bytes_accuse_anybody(body: bytes) -> None:
    assert shown(made(body)).existence not in ACCUSATIONS


def test_a_damaged_page_accuses_nobody() -> None:
    body = kept("dribbble", "profile.html").body
    assert all(shown(made(each, status=404)).existence not in ACCUSATIONS for each in mangled(body))


def test_recorded_pages_say_what_people_read_in_them() -> None:
    for recording in recordings("dribbble"):
        reading = read(PLATFORM, recording.page())
        assert disagreements(recording, reading) == []
        assert reading.existence not in ACCUSATIONS
