"""Flickr: whatever came back for a member, read by what it is.

    JSON ── person · photos · refusal · oEmbed · the feed in Flickr's own way
    feed ── the 20 newest of a member; those of groups and tags hold other people's
    HTML ── modelExport (2014–), else meta tags: a photostream is the member's, an album or a photo only names its owner

A photo dates by its upload and not by when it was taken.
Sources: flickr.com/services/api (flickr.people.getInfo, flickr.people.getPublicPhotos, misc.buddyicons);
soxoj/socid-extractor, schemes.py (Flickr).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Final

from audits.model import UNSEEN, Existence, Facts, Marker, PlatformId, Post, Reading, Transport
from audits.reading.embedded import (
    Json,
    as_count,
    as_list,
    as_object,
    as_text,
    assigned,
    dig,
    find,
    find_object,
    try_loads,
)
from audits.reading.feeds import Entry, Feed
from audits.reading.fields import moment, plain
from audits.reading.html import Document
from audits.reading.pages import explicit, present, undecided
from audits.reading.posts import latest
from audits.reading.refusals import refusal
from audits.reading.told import either, named, unless
from audits.reading.urls import path_parts, query_value
from audits.replies import Reply, reader

NSID: Final = "nsid"
_NSID: Final = re.compile(r"(?<!\d)\d{3,15}@N\d{2}(?!\d)")
_NO_PICTURE: Final = ("images/buddyicon.gif", "images/buddyicon.jpg")


def nsid(text: str | None) -> PlatformId | None:
    """The first member's number in a text."""
    found = _NSID.search((text or "").replace("%40", "@"))
    return PlatformId(NSID, found[0]) if found else None


def _alias(address: str | None) -> str | None:
    """The member's chosen name in /photos/name/ or /people/name/; None for a number, albums and single photos."""
    parts = path_parts(address)
    named = parts[1] if len(parts) == 2 and parts[0] in ("photos", "people") else None
    return named if named and not _NSID.fullmatch(named) else None


def _shown(person: dict[str, Json]) -> Facts:
    """A member as the pages' own models hold them."""
    icon = as_text(dig(person, "buddyicon", "retina")) or as_text(dig(person, "buddyicon", "default"))
    return Facts(
        display_name=either(as_text(person.get("username")) or as_text(person.get("realname"))),
        handle=either(as_text(person.get("pathAlias"))),
        platform_id=either(nsid(as_text(person.get("id")) or as_text(person.get("nsid")))),
        avatar_url=unless(either(f"https:{icon}" if icon and icon.startswith("//") else icon), _NO_PICTURE),
        created_at=either(moment(person.get("dateCreated"))),
    )


def _stated(person: dict[str, Json]) -> Facts:
    """A member as flickr.people.getInfo states them; texts stand under `_content`."""
    said = {name: _content(value) for name, value in person.items()}
    number = nsid(as_text(person.get("nsid")) or as_text(person.get("id")))
    return Facts(
        display_name=either(as_text(said.get("username")) or as_text(said.get("realname"))),
        handle=either(as_text(person.get("path_alias")) or _alias(as_text(said.get("photosurl")))),
        platform_id=either(number),
        description=plain(as_text(said["description"])) if "description" in said else UNSEEN,
        posts_count=either(as_count(_content(dig(person, "photos", "count")))),
        avatar_url=_icon(person, number) if "iconserver" in person else UNSEEN,
    )


def _content(value: Json) -> Json:
    return dig(value, "_content") if isinstance(value, dict) else value


def _icon(person: dict[str, Json], member: PlatformId | None) -> str | None:
    """The address rule of flickr.com/services/api/misc.buddyicons.html; server 0 means that there is none."""
    server, farm = as_count(person["iconserver"]), as_count(person.get("iconfarm"))
    return f"https://farm{farm}.staticflickr.com/{server}/buddyicons/{member.value}.jpg" if server and member else None


def _uploads(photos: Iterable[Json]) -> tuple[Post, ...]:
    """Photos in the order listed."""
    return tuple(_upload(as_object(dig(photo, "data") or photo)) for photo in photos)


def _upload(photo: dict[str, Json]) -> Post:
    posted = photo.get("dateupload") or next(find(photo.get("stats"), "datePosted"), None)
    video = photo.get("media") == "video"
    return Post(at=moment(posted), has_picture=not video, has_video=video)


# --- what the interface, cards and feeds say --------------------------------------------------------------------------


_TROUBLE: Final = {
    **dict.fromkeys((95, 96, 97, 98, 99, 100), Transport.NOT_PERMITTED),
    **dict.fromkeys((105, 106), Transport.UNREACHABLE),
}
_ABSENT: Final = frozenset({(1, "user not found"), (5, "user deleted")})
_WRAPPED: Final = re.compile(r"\s*jsonFlickr(?:Feed|Api)\((.*)\)\s*;?\s*", re.DOTALL)
_NAMED: Final = re.compile(r"^nobody@flickr\.com \(\"?(.*?)\"?\)$")


def _json(reply: Reply) -> Reading | None:
    return _told(reply.object, reply)


def _told(answer: dict[str, Json], reply: Reply) -> Reading | None:
    if answer.get("stat") == "fail":
        return _refused(answer, reply)
    if answer.get("provider_name") == "Flickr":
        return _card(answer)
    if isinstance(answer.get("person"), dict):
        return present(_stated(as_object(answer["person"])))
    if isinstance(answer.get("photos"), dict):
        return _photos(as_object(answer["photos"]), reply.now)
    if isinstance(answer.get("items"), list):
        return _stream(_feed_in_json(answer), reply)
    looked_up = nsid(as_text(dig(answer, "user", "id")))
    name = as_text(dig(answer, "user", "username", "_content"))
    return present(Facts(display_name=either(name), platform_id=looked_up)) if looked_up else None


