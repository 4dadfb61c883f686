"""Flickr: members and their photos.

    by address: flickr.urls.lookupUser ─▶ the number ─┐
    by number: flickr.people.getInfo ◀────────────────┘ ─▶ flickr.people.getPublicPhotos, newest first
    the public feed      the card      the page
    grammar (addresses) · members (who) · answers, rest (JSON, XML, feeds: the 20 newest of a member) · page (HTML)

A photo dates by its upload and not by when it was taken.
Sources: flickr.com/services/api (flickr.people.getInfo, flickr.people.getPublicPhotos, misc.buddyicons);
soxoj/socid-extractor, schemes.py (Flickr); dajobe/flickcurl#32 (findByUsername misses living members).
"""

from __future__ import annotations

from typing import Final

from audits.asking import ALL, NAME, Interface, addressed, card_at, id_seen, listed_at, offer, own_page, stepwise
from audits.model import Route
from audits.platform import Asking, Platform, Subject, routed
from audits.platforms.flickr.answers import LOOKUP, read_json, read_xml
from audits.platforms.flickr.grammar import GRAMMAR, SITE
from audits.platforms.flickr.members import NSID, nsid
from audits.platforms.flickr.page import read_page
from audits.reading.markers import Packs
from audits.reading.pages import seen_alive
from audits.reading.urls import query_value
from audits.replies import reader

__all__ = ["GRAMMAR", "PLATFORM"]

_SHOWING: Final = frozenset({"flickr.people.getInfo", "flickr.people.getPublicPhotos", "flickr.urls.lookupUser"})


def _of_something_else(address: str) -> bool:
    method = query_value(address, "method")
    return method is not None and method not in _SHOWING


read: Final = reader("flickr", json=read_json, xml=read_xml, html=read_page, of_something_else=_of_something_else)

_REST: Final = "https://api.flickr.com/services/rest/?format=json&nojsoncallback=1&method=flickr."
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
    lookup = _INTERFACE.about(address, f"{_REST}urls.lookupUser&url={{items}}", Route.API_BY_HANDLE)
    found = read((yield lookup), subject, packs)
    number = id_seen(found, NSID)
    if not seen_alive(found) or not number:
        return found
    person = _INTERFACE.about(number, _PERSON, lookup.route)
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
        {LOOKUP: Route.API_BY_HANDLE, "rest": Route.API_BY_ID, "feeds": Route.OPEN, "oembed": Route.OEMBED}
    ),
    interfaces=("api.flickr.com/",),
)
