"""Flickr: members and their photos.

    by address: flickr.urls.lookupUser ─▶ the number ─┐
    by number: flickr.people.getInfo ◀────────────────┘ ─▶ flickr.people.getPublicPhotos, newest first
    the public feed      the card      the page
    JSON ── person · photos · refusal · oEmbed · the feed in Flickr's own way, which may be handed to a function
    feed ── the 20 newest of a member; those of groups and tags hold other people's
    HTML ── modelExport (2014–), else meta tags: a photostream is the member's, an album or a photo only names its owner

Addresses name a member by an alias or by the number, an NSID (`12345678@N00`) whose case counts. A photo dates by its
upload and not by when it was taken.
Sources: flickr.com/services/api (flickr.people.getInfo, flickr.people.getPublicPhotos, misc.buddyicons);
soxoj/socid-extractor, schemes.py (Flickr); dajobe/flickcurl#32 (findByUsername misses living members).
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Final

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.asking import ALL, NAME, Interface, addressed, card_at, id_seen, listed_at, offer, own_page, stepwise
from audits.model import UNSEEN, AddressKind, Existence, Facts, Marker, PlatformId, Post, Reading, Route, Transport
from audits.platform import Asking, Platform, Subject, routed
from audits.reading.embedded import Json, as_count, as_list, as_object, as_text, assigned, dig, find, find_object
from audits.reading.feeds import Entry, Feed
from audits.reading.fields import moment, plain
from audits.reading.html import Document
from audits.reading.markers import Packs
from audits.reading.pages import explicit, present, seen_alive, undecided
from audits.reading.posts import latest
from audits.reading.refusals import own_words, refusal
from audits.reading.told import either, named, unless
from audits.reading.urls import path_parts, query_value
from audits.replies import Reply, reader

SITE: Final = "https://www.flickr.com"
_OWNERS: Final = f"{SITE}/photos/{{owner}}/"
_ALBUMS: Final = "albums|sets|galleries|collections"

GRAMMAR: Final = Grammar(
    platform="flickr",
    names=("flickr", "flicker", "flickrcom"),
    hosts=(Host("flickr.com", subs="m secure"), Host("flic.kr", path="short:")),
    fields={
        "owner": Field(r"[0-9]+@N[0-9]{2}|[A-Za-z0-9_-]+", lambda owner: owner if "@" in owner else lower(owner)),
        "post": Field(r"[0-9]+"),
    },
    forms=(
        Form("/services/oembed?url={target}", follow="target", notes=("oembed",)),
        Form("/search/**", AddressKind.SEARCH),
        Form("/photos/tags/{tag}/**", AddressKind.HASHTAG, url=f"{SITE}/photos/tags/{{tag}}/"),
        Form("/photos/{owner}/{post}/**", AddressKind.POST, url=f"{_OWNERS}{{post}}/", owner="{owner}"),
        Form(f"/photos/{{owner}}/{_ALBUMS}/{{album}}/**", AddressKind.OTHER, owner="{owner}", notes=("album",)),
        Form("/photos|people/{owner}/*", key="{owner}", url=_OWNERS),
        Form("/{owner}", key="{owner}", url=_OWNERS, notes=("bare-name",)),
    ),
    reserved={
        "group": "groups",
        "service": "explore services help about creativecommons commons map cameras prints account upload signin "
        "signup jobs events recent apps tools gift photos_public.gne",
    },
)


# --- what came back ---------------------------------------------------------------------------------------------------


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


def _upload(listed: Json) -> Post:
    photo = as_object(dig(listed, "data") or listed)
    posted = photo.get("dateupload") or next(find(photo.get("stats"), "datePosted"), None)
    video = photo.get("media") == "video"
    return Post(at=moment(posted), has_picture=not video, has_video=video)


_TROUBLE: Final = {Transport.NOT_PERMITTED: range(95, 101), Transport.UNREACHABLE: (105, 106)}
_STREAMS: Final = ("flickr.people.getPhotos", "flickr.people.getPublicPhotos")
_ABSENT: Final = frozenset({(1, "user not found"), (5, "user deleted")})
_NAMED: Final = re.compile(r"^nobody@flickr\.com \(\"?(.*?)\"?\)$")


def _json(reply: Reply) -> Reading | None:
    answer = reply.object
    if answer.get("stat") == "fail":
        return _refused(answer, reply)
    if answer.get("provider_name") == "Flickr":
        return _card(answer)
    if isinstance(answer.get("person"), dict):
        return present(_stated(as_object(answer["person"])))
    if isinstance(answer.get("photos"), dict):
        return _photos(as_object(answer["photos"]), reply)
    if isinstance(answer.get("items"), list):
        return _stream(_feed_in_json(answer), reply)
    looked_up = nsid(as_text(dig(answer, "user", "id")))
    name = as_text(dig(answer, "user", "username", "_content"))
    return present(Facts(display_name=either(name), platform_id=looked_up)) if looked_up else None


def _refused(answer: dict[str, Json], reply: Reply) -> Reading:
    """Codes 1 and 5 deny whom a number, or an address of no known number, was asked for; findByUsername misses many."""
    code, said = as_count(answer.get("code")) or 0, as_text(answer.get("message")) or ""
    asked, pinned = nsid(query_value(reply.page.url, "user_id")), reply.subject.id_in(NSID)
    of_them = pinned in (asked.value, None) if asked else pinned is None and _LOOKUP in reply.page.url
    if of_them and (code, said.partition(":")[0].strip(".").lower()) in _ABSENT:
        return explicit(Existence.GONE, Marker("flickr.api-no-such-user", Existence.GONE, said))
    return refusal(code, said, _TROUBLE) or undecided(own_words(said))


def _card(answer: dict[str, Json]) -> Reading:
    owner = named(answer.get("author_name"), answer.get("author_url"), _alias)
    owner = replace(owner, platform_id=either(nsid(as_text(answer.get("html")))))
    of_member = answer.get("flickr_type") == "photostream"
    return present(owner) if of_member else undecided("one_photo", facts=owner)


def _photos(listed: dict[str, Json], reply: Reply) -> Reading:
    """A member's own; what they like, and what a search or a group holds, are others'."""
    method, asked = (query_value(reply.page.url, name) for name in ("method", "user_id"))
    posts = tuple(map(_upload, as_list(listed.get("photo"))))
    owners = {nsid(as_text(dig(photo, "owner"))) for photo in as_list(listed.get("photo"))}
    owner, whole = owners.pop() if len(owners) == 1 else None, method in _STREAMS
    if owner is None or (method and not whole and nsid(asked) != owner):
        return undecided("nobodys_own", facts=Facts(posts=posts))
    first = as_count(listed.get("page")) in (None, 1)
    activity = latest(posts, reply.now, "uploads", sees_newest=whole and first)
    total = either(as_count(listed.get("total"))) if whole else UNSEEN
    return present(Facts(platform_id=owner, posts_count=total, posts=posts, activity=activity))


def _feed_in_json(answer: dict[str, Json]) -> Feed:
    """Flickr's own way to write the feed as JSON."""
    items = as_list(answer.get("items"))
    owner = next((as_text(dig(item, "author_id")) for item in items), None)
    entries = (Entry(at=moment(dig(each, "published")), author=as_text(dig(each, "author"))) for each in items)
    return Feed(url=as_text(answer.get("link")), image=owner, entries=tuple(entries))


