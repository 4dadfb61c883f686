"""LinkedIn: companies, showcases, schools and people.

grammar (addresses) · routes (how to ask) · reader (what came back) ─▶ answers, html_page
"""

from __future__ import annotations

from typing import Final

from audits.platform import Platform
from audits.platforms.linkedin.grammar import GRAMMAR, fold_slug
from audits.platforms.linkedin.reader import read
from audits.platforms.linkedin.routes import ROUTES, route_of

__all__ = ["GRAMMAR", "PLATFORM"]

PLATFORM: Final = Platform(
    name="linkedin",
    label="LinkedIn",
    grammar=GRAMMAR,
    read=read,
    routes=ROUTES,
    route_of=route_of,
    fold=fold_slug,
    named_kinds=frozenset({"company", "school", "showcase", "in"}),
)
