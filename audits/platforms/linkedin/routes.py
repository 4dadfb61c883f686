"""The ways to look at an organization on LinkedIn, in order.

    API by number (several a request) ─┐
    API by name ───────────────────────┴▶ its posts, newest first
    page        robots.txt forbids it: only with LinkedIn's permission or a recorded decision

The interfaces are those of Pages Data Portability, which the Digital Markets Act opens to whoever administers a
page (permission r_dma_admin_pages_content). Their lists want the header `X-Restli-Protocol-Version: 2.0.0`, and all
of them `LinkedIn-Version`; posts may be asked for once a minute.
Source: learn.microsoft.com/linkedin/dma, Pages Data Portability.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from urllib.parse import quote

from audits.model import Batch, PlatformId, Probe, Route
from audits.platform import Asking, RouteOffer, Subject, single
from audits.platforms.linkedin.answers import wanted_id
from audits.platforms.linkedin.html_page import ORGANIZATION
from audits.platforms.linkedin.reader import read
from audits.reading.markers import Packs
from audits.reading.pages import seen_alive, with_facts
from audits.reading.urls import host, query_value

KEY: Final = "linkedin"
MOST: Final = 50
_API: Final = "https://api.linkedin.com/rest"
_BY_ID: Final = f"{_API}/dmaOrganizations?ids=List({{items}})"
_BY_NAME: Final = f"{_API}/dmaOrganizations?q=vanityName&vanityName="
_POSTS: Final = f"{_API}/dmaFeedContentsExternal?q=postsByAuthor&maxPaginationCount=10&author="
_AUTHOR: Final = "urn%3Ali%3Aorganization%3A"

_ORGANIZATION_KINDS: Final = ("company", "school", "showcase")


def _ask_by_id(subject: Subject, packs: Packs) -> Asking | None:
    number = wanted_id(subject)
    if number is None:
        return None
    batch = Batch(endpoint=_BY_ID, item=number, limit=MOST)
    return _organization(_probe(_BY_ID.format(items=number), Route.API_BY_ID, batch), subject, packs)


def _ask_by_name(subject: Subject, packs: Packs) -> Asking | None:
    match (subject.key or "").split(":"):
        case ["linkedin", kind, slug] if kind in _ORGANIZATION_KINDS and not slug.isdigit():
            return _organization(_probe(_BY_NAME + quote(slug, safe=""), Route.API_BY_HANDLE), subject, packs)
    return None


def _organization(probe: Probe, subject: Subject, packs: Packs) -> Asking:
    found = read((yield probe), subject, packs)
    number = found.facts.platform_id
    if not seen_alive(found) or not isinstance(number, PlatformId) or number.namespace != ORGANIZATION:
        return found
    posts = read((yield _probe(_POSTS + _AUTHOR + number.value, probe.route)), subject, packs)
    if not seen_alive(posts):
        return found
    return with_facts(found, replace(found.facts, activity=posts.facts.activity, posts=posts.facts.posts))


def _probe(url: str, route: Route, batch: Batch | None = None) -> Probe:
    return Probe(url=url, platform="linkedin", route=route, accept="application/json", batch=batch, key=KEY)


def route_of(url: str) -> Route:
    """Which route an address belongs to."""
    if host(url).startswith("api."):
        return Route.API_BY_HANDLE if query_value(url, "vanityName") else Route.API_BY_ID
    return Route.PAGE


_ALL: Final = frozenset({"existence", "identity", "activity", "profile"})

ROUTES: Final = (
    RouteOffer(route=Route.API_BY_ID, ask=_ask_by_id, key=KEY, sees=_ALL),
    RouteOffer(route=Route.API_BY_HANDLE, ask=_ask_by_name, key=KEY, sees=_ALL),
    RouteOffer(
        route=Route.PAGE,
        ask=single(Route.PAGE, read, lambda subject: subject.url),
        sees=frozenset({"existence", "identity", "profile"}),
    ),
)
