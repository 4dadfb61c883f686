"""Snapchat: `/add/name` and `/@name` are the same account.

grammar (addresses) · reader (what came back)      asking ─▶ page; there is no interface for this
"""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from audits.model import Route
from audits.platform import Platform, RouteOffer, Subject, single
from audits.platforms.snapchat.grammar import GRAMMAR, SITE
from audits.platforms.snapchat.reader import read

__all__ = ["GRAMMAR", "PLATFORM"]


def _profile(subject: Subject) -> str | None:
    return f"{SITE}/@{quote(subject.handle)}" if subject.handle else None


PLATFORM: Final = Platform(
    name="snapchat",
    label="Snapchat",
    grammar=GRAMMAR,
    read=read,
    routes=(
        RouteOffer(
            route=Route.PAGE,
            ask=single(Route.PAGE, read, _profile),
            sees=frozenset({"existence", "identity", "profile"}),
        ),
    ),
)
