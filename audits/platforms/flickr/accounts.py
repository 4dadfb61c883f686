"""Flickr's members and photos, as its pages and its interface write them.

    person-models of a page · person of the REST interface · author of a feed ─▶ Facts
    datePosted · dateupload ─▶ newest upload; streams begin with the newest

Sources: flickr.com/services/api (flickr.people.getInfo, flickr.people.getPublicPhotos, misc.buddyicons);
soxoj/socid-extractor, schemes.py (Flickr).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from audits.model import UNSEEN, Facts, PlatformId, Post, Seen
from audits.reading.embedded import Json, as_count, as_object, as_text, dig, find
from audits.reading.fields import moment, plain
from audits.reading.told import either, unless
from audits.reading.urls import path_parts

NSID: Final = "nsid"
_NSID = re.compile(r"(?<!\d)\d{3,15}@N\d{2}(?!\d)")
_NO_PICTURE: Final = ("images/buddyicon.gif", "images/buddyicon.jpg")


def nsid(text: str | None) -> PlatformId | None:
    """The first member's number in a text."""
    found = _NSID.search((text or "").replace("%40", "@"))
    return PlatformId(NSID, found[0]) if found else None


def alias_in(address: str | None) -> str | None:
    """The member's chosen name in /photos/name/ or /people/name/; None for a number, albums and single photos."""
    parts = path_parts(address)
    named = parts[1] if len(parts) == 2 and parts[0] in ("photos", "people") else None
    return named if named and not _NSID.fullmatch(named) else None


def of_model(person: dict[str, Json]) -> Facts:
    """A member as the pages' own models hold them (2014–)."""
    icon = as_text(dig(person, "buddyicon", "retina")) or as_text(dig(person, "buddyicon", "default"))
    return Facts(
        display_name=either(as_text(person.get("username")) or as_text(person.get("realname"))),
        handle=either(as_text(person.get("pathAlias"))),
        platform_id=either(nsid(as_text(person.get("id")) or as_text(person.get("nsid")))),
        avatar_url=unless(either(f"https:{icon}" if icon and icon.startswith("//") else icon), _NO_PICTURE),
        created_at=either(moment(person.get("dateCreated"))),
    )


def of_rest(person: dict[str, Json]) -> Facts:
    """A member as flickr.people.getInfo states them; texts stand under `_content`."""
    return Facts(
        display_name=either(_content(person, "username") or _content(person, "realname")),
        handle=either(as_text(person.get("path_alias")) or alias_in(_content(person, "photosurl"))),
        platform_id=either(nsid(as_text(person.get("nsid")) or as_text(person.get("id")))),
        description=plain(_content(person, "description")) if "description" in person else UNSEEN,
        posts_count=either(as_count(_raw(dig(person, "photos", "count")))),
        avatar_url=_icon(person),
    )


def _content(person: dict[str, Json], name: str) -> str | None:
    return as_text(_raw(person.get(name)))


def _raw(value: Json) -> Json:
    return dig(value, "_content") if isinstance(value, dict) else value


def _icon(person: dict[str, Json]) -> Seen[str]:
    """The address rule of flickr.com/services/api/misc.buddyicons.html; server 0 means that there is none."""
    if "iconserver" not in person:
        return UNSEEN
    server, farm = as_count(person["iconserver"]), as_count(person.get("iconfarm"))
    member = nsid(as_text(person.get("nsid")) or as_text(person.get("id")))
    return f"https://farm{farm}.staticflickr.com/{server}/buddyicons/{member.value}.jpg" if server and member else None


def uploads(photos: Iterable[Json]) -> tuple[Post, ...]:
    """Photos in the order listed, each dated by its upload and not by when it was taken."""
    return tuple(_upload(as_object(dig(photo, "data") or photo)) for photo in photos)


def _upload(photo: dict[str, Json]) -> Post:
    posted = photo.get("dateupload") or next(find(photo.get("stats"), "datePosted"), None)
    video = photo.get("media") == "video"
    return Post(at=moment(posted), has_picture=not video, has_video=video)
