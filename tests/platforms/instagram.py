"""An account of Instagram's as its pages and interfaces tell it, and what is read of it."""

from __future__ import annotations

from typing import Any

from audits.model import PlatformId, Reading
from audits.platforms.instagram import PLATFORM
from tests.platforms.shown import kept, made, read

WEB = PlatformId("pk", "4400001")
GRAPH = PlatformId("graph", "17841400000000001")


def look(body: Any, **page: Any) -> Reading:
    """Read bytes, or a value that is sent as JSON."""
    return read(PLATFORM, made(body, **{"url": "", **page}), "instagram:almestadsstad")


def page_file(name: str) -> bytes:
    return kept("instagram", name).body


def a_user(**changes: Any) -> dict[str, Any]:
    """An account as the web interface writes it."""
    given = {
        "id": "4400001", "username": "almestadsstad", "full_name": "Almestads stad", "is_private": False,
        "biography": "Nyheter från Almestads stad.", "external_url": "https://almestad.example/", "is_verified": False,
        "edge_followed_by": {"count": 2045}, "profile_pic_url_hd": "https://pictures.example/large.jpg",
        "edge_owner_to_timeline_media": {"count": 2, "edges": [{"node": a_node()}, {"node": a_node(pinned=True)}]},
    }  # fmt: skip
    return {**given, **changes}


def a_node(*, pinned: bool = False) -> dict[str, Any]:
    at = 1_500_000_000 if pinned else 1_600_000_000
    return {"shortcode": "CBBBBBBBBBB", "taken_at_timestamp": at, "pinned_for_users": [{"id": "4400001"}] * pinned}


def a_discovery(**changes: Any) -> dict[str, Any]:
    """An account as Business Discovery writes it."""
    given = {
        "id": GRAPH.value, "username": "almestadsstad", "name": "Almestads stad", "followers_count": 2045,
        "media_count": 1, "media": {"data": [{"id": "1", "timestamp": "2026-11-18T08:00:00+0000"}]},
    }  # fmt: skip
    return {"business_discovery": {**given, **changes}, "id": "17841499999999999"}
