"""Bluesky.

grammar.py (addresses) · routes.py (how to ask) · answers.py (what came back) ─▶ interface.py, page.py
"""

from __future__ import annotations

from typing import Final

from audits.platform import Platform
from audits.platforms.bluesky.answers import read
from audits.platforms.bluesky.grammar import GRAMMAR
from audits.platforms.bluesky.routes import ROUTES, route_of

__all__ = ["GRAMMAR", "PLATFORM", "read"]

PLATFORM: Final = Platform(
    name="bluesky",
    label="Bluesky",
    grammar=GRAMMAR,
    read=read,
    routes=ROUTES,
    route_of=route_of,
    interfaces=("api.bsky.app/", "public.api.bsky.app/", "bsky.social/xrpc/", "plc.directory/"),
)
