"""Instagram: profiles.

    own account by its Graph id ─▶ any professional account by handle (Business Discovery) ─▶ page

Business Discovery is asked from the city's own professional account, whose id the key's pages tell first.
It answers alike for personal, age-gated and missing accounts, so what it does not find is undecided.
developers.facebook.com, Instagram API with Facebook Login: Business Discovery; User: Accounts.

grammar.py (addresses) · answers.py (what came back) ─▶ page.py (rendered.py), accounts.py
"""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from audits.asking import ALL, JSON, addressed, by_handle, offer, own_page, stepwise
from audits.model import Batch, Probe, Reading, Route, Transport
from audits.platform import Asking, Platform, Subject
from audits.platforms.instagram.accounts import GRAPH
from audits.platforms.instagram.answers import read
from audits.platforms.instagram.grammar import GRAMMAR
from audits.reading.embedded import as_text, dig, find, try_loads
from audits.reading.markers import Packs
from audits.reading.meta import GRAPH as GRAPH_URL
from audits.reading.meta import graph_error
from audits.reading.urls import host

__all__ = ["GRAMMAR", "PLATFORM"]

KEY: Final = "instagram"
_POSTS: Final = "media.limit(5){timestamp,permalink,media_type}"
_PROFILE: Final = f"username,name,biography,website,followers_count,media_count,profile_picture_url,{_POSTS}"
_OWN_ACCOUNTS: Final = f"{GRAPH_URL}/me/accounts?fields=instagram_business_account&limit=100"
_EVERYBODY: Final = 100_000  # the same question for all: asked once a night


def _own_url(subject: Subject) -> str | None:
    own = subject.id_in(GRAPH)
    return f"{GRAPH_URL}/{quote(own)}?fields={_PROFILE}" if own else None


def _discovery(handle: str, subject: Subject, packs: Packs) -> Asking:
    own = yield _probe(_OWN_ACCOUNTS, Batch(endpoint=_OWN_ACCOUNTS, item="me", limit=_EVERYBODY))
    answer = try_loads(own.body)
    asker = next((as_text(dig(each, "id")) for each in find(answer, "instagram_business_account")), None)
    if own.transport is not Transport.OK:
        return read(own, subject, packs)
    if asker is None:
        refused = Reading(transport=Transport.NOT_PERMITTED, reason="key_has_none")
        return graph_error(answer) or refused
    fields = f"business_discovery.username({quote(handle)}){{{_PROFILE}}}"
    return read((yield _probe(f"{GRAPH_URL}/{quote(asker)}?fields={fields}")), subject, packs)


def _probe(url: str, batch: Batch | None = None) -> Probe:
    return Probe(url=url, platform="instagram", route=Route.API_BY_HANDLE, accept=JSON, batch=batch, key=KEY)


_PAGE_URL: Final = addressed("https://www.instagram.com/{name}/", otherwise=own_page)


def route_of(url: str) -> Route:
    """The route that an address belongs to."""
    if not host(url).startswith("graph."):
        return Route.OEMBED if "/oembed" in url else Route.PAGE
    if "instagram_oembed" in url:
        return Route.OEMBED
    return Route.API_BY_HANDLE if "business_discovery" in url else Route.API_BY_ID


PLATFORM: Final = Platform(
    label="Instagram",
    grammar=GRAMMAR,
    read=read,
    routes=(
        offer(Route.API_BY_ID, read, _own_url, sees=ALL, key=KEY, accept=JSON),
        stepwise(Route.API_BY_HANDLE, by_handle, _discovery, key=KEY),
        offer(Route.PAGE, read, _PAGE_URL, sees=ALL),
    ),
    route_of=route_of,
    interfaces=("graph.instagram.com/",),
    questions=("fields=business_discovery.", "/instagram_oembed"),
)
