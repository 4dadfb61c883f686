"""Threads: profiles.

grammar.py (addresses) · routes.py (how to ask) · answers.py (what came back)
"""

from __future__ import annotations

from typing import Final

from audits.platform import Platform
from audits.platforms.threads.answers import read
from audits.platforms.threads.grammar import GRAMMAR
from audits.platforms.threads.routes import ROUTES, route_of

__all__ = ["GRAMMAR", "PLATFORM"]

PLATFORM: Final = Platform(
    name="threads",
    label="Threads",
    grammar=GRAMMAR,
    read=read,
    routes=ROUTES,
    route_of=route_of,
    interfaces=("graph.threads.com/", "graph.threads.net/"),
)
