"""The ways to look at a Bluesky account, in order; the interface is open to everyone.

by DID, 25 profiles a request ─missing─▶ the one profile, which says why
            └──────────────present─▶ its newest posts
by handle: the same
the profile's feed ─▶ its page
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from urllib.parse import quote

from audits.asking import ALL, offer
from audits.model import Activity, Batch, PlatformId, Probe, Reading, Route
from audits.platform import Asking, RouteOffer, Subject
from audits.platforms.bluesky.answers import read
from audits.platforms.bluesky.interface import DID
from audits.reading.markers import Packs
from audits.reading.pages import seen_alive
from audits.reading.urls import host, path_parts

_API: Final = "https://public.api.bsky.app/xrpc"
_PROFILES: Final = f"{_API}/app.bsky.actor.getProfiles?actors={{items}}"
_MOST: Final = 25  # app.bsky.actor.getProfiles, maxLength of actors
_NEWEST: Final = 20


def _did(subject: Subject) -> str | None:
    named = (subject.key or "").removeprefix("bluesky:")
    return subject.id_in(DID) or (named if named.startswith("did:") else None)


def _handle(subject: Subject) -> str | None:
    named = (subject.key or "").removeprefix("bluesky:")
    return named if named and not named.startswith("did:") else None


def _ask_by_id(subject: Subject, packs: Packs) -> Asking | None:
    did = _did(subject)
    return _account(did, Route.API_BY_ID, subject, packs) if did else None


def _ask_by_handle(subject: Subject, packs: Packs) -> Asking | None:
    handle = _handle(subject)
    return _account(handle, Route.API_BY_HANDLE, subject, packs) if handle else None


def _account(actor: str, route: Route, subject: Subject, packs: Packs) -> Asking:
    batch = Batch(endpoint=_PROFILES, item=actor, limit=_MOST, separator="&actors=")
    page = yield _probe(_PROFILES.format(items=quote(actor, safe=":")), route, subject, batch)
    profile = read(page, subject, packs)
    if not seen_alive(profile):
        page = yield _probe(f"{_API}/app.bsky.actor.getProfile?actor={quote(actor, safe=':')}", route, subject)
        profile = read(page, subject, packs)
    did = profile.facts.platform_id
    if not seen_alive(profile) or not isinstance(did, PlatformId):
        return profile
    posts = f"{_API}/app.bsky.feed.getAuthorFeed?actor={did.value}&limit={_NEWEST}&filter=posts_with_replies"
    page = yield _probe(posts, route, subject)
    return _with_posts(profile, read(page, replace(subject, key=f"bluesky:{did.value}"), packs))


def _with_posts(profile: Reading, listed: Reading) -> Reading:
    facts = profile.facts
    if isinstance(listed.facts.posts, tuple):
        facts = replace(facts, posts=listed.facts.posts)
    if isinstance(listed.facts.activity, Activity):
        facts = replace(facts, activity=listed.facts.activity)
    return replace(profile, facts=facts)


def _probe(url: str, route: Route, subject: Subject, batch: Batch | None = None) -> Probe:
    return Probe(url=url, platform=subject.platform, route=route, accept="application/json", batch=batch)


def _feed_url(subject: Subject) -> str | None:
    actor = _did(subject) or _handle(subject)
    return f"https://bsky.app/profile/{actor}/rss" if actor else None


def _page_url(subject: Subject) -> str | None:
    actor = _handle(subject) or _did(subject)
    return f"https://bsky.app/profile/{actor}" if actor else subject.url


_ALL: Final = ALL | {"captions"}

ROUTES: Final = (
    RouteOffer(route=Route.API_BY_ID, ask=_ask_by_id, sees=_ALL),
    RouteOffer(route=Route.API_BY_HANDLE, ask=_ask_by_handle, sees=_ALL),
    offer(Route.OPEN, read, _feed_url, sees=_ALL),
    offer(Route.PAGE, read, _page_url),
)


def route_of(url: str) -> Route:
    """Which of the routes an address belongs to."""
    parts = path_parts(url)
    if "xrpc" in parts or host(url) == "plc.directory":
        return Route.API_BY_ID if "did:" in url or "did%3A" in url else Route.API_BY_HANDLE
    return Route.OPEN if parts[-1:] == ("rss",) else Route.PAGE
