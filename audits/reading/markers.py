"""Known signs on pages, as dated packs: what was found, what it means, how sure.

    Pack (one per platform, one generic) ─▶ first marker that matches ─▶ Marker (the evidence)

A pack is declared in `config/markers/*.toml`, can be replaced without touching code, and every marker
carries the day on which it was last seen true. A marker that has gone stale turns weak, and a weak or
ambiguous marker can never prove an absence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, timedelta, tzinfo
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import TypeAlias
from urllib.parse import urlsplit

from audits.days import day_of
from audits.model import Existence, Marker, Page, Transport
from audits.reading.html import Document

GENERIC = "generic"
STALE_AFTER = timedelta(days=180)
SOON = timedelta(days=30)
_EXCERPT = 160


class Strength(StrEnum):
    """How sure a sign is."""

    EXPLICIT = "explicit"  # the platform's own words for exactly this
    WEAK = "weak"
    AMBIGUOUS = "ambiguous"  # also shown for accounts that live


class Where(StrEnum):
    """In which part of an answer a sign is looked for."""

    STATUS = "status"
    HEADER = "header"
    LANDED = "landed"  # host and path that answered in another's place, after redirects
    TITLE = "title"
    TEXT = "text"  # words shown to a reader
    WORDS = "words"  # the title and the words shown
    OWN = "own"  # host and path by which the page calls itself, to be shared or found
    SOURCE = "source"  # anywhere in the markup


class How(StrEnum):
    """How a sign's values are held against that part."""

    IS = "is"
    STARTS = "starts"
    HAS = "has"
    ENDS = "ends"
    ALL = "all"  # one word of each value, words parted by "|"


def _to_its_end(address: str) -> str:
    """`host.example/login` as it stands before `?` and the end, and not in the name of `host.example/loginhuset`."""
    return address if address.endswith(("/", ".", "_", "-")) else f"{address}/"


_REDIRECTS = frozenset({301, 302, 303, 307, 308})  # RFC 9110, section 15.4
AT_THE_EDGE = (Where.STATUS, Where.HEADER, Where.LANDED)
_READ_BY_PEOPLE = frozenset({Where.TITLE, Where.TEXT, Where.WORDS})


@dataclass(frozen=True, kw_only=True)
class MarkerRule:
    """One known sign: `where` holds `how` any of `values` (letter case aside).

    A weak sign of a wall names what could not be read; it never stands in the way of a reading.
    """

    id: str
    means: Transport | Existence
    where: Where
    how: How
    values: tuple[str, ...]
    verified_on: date
    strength: Strength = Strength.EXPLICIT
    header: str = ""
    statuses: tuple[int, ...] = ()  # where given, the page's status must be one of these as well; 0: it was not kept
    text_under: int = 0  # where given, the page must show fewer characters: living pages carry walls' scripts too
    source: str = ""

    @cached_property
    def folded_values(self) -> tuple[str, ...]:
        """The values in lower case; a part of an address to its end, unless it breaks off at `.`, `_` or `-`."""
        folded = tuple(value.lower() for value in self.values)
        return tuple(map(_to_its_end, folded)) if self.is_within_an_address else folded

    @cached_property
    def is_within_an_address(self) -> bool:
        return self.where in (Where.LANDED, Where.OWN) and self.how in (How.HAS, How.STARTS)

    @cached_property
    def is_at_the_edge(self) -> bool:
        """Whether it is to be seen before the page is read."""
        return self.where in AT_THE_EDGE

    def strength_on(self, day: date) -> Strength:
        """Explicit markers turn weak when nobody has seen them true for 180 days."""
        stale = self.strength is Strength.EXPLICIT and day - self.verified_on > STALE_AFTER
        return Strength.WEAK if stale else self.strength

    def has_aged(self, day: date) -> bool:
        """Whether nobody has seen this sign true for so long that it proves no absence any more."""
        return self.strength_on(day) is not self.strength

    def ages_soon(self, day: date) -> bool:
        """Whether the sign is fresh on this day, and will not be within a month unless somebody sees it true again."""
        return not self.has_aged(day) and self.has_aged(day + SOON)

    def may_prove(self, day: date) -> bool:
        """Whether this marker may carry its meaning: walls always may, absences only while explicit."""
        return isinstance(self.means, Transport) or self.strength_on(day) is Strength.EXPLICIT


Meaning: TypeAlias = Callable[[MarkerRule], bool]


@dataclass(frozen=True, kw_only=True)
class Pack:
    """The signs of one platform, or those of any site."""

    platform: str
    version: str  # a day, as a rule
    markers: tuple[MarkerRule, ...] = ()

    @cached_property
    def published(self) -> date:
        """The day of its version; where that is none, before any sign has aged."""
        try:
            return date.fromisoformat(self.version)
        except ValueError:
            return date.min


