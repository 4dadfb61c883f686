"""What Vimeo's interfaces say of a member, by the names of today and of those before (2008 to 2015, and v2).

a member ─▶ present      "user … not found" ─▶ gone, where asked by the number or none is known
videos of one member ─▶ present, with the newest
oEmbed ─▶ undecided: cards are handed out even for videos that nobody may see
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Final

from audits.model import UNSEEN, Existence, Facts, Marker, PlatformId, Post, Reading, Transport
from audits.platform import Subject
from audits.reading.answer_fields import as_plain_text, number_id, or_unseen, owner_facts, read_field
from audits.reading.embedded import Json, as_count, as_list, as_object, as_text, dig, texts
from audits.reading.pages import explicit, present, undecided
from audits.reading.posts import by_day, latest
from audits.reading.refusals import own_words, refusal
from audits.reading.urls import host, path_parts
from audits.reading.written_values import moment
from audits.replies import Reply

USER: Final = "user"
_GATHERED: Final = frozenset({"appearances", "channels", "feed", "following", "groups", "likes", "watched"})
_ADDRESSES: Final = ("link", "profile_url", "profileurl")
_CONNECTED: Final = ("metadata", "connections")
_UPLOADED: Final = ("total", "total_videos_uploaded", "number_of_uploads")
_TROUBLE: Final = {Transport.NOT_PERMITTED: (401, *range(8000, 8004)), Transport.RATE_LIMITED: (9000, 9001)}
_NO_SUCH_USER: Final = re.compile(r"\buser\b.{1,40}\b(?:found|exist)", re.IGNORECASE)  # and not "the requested page"


def read_json(reply: Reply) -> Reading | None:
    answer, videos = reply.object, [as_object(each) for each in as_list(reply.value)]
    if videos and all({"user_url", "upload_date"} <= each.keys() for each in videos):
        return _first_videos(videos, reply)
    if answer.get("provider_name") == "Vimeo":
        author = owner_facts(answer.get("author_name"), answer.get("author_url"), name_in)
        return undecided("one_video", facts=author)
    if "error" in answer or "error_code" in answer:
        return _refused(answer, reply)
    person = as_object(answer.get("person")) or answer
    if id_in(as_text(person.get("uri"))) or {"videos_url", "videosurl"} & person.keys():
        return present(member_facts(person))
    if maker := as_object(answer.get("user")):
        return undecided("one_video", facts=member_facts(maker))
    return _videos(answer, reply.page.url, reply.now) if isinstance(answer.get("data"), list) else None


def _refused(answer: dict[str, Json], reply: Reply) -> Reading | None:
    status, said = reply.page.status, as_text(answer.get("error")) or ""
    if refused := refusal(as_count(answer.get("error_code")), said, _TROUBLE) or refusal(status, said, _TROUBLE):
        return refused
    said_of_user = status in (None, 404) and _NO_SUCH_USER.search(said) is not None
    if said_of_user and _asked_for_member(reply.page.url, reply.subject):
        return explicit(Marker("vimeo.api-no-such-user", Existence.GONE, said))
    return undecided(own_words(said)) if status in (None, 400, 404) else None


def _asked_for_member(url: str, subject: Subject) -> bool:
    """By its number; by its name only while no number is known, since a name may have been given up for another."""
    asked = path_parts(url)
    if host(url) != "api.vimeo.com" or len(asked) != 2 or asked[0] != "users":
        return False
    return asked[1].isdigit() or subject.id_in(USER) is None


def member_facts(member: dict[str, Json]) -> Facts:
    """A member, by the names of the interface and of those before it (2008 to 2015, and v2, which still answers)."""
    sites, sizes = texts(member.get("websites"), "link"), texts(dig(member, "pictures", "sizes"), "link")
    listed = isinstance(member.get("websites"), list) and len(sites) == len(as_list(member["websites"]))
    return Facts(
        display_name=read_field(member, as_text, "display_name", "name"),
        handle=or_unseen(next(filter(None, (name_in(as_text(member.get(key))) for key in _ADDRESSES)), None)),
        platform_id=or_unseen(id_in(as_text(member.get("uri"))) or number_id(USER, member.get("id"))),
        description=read_field(member, as_plain_text, "bio"),
        followers=or_unseen(as_count(dig(member, *_CONNECTED, "followers", "total"))),
        posts_count=read_field({**as_object(dig(member, *_CONNECTED, "videos")), **member}, as_count, *_UPLOADED),
        avatar_url=or_unseen(sizes[-1] if sizes else as_text(member.get("portrait_huge"))),
        website_link=(sites[0] if sites else None) if listed else read_field(member, as_text, "url"),
        links=tuple(sites) if listed else UNSEEN,
        created_at=read_field(member, moment, "created_time", "created_on"),
    )


def _videos(answer: dict[str, Json], asked: str, now: datetime) -> Reading:
    items = [as_object(item) for item in as_list(answer.get("data"))]
    owners = {id_in(as_text(dig(item, "user", "uri"))) for item in items}
    posts = tuple(_post(item) for item in items)
    if len(owners) != 1 or None in owners or _is_gathered(asked):
        return undecided("nobodys_own", facts=Facts(posts=posts))
    activity = latest(posts, now, "videos", sees_newest=_newest_first(asked))
    return present(replace(member_facts(as_object(items[0]["user"])), posts=posts, activity=activity))


_BESIDE_A_VIDEO: Final = {
    "id": "user_id", "name": "user_name", "profile_url": "user_url", "portrait_huge": "user_portrait_huge",
}  # fmt: skip
_OF_A_MEMBER: Final = ("videos.json",)  # /api/v2/<name>/videos.json; /likes.json and others are of other people's


def _first_videos(videos: list[dict[str, Json]], reply: Reply) -> Reading:
    """Twenty of a member's videos, as version 2 still lists them; its dates tell no zone."""
    if len({as_text(each["user_url"]) for each in videos}) > 1 or path_parts(reply.page.url)[3:] != _OF_A_MEMBER:
        return undecided("nobodys_own")
    posts = [Post(url=as_text(each.get("url")), at=moment(each["upload_date"]), has_video=True) for each in videos]
    owner = {name: videos[0][each] for name, each in _BESIDE_A_VIDEO.items() if each in videos[0]}
    return present(replace(member_facts(owner), activity=by_day(latest(posts, reply.now, "videos"))))


