"""YouTube's interface of before 2015, as archives and other programs' samples still hold it.

    entry of kind userProfile, in Atom or in JSON ─▶ the channel
    feed of a user's uploads                      ─▶ the newest film
    whatever else, errors among it                ─▶ nothing: the names may be others' by now

YouTube Data API v2.0 reference guide: Retrieving a user's profile, Retrieving videos uploaded by a specific user.
"""

from __future__ import annotations

from typing import Final

from audits.model import Facts, Reading
from audits.platforms.youtube.channel_page import channel_id, id_in
from audits.reading.answer_fields import or_unseen
from audits.reading.elements import first, said_at
from audits.reading.embedded import Json, as_count, as_list, as_object, as_text, dig
from audits.reading.html import Document
from audits.reading.pages import present

_KIND: Final = "schemas/2007#userProfile"


def read_profile_in_json(answer: dict[str, Json]) -> Reading | None:
    """A user's profile as `alt=json` wrote it; None where it is none."""
    entry = as_object(answer.get("entry"))
    if _KIND not in str(entry.get("category")):
        return None
    leads = (as_text(dig(each, "href")) for each in as_list(entry.get("link")))
    said = {name: as_text(dig(entry, name, "$t")) for name in ("title", "content", "summary", "yt$channelId")}
    count = dig(entry, "yt$statistics", "subscriberCount")
    return _profile(
        said["title"], said["yt$channelId"], next(filter(id_in, leads), None), said["content"] or said["summary"], count
    )


def read_profile(document: Document) -> Reading | None:
    """A user's profile in Atom; None where it is another answer."""
    if _KIND not in document.source or first(document, "entry category[term$=userProfile]") is None:
        return None
    title, number, said = (said_at(document, f"entry {name}") for name in ("title", r"yt\:channelid", "summary"))
    address = next((link.href for link in document.links if id_in(link.href)), None)
    counted = said_at(document, "entry [subscribercount]", "subscribercount")
    return _profile(title, number, address, said, counted)


def _profile(title: str | None, number: str | None, address: str | None, said: str | None, count: Json) -> Reading:
    return present(
        Facts(
            display_name=or_unseen(title),
            platform_id=or_unseen(channel_id(number) or id_in(address)),
            description=or_unseen(said),
            followers=or_unseen(as_count(count)),
        )
    )


def is_of_uploads(name: str | None) -> bool:
    """Whether a feed calls itself the list of one user's uploads, as a tag or as an address."""
    parts = (name or "").replace(":", "/").rstrip("/").split("/")
    return "youtube.com" in (name or "") and parts[-1:] == ["uploads"] and parts[-3:-2] in (["user"], ["users"])
