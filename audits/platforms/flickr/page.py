"""Flickr's pages: models handed to scripts since 2014, before them and where they are missing the head.

photostream, /people/name ─▶ the member's own      an album, a photo ─▶ only names its owner
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Final

from audits.model import UNSEEN, Existence, Facts, Marker, Reading
from audits.platforms.flickr.members import alias, nsid, shown_member, upload
from audits.reading.answer_fields import or_unseen
from audits.reading.embedded import Json, as_count, as_list, as_object, assigned, dig, find, find_object
from audits.reading.html import Document
from audits.reading.pages import explicit, present, undecided
from audits.reading.posts import latest
from audits.reading.urls import path_parts, query_value
from audits.replies import Reply


def read_page(reply: Reply) -> Reading | None:
    models = dig(assigned(reply.document, "modelExport"), "main")
    stream = find_object(dig(models, "photostream-models"), "owner", "photoPageList")
    if stream:
        return _photostream(as_object(models), stream, reply.now)
    owner = find_object(dig(models, "set-models"), "buddyicon") or find_object(dig(models, "photo-models"), "buddyicon")
    if owner:
        member = replace(shown_member(owner), avatar_url=UNSEEN)  # their picture beside a photo is small
        return undecided("one_photo", facts=member)
    return _about(as_object(models)) or _of_metas(reply.document) or _of_feed_link(reply.document, reply.page.landed)


def _about(models: dict[str, Json]) -> Reading | None:
    """The member of /people/name, which shows the member alone, without what they have uploaded."""
    person = find_object(models.get("person-models"), "buddyicon", "username")
    count = as_count(next(find(models.get("person-profile-models"), "photoCount"), None))
    known = person and "person-profile-models" in models
    return present(replace(shown_member(person), posts_count=or_unseen(count))) if person and known else None


_STREAM: Final = ("photos", "name")
_STREAMS_TITLE: Final = re.compile(r"^Flickr: (?P<name>.{1,100}?)(?:['’]s)? Photostream$", re.IGNORECASE)


def _of_feed_link(document: Document, landed: str) -> Reading | None:
    """The member of a page from before 2014: the title names them, and the feed that the page announces carries their
    number.
    """
    titled, parts = _STREAMS_TITLE.match(document.title), path_parts(landed)
    feeds = (link.href for link in document.links if "photos_public.gne" in link.href)
    known = next((number for href in feeds if (number := nsid(query_value(href, "id")))), None)
    if titled is None or known is None or len(parts) != len(_STREAM) or parts[0] != _STREAM[0]:
        return None
    return present(Facts(display_name=titled["name"], handle=or_unseen(alias(landed)), platform_id=known))


def _photostream(models: dict[str, Json], stream: dict[str, Json], now: datetime) -> Reading:
    owner = as_object(find_object(stream["owner"], "buddyicon"))
    listed = as_list(next(find(stream["photoPageList"], "_data"), None))
    facts = replace(
        shown_member(owner),
        followers=or_unseen(as_count(next(find(models.get("person-contacts-count-models"), "followerCount"), None))),
        posts_count=or_unseen(as_count(stream.get("totalItems"))),
        activity=latest(tuple(map(upload, listed)), now, "page", sees_newest=True),
    )
    if owner.get("isDeleted") is True:
        return explicit(Marker("flickr.is-deleted", Existence.GONE, "isDeleted"), facts)
    return present(facts)


def _of_metas(document: Document) -> Reading | None:
    owner = document.meta("flickr_photos:by")
    if owner and document.meta("og:type") in ("flickr_photos:photo", "flickr_photos:set"):
        facts = Facts(handle=or_unseen(alias(owner)), platform_id=or_unseen(nsid(owner)))
        return undecided("one_photo", facts=facts)
    address = document.own_address
    shown = document.meta("og:image") or ""
    known = nsid(document.meta("twitter:player")) or nsid(address) or (nsid(shown) if "/buddyicons/" in shown else None)
    name = document.meta("og:title", "twitter:title")
    own = alias(document.meta("og:url"))
    if not (known or own) or name is None or len(path_parts(address)) != 2:
        return None
    return present(Facts(display_name=name, handle=or_unseen(alias(address)), platform_id=or_unseen(known)))
