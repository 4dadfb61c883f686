"""The ways to look at a Twitch channel: Helix by number (100 a request), by name, then the page."""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from urllib.parse import quote

from audits.model import Batch, PlatformId, Probe, Route
from audits.platform import Asking, RouteOffer, Subject, own_page, single
from audits.platforms.twitch.helix import USER
from audits.platforms.twitch.reader import read
from audits.reading.markers import Packs
from audits.reading.pages import seen_alive, with_facts
from audits.reading.urls import host, query_value

KEY: Final = "twitch"
_HELIX: Final = "https://api.twitch.tv/helix"
_BY_ID: Final = f"{_HELIX}/users?id={{items}}"
_MOST_IDS: Final = 100


def _by_id(subject: Subject, packs: Packs) -> Asking | None:
    number = subject.id_in(USER)
    if number is None:
        return None
    batch = Batch(endpoint=_BY_ID, item=number, limit=_MOST_IDS, separator="&id=")
    return _channel(_probe(_BY_ID.format(items=quote(number)), Route.API_BY_ID, batch), subject, packs)


def _by_login(subject: Subject, packs: Packs) -> Asking | None:
    name = subject.handle
    if name is None:
        return None
    return _channel(_probe(f"{_HELIX}/users?login={quote(name)}", Route.API_BY_HANDLE), subject, packs)


def _channel(probe: Probe, subject: Subject, packs: Packs) -> Asking:
    user = read((yield probe), subject, packs)
    known = user.facts.platform_id
    if not seen_alive(user) or not isinstance(known, PlatformId):
        return user
    newest = f"{_HELIX}/videos?user_id={quote(known.value)}&type=all&first=10"
    videos = read((yield _probe(newest, probe.route)), subject, packs)
    if not seen_alive(videos):
        return user
    return with_facts(user, replace(user.facts, activity=videos.facts.activity, posts=videos.facts.posts))


def _probe(url: str, route: Route, batch: Batch | None = None) -> Probe:
    return Probe(url=url, platform="twitch", route=route, accept="application/json", batch=batch, key=KEY)


def route_of(url: str) -> Route:
    """Which route an address belongs to."""
    if host(url) == "api.twitch.tv":
        return Route.API_BY_HANDLE if query_value(url, "login") else Route.API_BY_ID
    return Route.PAGE


_SEES: Final = frozenset({"existence", "identity", "profile"})

ROUTES: Final = (
    RouteOffer(route=Route.API_BY_ID, ask=_by_id, key=KEY, sees=_SEES),
    RouteOffer(route=Route.API_BY_HANDLE, ask=_by_login, key=KEY, sees=_SEES),
    RouteOffer(route=Route.PAGE, ask=single(Route.PAGE, read, own_page), sees=frozenset({"profile"})),
)
