"""Facebook: pages, and profiles that are run as pages.

grammar.py (addresses) · routes.py (how to ask) · answers.py (what came back) ─▶ page.py, plugin.py, graph.py
"""

from __future__ import annotations

from typing import Final

from audits.platform import Platform
from audits.platforms.facebook.answers import read
from audits.platforms.facebook.grammar import GRAMMAR
from audits.platforms.facebook.ids import fold
from audits.platforms.facebook.routes import ROUTES, route_of

__all__ = ["GRAMMAR", "PLATFORM"]

PLATFORM: Final = Platform(
    name="facebook", label="Facebook", grammar=GRAMMAR, read=read, routes=ROUTES, route_of=route_of, fold=fold
)
