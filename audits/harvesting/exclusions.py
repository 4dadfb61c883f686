"""What looks like an account of the publisher's and is none, each with its reason.

    Exclusion ─▶ not an account at all (a page of the platform, a placeholder)
              └▶ not the publisher's (who built the site, the platform's own account)

The list is declared outside; what names somebody does not apply on that somebody's own site.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from audits.harvesting.likeness import Likeness
from audits.harvesting.publisher import Publisher
from audits.reading.urls import path_parts


class Effect(StrEnum):
    """What is excluded: not an account at all, or not the publisher's own."""

    NOT_AN_ACCOUNT = "not_an_account"
    NOT_OWN = "not_own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """`names` are handles in lower case; `segments` fit one part of a path, `near` the words around a link."""

    id: str
    why: str
    effect: Effect
    platforms: frozenset[str] = frozenset()  # all, where none is named
    names: frozenset[str] = frozenset()
    segments: re.Pattern[str] | None = None
    near: re.Pattern[str] | None = None

    def covers(self, platform: str | None) -> bool:
        return not self.platforms or platform in self.platforms


Exclusions: TypeAlias = tuple[Exclusion, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """An address, as exclusions look at it."""

    url: str
    platform: str | None
    handle: str
    near: str = ""


def exclusion_of(named: Named, publisher: Publisher, exclusions: Exclusions) -> Exclusion | None:
    """The first exclusion that holds for this address on this publisher's page."""
    return next((each for each in _covering(named, exclusions) if _holds(each, named, publisher)), None)


def _covering(named: Named, exclusions: Exclusions) -> Iterator[Exclusion]:
    return (each for each in exclusions if each.covers(named.platform))


def _holds(each: Exclusion, named: Named, publisher: Publisher) -> bool:
    if each.segments and any(each.segments.fullmatch(part) for part in path_parts(named.url)):
        return True
    if named.handle.lower() not in each.names and not (each.near and each.near.search(named.near)):
        return False
    return each.effect is Effect.NOT_AN_ACCOUNT or publisher.likeness(named.handle) is not Likeness.SAME
