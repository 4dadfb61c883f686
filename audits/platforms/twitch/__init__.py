"""Twitch: channels.

grammar (addresses) · routes (how to ask) · reader (what came back) ─▶ pages | helix
"""

from __future__ import annotations

from typing import Final

from audits.platform import Platform
from audits.platforms.twitch.grammar import GRAMMAR
from audits.platforms.twitch.reader import read
from audits.platforms.twitch.routes import ROUTES, route_of

__all__ = ["GRAMMAR", "PLATFORM"]

PLATFORM: Final = Platform(name="twitch", label="Twitch", grammar=GRAMMAR, read=read, routes=ROUTES, route_of=route_of)
