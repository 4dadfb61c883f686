"""The ways to look at an account on TikTok, in order.

    oEmbed of the profile: is it there? ─▶ page: who is it?        page alone, where oEmbed says nothing

No official interface answers about others' accounts: the Display API needs each account's own log-in, the Research
API is for researchers. The embed page, which lists the newest videos, is closed by robots.txt.
Source: developers.tiktok.com, Embed Creator Profiles.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from audits.asking import offer
from audits.model import Existence, Probe, Route
from audits.platform import Asking, RouteOffer, Subject
from audits.platforms.tiktok.reader import read
from audits.reading.markers import Packs
from audits.reading.pages import seen_alive
from audits.reading.urls import path_parts


def _profile(subject: Subject) -> str | None:
    return f"https://www.tiktok.com/@{quote(subject.handle)}" if subject.handle else None


def _oembed(subject: Subject) -> str | None:
    profile = _profile(subject)
    return f"https://www.tiktok.com/oembed?url={quote(profile, safe='')}" if profile else None


def _ask_oembed(subject: Subject, packs: Packs) -> Asking | None:
    oembed, profile = _oembed(subject), _profile(subject)
    return _both(oembed, profile, subject, packs) if oembed and profile else None


def _both(oembed: str, profile: str, subject: Subject, packs: Packs) -> Asking:
    """What oEmbed has seen alive, a page that is refused to strangers now and then does not deny."""
    heard = read((yield _probe(oembed, Route.OEMBED, "application/json")), subject, packs)
    if not seen_alive(heard):
        return heard
    seen = read((yield _probe(profile, Route.PAGE)), subject, packs)
    return seen if seen_alive(seen) or seen.existence is Existence.PRIVATE else heard


def _probe(url: str, route: Route, accept: str = "*/*") -> Probe:
    return Probe(url=url, platform="tiktok", route=route, accept=accept)


def route_of(url: str) -> Route:
    """Which route an address belongs to."""
    return Route.OEMBED if path_parts(url)[:1] == ("oembed",) else Route.PAGE


ROUTES: Final = (
    RouteOffer(
        route=Route.OEMBED,
        ask=_ask_oembed,
        sees=frozenset({"existence", "identity", "profile"}),
    ),
    offer(Route.PAGE, read, _profile),
)
