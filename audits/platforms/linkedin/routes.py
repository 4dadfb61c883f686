"""The ways to look at an organization on LinkedIn, in order.

    API by number (several a request) ─┐
    API by name ───────────────────────┴▶ its posts, newest first
    page        robots.txt forbids it: only with LinkedIn's permission or a recorded decision

Two keys open two sets of interfaces to whoever administers a page: Pages Data Portability, by the Digital Markets Act
(r_dma_admin_pages_content; posts once a minute), and Community Management (rw_organization_admin and
r_organization_social, whose lookup also tells of organizations that the key does not administer). Their lists want
the header `X-Restli-Protocol-Version: 2.0.0`, and all of them `LinkedIn-Version`.
Sources: learn.microsoft.com/linkedin/dma, Pages Data Portability; learn.microsoft.com/linkedin, Organization Lookup
API and Posts API.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
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
COMMUNITY_KEY: Final = "linkedin_community"
MOST: Final = 50
_API: Final = "https://api.linkedin.com/rest"
_AUTHOR: Final = "urn%3Ali%3Aorganization%3A"
_ORGANIZATION_KINDS: Final = ("company", "school", "showcase")


@dataclass(frozen=True, slots=True)
class _Interface:
    """What one key opens: beginnings of addresses, but for `by_id`, which holds `{items}`."""

    key: str
    by_id: str
    by_name: str
    posts: str

    def probe(self, url: str, route: Route, batch: Batch | None = None) -> Probe:
        return Probe(url=url, platform="linkedin", route=route, accept="application/json", batch=batch, key=self.key)


_PORTABILITY: Final = _Interface(
    key=KEY,
    by_id=f"{_API}/dmaOrganizations?ids=List({{items}})",
    by_name=f"{_API}/dmaOrganizations?q=vanityName&vanityName=",
    posts=f"{_API}/dmaFeedContentsExternal?q=postsByAuthor&maxPaginationCount=10&author=",
)
_COMMUNITY: Final = _Interface(
    key=COMMUNITY_KEY,
    by_id=f"{_API}/organizationsLookup?ids=List({{items}})",
    by_name=f"{_API}/organizations?q=vanityName&vanityName=",
    posts=f"{_API}/posts?q=author&count=10&sortBy=CREATED&author=",
)


def _ask_by_id(subject: Subject, packs: Packs, *, of: _Interface) -> Asking | None:
    number = wanted_id(subject)
    if number is None:
        return None
    batch = Batch(endpoint=of.by_id, item=number, limit=MOST)
    return _organization(of, of.probe(of.by_id.format(items=number), Route.API_BY_ID, batch), subject, packs)


def _ask_by_name(subject: Subject, packs: Packs, *, of: _Interface) -> Asking | None:
    match (subject.key or "").split(":"):
        case ["linkedin", kind, slug] if kind in _ORGANIZATION_KINDS and not slug.isdigit():
            probe = of.probe(of.by_name + quote(slug, safe=""), Route.API_BY_HANDLE)
            return _organization(of, probe, subject, packs)
    return None


def _organization(of: _Interface, probe: Probe, subject: Subject, packs: Packs) -> Asking:
    found = read((yield probe), subject, packs)
    number = found.facts.platform_id
    if not seen_alive(found) or not isinstance(number, PlatformId) or number.namespace != ORGANIZATION:
        return found
    posts = read((yield of.probe(of.posts + _AUTHOR + number.value, probe.route)), subject, packs)
    if not seen_alive(posts):
        return found
    return with_facts(found, replace(found.facts, activity=posts.facts.activity, posts=posts.facts.posts))


def route_of(url: str) -> Route:
    """Which route an address belongs to."""
    if host(url).startswith("api."):
        return Route.API_BY_HANDLE if query_value(url, "vanityName") else Route.API_BY_ID
    return Route.PAGE


_ALL: Final = frozenset({"existence", "identity", "activity", "profile"})


def _offers(of: _Interface) -> tuple[RouteOffer, ...]:
    return (
        RouteOffer(route=Route.API_BY_ID, ask=partial(_ask_by_id, of=of), key=of.key, sees=_ALL),
        RouteOffer(route=Route.API_BY_HANDLE, ask=partial(_ask_by_name, of=of), key=of.key, sees=_ALL),
    )


ROUTES: Final = (
    *_offers(_PORTABILITY),
    *_offers(_COMMUNITY),
    RouteOffer(
        route=Route.PAGE,
        ask=single(Route.PAGE, read, lambda subject: subject.url),
        sees=frozenset({"existence", "identity", "profile"}),
    ),
)
