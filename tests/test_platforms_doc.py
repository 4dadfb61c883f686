"""docs/platforms.md says what the code does: its tables are held against the platforms, their packs and permissions."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from audits.model import Existence, Route, Transport
from audits.platform import Platform, RouteOffer
from audits.platforms import PLATFORMS
from audits.reading.markers import MarkerRule
from config.permissions import load_permissions
from tests.platforms.shown import ACCUSATIONS, PACKS, TODAY

TEXT: Final = (Path(__file__).parents[1] / "docs" / "platforms.md").read_text(encoding="utf-8")
PERMISSIONS: Final = load_permissions()
WORDS: Final = {
    "existence": "there",
    "identity": "same",
    "profile": "profile",
    "activity": "latest",
    "captions": "captions",
}
WAYS: Final = (frozenset({Route.API_BY_ID, Route.API_BY_HANDLE, Route.OPEN}), {Route.OEMBED}, {Route.PAGE})


def table(heading: str) -> dict[str, list[str]]:
    """The rows of the table under a heading, by their first cell."""
    section = TEXT.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line[:2] == "| "]
    return {row[0]: row[1:] for row in rows[1:] if not set(row[0]) <= {"-", " "}}


def shown(offers: list[RouteOffer]) -> str:
    seen = frozenset[str]().union(*(offer.sees for offer in offers))
    return ", ".join(word for name, word in WORDS.items() if name in seen)


def cells(platform: Platform) -> list[str]:
    """What the table must say of a platform: with a key, open to all, by its cards, on its page."""
    keyed = [offer for offer in platform.routes if offer.key]
    free = [[offer for offer in platform.routes if offer.route in way and not offer.key] for way in WAYS]
    names = ", ".join(f"`{key.upper()}`" for key in sorted({offer.key or "" for offer in keyed}))
    told = f"{shown(keyed)} ({names})" if keyed else "–"
    return [told, *(_free(platform, offers) for offers in free)]


def _free(platform: Platform, offers: list[RouteOffer]) -> str:
    closed = {route for ground in PERMISSIONS.grounds if ground.name == platform.name for route in ground.closed}
    mark = " †" if any(offer.route in closed for offer in offers) else ""
    return f"{shown(offers)}{mark}" if offers else "–"


@pytest.mark.parametrize("platform", PLATFORMS.values(), ids=lambda each: each.name)
def test_the_table_says_what_each_platform_shows_on_which_way(platform: Platform) -> None:
    assert table("What each platform shows")[platform.called("en")] == cells(platform)


def test_the_table_names_no_platform_that_is_not_read() -> None:
    labels = {platform.called("en") for platform in PLATFORMS.values()}
    assert set(table("What each platform shows")) == labels
    assert set(table("How a platform says no")) <= labels


def test_pages_that_prove_no_absence_hold_no_sign_of_one() -> None:
    """Where the table says that a page never denies an account, no marker could."""
    by_label = {platform.called("en"): platform.name for platform in PLATFORMS.values()}
    never = {by_label[label] for label, row in table("How a platform says no").items() if row[1] == "never"}
    proving = {name for name, pack in PACKS.by_platform.items() if any(map(_accuses, pack.markers))}
    assert never
    assert not never & proving


def _accuses(rule: MarkerRule) -> bool:
    return rule.may_prove(TODAY) and rule.means in ACCUSATIONS


@pytest.mark.parametrize(("heading", "values"), [("How far the look came", Transport), ("What was seen", Existence)])
def test_every_word_of_the_answer_is_explained(heading: str, values: type[Transport] | type[Existence]) -> None:
    assert [re.sub("`", "", name) for name in table(heading)] == [each.value for each in values]
