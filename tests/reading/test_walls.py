"""A wall is "could not see": known by its own signs, while a living page that carries the same tags is let through."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from audits.model import Existence, Page, Reading, Transport
from audits.reading.answer import Answer
from audits.reading.markers import is_transport
from audits.reading.pages import read_answer, undecided
from config.markers import load_packs
from tests.corpus import recordings
from tests.reading.shown import HOME, Shown
from tests.reading.walls import LIVING, NOTICE, WALLS

NOW = datetime(2026, 11, 3, tzinfo=UTC)
PACKS = load_packs(NOW.date())
LET_THROUGH = "no wall"


def read(shown: Shown) -> Reading:
    page = Page(
        url=HOME,
        final_url=shown.landed,
        fetched_at=NOW,
        status=shown.status,
        headers=shown.headers,
        body=shown.html.encode(),
    )
    return read_answer(page, "generic", PACKS, look_last)


def look_last(_answer: Answer) -> Reading | None:
    return None


CASES = [
    (transport, marker, page)
    for transport, by_marker in WALLS.items()
    for marker, pages in by_marker.items()
    for page in pages
]


@pytest.mark.parametrize(("transport", "marker", "shown"), CASES, ids=[marker for _, marker, _ in CASES])
def test_a_wall_is_known_for_what_it_is(transport: Transport, marker: str, shown: Shown) -> None:
    reading = read(shown)
    assert (reading.transport, [found.id for found in reading.markers]) == (transport, [marker])
    assert reading.existence is Existence.UNKNOWN


def test_every_shipped_sign_of_a_wall_has_a_page_here() -> None:
    shipped = {rule.id for rule in PACKS.by_platform["generic"].markers}
    assert shipped == {marker for by_marker in WALLS.values() for marker in by_marker}


def test_the_generic_pack_knows_walls_only() -> None:
    """What becomes of an account is said by its own platform, never by a word that any site may show."""
    assert all(is_transport(rule) for rule in PACKS.by_platform["generic"].markers)


@pytest.mark.parametrize("name", sorted(LIVING))
def test_a_living_page_that_carries_a_guards_tag_is_let_through(name: str) -> None:
    reading = read(LIVING[name])
    assert not reading.markers


@pytest.mark.parametrize("name", ["datadome-captcha-in-settings", "incapsula-sensor", "article-about-robots"])
def test_it_is_its_words_that_let_such_a_page_through(name: str) -> None:
    bare = Shown(html=LIVING[name].html.replace(NOTICE, ""))
    assert read(bare).transport is Transport.BLOCKED


EXPECTED = {"blocked": Transport.BLOCKED, "consent": Transport.CONSENT, "login_wall": Transport.WALLED}


def test_recorded_walls_of_no_platform_are_known() -> None:
    for each in recordings("challenge", "other"):
        if each.label in EXPECTED:
            reading = read_answer(each.page(), "generic", PACKS, look_last)
            assert reading.transport is EXPECTED[each.label], each.file


def test_no_recorded_living_page_of_a_site_meets_a_wall() -> None:
    for each in recordings("website", "blog", "tumblr", "telegram", "bluesky"):
        reading = read_answer(each.page(), "generic", PACKS, lambda _answer: None)
        assert not reading.markers, each.file


def test_the_recorded_article_with_a_guards_tag_is_let_through() -> None:
    tagged = [each for each in recordings("challenge") if "live" in each.file]
    assert tagged
    for each in tagged:
        reading = read_answer(each.page(), "generic", PACKS, lambda _answer: undecided(LET_THROUGH))
        assert reading.reason == LET_THROUGH
        assert not read_answer(each.page(), "generic", PACKS, look_last).markers
