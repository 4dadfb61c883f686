"""Vimeo: members and their videos.

    interface by number, by name ─▶ their newest videos      page
    grammar (addresses) · interface (JSON) · page (HTML, and a member's feed)

Sources: developer.vimeo.com/api/reference/users; matthooks/vimeo; soxoj/socid-extractor; gpodder#920, feedbin#318
"""

from __future__ import annotations

from typing import Final

from audits.asking import Interface, by_handle, by_id, listed_at, offer, own_page
from audits.model import Route
from audits.platform import Platform
from audits.platforms.vimeo.grammar import GRAMMAR
from audits.platforms.vimeo.interface import USER, read_json
from audits.platforms.vimeo.page import read_feed_of, read_page
from audits.reading.urls import host, path_parts
from audits.replies import reader

__all__ = ["GRAMMAR", "PLATFORM"]


def _of_something_else(address: str) -> bool:
    return host(address) == "api.vimeo.com" and path_parts(address)[:1] not in (("users",), ("me",))


read: Final = reader("vimeo", json=read_json, xml=read_feed_of, html=read_page, of_something_else=_of_something_else)


_USERS: Final = "https://api.vimeo.com/users"


_VIDEOS: Final = listed_at(f"{_USERS}/{{name}}/videos?sort=date&direction=desc&per_page=10")
_JSON: Final = "application/vnd.vimeo.*+json;version=3.4"
_INTERFACE: Final = Interface(platform="vimeo", read=read, key="vimeo", accept=_JSON, newest=_VIDEOS)


def route_of(url: str) -> Route:
    """Which route an address belongs to."""
    parts = path_parts(url)
    if host(url) == "api.vimeo.com":
        return Route.API_BY_ID if parts[1:2] and parts[1].isdigit() else Route.API_BY_HANDLE
    return Route.OEMBED if "oembed.json" in parts else Route.PAGE


PLATFORM: Final = Platform(
    label="Vimeo",
    grammar=GRAMMAR,
    read=read,
    routes=(
        _INTERFACE.offer(Route.API_BY_ID, by_id(USER), f"{_USERS}/{{items}}"),
        _INTERFACE.offer(Route.API_BY_HANDLE, by_handle, f"{_USERS}/{{items}}"),
        offer(Route.PAGE, read, own_page),
    ),
    route_of=route_of,
)
