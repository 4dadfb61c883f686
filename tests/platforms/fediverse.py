"""Answers of an invented server of the fediverse: valid as they are, for a test to change one thing.

FINGER (of WebFinger) · account() · status(day) · actor() · channel() · video(day) ─▶ shown() ─▶ Reading
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from audits.model import Page, Reading
from audits.platform import Subject
from audits.platforms.mastodon import PLATFORM
from tests.platforms.shown import made, read

HOST = "social.almestad.example"
HANDLE = f"biblioteket@{HOST}"
KEY = f"mastodon:{HANDLE}"
URI = f"https://{HOST}/users/biblioteket"
LOOKUP = f"https://{HOST}/api/v1/accounts/lookup?acct=biblioteket"
SUBJECT = Subject(platform="mastodon", key=KEY, url=f"https://{HOST}/@biblioteket")
FINGER = {"subject": f"acct:{HANDLE}", "links": [{"rel": "self", "type": "application/activity+json", "href": URI}]}
LATEST = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


def account(**changes: Any) -> dict[str, Any]:
    given = {
        "id": "1207",
        "username": "biblioteket",
        "acct": "biblioteket",
        "display_name": "Almestads bibliotek",
        "locked": False,
        "created_at": "2022-11-07T00:00:00.000Z",
        "note": "<p>Böcker, <span>sagor</span></p><p>och samtal.</p>",
        "url": f"https://{HOST}/@biblioteket",
        "uri": URI,
        "avatar": "https://files.almestad.example/avatars/bibl.png",
        "followers_count": 1200,
        "statuses_count": 262,
        "last_status_at": "2026-11-20",
        "fields": [
            {"name": "Kod", "value": '<a href="https://kod.example/almestad">kod.example</a>', "verified_at": None},
            {"name": "Webb", "value": '<a href="https://almestad.example/bibliotek">almestad.example</a>',
             "verified_at": "2023-01-01T00:00:00.000Z"},
        ],
    }  # fmt: skip
    return {**given, **changes}


def status(day: int, **changes: Any) -> dict[str, Any]:
    return {
        "id": str(day),
        "created_at": f"2026-11-{day:02}T08:00:00.000Z",
        "url": f"https://{HOST}/@biblioteket/{day}",
        "account": account(),
        "reblog": None,
        "media_attachments": [],
        **changes,
    }


def actor(**changes: Any) -> dict[str, Any]:
    return {
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": URI,
        "type": "Organization",
        "preferredUsername": "biblioteket",
        "name": "Almestads bibliotek",
        "summary": "<p>Böcker, sagor</p>",
        "url": f"https://{HOST}/@biblioteket",
        "inbox": f"{URI}/inbox",
        "outbox": f"{URI}/outbox",
        "icon": {"type": "Image", "url": "https://files.almestad.example/avatars/bibl.png"},
        "attachment": [
            {"type": "PropertyValue", "name": "Webb", "value": '<a href="https://almestad.example/bibliotek">a</a>'}
        ],
        "published": "2022-11-07T00:00:00Z",
        **changes,
    }


def channel(**changes: Any) -> dict[str, Any]:
    return {
        "id": 12,
        "name": "filmer",
        "host": HOST,
        "displayName": "Almestads filmer",
        "url": f"https://{HOST}/video-channels/filmer",
        "description": "Staden på film.",
        "followersCount": 30,
        "avatars": [{"width": 48, "path": "/liten.png"}, {"width": 120, "path": "/stor.png"}],
        "ownerAccount": {"name": "staden"},
        **changes,
    }


def video(day: int, **changes: Any) -> dict[str, Any]:
    return {
        "shortUUID": str(day),
        "url": f"https://{HOST}/w/{day}",
        "publishedAt": f"2026-11-{day:02}T08:00:00.000Z",
        "privacy": {"id": 1},
        "channel": channel(),
        "account": channel(id=3, name="staden", displayName="Almestads stad", url=f"https://{HOST}/accounts/staden"),
        **changes,
    }


def shown(body: Any, url: str = LOOKUP, **changes: Any) -> Reading:
    page = body if isinstance(body, Page) else made(body, url=url, **changes)
    return read(PLATFORM, page, KEY)


GONE = {"error": "Record not found"}
