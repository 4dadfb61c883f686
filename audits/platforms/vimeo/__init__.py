"""Vimeo: members and their videos.

    interface by number, by name ─▶ their newest videos      page
    grammar (addresses) · interface (JSON) · page (HTML, and a member's feed)

Sources: developer.vimeo.com/api/reference/users; matthooks/vimeo; soxoj/socid-extractor; gpodder#920, feedbin#318
"""

from __future__ import annotations

from typing import Final

from audits.asking import Interface, by_handle, by_id, listed_at, offer, own_page
from audits.model import Route
from audits.platform import Platform, routed
from audits.platforms.vimeo.grammar import GRAMMAR
from audits.platforms.vimeo.interface import USER, read_json
from audits.platforms.vimeo.page import read_feed_of, read_page
from audits.replies import other_than, reader

__all__ = ["GRAMMAR", "PLATFORM"]


_SHOWING: Final = other_than("api.vimeo.com/users", "api.vimeo.com/me")
read: Final = reader("vimeo", json=read_json, xml=read_feed_of, html=read_page, of_something_else=_SHOWING)

_USERS: Final = "https://api.vimeo.com/users"
_VIDEOS: Final = listed_at(f"{_USERS}/{{name}}/videos?sort=date&direction=desc&per_page=10")
_JSON: Final = "application/vnd.vimeo.*+json;version=3.4"
_INTERFACE: Final = Interface(platform="vimeo", read=read, key="vimeo", accept=_JSON, newest=_VIDEOS)
_ROUTES: Final = {
    "api.vimeo.com/{number}": Route.API_BY_ID, "api.vimeo.com": Route.API_BY_HANDLE, "oembed.json": Route.OEMBED,
}  # fmt: skip

PLATFORM: Final = Platform(
    label="Vimeo",
    grammar=GRAMMAR,
    read=read,
    routes=(
        _INTERFACE.offer(Route.API_BY_ID, by_id(USER), f"{_USERS}/{{items}}"),
        _INTERFACE.offer(Route.API_BY_HANDLE, by_handle, f"{_USERS}/{{items}}"),
        offer(Route.PAGE, read, own_page),
    ),
    route_of=routed(_ROUTES),
)
