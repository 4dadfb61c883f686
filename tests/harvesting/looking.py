"""What the tests of the harvest share: made-up snippets and kept pages, read as the city's site.

body ─seen_on▶ sightings ─accounts▶ {key: whose}      kept(name) ─▶ sightings of tests/pages/website
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from audits.harvesting import harvest
from audits.model import Own, Sighting, SightingKind
from audits.platforms import GRAMMARS
from config.exclusions import load_exclusions
from tests.platforms.shown import made

PAGES: Final = Path(__file__).parents[1] / "pages" / "website"
CITY: Final = "https://www.almestad.example/"
EXCLUSIONS: Final = load_exclusions()
PROFILE: Final = SightingKind.PROFILE


def seen_on(body: str | bytes, url: str = CITY) -> tuple[Sighting, ...]:
    return harvest(made(body, url=url), GRAMMARS, EXCLUSIONS)


def kept(name: str, url: str = CITY) -> tuple[Sighting, ...]:
    return seen_on((PAGES / name).read_bytes(), url)


def accounts(seen: tuple[Sighting, ...]) -> dict[str, Own]:
    return {each.key or "": each.own for each in seen if each.kind is PROFILE}


def only(body: str, url: str = CITY) -> Sighting:
    """The one account that a snippet names."""
    (account,) = (each for each in seen_on(body, url) if each.kind is PROFILE)
    return account
