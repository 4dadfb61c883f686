"""The ways to look at an Instagram account, in order.

    own account by its Graph id ─▶ any professional account by handle (Business Discovery) ─▶ page

Business Discovery is asked from the city's own professional account, whose id the key's pages tell first.
It answers alike for personal, age-gated and missing accounts, so what it does not find is undecided.
developers.facebook.com, Instagram API with Facebook Login: Business Discovery; User: Accounts.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import quote, urlsplit

from audits.asking import ALL, offer
from audits.model import Batch, Probe, Reading, Route, Transport
from audits.platform import Asking, RouteOffer, Subject
from audits.platforms.instagram.accounts import GRAPH
from audits.platforms.instagram.answers import read
from audits.reading.embedded import as_text, dig, find, try_loads
from audits.reading.markers import Packs
from audits.reading.meta import GRAPH as GRAPH_URL
from audits.reading.meta import graph_error

KEY: Final = "instagram"
_JSON: Final = "application/json"
_POSTS: Final = "media.limit(5){timestamp,permalink,media_type}"
_PROFILE: Final = f"username,name,biography,website,followers_count,media_count,profile_picture_url,{_POSTS}"
_OWN_ACCOUNTS: Final = f"{GRAPH_URL}/me/accounts?fields=instagram_business_account&limit=100"
_EVERYBODY: Final = 100_000  # the same question for all: asked once a night


def _own_url(subject: Subject) -> str | None:
    own = subject.id_in(GRAPH)
    return f"{GRAPH_URL}/{quote(own)}?fields={_PROFILE}" if own else None


def _ask_by_handle(subject: Subject, packs: Packs) -> Asking | None:
    return _discovery(subject, subject.handle, packs) if subject.handle else None


def _discovery(subject: Subject, handle: str, packs: Packs) -> Asking:
    own = yield _probe(_OWN_ACCOUNTS, Batch(endpoint=_OWN_ACCOUNTS, item="me", limit=_EVERYBODY))
    answer = try_loads(own.body)
    asker = next((as_text(dig(each, "id")) for each in find(answer, "instagram_business_account")), None)
    if own.transport is not Transport.OK:
        return read(own, subject, packs)
    if asker is None:
        refused = Reading(transport=Transport.NOT_PERMITTED, reason="the key's pages have no Instagram account")
        return graph_error(answer) or refused
    fields = f"business_discovery.username({quote(handle)}){{{_PROFILE}}}"
    return read((yield _probe(f"{GRAPH_URL}/{quote(asker)}?fields={fields}")), subject, packs)


def _probe(url: str, batch: Batch | None = None) -> Probe:
    return Probe(url=url, platform="instagram", route=Route.API_BY_HANDLE, accept=_JSON, batch=batch, key=KEY)


def _page_url(subject: Subject) -> str | None:
    return f"https://www.instagram.com/{quote(subject.handle)}/" if subject.handle else subject.url


def route_of(url: str) -> Route:
    """Which route an address belongs to."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return Route.PAGE
    if not host.startswith("graph."):
        return Route.OEMBED if "/oembed" in url else Route.PAGE
    if "instagram_oembed" in url:
        return Route.OEMBED
    return Route.API_BY_HANDLE if "business_discovery" in url else Route.API_BY_ID


ROUTES: Final = (
    offer(Route.API_BY_ID, read, _own_url, sees=ALL, key=KEY, accept=_JSON),
    RouteOffer(route=Route.API_BY_HANDLE, ask=_ask_by_handle, key=KEY, sees=ALL),
    offer(Route.PAGE, read, _page_url, sees=ALL),
)
