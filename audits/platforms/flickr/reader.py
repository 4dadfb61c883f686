"""Flickr: whatever came back for a member, read by what it is.

REST person · photos · refusal ─ oEmbed ─ feed in JSON, RSS or Atom
page ─▶ modelExport, else meta tags: a photostream is the member's, an album or a photo only names its owner
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from audits.model import Existence, Facts, Marker, Page, PlatformId, Post, Reading, Transport
from audits.platform import Subject
from audits.platforms.flickr.accounts import NSID, alias_in, nsid, of_model, of_rest, uploads
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
from audits.reading.feeds import Feed, read_feed
from audits.reading.fields import moment
from audits.reading.html import Document
from audits.reading.markers import Packs
from audits.reading.pages import Answer, explicit, present, read_answer, undecided
from audits.reading.posts import latest
from audits.reading.told import either
from audits.reading.urls import path_parts, query_value

_WRAPPED = re.compile(r"\s*jsonFlickr(?:Feed|Api)\((.*)\)\s*;?\s*", re.DOTALL)


def read(page: Page, subject: Subject, packs: Packs) -> Reading:
    """What the page says of the member. Raises nothing on any page."""

    def look(answer: Answer) -> Reading | None:
        wrapped = _WRAPPED.fullmatch(answer.text) if "jsonFlickr" in answer.text[:40] else None
        if wrapped or answer.looks_like_json:
            return _json(as_object(try_loads(wrapped[1] if wrapped else answer.text)), page, subject)
        if answer.looks_like_xml:
            return _feed(read_feed(answer.text), page)
        return _html(answer.document, page)

    return read_answer(page, "flickr", packs, look)


def _json(answer: dict[str, Json], page: Page, subject: Subject) -> Reading | None:
    if answer.get("stat") == "fail":
        return _refused(answer, page, subject)
    if answer.get("provider_name") == "Flickr":
        return _card(answer)
    if isinstance(answer.get("person"), dict):
        return present(of_rest(as_object(answer["person"])))
    if isinstance(answer.get("photos"), dict):
        return _photos(as_object(answer["photos"]), page)
    if isinstance(answer.get("items"), list):
        return _feed_in_json(answer, page)
    looked_up = nsid(as_text(dig(answer, "user", "id")))
    name = as_text(dig(answer, "user", "username", "_content"))
    return present(Facts(display_name=either(name), platform_id=looked_up)) if looked_up else None


_TROUBLE: Final = {
    **dict.fromkeys((95, 96, 97, 98, 99, 100), Transport.NOT_PERMITTED),
    105: Transport.UNREACHABLE,
    106: Transport.UNREACHABLE,
}


_ABSENT: Final = frozenset({(1, "user not found"), (5, "user deleted")})


def _refused(answer: dict[str, Json], page: Page, subject: Subject) -> Reading:
    """Codes 1 and 5 say that there is no such member; asked by an address, they may have taken another name since."""
    code, said = as_count(answer.get("code")) or 0, as_text(answer.get("message")) or "an error"
    if code in _TROUBLE:
        return Reading(transport=_TROUBLE[code], reason=said)
    by_number = nsid(query_value(page.url, "user_id")) is not None
    absent = (code, said.partition(":")[0].strip(".").lower()) in _ABSENT
    if absent and (by_number or subject.id_in(NSID) is None):
        return explicit(Existence.GONE, Marker("flickr.api-no-such-user", Existence.GONE, said))
    return undecided(said)


def _card(answer: dict[str, Json]) -> Reading:
    facts = Facts(
        display_name=either(as_text(answer.get("author_name"))),
        handle=either(alias_in(as_text(answer.get("author_url")))),
        platform_id=either(nsid(as_text(answer.get("html")))),
    )
    return (
        present(facts) if answer.get("flickr_type") == "photostream" else undecided("the card of a photo", facts=facts)
    )


def _photos(listed: dict[str, Json], page: Page) -> Reading:
    photos = as_list(listed.get("photo"))
    owners = {as_text(dig(photo, "owner")) for photo in photos}
    posts = uploads(photos)
    if len(owners) != 1:
        return undecided("photos of several members, or of none", facts=Facts(posts=posts))
    facts = Facts(
        platform_id=either(nsid(owners.pop())),
        posts_count=either(as_count(listed.get("total"))),
        posts=posts,
        activity=latest(posts, page.fetched_at, "uploads", sees_newest=True),
    )
    return present(facts)


def _feed_in_json(answer: dict[str, Json], page: Page) -> Reading | None:
    """Flickr's own way to write the feed as JSON."""
    items = as_list(answer.get("items"))
    address = as_text(answer.get("link"))
    owner = next((as_text(dig(item, "author_id")) for item in items), None)
    dates = [moment(dig(item, "published")) for item in items]
    return _stream(address, nsid(owner), as_text(dig(items, 0, "author")), dates, page)


