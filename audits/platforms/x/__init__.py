"""X, once Twitter: one space of names, and a number for every account that never changes.

    API by id ─▶ API by handle      100 accounts a request; one answer holds existence, id, newest post
    page                            robots.txt forbids it: only with a recorded decision

grammar.py (addresses) · what came back: JSON, XML ─▶ answers.py, HTML ─▶ pages.py ─▶ in one form: users.py
Source: docs.x.com, GET /2/users and GET /2/users/by. No oEmbed: that of a profile is made without looking.
"""

from __future__ import annotations

from typing import Final

from audits.asking import Interface, addressed, offer, own_page
from audits.model import Reading, Route
from audits.platform import Platform
from audits.platforms.x.answers import read_json, read_xml
from audits.platforms.x.grammar import GRAMMAR
from audits.platforms.x.pages import read_document, read_pieces
from audits.platforms.x.users import wanted_handle, wanted_id
from audits.reading.urls import host, path_parts, query_value
from audits.replies import Reply, reader

__all__ = ["GRAMMAR", "PLATFORM"]


def _json(reply: Reply) -> Reading | None:
    return read_json(reply) or read_pieces(reply)


read: Final = reader("x", json=_json, xml=read_xml, html=read_document)
KEY: Final = "x"
MOST: Final = 100
_API: Final = "https://api.x.com/2"
_FIELDS: Final = (
    "user.fields=created_at,description,entities,most_recent_tweet_id,name,profile_image_url,protected,"
    "public_metrics,url,username,verified,verified_type,withheld"
)


_PAGE: Final = addressed("https://x.com/{name}", wanted_handle, otherwise=own_page)


def route_of(url: str) -> Route:
    """The route that an address belongs to."""
    if host(url).startswith("api."):
        return Route.API_BY_ID if query_value(url, "ids") or _names_an_id(url) else Route.API_BY_HANDLE
    return Route.OEMBED if host(url).startswith("publish.") else Route.PAGE


def _names_an_id(url: str) -> bool:
    return any(part.isdigit() and len(part) > 1 for part in path_parts(url))


_USERS: Final = Interface(platform="x", read=read, key=KEY)


PLATFORM: Final = Platform(
    label="X",
    grammar=GRAMMAR,
    read=read,
    routes=(
        _USERS.offer(Route.API_BY_ID, wanted_id, f"{_API}/users?ids={{items}}&{_FIELDS}", most=MOST),
        _USERS.offer(Route.API_BY_HANDLE, wanted_handle, f"{_API}/users/by?usernames={{items}}&{_FIELDS}", most=MOST),
        offer(Route.PAGE, read, _PAGE),
    ),
    route_of=route_of,
    interfaces=("cdn.syndication.twimg.com/", "syndication.twitter.com/", "publish.x.com/"),
)