def _feed(reply: Reply) -> Reading | None:
    return _stream(reply.feed, reply) if reply.feed else None


def _stream(feed: Feed, reply: Reply) -> Reading:
    """The feed of a member's public photos, 20 of them: its picture carries the member's number."""
    if len(path_parts(feed.url)) != 2 or path_parts(feed.url)[0] != "photos":
        return undecided("nobodys_own")
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
    models = dig(assigned(reply.document, "modelExport"), "main")
    stream = find_object(dig(models, "photostream-models"), "owner", "photoPageList")
    if stream:
        return _photostream(as_object(models), stream, reply.now)
    owner = find_object(dig(models, "set-models"), "buddyicon") or find_object(dig(models, "photo-models"), "buddyicon")
    return undecided("one_photo", facts=_shown(owner)) if owner else _of_metas(reply.document)


def _photostream(models: dict[str, Json], stream: dict[str, Json], now: datetime) -> Reading:
    owner = as_object(find_object(stream["owner"], "buddyicon"))
    listed = as_list(next(find(stream["photoPageList"], "_data"), None))
    facts = replace(
        _shown(owner),
        followers=either(as_count(next(find(models.get("person-contacts-count-models"), "followerCount"), None))),
        posts_count=either(as_count(stream.get("totalItems"))),
        activity=latest(tuple(map(_upload, listed)), now, "page", sees_newest=True),
    )
    if owner.get("isDeleted") is True:
        return explicit(Existence.GONE, Marker("flickr.is-deleted", Existence.GONE, "isDeleted"), facts)
    return present(facts)


