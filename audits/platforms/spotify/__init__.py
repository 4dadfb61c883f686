"""Spotify: shows, artists and users.

grammar (addresses) · routes (how to ask) · reader (what came back) ─▶ pages | web_api
"""

from __future__ import annotations

from typing import Final

from audits.platform import Platform
from audits.platforms.spotify.grammar import GRAMMAR
from audits.platforms.spotify.reader import read
from audits.platforms.spotify.routes import ROUTES, route_of

__all__ = ["GRAMMAR", "PLATFORM"]

PLATFORM: Final = Platform(
    name="spotify", label="Spotify", grammar=GRAMMAR, read=read, routes=ROUTES, route_of=route_of
)