@dataclass(frozen=True, slots=True, kw_only=True)
class Packs:
    """All packs of a deployment, and the day of `zone` on which they are judged."""

    by_platform: Mapping[str, Pack] = field(default_factory=dict)
    today: date
    zone: tzinfo = UTC
    _chosen: dict[tuple[str, Meaning], tuple[MarkerRule, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def day_of(self, page: Page) -> date:
        """The day on which the page's signs are judged: its own, where it was taken earlier."""
        return min(self.today, day_of(page.fetched_at, self.zone))

    def markers(self, platform: str) -> Iterator[MarkerRule]:
        """The platform's own markers before the generic ones."""
        for name in (platform, GENERIC):
            pack = self.by_platform.get(name)
            yield from pack.markers if pack else ()

    def chosen(self, platform: str, means: Meaning) -> tuple[MarkerRule, ...]:
        """Those of a meaning, chosen once for all pages: `means` must be a lasting function."""
        if (platform, means) not in self._chosen:
            self._chosen[platform, means] = tuple(filter(means, self.markers(platform)))
        return self._chosen[platform, means]


def absences(packs: Packs) -> Iterator[tuple[str, MarkerRule]]:
    """Every sign of an absence, with the platform whose it is; packs of a platform's errors are named after it.

    One that had aged before its pack was published is kept for old recordings: nobody has lost it since.
    """
    for pack in packs.by_platform.values():
        signs = (rule for rule in pack.markers if is_existence(rule) and not rule.has_aged(pack.published))
        yield from ((pack.platform.partition("-")[0], rule) for rule in signs)


def blind_to(packs: Packs) -> tuple[tuple[str, Existence], ...]:
    """What can be told of no platform's pages any more, since every sign of it has aged: (platform, what)."""
    signs = [(platform, rule) for platform, rule in absences(packs) if isinstance(rule.means, Existence)]
    aged = {(platform, Existence(rule.means)) for platform, rule in signs if rule.has_aged(packs.today)}
    fresh = {(platform, Existence(rule.means)) for platform, rule in signs if rule.may_prove(packs.today)}
    return tuple(sorted(aged - fresh))


def blind_soon(packs: Packs) -> tuple[tuple[str, Existence, date], ...]:
    """What can be told today and, unless somebody verifies a sign, not within a month: (platform, what, last day)."""
    signs = [(platform, rule) for platform, rule in absences(packs) if rule.may_prove(packs.today)]
    last: dict[tuple[str, Existence], date] = {}
    for platform, rule in signs:
        seen = platform, Existence(rule.means)
        last[seen] = max(last.get(seen, date.min), rule.verified_on + STALE_AFTER)
    return tuple(sorted((*seen, day) for seen, day in last.items() if day < packs.today + SOON))


def find_marker(
    page: Page, document: Document, packs: Packs, platform: str, means: Meaning
) -> tuple[MarkerRule, Marker] | None:
    """The first marker of the wanted meaning that the page shows, with its evidence."""
    return first_shown(filter(means, packs.markers(platform)), page, document)


def first_shown(rules: Iterable[MarkerRule], page: Page, document: Document) -> tuple[MarkerRule, Marker] | None:
    """The first of these markers that the page shows, with its evidence."""
    led = _was_led(page)
    for rule in rules:
        if (led or rule.where is not Where.LANDED) and (excerpt := _shown(rule, page, document)) is not None:
            return rule, Marker(rule.id, rule.means.value, excerpt, is_words=rule.where in _READ_BY_PEOPLE)
    return None


def is_transport(rule: MarkerRule) -> bool:
    """Whether the sign tells how the asking went: a wall, a block, a consent page."""
    return isinstance(rule.means, Transport)


def is_existence(rule: MarkerRule) -> bool:
    """Whether the sign tells what became of the account."""
    return isinstance(rule.means, Existence)


def _shown(rule: MarkerRule, page: Page, document: Document) -> str | None:
    if rule.statuses and (page.status or 0) not in rule.statuses:
        return None
    if rule.text_under and len(document.text) >= rule.text_under:
        return None
    if rule.where is Where.STATUS:
        return f"HTTP {page.status}" if str(page.status) in rule.values else None
    folded = _looked_at(rule, page, document) + ("/" if rule.is_within_an_address else "")
    at = _place(rule.how, folded, rule.folded_values)
    return folded[at : at + _EXCERPT].strip() if at >= 0 else None


def _looked_at(rule: MarkerRule, page: Page, document: Document) -> str:
    match rule.where:
        case Where.HEADER:
            return page.headers.get(rule.header, "").lower()
        case Where.LANDED | Where.OWN:
            return _host_and_path(_led_to(page) if rule.where is Where.LANDED else document.own_address or "")
        case Where.TITLE:
            return document.folded_title
        case Where.TEXT:
            return document.folded_text
        case Where.WORDS:
            return f"{document.folded_title} {document.folded_text}"
        case _:
            return document.folded_source


def _led_to(page: Page) -> str:
    """The address that answered, or, where a redirect was not followed, the one that it names."""
    named = page.headers.get("location", "") if page.status in _REDIRECTS else ""
    return named if named.startswith("https://") else page.landed


def _was_led(page: Page) -> bool:
    """Whether another address answered than the one asked: accounts and pages are called `login` and `404` too."""
    led = _led_to(page)
    return led != page.url and _host_and_path(led) != _host_and_path(page.url)


def landing(page: Page) -> str:
    """Host and path that answered, lower case; empty where the address cannot be read."""
    return _host_and_path(page.landed)


@lru_cache(64)  # every marker of an address asks for that of the same page
def _host_and_path(url: str) -> str:
    try:
        parts = urlsplit(url)
        return f"{parts.hostname or ''}{parts.path}".lower()
    except ValueError:
        return ""


def _place(how: How, folded: str, needles: tuple[str, ...]) -> int:
    """Where the first of the needles that is there stands; -1 where none is."""
    match how:
        case How.IS:
            return 0 if folded.strip() in needles else -1
        case How.STARTS:
            return 0 if folded.startswith(needles) else -1
        case How.ENDS:
            return next((len(folded) - len(needle) for needle in needles if folded.endswith(needle)), -1)
        case How.ALL:
            return min(_place(How.HAS, folded, tuple(needle.split("|"))) for needle in needles)
        case _:
            return next((at for needle in needles if (at := folded.find(needle)) >= 0), -1)
