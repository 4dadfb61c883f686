"""Twenty nights of an account that lives, seen through one trouble after another: what each look leaves for the next.

specimen ─each night: its page as it is, or damaged▶ look ─▶ what is pinned, what stands, which posts were seen ─▶ …
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random
from typing import Final

from audits.drift import advance
from audits.model import NEVER_DECIDED, Account, Finding, Observation, Outcome, Page, Standing
from audits.observing import Look, disbelieved, observe
from audits.pinning import kept_beside, to_pin, told_apart
from audits.rulebook import Routine, judge
from audits.sights import register_of, sights_of
from config.rules import load_rules
from tests.accuracy.attacking import ACCUSING_RULES, NEAR, WAYS, calm_at, kin_of
from tests.accuracy.degrading import HOLLOW
from tests.accuracy.mangling import MIXED, Mangler
from tests.accuracy.specimens import Specimen, read_for, specimens
from tests.builders import as_of
from worker.steps.beside import remembering

NIGHTS: Final = 20
SMALL: Final = 60_000  # bytes
_ROUTINES: Final[Mapping[str, Routine]] = load_rules().routines
_AS_IT_IS: Final = 0.25


@dataclass(slots=True)
class Life:
    """One account between its looks: its register row with the ids that are kept of it, and what is held true of it."""

    specimen: Specimen
    account: Account
    standings: dict[str, Standing] = field(default_factory=dict)

    def look(self, page: Page) -> list[str]:
        """The accusing rules that this look fails."""
        seen = self._observed(page)
        register = remembering(register_of([self.account], frozenset()), _ROUTINES, {self.account.id: self.standings})
        believed = disbelieved(self.account, seen) if self.account.id in register.doubted else seen
        sights, now = sights_of(self.account, believed, register, as_of(page.fetched_at)), as_of(page.fetched_at)
        findings = [judge(_ROUTINES[name], self.account, believed, sights, now) for name in ACCUSING_RULES]
        self._keep(seen, findings)
        return [each.rule for each in findings if each.outcome is Outcome.FAILED]

    @property
    def has_been_seen_to_post(self) -> bool:
        return bool(self.standings.get("inactive", NEVER_DECIDED).fingerprint)

    def _observed(self, page: Page) -> Observation:
        platform, reading = self.specimen.platform, read_for(replace(self.specimen, account=self.account), page)
        look = Look(route=platform.route_of(page.url), reading=reading, page=page)
        return observe(self.account, platform, (look,), page.fetched_at)

    def _keep(self, seen: Observation, findings: list[Finding]) -> None:
        pin = to_pin(self.account, self.specimen.platform, seen)
        if pin:
            pinned, waiting = told_apart(kept_beside((*self.account.pinned, *self.account.waiting), pin))
            self.account = replace(self.account, pinned=pinned, waiting=waiting)
        for each in findings:
            self.standings[each.rule], _ = advance(self.standings.get(each.rule, NEVER_DECIDED), each)


def told_in_a_life(number: int) -> Iterator[str]:
    """What is held against a living account, night by night; the same for the same number."""
    random = Random(number)  # noqa: S311 - a fixed choice of damage, no secret
    specimen = random.choice([each for each in specimens() if each.lives and len(each.page.body) < SMALL])
    pinned = random.choice((specimen.account.pinned, ()))
    life = Life(specimen, replace(specimen.account, pinned=pinned))
    for night in range(NIGHTS):
        ways = (*WAYS, *HOLLOW * 6) if life.has_been_seen_to_post else WAYS
        mangle = None if random.random() < _AS_IT_IS else random.choice(ways)
        page = mangle(specimen.page, random, specimen.page) if mangle else specimen.page
        came = replace(page, fetched_at=specimen.page.fetched_at + timedelta(days=night))
        if failed := life.look(came):
            yield f"#{number}, night {night}: {specimen.name} {mangle.__name__ if mangle else 'as it is'}: {failed}"


def told_beside_another(number: int) -> Iterator[str]:
    """What is held against a living account on some nights of which another one's answers come along with its own or in
    their place, for one night or for some, whether or not its id is known at first; the same for the same number.
    """
    random = Random(f"beside another {number}")  # noqa: S311 - a fixed choice of damage, no secret
    specimen, other = _neighbours(random)
    pinned = random.choice((specimen.account.pinned, ()))
    life = Life(specimen, replace(specimen.account, pinned=pinned))
    for night, (trouble, seed) in enumerate(_troubles(random)):
        page = trouble(specimen.page, Random(seed), other.page) if trouble else specimen.page  # noqa: S311 - the same
        came = replace(page, fetched_at=specimen.page.fetched_at + timedelta(days=night))
        if failed := life.look(came):
            named = trouble.__name__ if trouble else "as it is"
            yield f"#{number}, night {night}: {specimen.name} beside {other.name} {named}: {sorted(failed)}"


def _neighbours(random: Random) -> tuple[Specimen, Specimen]:
    """An account that lives and bears a name, and another of its platform."""
    specimen = random.choice([each for each in specimens() if lives_by_its_name(each)])
    small = [each for each in kin_of(specimen) if len(each.page.body) < SMALL]
    return specimen, calm_at(specimen, random.choice(small or [specimen]))


def lives_by_its_name(each: Specimen) -> bool:
    """Whether it is the page of an account that lives, is registered by a name and shows one."""
    named = each.platform.handle_in(each.account.key) is not None and isinstance(each.reading.facts.handle, str)
    return each.lives and len(each.page.body) < SMALL and named


def _troubles(random: Random) -> Iterator[tuple[Mangler | None, float]]:
    """For each night what came, with its seed: a trouble lasts for one to five nights, and brings the same on each."""
    nights = 0
    while nights < NIGHTS:
        kinds = random.choice(((None,), NEAR, NEAR, MIXED, WAYS))
        trouble, seed, lasting = random.choice(kinds), random.random(), random.choice((1, 1, 1, 2, 3, 5))
        for _ in range(min(lasting, NIGHTS - nights)):
            yield trouble, seed
        nights += lasting
