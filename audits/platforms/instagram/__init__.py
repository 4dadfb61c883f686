"""Instagram: profiles.

grammar.py (addresses) · routes.py (how to ask) · answers.py (what came back) ─▶ page.py, embed.py, accounts.py
"""

from __future__ import annotations

from typing import Final

from audits.platform import Platform
from audits.platforms.instagram.answers import read
from audits.platforms.instagram.grammar import GRAMMAR
from audits.platforms.instagram.routes import ROUTES, route_of

__all__ = ["GRAMMAR", "PLATFORM"]

PLATFORM: Final = Platform(
    name="instagram", label="Instagram", grammar=GRAMMAR, read=read, routes=ROUTES, route_of=route_of
)
