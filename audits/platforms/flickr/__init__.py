"""Flickr: members and their photos.

    by address: flickr.urls.lookupUser ─▶ the number ─┐
    by number: flickr.people.getInfo ◀────────────────┘ ─▶ flickr.people.getPublicPhotos, newest first
    the public feed      the card      the page

grammar.py (addresses) · reader.py (what came back)
"""

from __future__ import annotations

from typing import Final

from audits.asking import ALL, Interface, id_seen, offer, own_page, quoted, stepwise
from audits.model import Reading, Route
from audits.platform import Asking, Platform, Subject
from audits.platforms.flickr.grammar import GRAMMAR, SITE
from audits.platforms.flickr.reader import NSID, nsid, read
from audits.reading.markers import Packs
from audits.reading.pages import seen_alive
from audits.reading.urls import host, path_parts, query_value

__all__ = ["GRAMMAR", "PLATFORM"]

_REST: Final = "https://api.flickr.com/services/rest/?format=json&nojsoncallback=1&method=flickr."
_PERSON: Final = f"{_REST}people.getInfo&user_id={{items}}"
_FEED: Final = "https://api.flickr.com/services/feeds/photos_public.gne?format=atom&id="


def _newest(_member: Reading, number: str) -> str:
    return f"{_REST}people.getPublicPhotos&user_id={number}&extras=date_upload,media&per_page=10"


_INTERFACE: Final = Interface(platform="flickr", read=read, key="flickr", newest=_newest)


def _number(subject: Subject) -> str | None:
    """The member's number, pinned in the register or used as the key."""
    named = nsid(subject.handle)
    return subject.id_in(NSID) or (named.value if named else None)


def _looked_up(address: str, subject: Subject, packs: Packs) -> Asking:
    lookup = _INTERFACE.probe(f"{_REST}urls.lookupUser&url={quoted(address)}", Route.API_BY_HANDLE)
    found = read((yield lookup), subject, packs)
    number = id_seen(found, NSID)
    if not seen_alive(found) or not number:
        return found
    probe = _INTERFACE.probe(_PERSON.replace("{items}", quoted(number) or ""), Route.API_BY_HANDLE)
    return (yield from _INTERFACE.account(probe, number, subject, packs))


def _feed_url(subject: Subject) -> str | None:
    number = quoted(_number(subject))
    return f"{_FEED}{number}" if number else None


def _card_url(subject: Subject) -> str | None:
    return f"{SITE}/services/oembed/?format=json&url={quoted(subject.url)}" if subject.url else None


def route_of(url: str) -> Route:
    """Which route an address belongs to."""
    if "/services/rest" in url:
        return Route.API_BY_HANDLE if (query_value(url, "method") or "").startswith("flickr.urls") else Route.API_BY_ID
    if "feeds" in path_parts(url) and host(url).endswith("flickr.com"):
        return Route.OPEN
    return Route.OEMBED if path_parts(url) == ("services", "oembed") else Route.PAGE


_KNOWN: Final = frozenset({"existence", "identity"})

PLATFORM: Final = Platform(
    label="Flickr",
    grammar=GRAMMAR,
    read=read,
    routes=(
        _INTERFACE.offer(Route.API_BY_ID, _number, _PERSON),
        stepwise(Route.API_BY_HANDLE, own_page, _looked_up, key="flickr"),
        offer(Route.OPEN, read, _feed_url, sees=_KNOWN | {"activity"}),
        offer(Route.OEMBED, read, _card_url, sees=_KNOWN),
        offer(Route.PAGE, read, own_page, sees=ALL),
    ),
    route_of=route_of,
    interfaces=("api.flickr.com/",),
)
