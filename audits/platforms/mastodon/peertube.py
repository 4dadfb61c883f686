"""PeerTube's own interface: accounts, their channels, and what either has published.

    account | channel  ─▶ present
    videos             ─▶ present, with the newest publication; the address says whose list it is
    channels, playlists ─▶ present, where all are one account's
    one video; videos of several accounts ─▶ undecided

PeerTube REST API reference: Accounts, Video Channels, Videos (sorted by -publishedAt). Numbers are those of the
server that answers, also for channels that live elsewhere (`isLocal: false`); `updatedAt` is a change of the profile.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from audits.model import UNSEEN, Facts, Post, Reading, Seen
from audits.reading.activitypub import URI, handle_at
from audits.reading.answer_fields import distinct_ids, number_id, or_unseen, read_field, text_id
from audits.reading.embedded import Json, as_count, as_list, as_object, as_text, dig
from audits.reading.pages import present, undecided
from audits.reading.posts import latest
from audits.reading.urls import asks_beyond, host, path_parts, query_value
from audits.reading.written_values import links_in, moment

CHANNEL: Final = "channel"
ACCOUNT: Final = "account"
_PUBLIC: Final = 1
_OF_OWNER: Final = {"displayName", "host", "name", "url"}
_OF_VIDEO: Final = {"account", "channel", "publishedAt", "uuid"}
_OF_LISTED: Final = {"shortUUID", "publishedAt", "ownerAccount"}  # videos, playlists and channels have one of them


def read_answer(answer: dict[str, Json], address: str, now: datetime) -> Reading | None:
    """What PeerTube's interface says of an account or a channel; None where it is not its answer."""
    rows = as_list(answer.get("data"))
    if "total" in answer and (not rows or not _OF_LISTED.isdisjoint(as_object(rows[0]))):
        return _list(answer, address, now)
    if answer.keys() >= _OF_VIDEO:
        return undecided("one_video", facts=_facts(as_object(answer.get("account")), ACCOUNT, host(address)))
    if not answer.keys() >= _OF_OWNER:
        return None
    kind = CHANNEL if "ownerAccount" in answer or "/video-channels/" in str(answer.get("url")) else ACCOUNT
    return present(_facts(answer, kind, host(address)))


_OWNED: Final = frozenset({"accounts", "video-channels"})  # in an address, before the name of the list's owner


def _list(page: dict[str, Json], address: str, now: datetime) -> Reading:
    """What an account or a channel has published or put together; an empty list does not name its owner."""
    rows = [as_object(row) for row in as_list(page.get("data"))]
    whose = next((part for part in path_parts(address) if part in _OWNED), "accounts" if address else "")
    if not whose and _may_be_either(rows):
        return undecided("nobodys_own")
    kind = CHANNEL if whose == "video-channels" else ACCOUNT
    owners = [_owner(row, kind) for row in rows]
    videos = _of_videos(rows, address)
    counted = Facts(posts_count=read_field(page, as_count, "total") if videos and not _leaves_out(address) else UNSEEN)
    if not owners or not owners[0]:
        return undecided("nobodys_own", facts=counted)
    if len({as_text(owner.get("url")) for owner in owners}) > 1:
        return undecided("nobodys_own")
    facts = _facts(owners[0], kind, host(address))
    if not videos:
        return present(facts)
    posts = tuple(_posts(rows))
    newest = latest(posts, now, "videos", sees_newest=_from_the_top(address, as_text(owners[0].get("url"))))
    return present(replace(facts, posts_count=counted.posts_count, posts=posts, activity=newest))


def _owner(row: dict[str, Json], kind: str) -> dict[str, Json]:
    """Whose a video, a playlist or a channel is: the two call it by two names."""
    names = ("channel", "videoChannel") if kind == CHANNEL else ("account", "ownerAccount")
    return next((owner for name in names if (owner := as_object(row.get(name)))), {})


def _may_be_either(rows: list[dict[str, Json]]) -> bool:
    """Whether an account and a channel are named, and no address says whose list it is."""
    return any(row.keys() & {"channel", "videoChannel"} for row in rows)


def _of_videos(rows: list[dict[str, Json]], address: str) -> bool:
    """Whether it is one owner's list of videos: not the server's, nor what a search found."""
    parts = path_parts(address)
    owned = not parts or not _OWNED.isdisjoint(parts)
    return owned and all("publishedAt" in row for row in rows) and (bool(rows) or parts[-1:] == ("videos",))


_OF_PAGES: Final = frozenset({"start", "count", "sort", "skipCount"})


def _leaves_out(address: str) -> bool:
    """Whether the list was asked for some of the videos alone: live ones, those of a tag, a language or a search."""
    return asks_beyond(address, _OF_PAGES)


def _from_the_top(address: str, owner_url: str | None) -> bool:
    """Whether this is the first page of all, newest first, of the server where the videos live."""
    newest_first = query_value(address, "sort") in {None, "-publishedAt", "-createdAt"}
    first_page = query_value(address, "start") in {None, "0"}
    at_home = not address or host(address) == host(owner_url)
    return newest_first and first_page and at_home and not _leaves_out(address)


def _facts(owner: dict[str, Json], kind: str, server: str) -> Facts:
    name, home = as_text(owner.get("name")), as_text(owner.get("host")) or host(as_text(owner.get("url")))
    return Facts(
        display_name=read_field(owner, as_text, "displayName"),
        handle=handle_at(home, name),
        platform_id=or_unseen(number_id(f"{kind}@{server or home}", owner.get("id"))),
        more_ids=distinct_ids(text_id(URI, owner.get("url"))),
        description=read_field(owner, as_text, "description"),
        followers=read_field(owner, as_count, "followersCount"),
        avatar_url=_picture(owner, server or str(home)),
        links=read_field(owner, lambda support: links_in(as_text(support)), "support"),
        created_at=or_unseen(moment(owner.get("createdAt"))),
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
        if as_count(dig(video, "privacy", "id")) in (None, _PUBLIC):
            yield Post(url=as_text(video.get("url")), at=moment(video.get("publishedAt")), has_video=True)
