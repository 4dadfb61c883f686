"""PeerTube's own interface: accounts, their channels, and what either has published.

    account | channel ─▶ present
    videos            ─▶ present, with the newest publication; the address says whose list it is

PeerTube REST API reference: Accounts, Video Channels, Videos (sorted by -publishedAt). Numbers are those of the
server that answers, also for channels that live elsewhere (`isLocal: false`); `updatedAt` is a change of the profile.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from audits.model import UNSEEN, Facts, PlatformId, Post, Reading, Seen
from audits.reading.activitypub import URI
from audits.reading.embedded import Json, as_count, as_list, as_object, as_text, dig
from audits.reading.fields import links_in, moment
from audits.reading.pages import present, undecided
from audits.reading.posts import latest
from audits.reading.told import either, told
from audits.reading.urls import host, path_parts, query_value

CHANNEL: Final = "channel"
ACCOUNT: Final = "account"
_PUBLIC: Final = 1


def is_owner(value: dict[str, Json]) -> bool:
    return {"displayName", "host", "name", "url"} <= value.keys()


def is_videos(value: dict[str, Json]) -> bool:
    rows = as_list(value.get("data"))
    return "total" in value and (not rows or "shortUUID" in as_object(rows[0]) or "publishedAt" in as_object(rows[0]))


def read_owner(owner: dict[str, Json], server: str) -> Reading:
    """An account or a channel, as `server` shows it."""
    kind = CHANNEL if "ownerAccount" in owner or "/video-channels/" in str(owner.get("url")) else ACCOUNT
    return present(_facts(owner, kind, server))


def read_videos(page: dict[str, Json], address: str, now: datetime) -> Reading:
    """What an account or a channel has published; an empty list does not name its owner."""
    videos = [as_object(video) for video in as_list(page.get("data"))]
    kind = CHANNEL if "video-channels" in path_parts(address) else ACCOUNT
    owner = as_object(videos[0].get(kind)) if videos else {}
    counted = Facts(posts_count=told(page, as_count, "total"))
    if not owner:
        return undecided("a list of videos that names nobody", facts=counted)
    posts = tuple(_posts(videos))
    newest = latest(posts, now, "videos", sees_newest=_from_the_top(address, as_text(owner.get("url"))))
    facts = _facts(owner, kind, host(address))
    return present(replace(facts, posts_count=counted.posts_count, posts=posts, activity=newest))


def _from_the_top(address: str, owner_url: str | None) -> bool:
    """Whether this is the first page, newest first, of the server where the videos live."""
    newest_first = query_value(address, "sort") in {None, "-publishedAt", "-createdAt"}
    first_page = query_value(address, "start") in {None, "0"}
    return newest_first and first_page and (not address or host(address) == host(owner_url))


def _facts(owner: dict[str, Json], kind: str, server: str) -> Facts:
    name, home = as_text(owner.get("name")), as_text(owner.get("host")) or host(as_text(owner.get("url")))
    number, uri = as_count(owner.get("id")), as_text(owner.get("url"))
    return Facts(
        display_name=told(owner, as_text, "displayName"),
        handle=f"{name}@{home}" if name and home else UNSEEN,
        platform_id=PlatformId(f"{kind}@{server or home}", str(number)) if number is not None else UNSEEN,
        more_ids=(PlatformId(URI, uri),) if uri else (),
        description=told(owner, as_text, "description"),
        followers=told(owner, as_count, "followersCount"),
        avatar_url=_picture(owner, server or str(home)),
        links=told(owner, lambda support: links_in(as_text(support)), "support"),
        created_at=either(moment(owner.get("createdAt"))),
    )


def _picture(owner: dict[str, Json], server: str) -> Seen[str]:
    """The largest one; servers before 2022 give a single `avatar` with a path."""
    if "avatars" not in owner and "avatar" not in owner:
        return UNSEEN
    pictures = as_list(owner.get("avatars")) or [owner.get("avatar")]
    largest = max(pictures, key=lambda each: as_count(dig(each, "width")) or 0)
    path = as_text(dig(largest, "path"))
    return as_text(dig(largest, "fileUrl")) or (f"https://{server}{path}" if path and server else None)


def _posts(videos: list[dict[str, Json]]) -> Iterator[Post]:
    for video in videos:
        if dig(video, "privacy", "id") in (None, _PUBLIC):
            yield Post(url=as_text(video.get("url")), at=moment(video.get("publishedAt")), has_video=True)
