"""Bluesky.

    by DID, 25 profiles a request ─missing─▶ the one profile, which says why
                └──────────────present─▶ its newest posts
    by handle: the same
    the profile's feed ─▶ its page

grammar.py (addresses) · answers.py (what came back) ─▶ interface.py, page.py
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from urllib.parse import quote

from audits.asking import ALL, Interface, id_seen, offer, with_posts
from audits.model import Probe, Route
from audits.platform import Asking, Platform, Subject
from audits.platforms.bluesky.answers import read
from audits.platforms.bluesky.grammar import GRAMMAR
from audits.platforms.bluesky.interface import DID
from audits.reading.markers import Packs
from audits.reading.pages import seen_alive
from audits.reading.urls import host, path_parts

__all__ = ["GRAMMAR", "PLATFORM", "read"]

_API: Final = "https://public.api.bsky.app/xrpc"
_PROFILES: Final = f"{_API}/app.bsky.actor.getProfiles?actors={{items}}"
_MOST: Final = 25  # app.bsky.actor.getProfiles, maxLength of actors
_NEWEST: Final = 20
_ALL: Final = ALL | {"captions"}


def _did(subject: Subject) -> str | None:
    named = (subject.key or "").removeprefix("bluesky:")
    return subject.id_in(DID) or (named if named.startswith("did:") else None)


def _handle(subject: Subject) -> str | None:
    named = (subject.key or "").removeprefix("bluesky:")
    return named if named and not named.startswith("did:") else None


_PUBLIC: Final = Interface(platform="bluesky", read=read, sees=_ALL)


def _account(probe: Probe, actor: str, subject: Subject, packs: Packs) -> Asking:
    profile = read((yield probe), subject, packs)
    if not seen_alive(profile):
        alone = f"{_API}/app.bsky.actor.getProfile?actor={quote(actor, safe=':')}"
        profile = read((yield _PUBLIC.probe(alone, probe.route)), subject, packs)
    did = id_seen(profile, DID)
    if not seen_alive(profile) or did is None:
        return profile
    posts = f"{_API}/app.bsky.feed.getAuthorFeed?actor={did}&limit={_NEWEST}&filter=posts_with_replies"
    page = yield _PUBLIC.probe(posts, probe.route)
    return with_posts(profile, read(page, replace(subject, key=f"bluesky:{did}"), packs))


def _feed_url(subject: Subject) -> str | None:
    actor = _did(subject) or _handle(subject)
    return f"https://bsky.app/profile/{actor}/rss" if actor else None


def _page_url(subject: Subject) -> str | None:
    actor = _handle(subject) or _did(subject)
    return f"https://bsky.app/profile/{actor}" if actor else subject.url


def route_of(url: str) -> Route:
    """Which of the routes an address belongs to."""
    parts = path_parts(url)
    if "xrpc" in parts or host(url) == "plc.directory":
        return Route.API_BY_ID if "did:" in url or "did%3A" in url else Route.API_BY_HANDLE
    return Route.OPEN if parts[-1:] == ("rss",) else Route.PAGE


PLATFORM: Final = Platform(
    label="Bluesky",
    grammar=GRAMMAR,
    read=read,
    routes=(
        _PUBLIC.offer(Route.API_BY_ID, _did, _PROFILES, most=_MOST, separator="&actors=", steps=_account),
        _PUBLIC.offer(Route.API_BY_HANDLE, _handle, _PROFILES, most=_MOST, separator="&actors=", steps=_account),
        offer(Route.OPEN, read, _feed_url),
        offer(Route.PAGE, read, _page_url),
    ),
    route_of=route_of,
    interfaces=("api.bsky.app/", "public.api.bsky.app/", "bsky.social/xrpc/", "plc.directory/"),
)
