"""The ways to look at a profile on Pinterest, in order.

    feed: the newest pin ─▶ page: who is it?      oEmbed, where both say nothing

The official interface answers only about the account whose log-in is used.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from urllib.parse import quote

from audits.model import Probe, Route
from audits.platform import Asking, RouteOffer, Subject, single
from audits.platforms.pinterest.grammar import SITE
from audits.platforms.pinterest.reader import read
from audits.reading.markers import Packs
from audits.reading.pages import seen_alive, with_facts
from audits.reading.urls import path_parts


def _profile(subject: Subject) -> str | None:
    return f"{SITE}/{quote(subject.handle)}/" if subject.handle else None


def _ask_feed_and_page(subject: Subject, packs: Packs) -> Asking | None:
    profile = _profile(subject)
    return _both(profile, subject, packs) if profile else None


def _both(profile: str, subject: Subject, packs: Packs) -> Asking:
    """The feed knows the newest pin and not the id, the page the id and not the newest pin."""
    feed = read((yield _probe(f"{profile}feed.rss", Route.OPEN)), subject, packs)
    seen = read((yield _probe(profile, Route.PAGE)), subject, packs)
    if not seen_alive(feed):
        return seen
    return with_facts(seen, replace(seen.facts, activity=feed.facts.activity)) if seen_alive(seen) else feed


def _probe(url: str, route: Route) -> Probe:
    return Probe(url=url, platform="pinterest", route=route)


def _oembed_url(subject: Subject) -> str | None:
    profile = _profile(subject)
    return f"{SITE}/oembed.json?url={quote(profile, safe='')}" if profile else None


def route_of(url: str) -> Route:
    """Which route an address belongs to."""
    last = "".join(path_parts(url)[-1:])
    return {"oembed.json": Route.OEMBED, "feed.rss": Route.OPEN}.get(last, Route.PAGE)


ROUTES: Final = (
    RouteOffer(
        route=Route.OPEN,
        ask=_ask_feed_and_page,
        sees=frozenset({"existence", "identity", "activity", "profile"}),
    ),
    RouteOffer(
        route=Route.OEMBED,
        ask=single(Route.OEMBED, read, _oembed_url, accept="application/json"),
        sees=frozenset({"existence"}),
    ),
)
