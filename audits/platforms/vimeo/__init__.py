"""Vimeo: members and their videos.

grammar (addresses) · routes (how to ask) · reader (what came back) ─▶ pages | api
"""

from __future__ import annotations

from typing import Final

from audits.platform import Platform
from audits.platforms.vimeo.grammar import GRAMMAR
from audits.platforms.vimeo.reader import read
from audits.platforms.vimeo.routes import ROUTES, route_of

__all__ = ["GRAMMAR", "PLATFORM"]

PLATFORM: Final = Platform(name="vimeo", label="Vimeo", grammar=GRAMMAR, read=read, routes=ROUTES, route_of=route_of)
