"""What Flickr's interface, its feeds and its cards say of a member.

    person · photos · looked up · refusal ─▶ as flickr.people.getInfo, getPublicPhotos and urls.lookupUser state it
    card (oEmbed) · the public feed, in XML, in Flickr's own JSON, or handed to a function

Codes: flickr.com/services/api, under each method.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from audits.model import UNSEEN, Existence, Facts, Marker, Post, Reading, Transport
from audits.platforms.flickr.members import NSID, alias, nsid, stated_member, upload
from audits.platforms.flickr.rest import as_json
from audits.reading.answer_fields import card_owner, or_unseen, read_field
from audits.reading.embedded import Json, as_count, as_list, as_object, as_text, dig
from audits.reading.feeds import Entry, Feed
from audits.reading.pages import explicit, present, undecided
from audits.reading.posts import latest
from audits.reading.refusals import own_words, refusal
from audits.reading.urls import path_parts, query_value
from audits.reading.written_values import moment
from audits.replies import Reply

LOOKUP: Final = "method=flickr.urls.lookupUser"
_TROUBLE: Final = {Transport.NOT_PERMITTED: range(95, 101), Transport.UNREACHABLE: (105, 106)}
_STREAMS: Final = ("flickr.people.getPhotos", "flickr.people.getPublicPhotos")
_ABSENT: Final = frozenset({(1, "user not found"), (5, "user deleted")})
_DELETED: Final = Marker("flickr.is-deleted", Existence.GONE, "is_deleted: 1")
_NAMED: Final = re.compile(r"^nobody@flickr\.com \(\"?(.*?)\"?\)$")


def read_json(reply: Reply) -> Reading | None:
    return read_answer(reply.object, reply)


def read_answer(answer: dict[str, Json], reply: Reply) -> Reading | None:
    if answer.get("stat") == "fail":
        return _refused(answer, reply)
    if answer.get("provider_name") == "Flickr":
        return _card(answer)
    if member := _member(answer):
        deleted = str(dig(answer, "person", "is_deleted")) == "1"
        return explicit(_DELETED, member) if deleted else present(member)
    if isinstance(answer.get("photos"), dict):
        return _photos(as_object(answer["photos"]), reply)
    if isinstance(answer.get("items"), list):
        return _stream(_feed_in_json(answer), reply)
    looked_up = nsid(as_text(dig(answer, "user", "id")))
    name = as_text(dig(answer, "user", "username", "_content"))
    return present(Facts(display_name=or_unseen(name), platform_id=looked_up)) if looked_up else None


def _refused(answer: dict[str, Json], reply: Reply) -> Reading:
    """Codes 1 and 5 deny whom a number, or an address of no known number, was asked for; findByUsername misses many."""
    code, said = as_count(answer.get("code")) or 0, as_text(answer.get("message")) or ""
    asked, pinned = nsid(query_value(reply.page.url, "user_id")), reply.subject.id_in(NSID)
    of_them = pinned in (asked.value, None) if asked else pinned is None and LOOKUP in reply.page.url
    if of_them and (code, said.partition(":")[0].strip(".").lower()) in _ABSENT:
        return explicit(Marker("flickr.api-no-such-user", Existence.GONE, said))
    return refusal(code, said, _TROUBLE) or undecided(own_words(said))


def _card(answer: dict[str, Json]) -> Reading:
    owner = card_owner(answer, alias)
    owner = replace(owner, platform_id=or_unseen(nsid(as_text(answer.get("html")))))
    of_member = answer.get("flickr_type") == "photostream"
    return present(owner) if of_member else undecided("one_photo", facts=owner)


def _member(answer: dict[str, Json]) -> Facts | None:
    """As flickr.people.getInfo and flickr.profile.getProfile state one; the latter leaves their name on Flickr out."""
    if isinstance(answer.get("person"), dict):
        return stated_member(as_object(answer["person"]))
    profile = as_object(answer.get("profile"))
    known = nsid(as_text(profile.get("nsid")) or as_text(profile.get("id")))
    return Facts(platform_id=known, website_link=read_field(profile, as_text, "website")) if known else None


def _photos(listed: dict[str, Json], reply: Reply) -> Reading:
    """The reading of a member's own photos; what they like, and what a search or a group holds, are others'."""
    method, asked = (query_value(reply.page.url, name) for name in ("method", "user_id"))
    posts = tuple(map(upload, as_list(listed.get("photo"))))
    owners = {nsid(as_text(dig(photo, "owner"))) for photo in as_list(listed.get("photo"))}
    owner, whole = owners.pop() if len(owners) == 1 else None, method in _STREAMS
    if owner is None or (method and not whole and nsid(asked) != owner):
        return undecided("nobodys_own", facts=Facts(posts=posts))
    first = as_count(listed.get("page")) in (None, 1)
    activity = latest(posts, reply.now, "uploads", sees_newest=whole and first)
    total = or_unseen(as_count(listed.get("total"))) if whole else UNSEEN
    return present(Facts(platform_id=owner, posts_count=total, posts=posts, activity=activity))


def _feed_in_json(answer: dict[str, Json]) -> Feed:
    """The feed as Flickr's own kind of JSON writes it."""
    items = as_list(answer.get("items"))
    owner = next((as_text(dig(item, "author_id")) for item in items), None)
    entries = (Entry(at=moment(dig(each, "published")), author=as_text(dig(each, "author"))) for each in items)
    return Feed(url=as_text(answer.get("link")), image=owner, entries=tuple(entries))


def read_xml(reply: Reply) -> Reading | None:
    """A feed, or the interface's own way to answer where nobody asks for JSON."""
    if reply.feed:
        return _stream(reply.feed, reply)
    answer = as_json(reply.text)
    return read_answer(answer, reply) if answer else None


def _stream(feed: Feed, reply: Reply) -> Reading:
    """The feed of a member's public photos, 20 of them: its picture carries the member's number."""
    if len(path_parts(feed.url)) != 2 or path_parts(feed.url)[0] != "photos":
        return undecided("nobodys_own")
    author = feed.entries[0].author if feed.entries else None
    posts = [Post(at=entry.at) for entry in feed.entries]
    facts = Facts(
        display_name=or_unseen(_NAMED.sub(r"\1", author) if author else None),
        handle=or_unseen(alias(feed.url)),
        platform_id=or_unseen(nsid(feed.image) or nsid(query_value(reply.page.url, "id")) or nsid(feed.url)),
        activity=latest(posts, reply.now, "feed", sees_newest=True),
    )
    return present(facts)
