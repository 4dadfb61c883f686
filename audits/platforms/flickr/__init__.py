"""Flickr: members and their photos.

grammar (addresses) · routes (how to ask) · reader (what came back) ─▶ accounts
"""

from __future__ import annotations

from typing import Final

from audits.platform import Platform
from audits.platforms.flickr.grammar import GRAMMAR
from audits.platforms.flickr.reader import read
from audits.platforms.flickr.routes import ROUTES, route_of

__all__ = ["GRAMMAR", "PLATFORM"]

PLATFORM: Final = Platform(
    name="flickr",
    label="Flickr",
    grammar=GRAMMAR,
    read=read,
    routes=ROUTES,
    route_of=route_of,
    interfaces=("api.flickr.com/",),
)
