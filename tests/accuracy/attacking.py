"""One variant of a page, by its number: mangled, read, judged.

number ─Random▶ specimen, one to three manglers, perhaps another platform's reader ─▶ Variant ─▶ Outcome
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from random import Random
from typing import Final

from audits.model import ACCUSING, ALIVE, Account, Observation, Outcome, Page, PlatformId, Reading, Transport
from audits.observing import Look, observe
from audits.pinning import to_pin
from audits.platform import Platform
from audits.platforms import PLATFORMS
from audits.rulebook import Routine, judge
from audits.sights import register_of, sights_of
from config.rules import load_rules
from tests.accuracy.confusing import CONFUSING, NEARBY
from tests.accuracy.degrading import DEGRADING
from tests.accuracy.mangling import DAMAGE, MIXED, Mangler
from tests.accuracy.reshaping import RESHAPING
from tests.accuracy.rewriting import REWRITING
from tests.accuracy.specimens import Specimen, read_for, specimens
from tests.accuracy.transporting import KIN, TRANSPORTING
from tests.builders import as_of
from tests.platforms.shown import PACKS
from worker.inspecting import subject_of

ACCUSING_RULES: Final = ("gone", "suspended", "private", "moved", "renamed", "taken-over", "inactive", "never-posted")
_ANOTHER_READER: Final = 0.15
_ANOTHER_PAGE: Final = 0.2
_ITS_KIN: Final = 0.1
_SHORT: Final = 5  # letters of an id that may be part of anything
WAYS: Final = (*DAMAGE, *REWRITING, *TRANSPORTING, *DEGRADING, *RESHAPING, *CONFUSING)
NEAR: Final = (*KIN, *NEARBY)  # with another account of the same platform
_STRANGE: Final = frozenset({*MIXED, *NEAR})  # these bring in another page, which may be a living one


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
        mixed = f" with {self.other.name}" if _STRANGE.intersection(self.manglers) else ""
        return f"#{self.number}: {self.specimen.name} {ways}{mixed}{by}"

    @property
    def holds_a_living_page(self) -> bool:
        return self.specimen.lives or bool(_STRANGE.intersection(self.manglers) and self.other.lives)


def variant(number: int) -> Variant:
    """The same one for the same number, as long as the specimens are the same."""
    random = Random(number)  # noqa: S311 - a fixed choice of damage, no secret
    specimen, other = random.choice(specimens()), random.choice(specimens())
    manglers = tuple(random.choice(WAYS) for _ in range(random.choice((1, 1, 1, 2, 3))))
    if random.random() < _ANOTHER_PAGE:
        manglers = (random.choice(MIXED), *manglers[1:])
    elif random.random() < _ITS_KIN:
        manglers, other = (random.choice(NEAR), *manglers[1:]), calm_at(specimen, random.choice(kin_of(specimen)))
    page = specimen.page
    for mangle in manglers:
        page = mangle(page, random, other.page)
    reader = random.choice(list(PLATFORMS.values())) if random.random() < _ANOTHER_READER else specimen.platform
    return Variant(number, specimen, other, manglers, reader, page)


def kin_of(specimen: Specimen) -> Sequence[Specimen]:
    """The other accounts' pages of the same platform; itself, where there are none."""
    own = specimen.account
    others = (each for each in specimens() if each.platform is specimen.platform and each.account.key != own.key)
    return [each for each in others if not _shows(each, own.pinned)] or [specimen]


def calm_at(specimen: Specimen, other: Specimen) -> Specimen:
    """The other, unless it accuses its own account where it comes from this one's address: that is true, and no damage.

    A server's copy of what another server has removed tells so at home alone.
    """
    platform, subject = subject_of(specimen.page.url, PLATFORMS, specimen.platform.name)
    reading = platform.read(replace(specimen.page, body=other.page.body), subject, PACKS)
    return specimen if accuses(reading) else other


def _shows(each: Specimen, ids: Sequence[PlatformId]) -> bool:
    """Whether a page of another name is the same account's, of another year."""
    long = (known.value.encode() for known in ids if len(known.value) > _SHORT)
    return bool({*each.account.pinned} & {*ids}) or any(value in each.page.body for value in long)


def inspected(each: Variant) -> Reading:
    """As `inspect` reads it: without a register."""
    platform, subject = subject_of(each.page.url, PLATFORMS, each.reader.name)
    return platform.read(each.page, subject, PACKS)


def failed_rules(each: Variant) -> list[str]:
    """The accusing rules that fail when this page came back for the registered account.

    Where nobody could ever say whose the first page was, a second one inside it may be its owner's as well.
    """
    account = each.specimen.account
    strange = _STRANGE.intersection(each.manglers) and not (account.pinned and account.key)
    if each.reader is not each.specimen.platform or strange:
        return []
    return failed_rules_of(each.specimen, read_for(each.specimen, each.page), each.page)


def told_by_a_first_look(each: Variant, first: Reading) -> list[str]:
    """The accusing rules that fail for the page as it was, had the account been registered by what the variant showed
    on a first look, when no id was known, and on the nights after it again.

    Where no id is known yet, nobody can say of two whole pages in one which is the account's.
    """
    specimen = each.specimen
    if each.reader is not specimen.platform or {*MIXED}.intersection(each.manglers):
        return []
    account = replace(specimen.account, pinned=())
    seen = _observed(specimen.platform, account, first, each.page)
    pin = to_pin(account, specimen.platform, seen)
    if pin is None or pin in specimen.account.pinned:
        return []
    asked = read_for(replace(specimen, account=account), each.page)  # for the account by its name, as a look asks
    if to_pin(account, specimen.platform, _observed(specimen.platform, account, asked, each.page)) != pin:
        return []
    then = replace(specimen, account=replace(account, pinned=(replace(pin, unproven_since=None),)))
    return failed_rules_of(then, read_for(then, specimen.page), specimen.page)


def _observed(platform: Platform, account: Account, reading: Reading, page: Page) -> Observation:
    look = Look(route=platform.route_of(page.url), reading=reading, page=page)
    return observe(account, platform, (look,), page.fetched_at)


def failed_rules_of(specimen: Specimen, reading: Reading, page: Page) -> list[str]:
    account, now = specimen.account, page.fetched_at
    seen = _observed(specimen.platform, account, reading, page)
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
