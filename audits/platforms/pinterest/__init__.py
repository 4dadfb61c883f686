"""Pinterest: one space of names behind some sixty country hosts.

grammar (addresses) · routes (how to ask) · reader (what came back)
"""

from __future__ import annotations

from typing import Final

from audits.platform import Platform
from audits.platforms.pinterest.grammar import GRAMMAR
from audits.platforms.pinterest.reader import read
from audits.platforms.pinterest.routes import ROUTES, route_of

__all__ = ["GRAMMAR", "PLATFORM"]

PLATFORM: Final = Platform(
    name="pinterest", label="Pinterest", grammar=GRAMMAR, read=read, routes=ROUTES, route_of=route_of
)
