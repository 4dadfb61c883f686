"""WebFinger: which actor a name stands for. What became of it, the actor itself must say.

    JSON (RFC 7033) ┐
    XRD (XML) ──────┴▶ subject, self link ─▶ the actor's address, the name at its host, the picture

XRD is what servers answered before 2013, and what some answer still to whoever asks for nothing else (RFC 6415).
"""

from __future__ import annotations

from typing import Final

from audits.model import UNSEEN, Facts, PlatformId, Reading
from audits.reading.activitypub import URI, self_link
from audits.reading.elements import first
from audits.reading.embedded import Json, as_list, as_text, dig
from audits.reading.entities import unescaped
from audits.reading.html import Document
from audits.reading.pages import undecided
from audits.reading.urls import host

_AVATAR: Final = "http://webfinger.net/rel/avatar"


def read_finger(finger: dict[str, Json]) -> Reading:
    """What WebFinger says: it names the actor, and what became of it, the actor itself must say."""
    links = as_list(finger.get("links"))
    picture = next((as_text(dig(link, "href")) for link in links if dig(link, "rel") == _AVATAR), None) or ""
    uri = self_link(finger)
    name, _, said = (as_text(finger.get("subject")) or "").removeprefix("acct:").partition("@")
    home = host(uri) or said
    facts = Facts(
        platform_id=PlatformId(URI, uri) if uri else UNSEEN,
        handle=f"{name}@{home}" if name and said and home else UNSEEN,
        avatar_url=unescaped(picture) or UNSEEN,  # WordPress writes it as for a page
    )
    return undecided("names_it", facts=facts)


def read_xml(document: Document) -> Reading | None:
    """What WebFinger says in XML; None where it is another list of links."""
    subject = first(document, "xrd > subject") if "<XRD" in document.source else None
    if subject is None:
        return None
    links: list[Json] = [{"rel": link.rel, "type": link.type, "href": link.href} for link in document.links]
    return read_finger({"subject": subject.text, "links": links})
