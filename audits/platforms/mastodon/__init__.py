"""Mastodon and what federates with it.

grammar.py (addresses) · routes.py (how to ask) · answers.py (what came back) ─▶ accounts, peertube, others, pages
"""

from __future__ import annotations

from typing import Final

from audits.addresses import ascii_host
from audits.platform import Platform
from audits.platforms.mastodon.answers import read
from audits.platforms.mastodon.grammar import GRAMMAR
from audits.platforms.mastodon.routes import ROUTES, route_of

__all__ = ["GRAMMAR", "PLATFORM", "read"]


def fold(handle: str) -> str:
    """`@User@bawü.example` and `user@xn--baw-joa.example` name the same account."""
    user, _, home = handle.removeprefix("@").lower().partition("@")
    return f"{user}@{ascii_host(home) or home}"


PLATFORM: Final = Platform(
    name="mastodon",
    label="Mastodon",
    grammar=GRAMMAR,
    read=read,
    routes=ROUTES,
    route_of=route_of,
    paths=("/api/v1/accounts/", "/api/v1/video-channels/", "/.well-known/webfinger"),
    fold=fold,
)