def _refused(answer: dict[str, Json], reply: Reply) -> Reading:
    """Codes 1 and 5 say that there is no such member; asked by an address, they may have taken another name since."""
    code, said = as_count(answer.get("code")) or 0, as_text(answer.get("message")) or "an error"
    by_number = nsid(query_value(reply.page.url, "user_id")) is not None
    absent = (code, said.partition(":")[0].strip(".").lower()) in _ABSENT
    if absent and (by_number or reply.subject.id_in(NSID) is None):
        return explicit(Existence.GONE, Marker("flickr.api-no-such-user", Existence.GONE, said))
    return refusal(code, said, _TROUBLE) or undecided(said)


def _card(answer: dict[str, Json]) -> Reading:
    owner = named(answer.get("author_name"), answer.get("author_url"), _alias)
    owner = replace(owner, platform_id=either(nsid(as_text(answer.get("html")))))
    if answer.get("flickr_type") == "photostream":
        return present(owner)
    return undecided("the card of a photo", facts=owner)


def _photos(listed: dict[str, Json], now: datetime) -> Reading:
    photos = as_list(listed.get("photo"))
    owners = {as_text(dig(photo, "owner")) for photo in photos}
    posts = _uploads(photos)
    if len(owners) != 1:
        return undecided("photos of several members, or of none", facts=Facts(posts=posts))
    facts = Facts(
        platform_id=either(nsid(owners.pop())),
        posts_count=either(as_count(listed.get("total"))),
        posts=posts,
        activity=latest(posts, now, "uploads", sees_newest=True),
    )
    return present(facts)


def _feed_in_json(answer: dict[str, Json]) -> Feed:
    """Flickr's own way to write the feed as JSON."""
    items = as_list(answer.get("items"))
    owner = next((as_text(dig(item, "author_id")) for item in items), None)
    return Feed(url=as_text(answer.get("link")), image=owner, entries=tuple(_entry(item) for item in items))


def _entry(item: Json) -> Entry:
    return Entry(None, None, None, moment(dig(item, "published")), as_text(dig(item, "author")))


def _feed(reply: Reply) -> Reading | None:
    return _stream(reply.feed, reply) if reply.feed else None


def _stream(feed: Feed, reply: Reply) -> Reading:
    """The feed of a member's public photos, 20 of them: its picture carries the member's number."""
    if len(path_parts(feed.url)) != 2 or path_parts(feed.url)[0] != "photos":
        return undecided("a feed of no one member")
    author = feed.entries[0].author if feed.entries else None
    posts = [Post(at=entry.at) for entry in feed.entries]
    facts = Facts(
        display_name=either(_NAMED.sub(r"\1", author) if author else None),
        handle=either(_alias(feed.url)),
        platform_id=either(nsid(feed.image) or nsid(query_value(reply.page.url, "id")) or nsid(feed.url)),
        activity=latest(posts, reply.now, "feed", sees_newest=True),
    )
    return present(facts)


def _page(reply: Reply) -> Reading | None:
    document = reply.document
    wrapped = _WRAPPED.fullmatch(reply.text) if "jsonFlickr" in reply.text[:40] else None
    if wrapped:
        return _told(as_object(try_loads(wrapped[1])), reply)
    models = dig(assigned(document, "modelExport"), "main")
    stream = find_object(dig(models, "photostream-models"), "owner", "photoPageList")
    if stream:
        return _photostream(as_object(models), stream, reply.now)
    owner = find_object(dig(models, "set-models"), "buddyicon") or find_object(dig(models, "photo-models"), "buddyicon")
    if owner:
        return undecided("an album or a photo", facts=_shown(owner))
    return _of_metas(document)


def _photostream(models: dict[str, Json], stream: dict[str, Json], now: datetime) -> Reading:
    owner = as_object(find_object(stream["owner"], "buddyicon"))
    posts = _uploads(as_list(dig(find_object(stream["photoPageList"], "_data"), "_data")))
    facts = replace(
        _shown(owner),
        followers=either(as_count(next(find(models.get("person-contacts-count-models"), "followerCount"), None))),
        posts_count=either(as_count(stream.get("totalItems"))),
        activity=latest(posts, now, "page", sees_newest=True),
    )
    if owner.get("isDeleted") is True:
        return explicit(Existence.GONE, Marker("flickr.is-deleted", Existence.GONE, "isDeleted"), facts)
    return present(facts)


def _of_metas(document: Document) -> Reading | None:
    owner = document.meta("flickr_photos:by")
    if owner and document.meta("og:type") in _OF_ONE_MEMBER:
        facts = Facts(handle=either(_alias(owner)), platform_id=either(nsid(owner)))
        return undecided("an album or a photo", facts=facts)
    address = document.own_address
    known = nsid(document.meta("twitter:player")) or nsid(address)
    name = document.meta("og:title", "twitter:title")
    if known is None or name is None or len(path_parts(address)) != 2:
        return None
    return present(Facts(display_name=name, handle=either(_alias(address)), platform_id=known))


_OF_ONE_MEMBER: Final = ("flickr_photos:photo", "flickr_photos:set")


read: Final = reader("flickr", json=_json, xml=_feed, html=_page)
