"""A Flickr member, as pages' models and the interface state one, and their uploads.

Source of the picture's address: flickr.com/services/api/misc.buddyicons.html.
"""

from __future__ import annotations

import re
from typing import Final

from audits.model import UNSEEN, Facts, PlatformId, Post
from audits.reading.answer_fields import as_plain_text, or_unseen, read_field, without_placeholder
from audits.reading.embedded import Json, as_count, as_object, as_text, dig, find
from audits.reading.urls import path_parts
from audits.reading.written_values import moment

NSID: Final = "nsid"
_NSID: Final = re.compile(r"(?<![\d*•#X])\d{3,15}@N\d{2}(?!\d)")
_NO_PICTURE: Final = ("images/buddyicon.gif", "images/buddyicon.jpg")


def nsid(text: str | None) -> PlatformId | None:
    """The first member's number in a text."""
    found = _NSID.search((text or "").replace("%40", "@"))
    return PlatformId(NSID, found[0]) if found else None


def alias(address: str | None) -> str | None:
    """The member's chosen name in /photos/name/ or /people/name/; None for a number, albums and single photos."""
    parts = path_parts(address)
    named = parts[1] if len(parts) == 2 and parts[0] in ("photos", "people") else None
    return named if named and not _NSID.fullmatch(named) else None


def shown_member(person: dict[str, Json]) -> Facts:
    """A member as the pages' own models hold them."""
    drawn = as_object(dig(person, "buddyicon", "data")) or as_object(person.get("buddyicon"))
    icon = as_text(drawn.get("retina")) or as_text(drawn.get("default"))
    return Facts(
        display_name=or_unseen(as_text(person.get("username")) or as_text(person.get("realname"))),
        handle=or_unseen(as_text(person.get("pathAlias"))),
        platform_id=or_unseen(nsid(as_text(person.get("id")) or as_text(person.get("nsid")))),
        avatar_url=without_placeholder(
            or_unseen(f"https:{icon}" if icon and icon.startswith("//") else icon), _NO_PICTURE
        ),
        created_at=or_unseen(moment(person.get("dateCreated"))),
    )


def stated_member(person: dict[str, Json]) -> Facts:
    """A member as flickr.people.getInfo states them; texts stand under `_content`."""
    said = {name: _content(value) for name, value in person.items()}
    number = nsid(as_text(person.get("nsid")) or as_text(person.get("id")))
    return Facts(
        display_name=or_unseen(as_text(said.get("username")) or as_text(said.get("realname"))),
        handle=or_unseen(as_text(person.get("path_alias")) or alias(as_text(said.get("photosurl")))),
        platform_id=or_unseen(number),
        description=read_field(said, as_plain_text, "description"),
        posts_count=or_unseen(as_count(_content(dig(person, "photos", "count")))),
        avatar_url=_icon(person, number) if "iconserver" in person else UNSEEN,
    )


def _content(value: Json) -> Json:
    return value.get("_content", value) if isinstance(value, dict) else value


def _icon(person: dict[str, Json], member: PlatformId | None) -> str | None:
    """The address rule of flickr.com/services/api/misc.buddyicons.html; server 0 means that there is none."""
    server, farm = as_count(person["iconserver"]), as_count(person.get("iconfarm"))
    return f"https://farm{farm}.staticflickr.com/{server}/buddyicons/{member.value}.jpg" if server and member else None


def upload(listed: Json) -> Post:
    photo = as_object(dig(listed, "data") or listed)
    posted = photo.get("dateupload") or next(find(photo.get("stats"), "datePosted"), None)
    video = photo.get("media") == "video"
    return Post(at=moment(posted), has_picture=not video, has_video=video)
