"""SoundCloud: accounts and their tracks.

grammar (addresses) · reader (what came back) ─▶ accounts

Routes: the account's feed, where its number is known ─▶ the card ─▶ the page. SoundCloud gives out
no keys for its interface.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from audits.asking import offer, own_page
from audits.model import Route
from audits.platform import Platform, Subject
from audits.platforms.soundcloud.accounts import USER
from audits.platforms.soundcloud.grammar import GRAMMAR
from audits.platforms.soundcloud.reader import read
from audits.reading.urls import host, path_parts

__all__ = ["GRAMMAR", "PLATFORM"]


def _card(subject: Subject) -> str | None:
    address = subject.url
    return f"https://soundcloud.com/oembed?format=json&url={quote(address, safe='')}" if address else None


def _feed(subject: Subject) -> str | None:
    number = subject.id_in(USER)
    return f"https://feeds.soundcloud.com/users/soundcloud:users:{quote(number)}/sounds.rss" if number else None


def route_of(url: str) -> Route:
    """Which route an address belongs to."""
    if host(url) == "feeds.soundcloud.com":
        return Route.OPEN
    return Route.OEMBED if path_parts(url) == ("oembed",) else Route.PAGE


_SEES: Final = frozenset({"existence", "identity", "profile"})

PLATFORM: Final = Platform(
    name="soundcloud",
    label="SoundCloud",
    grammar=GRAMMAR,
    read=read,
    routes=(
        offer(Route.OPEN, read, _feed, sees=_SEES),
        offer(Route.OEMBED, read, _card, sees=_SEES),
        offer(Route.PAGE, read, own_page, sees=_SEES),
    ),
    route_of=route_of,
)
