"""A blog, campaign site or app page on a host of its own.

grammar.py (addresses) · visit.py (how to ask) · reader.py (what came back)
"""

from __future__ import annotations

from typing import Final

from audits.platform import Platform
from audits.platforms.website.grammar import GRAMMAR
from audits.platforms.website.reader import read
from audits.platforms.website.visit import ROUTES

__all__ = ["GRAMMAR", "PLATFORM", "read"]

PLATFORM: Final = Platform(name="website", label="Webbplats", grammar=GRAMMAR, read=read, routes=ROUTES)
