"""Signs of an absence, each with the day on which it was last seen true."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from audits.model import Existence
from audits.reading.markers import How, MarkerRule, Pack, Packs, Where

TODAY = date(2026, 11, 22)


def a_sign(days: int = 200, **changes: Any) -> MarkerRule:
    """A sign of an absence that was last seen true so many days ago."""
    given = {
        "id": "vimeo.gone",
        "means": Existence.GONE,
        "where": Where.TEXT,
        "how": How.HAS,
        "values": ("borta",),
        "verified_on": TODAY - timedelta(days=days),
    }
    return MarkerRule(**{**given, **changes})


def packs(*signs: MarkerRule, platform: str = "vimeo") -> Packs:
    return Packs(by_platform={platform: Pack(platform=platform, version="1", markers=signs)}, today=TODAY)
