"""YouTube: channels.

grammar (addresses) · routes (how to ask) · answers (what came back) ─▶ channel_page | html_page | data_api
"""

from __future__ import annotations

from typing import Final

from audits.platform import Platform
from audits.platforms.youtube.answers import read
from audits.platforms.youtube.grammar import GRAMMAR
from audits.platforms.youtube.routes import ROUTES, route_of

__all__ = ["GRAMMAR", "PLATFORM"]

PLATFORM: Final = Platform(
    name="youtube",
    label="YouTube",
    grammar=GRAMMAR,
    read=read,
    routes=ROUTES,
    route_of=route_of,
    interfaces=("www.googleapis.com/youtube/", "youtube.googleapis.com/"),
)
