"""The ways to look at a Threads account: the official interface by handle, where a key may look up others; the page.

developers.facebook.com, Threads Profiles: Threads Profile Discovery API (`threads_profile_discovery`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from urllib.parse import quote

from audits.asking import ALL, offer
from audits.model import Probe, Route
from audits.platform import Asking, RouteOffer, Subject
from audits.platforms.threads.answers import read
from audits.platforms.threads.grammar import SITE
from audits.reading.markers import Packs
from audits.reading.pages import seen_alive, with_facts

KEY: Final = "threads"
_API: Final = "https://graph.threads.com/v1.0"
_PROFILE: Final = "username,name,profile_picture_url,biography,is_verified,follower_count"
_POSTS: Final = "id,permalink,timestamp,media_type"


def _ask_by_handle(subject: Subject, packs: Packs) -> Asking | None:
    return _lookup(subject, quote(subject.handle), packs) if subject.handle else None


def _lookup(subject: Subject, handle: str, packs: Packs) -> Asking:
    profile = read((yield _probe(f"{_API}/profile_lookup?username={handle}&fields={_PROFILE}")), subject, packs)
    if not seen_alive(profile):
        return profile
    posts = read((yield _probe(f"{_API}/profile_posts?username={handle}&fields={_POSTS}&limit=10")), subject, packs)
    if not seen_alive(posts):
        return profile
    return with_facts(profile, replace(profile.facts, activity=posts.facts.activity, posts=posts.facts.posts))


def _probe(url: str) -> Probe:
    return Probe(url=url, platform="threads", route=Route.API_BY_HANDLE, accept="application/json", key=KEY)


def _page_url(subject: Subject) -> str | None:
    return f"{SITE}/@{quote(subject.handle)}" if subject.handle else subject.url


def route_of(url: str) -> Route:
    return Route.API_BY_HANDLE if "//graph.threads." in url else Route.PAGE


ROUTES: Final = (
    RouteOffer(route=Route.API_BY_HANDLE, ask=_ask_by_handle, key=KEY, sees=ALL),
    offer(Route.PAGE, read, _page_url),
)
