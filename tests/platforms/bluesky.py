"""Answers of Bluesky's open interface about an invented account: valid as they are, for a test to change one thing.

profile() · entry(day) ─▶ shown() · listed() ─▶ Reading
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from audits.model import Page, PlatformId, Reading
from audits.platforms.bluesky import PLATFORM
from tests.platforms.shown import made, read

HANDLE = "bibliotek.almestad.example"
DID = "did:plc:almestadbiblioteket23456"
KEY = f"bluesky:{HANDLE}"
PINNED = PlatformId("did", DID)
API = "https://public.api.bsky.app/xrpc"
BY_HANDLE = f"{API}/app.bsky.actor.getProfile?actor={HANDLE}"
BY_DID = f"{API}/app.bsky.actor.getProfile?actor={DID}"
FEED = f"{API}/app.bsky.feed.getAuthorFeed?actor={HANDLE}"
LATEST = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


def profile(**changes: Any) -> dict[str, Any]:
    return {
        "did": DID,
        "handle": HANDLE,
        "displayName": "Almestads bibliotek",
        "avatar": "https://cdn.bsky.example/img/avatar/plain/a@jpeg",
        "description": "Böcker, sagor\noch samtal.",
        "followersCount": 1200,
        "followsCount": 3,
        "postsCount": 329,
        "createdAt": "2023-05-11T21:21:33.660Z",
        "indexedAt": "2026-11-21T00:00:00.000Z",
        "labels": [],
        **changes,
    }


def entry(day: int, reason: str | None = None, **changes: Any) -> dict[str, Any]:
    post = {
        "uri": f"at://{DID}/app.bsky.feed.post/{day}",
        "author": {"did": DID, "handle": HANDLE, "displayName": "Almestads bibliotek"},
        "record": {"createdAt": f"2026-11-{day:02}T08:00:00.000Z"},
        "indexedAt": f"2026-11-{day:02}T08:00:01.000Z",
        **changes,
    }
    why = {"$type": f"app.bsky.feed.defs#{reason}", "indexedAt": f"2026-11-{day:02}T08:00:01.000Z"}
    return {"post": post, **({"reason": why} if reason else {})}


def shown(body: Any, url: str = BY_HANDLE, key: str | None = KEY, **changes: Any) -> Reading:
    return read(PLATFORM, body if isinstance(body, Page) else made(body, url=url, **changes), key)


def listed(*entries: dict[str, Any], url: str = FEED, key: str | None = KEY) -> Reading:
    return shown({"feed": entries}, url=url, key=key)
