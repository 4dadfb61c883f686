"""SoundCloud's accounts and tracks, as its pages and interfaces write them alike.

    {"kind": "user"} · a list of tracks · oEmbed · meta tags ─▶ Facts

Field names as in TeamNewPipe/NewPipeExtractor, SoundcloudParsingHelper.java, and yt-dlp, soundcloud.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from audits.model import UNSEEN, Activity, Facts, PlatformId, Post, Seen
from audits.reading.embedded import Json, as_count, as_object, as_text, dig
from audits.reading.fields import moment
from audits.reading.posts import latest
from audits.reading.told import as_flag, either, told, unless

USER: Final = "user"
_NO_PICTURE: Final = ("default_avatar",)
_NAME = re.compile(r"[\w-]{1,100}")
_USER_NUMBER = re.compile(r"users(?::|%3A|/|%2F)(?:soundcloud(?::|%3A)users(?::|%3A))?(\d{1,19})(?!\d)")


def user_id(value: Json) -> PlatformId | None:
    number = as_count(value)
    return PlatformId(USER, str(number)) if number else None


def id_in(address: str | None) -> PlatformId | None:
    """The number in an address or urn: users:123, api.soundcloud.com/users/123."""
    found = _USER_NUMBER.search(address or "")
    return PlatformId(USER, found[1]) if found else None


def _handle(value: Json) -> str | None:
    """A name of the form that names have: what a broken answer leaves of one is nobody's."""
    name = as_text(value)
    return name if name and _NAME.fullmatch(name) else None


def is_user(value: Json) -> bool:
    return dig(value, "kind") == "user" and as_text(dig(value, "permalink")) is not None


def facts_of(user: dict[str, Json]) -> Facts:
    """What a user object states. `last_modified` is left out: it is the profile's, not the newest track's."""
    return Facts(
        display_name=told(user, as_text, "username"),
        handle=either(_handle(user.get("permalink"))),
        platform_id=user_id(user.get("id")) or UNSEEN,
        description=told(user, as_text, "description"),
        followers=told(user, as_count, "followers_count"),
        posts_count=told(user, as_count, "track_count"),
        avatar_url=unless(told(user, as_text, "avatar_url"), _NO_PICTURE),
        website_link=told(user, as_text, "website"),
        verified=told(user, as_flag, "verified"),
        created_at=told(user, moment, "created_at"),
    )


def owner_of(track: Json) -> Facts:
    """The owner, as a track names them: without the words that only profiles hold."""
    user = as_object(dig(track, "user"))
    return Facts(
        display_name=told(user, as_text, "username"),
        handle=either(_handle(user.get("permalink"))),
        platform_id=user_id(user.get("id")) or UNSEEN,
        followers=told(user, as_count, "followers_count"),
        avatar_url=unless(told(user, as_text, "avatar_url"), _NO_PICTURE),
        verified=told(user, as_flag, "verified"),
    )


def newest(tracks: Sequence[Json], now: datetime) -> Seen[Activity]:
    """The newest upload. `display_date` is the release that the label names; `created_at` the upload."""
    posts = [Post(url=as_text(dig(each, "permalink_url")), at=moment(dig(each, "created_at"))) for each in tracks]
    return latest(posts, now, "tracks", sees_newest=True)