def _feed(feed: Feed | None, page: Page) -> Reading | None:
    if feed is None:
        return None
    author = feed.entries[0].author if feed.entries else None
    return _stream(feed.url, nsid(feed.image), author, [entry.at for entry in feed.entries], page)


_NAMED = re.compile(r"^nobody@flickr\.com \(\"?(.*?)\"?\)$")


def _stream(
    address: str | None, owner: PlatformId | None, author: str | None, dates: Sequence[datetime | None], page: Page
) -> Reading | None:
    """The feed of a member's public photos: the 20 newest. Feeds of groups and tags hold other people's."""
    known = owner or nsid(query_value(page.url, "id")) or nsid(address)
    if len(path_parts(address)) != 2 or path_parts(address)[0] != "photos":
        return undecided("a feed of no one member")
    posts = [Post(at=at) for at in dates]
    facts = Facts(
        display_name=either(_NAMED.sub(r"\1", author) if author else None),
        handle=either(alias_in(address)),
        platform_id=either(known),
        activity=latest(posts, page.fetched_at, "feed", sees_newest=True),
    )
    return present(facts)


def _html(document: Document, page: Page) -> Reading | None:
    models = dig(assigned(document, "modelExport"), "main")
    stream = find_object(dig(models, "photostream-models"), "owner", "photoPageList")
    if stream:
        return _photostream(as_object(models), stream, page)
    owner = find_object(dig(models, "set-models"), "buddyicon") or find_object(dig(models, "photo-models"), "buddyicon")
    if owner:
        return undecided("an album or a photo", facts=of_model(owner))
    return _of_metas(document)


def _photostream(models: dict[str, Json], stream: dict[str, Json], page: Page) -> Reading:
    owner = as_object(find_object(stream["owner"], "buddyicon"))
    posts = uploads(as_list(dig(find_object(stream["photoPageList"], "_data"), "_data")))
    facts = replace(
        of_model(owner),
        followers=either(as_count(next(find(models.get("person-contacts-count-models"), "followerCount"), None))),
        posts_count=either(as_count(stream.get("totalItems"))),
        activity=latest(posts, page.fetched_at, "page", sees_newest=True),
    )
    if owner.get("isDeleted") is True:
        return explicit(Existence.GONE, Marker("flickr.is-deleted", Existence.GONE, "isDeleted"), facts)
    return present(facts)


def _of_metas(document: Document) -> Reading | None:
    owner = document.meta("flickr_photos:by")
    if owner and document.meta("og:type") in _OF_ONE_MEMBER:
        facts = Facts(handle=either(alias_in(owner)), platform_id=either(nsid(owner)))
        return undecided("an album or a photo", facts=facts)
    address = document.meta("og:url") or document.link("canonical")
    known = nsid(document.meta("twitter:player")) or nsid(address)
    name = document.meta("og:title", "twitter:title")
    if known is None or name is None or len(path_parts(address)) != 2:
        return None
    return present(Facts(display_name=name, handle=either(alias_in(address)), platform_id=known))


_OF_ONE_MEMBER: Final = ("flickr_photos:photo", "flickr_photos:set")
