"""One official page, harvested: what `kanalkoll harvest` answers.

address, headers, body ─▶ Page ─▶ sightings ─▶ lines {"url", "platform", "key", "kind", "found_in", "own", "why"}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from audits.harvesting import Exclusions, harvest
from audits.model import Page, Sighting
from audits.platforms import GRAMMARS


def harvest_page(page: Page, exclusions: Exclusions) -> Iterator[dict[str, Any]]:
    """One line for each address and kind, in the order in which the page names them."""
    return (line_of(each) for each in harvest(page, GRAMMARS, exclusions))


def line_of(sighting: Sighting) -> dict[str, Any]:
    """A sighting by the names in the command's contract."""
    return {
        "url": sighting.url,
        "platform": sighting.platform,
        "key": sighting.key,
        "kind": sighting.kind.value,
        "found_in": sighting.place,
        "own": sighting.own.value,
        "why": sighting.why,
    }
