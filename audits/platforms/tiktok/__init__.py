"""TikTok: one space of names.

grammar (addresses) · routes (how to ask) · reader (what came back) ─▶ accounts
"""

from __future__ import annotations

from typing import Final

from audits.platform import Platform
from audits.platforms.tiktok.grammar import GRAMMAR
from audits.platforms.tiktok.reader import read
from audits.platforms.tiktok.routes import ROUTES, route_of

__all__ = ["GRAMMAR", "PLATFORM"]

PLATFORM: Final = Platform(
    name="tiktok",
    label="TikTok",
    grammar=GRAMMAR,
    read=read,
    routes=ROUTES,
    route_of=route_of,
    interfaces=("open.tiktokapis.com/", "open-api.tiktok.com/"),
)