def _newest_first(asked: str) -> bool:
    """Whether all of a member's own were asked for by date: albums hold some of them, and other orders hide them."""
    return "sort=date" in asked and "direction=asc" not in asked and path_parts(asked)[::2] == ("users", "videos")


def _is_gathered(asked: str) -> bool:
    """Whether the list was asked for as one of what others made: liked, followed, found."""
    lists = path_parts(asked) if host(asked) == "api.vimeo.com" else ("users",)
    return lists[:1] not in (("users",), ("me",)) or not _GATHERED.isdisjoint(lists[1:])


def _post(item: dict[str, Json]) -> Post:
    tracks = as_count(dig(item, "metadata", "connections", "texttracks", "total"))
    return Post(
        url=as_text(item.get("link")),
        at=moment(item.get("release_time")) or moment(item.get("created_time")),
        has_video=True,
        has_captions=False if tracks == 0 else UNSEEN,  # what tracks there are may be machine-made
    )


# --- names and numbers in addresses -----------------------------------------------------------------------------------


_USER_PATH: Final = re.compile(r"/users/(\d{1,19})(?:[/?]|$)")
_HANDLE: Final = re.compile(r"[A-Za-z0-9_-]{2,60}")


def id_in(address: str | None) -> PlatformId | None:
    """The number in an address or uri such as /users/123."""
    found = _USER_PATH.search(address or "")
    return PlatformId(USER, found[1]) if found else None


def name_in(address: str | None) -> str | None:
    """The member's name in an address; `user123` is what Vimeo writes for those who chose none."""
    parts = path_parts(address)
    return as_handle(parts[0]) if len(parts) == 1 and host(address).endswith("vimeo.com") else None


def as_handle(text: str | None) -> str | None:
    return text if text and _HANDLE.fullmatch(text) and not text.isdigit() else None
