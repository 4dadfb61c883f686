"""What is to be asked for next: pages of the city's sites that no one has asked for under any spelling.

    declared sites ─▶ start, depth 0        links ─▶ depth + 1, and the front page of a host that is new
    sitemaps       ─▶ depth 1, whatever their shape

Nothing is kept here: a store knows which addresses it has, and takes each once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Final
from urllib.parse import urljoin, urlsplit

from audits.addresses import Grammar
from audits.discovering.addresses import Hygiene, canonical, host_in
from audits.discovering.plan import Plan
from audits.discovering.traps import Shape, Traps
from audits.harvesting import Exclusions

READS: Final = 1  # raised with every change to what is read of a page
_LISTED_DEPTH: Final = 1


class Role(StrEnum):
    """What is wanted of an address: a page, or what a site itself lists."""

    PAGE = "page"
    SITEMAP = "sitemap"


@dataclass(frozen=True, slots=True)
class Spot:
    """A page that is wanted. `shape` is None where it is wanted whatever else looks like it."""

    url: str
    depth: int
    role: Role = Role.PAGE
    shape: Shape | None = None

    @property
    def host(self) -> str:
        return host_in(self.url)

    @property
    def is_front(self) -> bool:
        parts = urlsplit(self.url)
        return parts.path in ("", "/") and not parts.query


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """All that a walk decides by."""

    plan: Plan
    grammars: tuple[Grammar, ...]
    exclusions: Exclusions
    hygiene: Hygiene = field(default_factory=Hygiene)
    traps: Traps = field(default_factory=Traps)

    @property
    def reading(self) -> str:
        """What decides what a page adds, in short: where it has changed, unchanged pages are read again."""
        exclusions = sorted((each.id, each.effect) for each in self.exclusions)
        skips = [(each.id, each.endings, *map(sorted, (each.words, each.parameters))) for each in self.traps.skips]
        decides = (READS, self.plan.sites, self.plan.limits.depth, sorted(self.hygiene.dropped), skips, exclusions)
        return sha256(repr((*decides, self.traps.most)).encode()).hexdigest()

    def at_home(self, link: str, base: str) -> str | None:
        """The canonical address of a link that stays on the city's sites, else None."""
        url = canonical(link, base, self.hygiene)
        url = self.plan.at_home(url) if url else None
        return url if url and self.plan.holds(url) else None


def starts(plan: Plan) -> tuple[Spot, ...]:
    """Where a walk sets out."""
    return tuple(Spot(site.url, 0) for site in plan.sites)


def linked(links: Iterable[str], base: str, depth: int, guide: Guide, now: datetime) -> tuple[Spot, ...]:
    """The pages that a page at this depth leads to, as far as the plan goes; `now` is UTC."""
    if depth >= guide.plan.limits.depth:
        return ()
    pages = (Spot(url, depth + 1, shape=guide.traps.shape(url)) for url in _wanted(links, base, guide, now))
    return _once(spot for page in pages for spot in _with_front(page, base))


def listed(pages: Iterable[str], sitemaps: Iterable[str], base: str, guide: Guide, now: datetime) -> tuple[Spot, ...]:
    """What a site lists of itself: its pages, whatever their shape, and further lists."""
    depth = min(_LISTED_DEPTH, guide.plan.limits.depth)
    further = (Spot(url, 0, Role.SITEMAP) for each in sitemaps if (url := guide.at_home(each, base)))
    return _once((*(Spot(url, depth) for url in _wanted(pages, base, guide, now)), *further))


def sitemaps_of(spot: Spot, told: Iterable[str], guide: Guide) -> tuple[Spot, ...]:
    """Where a host's own lists are: what its robots.txt `told`, else the usual place. Asked for with its front page."""
    if not spot.is_front:
        return ()
    where = tuple(told) or ("/sitemap.xml",)
    return _once(Spot(url, 0, Role.SITEMAP) for each in where if (url := guide.at_home(each, spot.url)))


def _wanted(links: Iterable[str], base: str, guide: Guide, now: datetime) -> Iterator[str]:
    for link in links:
        url = guide.at_home(link, base)
        if url and not guide.traps.refusal(url, now):
            yield url


def _with_front(page: Spot, base: str) -> Iterator[Spot]:
    yield page
    if page.host != host_in(base) and not page.is_front:
        yield replace(page, url=urljoin(page.url, "/"), shape=None)


def _once(spots: Iterable[Spot]) -> tuple[Spot, ...]:
    by_url: dict[str, Spot] = {}
    for spot in spots:
        by_url.setdefault(spot.url, spot)
    return tuple(by_url.values())
