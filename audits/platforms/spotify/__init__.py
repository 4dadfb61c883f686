"""Spotify: shows, artists and users.

    show by id, in the Swedish market ─ listed ─▶ its newest episodes
                                      └ 404 ────▶ the card, which knows no markets ─ 404 too ─▶ gone
    the card      the page

grammar.py (addresses) · reader.py (what came back)
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from urllib.parse import quote

from audits.asking import JSON, NAME, offer, own_page, quoted, stepwise
from audits.model import Existence, Marker, Page, Probe, Reading, Route
from audits.platform import Asking, Platform, Subject
from audits.platforms.spotify.grammar import GRAMMAR, SITE
from audits.platforms.spotify.reader import NOT_LISTED, id_in, read
from audits.reading.markers import Packs
from audits.reading.pages import explicit, seen_alive, undecided, with_facts
from audits.reading.urls import host, path_parts

__all__ = ["GRAMMAR", "PLATFORM"]

KEY: Final = "spotify"
_SHOWS: Final = "https://api.spotify.com/v1/shows"
_MARKET: Final = "market=SE"  # without one, a show that is not sold where the key was made looks missing


def _show_of(subject: Subject) -> str | None:
    """The id, as addresses quote it, of the show that the register has pinned, or that its key or address names."""
    named = id_in(subject.key) or id_in(subject.url)
    show = subject.id_in("show") or (named.value if named and named.namespace == "show" else None)
    return quote(show) if show else None


def _show(show: str, subject: Subject, packs: Packs) -> Asking:
    found = read((yield _probe(f"{_SHOWS}/{show}?{_MARKET}")), subject, packs)
    if any(marker.id == NOT_LISTED for marker in found.markers):
        return _missing(found, (yield _probe(_card(show), Route.OEMBED, None)))
    if not seen_alive(found):
        return found
    episodes = read((yield _probe(f"{_SHOWS}/{show}/episodes?{_MARKET}&limit=10")), subject, packs)
    return with_facts(found, replace(found.facts, activity=episodes.facts.activity)) if seen_alive(episodes) else found


def _probe(url: str, route: Route = Route.API_BY_ID, key: str | None = KEY) -> Probe:
    return Probe(url=url, platform="spotify", route=route, accept=JSON, key=key)


def _missing(found: Reading, card: Page) -> Reading:
    """Two of Spotify's own answers, of which the second does not depend on a market."""
    if card.status == 404 and path_parts(card.url) == ("oembed",):
        return explicit(Existence.GONE, Marker("spotify.no-such-show", Existence.GONE, "neither listed nor embeddable"))
    return undecided("not sold in this market", *found.markers)


def _card(show: str) -> str:
    return f"{SITE}/oembed?url={quoted(f'{SITE}/show/{show}')}"


def _card_url(subject: Subject) -> str | None:
    show = _show_of(subject)
    return _card(show) if show else None


def route_of(url: str) -> Route:
    """Which route an address belongs to."""
    if host(url) == "api.spotify.com":
        return Route.API_BY_ID
    if host(url).endswith("spotify.com"):
        return Route.OEMBED if path_parts(url)[:1] == ("oembed",) else Route.PAGE
    return Route.OPEN


PLATFORM: Final = Platform(
    label="Spotify",
    grammar=GRAMMAR,
    read=read,
    routes=(
        stepwise(Route.API_BY_ID, _show_of, _show, key=KEY),
        offer(Route.OEMBED, read, _card_url, sees=NAME),
        offer(Route.PAGE, read, own_page),
    ),
    route_of=route_of,
)
