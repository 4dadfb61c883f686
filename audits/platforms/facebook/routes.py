"""The ways to look at a Facebook page, in order.

    Graph by id ─────┐ fifty pages a request; alone where one of the fifty spoilt the answer
    Graph by handle ─┴▶ published posts, where the key may see them
    page

One missing page spoils the answer for a whole batch (error 803 or 100), so whoever is left without one asks alone.
developers.facebook.com, Graph API: Batch Requests with `ids`; Page; Page Published Posts.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from urllib.parse import quote, urlsplit

from audits.asking import ALL, offer, own_page
from audits.model import Batch, PlatformId, Probe, Reading, Route, Transport
from audits.platform import Asking, RouteOffer, Subject
from audits.platforms.facebook.answers import read
from audits.platforms.facebook.ids import PAGE, PROFILE
from audits.reading.markers import Packs
from audits.reading.meta import GRAPH
from audits.reading.pages import seen_alive, with_facts

KEY: Final = "meta"
_FIELDS: Final = "id,name,username,link,about,website,followers_count,verification_status,is_published,picture"
_BATCH: Final = f"{GRAPH}/?ids={{items}}&fields={_FIELDS}"
_MOST_IDS: Final = 50
_POST_FIELDS: Final = "id,created_time,permalink_url,is_published,from,attachments{media_type}"


def _id_of(subject: Subject) -> str | None:
    in_key = subject.handle if (subject.key or "").startswith("facebook:id:") else None
    return subject.id_in(PAGE) or in_key or subject.id_in(PROFILE)


def _handle_of(subject: Subject) -> str | None:
    return None if (subject.key or "").startswith("facebook:id:") else subject.handle


def _ask_by_id(subject: Subject, packs: Packs) -> Asking | None:
    wanted = _id_of(subject)
    return _page(subject, wanted, Route.API_BY_ID, packs) if wanted else None


def _ask_by_handle(subject: Subject, packs: Packs) -> Asking | None:
    wanted = _handle_of(subject)
    return _page(subject, wanted, Route.API_BY_HANDLE, packs) if wanted else None


def _page(subject: Subject, wanted: str, route: Route, packs: Packs) -> Asking:
    together = _probe(_BATCH.format(items=quote(wanted)), route, Batch(_BATCH, wanted, _MOST_IDS))
    reading = read((yield together), subject, packs)
    if _spoilt(reading):
        reading = read((yield _probe(f"{GRAPH}/{quote(wanted)}?fields={_FIELDS}", route)), subject, packs)
    known = reading.facts.platform_id
    if not seen_alive(reading) or not isinstance(known, PlatformId):
        return reading
    posts_url = f"{GRAPH}/{quote(known.value)}/published_posts?fields={_POST_FIELDS}&limit=10"
    return _together(reading, read((yield _probe(posts_url, route)), subject, packs))


def _spoilt(reading: Reading) -> bool:
    """Answered, and yet nothing learned of this page: another one of the batch may be why."""
    learned = seen_alive(reading) or reading.stated
    return not learned and reading.transport in (Transport.OK, Transport.UNREADABLE)


def _together(page: Reading, posts: Reading) -> Reading:
    if not seen_alive(posts):
        return page
    return with_facts(page, replace(page.facts, activity=posts.facts.activity, posts=posts.facts.posts))


def _probe(url: str, route: Route, batch: Batch | None = None) -> Probe:
    return Probe(url=url, platform="facebook", route=route, accept="application/json", batch=batch, key=KEY)


def route_of(url: str) -> Route:
    """Which route an address belongs to."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return Route.PAGE
    if not (parts.hostname or "").startswith("graph."):
        return Route.OEMBED if "/oembed" in parts.path else Route.PAGE
    if "oembed" in parts.path:
        return Route.OEMBED
    asked = parts.path.strip("/").split("/")
    by_id = "ids=" in parts.query or any(each.isdigit() for each in asked)
    return Route.API_BY_ID if by_id else Route.API_BY_HANDLE


ROUTES: Final = (
    RouteOffer(route=Route.API_BY_ID, ask=_ask_by_id, key=KEY, sees=ALL),
    RouteOffer(route=Route.API_BY_HANDLE, ask=_ask_by_handle, key=KEY, sees=ALL),
    offer(Route.PAGE, read, own_page),
)
