"""A little site on a host of its own, and what is read of it."""

from __future__ import annotations

from typing import Any

from audits.model import Page, Reading
from audits.platform import Subject
from audits.platforms.website import PLATFORM
from tests.platforms.shown import PACKS, kept

URL = "https://almestad.example/sommarlov"
FRONT = "https://almestad.example/"


def site(**changes: Any) -> Page:
    return kept("website", "site.html", **{"url": URL, **changes})


def shown(page: Page, url: str = URL) -> Reading:
    return PLATFORM.read(page, Subject(platform="website", url=url), PACKS)
