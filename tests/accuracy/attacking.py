"""One variant of a page, by its number: mangled, read, judged.

number ─Random▶ specimen, one to three manglers, perhaps another platform's reader ─▶ Variant ─▶ Outcome
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Final

from audits.model import ACCUSING, ALIVE, Outcome, Page, Reading, Transport
from audits.observing import Look, observe
from audits.platform import Platform
from audits.platforms import PLATFORMS
from audits.rulebook import Routine, judge
from audits.sights import register_of, sights_of
from config.rules import load_rules
from tests.accuracy.mangling import DAMAGE, MIXED, Mangler
from tests.accuracy.rewriting import REWRITING
from tests.accuracy.specimens import Specimen, read_for, specimens
from tests.builders import as_of
from tests.platforms.shown import PACKS
from worker.inspecting import subject_of

ACCUSING_RULES: Final = ("gone", "suspended", "private", "moved", "renamed", "taken-over", "inactive", "never-posted")
_ANOTHER_READER: Final = 0.15
_ANOTHER_PAGE: Final = 0.2


@dataclass(frozen=True, slots=True)
class Variant:
    """A mangled page and how it came about."""

    number: int
    specimen: Specimen
    other: Specimen
    manglers: tuple[Mangler, ...]
    reader: Platform
    page: Page

    def __str__(self) -> str:
        ways = " + ".join(each.__name__ for each in self.manglers)
        by = "" if self.reader is self.specimen.platform else f" read as {self.reader.name}"
        mixed = f" with {self.other.name}" if {*self.manglers} & {*MIXED} else ""
        return f"#{self.number}: {self.specimen.name} {ways}{mixed}{by}"

    @property
    def holds_a_living_page(self) -> bool:
        return self.specimen.lives or bool({*self.manglers} & {*MIXED} and self.other.lives)


def variant(number: int) -> Variant:
    """The same one for the same number, as long as the specimens are the same."""
    random = Random(number)  # noqa: S311 - a fixed choice of damage, no secret
    specimen, other = random.choice(specimens()), random.choice(specimens())
    manglers = tuple(random.choice((*DAMAGE, *REWRITING)) for _ in range(random.choice((1, 1, 1, 2, 3))))
    if random.random() < _ANOTHER_PAGE:
        manglers = (random.choice(MIXED), *manglers[1:])
    page = specimen.page
    for mangle in manglers:
        page = mangle(page, random, other.page)
    reader = random.choice(list(PLATFORMS.values())) if random.random() < _ANOTHER_READER else specimen.platform
    return Variant(number, specimen, other, manglers, reader, page)


def inspected(each: Variant) -> Reading:
    """As `inspect` reads it: without a register."""
    platform, subject = subject_of(each.page.url, PLATFORMS, each.reader.name)
    return platform.read(each.page, subject, PACKS)


def failed_rules(each: Variant) -> list[str]:
    """The accusing rules that fail when this page came back for the registered account.

    Where nobody could ever say whose the first page was, a second one inside it may be its owner's as well.
    """
    strange = {*each.manglers} & {*MIXED} and not each.specimen.account.pinned
    if each.reader is not each.specimen.platform or strange:
        return []
    return failed_rules_of(each.specimen, read_for(each.specimen, each.page), each.page)


def failed_rules_of(specimen: Specimen, reading: Reading, page: Page) -> list[str]:
    look = Look(route=specimen.platform.route_of(page.url), reading=reading, page=page)
    account, now = specimen.account, page.fetched_at
    seen = observe(account, specimen.platform, (look,), now)
    sights = sights_of(account, seen, register_of([account], frozenset()), as_of(now))
    findings = (judge(_rules()[name], account, seen, sights, as_of(now)) for name in ACCUSING_RULES)
    return [each.rule for each in findings if each.outcome is Outcome.FAILED]


@cache
def _rules() -> Mapping[str, Routine]:
    return load_rules().routines


def accuses(reading: Reading) -> bool:
    return reading.existence in ACCUSING


def taken_for_living(each: Variant, reading: Reading) -> bool:
    """A wall that is read as a living account, though no living page was mixed in."""
    lives = reading.transport is Transport.OK and reading.existence in ALIVE
    return each.specimen.is_wall and lives and not each.holds_a_living_page
