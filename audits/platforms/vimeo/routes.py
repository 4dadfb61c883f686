"""The ways to look at a Vimeo member: interface by id, by name, then the page."""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from urllib.parse import quote

from audits.asking import offer, own_page
from audits.model import Probe, Route
from audits.platform import Asking, RouteOffer, Subject
from audits.platforms.vimeo.pages import USER
from audits.platforms.vimeo.reader import read
from audits.reading.markers import Packs
from audits.reading.pages import seen_alive, with_facts
from audits.reading.urls import host, path_parts

KEY: Final = "vimeo"
_API: Final = "https://api.vimeo.com/users"
_ACCEPT: Final = "application/vnd.vimeo.*+json;version=3.4"
_NEWEST: Final = "videos?sort=date&direction=desc&per_page=10"


def _by_id(subject: Subject, packs: Packs) -> Asking | None:
    number = subject.id_in(USER)
    return _member(number, Route.API_BY_ID, subject, packs) if number else None


def _by_name(subject: Subject, packs: Packs) -> Asking | None:
    return _member(quote(subject.handle), Route.API_BY_HANDLE, subject, packs) if subject.handle else None


def _member(who: str, route: Route, subject: Subject, packs: Packs) -> Asking:
    member = read((yield _probe(f"{_API}/{who}", route)), subject, packs)
    if not seen_alive(member):
        return member
    if member.facts.posts_count == 0:
        return with_facts(member, replace(member.facts, activity=None, posts=()))
    videos = read((yield _probe(f"{_API}/{who}/{_NEWEST}", route)), subject, packs)
    if not seen_alive(videos):
        return member
    return with_facts(member, replace(member.facts, activity=videos.facts.activity, posts=videos.facts.posts))


def _probe(url: str, route: Route) -> Probe:
    return Probe(url=url, platform="vimeo", route=route, accept=_ACCEPT, key=KEY)


def route_of(url: str) -> Route:
    """Which route an address belongs to."""
    parts = path_parts(url)
    if host(url) == "api.vimeo.com":
        return Route.API_BY_ID if parts[1:2] and parts[1].isdigit() else Route.API_BY_HANDLE
    return Route.OEMBED if "oembed.json" in parts else Route.PAGE


_SEES: Final = frozenset({"existence", "identity", "profile"})

ROUTES: Final = (
    RouteOffer(route=Route.API_BY_ID, ask=_by_id, key=KEY, sees=_SEES | {"activity"}),
    RouteOffer(route=Route.API_BY_HANDLE, ask=_by_name, key=KEY, sees=_SEES | {"activity"}),
    offer(Route.PAGE, read, own_page, sees=_SEES),
)
