"""A page, and packs of signs that may be found on it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from audits.model import Existence, Page
from audits.reading.markers import (
    How,
    MarkerRule,
    Pack,
    Packs,
    Where,
)

TODAY = date(2026, 11, 3)
NOW = datetime(2026, 11, 3, tzinfo=UTC)


def a_rule(**changes: Any) -> MarkerRule:
    given = {
        "id": "test.sign",
        "means": Existence.GONE,
        "where": Where.TEXT,
        "how": How.HAS,
        "values": ("Kontot finns inte",),
        "verified_on": TODAY,
    }
    return MarkerRule(**{**given, **changes})


def a_page(html: str = "<title>Fel</title><p>Kontot finns inte längre", **changes: Any) -> Page:
    given = {"url": "https://x.example/a", "fetched_at": NOW, "body": html.encode()}
    return Page(**{**given, **changes})


def packs_with(*rules: MarkerRule, generic: tuple[MarkerRule, ...] = ()) -> Packs:
    packs = [Pack(platform="test", version="1", markers=rules), Pack(platform="generic", version="1", markers=generic)]
    return Packs(by_platform={pack.platform: pack for pack in packs}, today=TODAY)
