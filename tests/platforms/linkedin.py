"""A page of LinkedIn's, and what is read of it."""

from __future__ import annotations

from typing import Any

from audits.model import Page, PlatformId, Reading
from audits.platforms.linkedin import PLATFORM
from tests.platforms.shown import read

KEY = "linkedin:company:hamnstads-kommun"
PINNED = PlatformId("organization", "4711")


def shown(page: Page, key: str | None = KEY, *pinned: PlatformId) -> Reading:
    return read(PLATFORM, page, key, *pinned)


def an_organization(**changes: Any) -> dict[str, Any]:
    return {
        "id": 4711, "localizedName": "Hamnstads kommun", "vanityName": "hamnstads-kommun",
        "localizedWebsite": "https://hamnstad.example", "localizedDescription": "Påhittad kommun",
        "logoV2": {"cropped": {"downloadUrl": "https://media.licdn.com/a"}}, **changes,
    }  # fmt: skip
