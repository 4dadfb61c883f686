"""X, once Twitter: one space of names, and a number for every account that never changes.

grammar (addresses) · routes (how to ask) · reader (what came back) ─▶ answers, html_page ─▶ users
"""

from __future__ import annotations

from typing import Final

from audits.platform import Platform
from audits.platforms.x.grammar import GRAMMAR
from audits.platforms.x.reader import read
from audits.platforms.x.routes import ROUTES, route_of

__all__ = ["GRAMMAR", "PLATFORM"]

PLATFORM: Final = Platform(
    name="x",
    label="X",
    grammar=GRAMMAR,
    read=read,
    routes=ROUTES,
    route_of=route_of,
    interfaces=("cdn.syndication.twimg.com/", "syndication.twitter.com/", "publish.x.com/"),
)
