"""The ways to look at a Flickr member: interface by number, by address; the public feed; the card; the page.

by address: flickr.urls.lookupUser ─▶ the number ─▶ as by number
by number:  flickr.people.getInfo ─▶ flickr.people.getPublicPhotos, newest first
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from urllib.parse import quote

from audits.asking import offer, own_page
from audits.model import PlatformId, Probe, Reading, Route
from audits.platform import Asking, RouteOffer, Subject
from audits.platforms.flickr.accounts import NSID, nsid
from audits.platforms.flickr.reader import read
from audits.reading.markers import Packs
from audits.reading.pages import seen_alive, with_facts
from audits.reading.urls import host, path_parts, query_value

KEY: Final = "flickr"
_REST: Final = "https://api.flickr.com/services/rest/?format=json&nojsoncallback=1&method=flickr."
_FEED: Final = "https://api.flickr.com/services/feeds/photos_public.gne?format=atom&id="
_CARD: Final = "https://www.flickr.com/services/oembed/?format=json&url="


def number_of(subject: Subject) -> str | None:
    """The member's number, pinned in the register or used as the key."""
    named = nsid(subject.handle)
    return subject.id_in(NSID) or (named.value if named else None)


def _by_number(subject: Subject, packs: Packs) -> Asking | None:
    number = number_of(subject)
    return _member(number, Route.API_BY_ID, subject, packs) if number else None


def _by_address(subject: Subject, packs: Packs) -> Asking | None:
    return _looked_up(subject.url, subject, packs) if subject.url else None


def _looked_up(address: str, subject: Subject, packs: Packs) -> Asking:
    url = f"{_REST}urls.lookupUser&url={quote(address, safe='')}"
    found = read((yield _probe(url, Route.API_BY_HANDLE)), subject, packs)
    known = found.facts.platform_id
    if not seen_alive(found) or not isinstance(known, PlatformId):
        return found
    return (yield from _member(known.value, Route.API_BY_HANDLE, subject, packs))


def _member(number: str, route: Route, subject: Subject, packs: Packs) -> Asking:
    member: Reading = read((yield _probe(f"{_REST}people.getInfo&user_id={quote(number)}", route)), subject, packs)
    if not seen_alive(member):
        return member
    if member.facts.posts_count == 0:
        return with_facts(member, replace(member.facts, activity=None, posts=()))
    newest = f"{_REST}people.getPublicPhotos&user_id={quote(number)}&extras=date_upload,media&per_page=10"
    photos = read((yield _probe(newest, route)), subject, packs)
    if not seen_alive(photos):
        return member
    return with_facts(member, replace(member.facts, activity=photos.facts.activity, posts=photos.facts.posts))


def _probe(url: str, route: Route) -> Probe:
    return Probe(url=url, platform="flickr", route=route, accept="application/json", key=KEY)


def _feed_address(subject: Subject) -> str | None:
    number = number_of(subject)
    return f"{_FEED}{quote(number)}" if number else None


def _card_address(subject: Subject) -> str | None:
    return f"{_CARD}{quote(subject.url, safe='')}" if subject.url else None


def route_of(url: str) -> Route:
    """Which route an address belongs to."""
    if "/services/rest" in url:
        return Route.API_BY_HANDLE if (query_value(url, "method") or "").startswith("flickr.urls") else Route.API_BY_ID
    if "feeds" in path_parts(url) and host(url).endswith("flickr.com"):
        return Route.OPEN
    return Route.OEMBED if path_parts(url) == ("services", "oembed") else Route.PAGE


_KNOWN: Final = frozenset({"existence", "identity"})
_SEES: Final = _KNOWN | {"activity"}

ROUTES: Final = (
    RouteOffer(route=Route.API_BY_ID, ask=_by_number, key=KEY, sees=_SEES | {"profile"}),
    RouteOffer(route=Route.API_BY_HANDLE, ask=_by_address, key=KEY, sees=_SEES | {"profile"}),
    offer(Route.OPEN, read, _feed_address, sees=_SEES),
    offer(Route.OEMBED, read, _card_address, sees=_KNOWN),
    offer(Route.PAGE, read, own_page, sees=_SEES | {"profile"}),
)