def _of_metas(document: Document) -> Reading | None:
    owner = document.meta("flickr_photos:by")
    if owner and document.meta("og:type") in ("flickr_photos:photo", "flickr_photos:set"):
        facts = Facts(handle=either(_alias(owner)), platform_id=either(nsid(owner)))
        return undecided("one_photo", facts=facts)
    address = document.own_address
    known = nsid(document.meta("twitter:player")) or nsid(address)
    name = document.meta("og:title", "twitter:title")
    if known is None or name is None or len(path_parts(address)) != 2:
        return None
    return present(Facts(display_name=name, handle=either(_alias(address)), platform_id=known))


read: Final = reader("flickr", json=_json, xml=_feed, html=_page)


# --- how to ask -------------------------------------------------------------------------------------------------------


_REST: Final = "https://api.flickr.com/services/rest/?format=json&nojsoncallback=1&method=flickr."
_LOOKUP: Final = "method=flickr.urls.lookupUser"
_PERSON: Final = f"{_REST}people.getInfo&user_id={{items}}"
_FEED: Final = "https://api.flickr.com/services/feeds/photos_public.gne?format=atom&id={name}"
_PHOTOS: Final = f"{_REST}people.getPublicPhotos&user_id={{name}}&extras=date_upload,media&per_page=10"
_INTERFACE: Final = Interface(platform="flickr", read=read, key="flickr", newest=listed_at(_PHOTOS))


def _number(subject: Subject) -> str | None:
    """The member's number, pinned in the register or used as the key."""
    named = nsid(subject.handle)
    return subject.id_in(NSID) or (named.value if named else None)


def _looked_up(address: str, subject: Subject, packs: Packs) -> Asking:
    """The number that belongs to the address, then whose it is."""
    lookup = _INTERFACE.alone(address, f"{_REST}urls.lookupUser&url={{items}}", Route.API_BY_HANDLE)
    found = read((yield lookup), subject, packs)
    number = id_seen(found, NSID)
    if not seen_alive(found) or not number:
        return found
    person = _INTERFACE.alone(number, _PERSON, lookup.route)
    return (yield from _INTERFACE.account(person, number, subject, packs))


PLATFORM: Final = Platform(
    label="Flickr",
    grammar=GRAMMAR,
    read=read,
    routes=(
        _INTERFACE.offer(Route.API_BY_ID, _number, _PERSON),
        stepwise(Route.API_BY_HANDLE, own_page, _looked_up, key="flickr"),
        offer(Route.OPEN, read, addressed(_FEED, _number), sees=NAME | {"activity"}),
        offer(Route.OEMBED, read, card_at(f"{SITE}/services/oembed/?format=json&url="), sees=NAME),
        offer(Route.PAGE, read, own_page, sees=ALL),
    ),
    route_of=routed(
        {_LOOKUP: Route.API_BY_HANDLE, "rest": Route.API_BY_ID, "feeds": Route.OPEN, "oembed": Route.OEMBED}
    ),
    interfaces=("api.flickr.com/",),
)
