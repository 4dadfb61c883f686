"""Forty nights in which an account truly changes, and on some of which what came was damaged: is it told, and when?

specimen ─▶ Change (the account, its page before and after) ─each night, perhaps damaged▶ Life ─▶ Telling
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any, Final

from audits.model import NEVER_DECIDED, Account, Activity, Outcome, Page
from tests.accuracy.attacking import WAYS, failed_rules_of
from tests.accuracy.chains import NIGHTS, SMALL, Life
from tests.accuracy.mangling import in_its_json, text_of, with_text
from tests.accuracy.specimens import Specimen, absences, read_for, specimens

CHANGES_ON: Final = NIGHTS // 4
ALL_NIGHTS: Final = 2 * NIGHTS
NIGHTS_BETWEEN: Final = 4
SHORT: Final = 4  # letters that may stand anywhere


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be told of an account, with its page of before and of after, and of some nights between."""

    rule: str
    specimen: Specimen
    account: Account
    before: Page
    after: Page
    between: Page | None = None

    def __str__(self) -> str:
        return f"{self.specimen.name}: {self.rule}{' after a new name' if self.between else ''}"


@dataclass(frozen=True, slots=True)
class Telling:
    """On which night after the change it was told first, and on how many later ones it stood no more."""

    after: int | None
    forgotten: int
    early: bool  # told before it was true


def changes() -> Iterator[Change]:
    """Every change that one look at undamaged pages shows, of all the accounts that live."""
    for each in specimens():
        if each.lives and len(each.page.body) < SMALL:
            yield from filter(_shows, (*_named_otherwise(each), *_silent(each), *_absent(each), *_moved(each)))


def _shows(change: Change) -> bool:
    """Whether the page of before shows the account as it was registered, and that of after the change."""
    life = Life(change.specimen, change.account)
    told_before = life.look(change.before)
    passed = life.standings.get(change.rule, NEVER_DECIDED).outcome is Outcome.PASSED
    return passed and not told_before and change.rule in life.look(change.after)


def _named_otherwise(each: Specimen) -> Iterator[Change]:
    handle, numbers = each.platform.handle_in(each.account.key), [known.value for known in each.account.pinned]
    name = (handle or "").removeprefix("@").partition("@")[0]
    if len(name) > SHORT and numbers:
        formerly = replace(each.account, key=_with(each.account.key or "", [name]))
        yield Change("renamed", each, formerly, page_with(each.page, [name]), each.page)
    if numbers and all(len(number) > SHORT for number in numbers):
        held = tuple(replace(known, value=_another(known.value)) for known in each.account.pinned)
        yield Change("taken-over", each, replace(each.account, pinned=held), page_with(each.page, numbers), each.page)
        if len(name) > SHORT:
            new_name, new_holder = page_with(each.page, [name]), page_with(each.page, numbers)
            yield Change("taken-over", each, each.account, each.page, new_holder, between=new_name)


def page_with(page: Page, words: Sequence[str]) -> Page:
    """The page with other words of the same form in the place of these."""
    return with_text(page, _with(text_of(page), words))


def _with(text: str, words: Sequence[str]) -> str:
    for word in words:
        text = text.replace(word, _another(word))
    return text


def _another(word: str) -> str:
    """A name or number of the same form: the last letter is another one."""
    last = word[-1]
    instead = ("2" if last != "2" else "3") if last.isdigit() else ("a" if last != "a" else "b")
    return f"{word[:-1]}{instead}"


def _silent(each: Specimen) -> Iterator[Change]:
    activity = each.reading.facts.activity
    if isinstance(activity, Activity) and activity.sees_newest:
        at = each.page.fetched_at
        limits = (at + timedelta(days=days) for days in range(5, 200, 5))
        silent = next((day for day in limits if "inactive" in _told_on(each, day)), None)
        if silent:
            before = replace(each.page, fetched_at=silent - timedelta(days=CHANGES_ON + 5))
            yield Change("inactive", each, each.account, before, replace(each.page, fetched_at=silent))


def _told_on(each: Specimen, day: datetime) -> list[str]:
    page = replace(each.page, fetched_at=day)
    return failed_rules_of(each, read_for(each, page), page)


def _absent(each: Specimen) -> Iterator[Change]:
    for gone in absences():
        if gone.platform is each.platform and len(gone.page.body) < SMALL:
            page = replace(each.page, body=gone.page.body, headers=gone.page.headers)
            yield Change("suspended", each, each.account, each.page, replace(page, status=gone.page.status))
            yield Change("gone", each, each.account, each.page, replace(page, status=404))


_NEW_HOME: Final = "https://annan.example/users/ny"
_SAID_TO_HAVE_MOVED: Final[tuple[dict[str, Any], ...]] = (
    {"movedTo": _NEW_HOME}, {"moved": {"id": "7", "acct": "ny@annan.example", "url": _NEW_HOME}},
)  # fmt: skip


def _with_more(value: Any, more: dict[str, Any]) -> Any:
    return {**value, **more} if isinstance(value, dict) else value


def _moved(each: Specimen) -> Iterator[Change]:
    """To another server, as the one that is left says."""
    for said in _SAID_TO_HAVE_MOVED:
        after = in_its_json(each.page, partial(_with_more, more=said))
        yield Change("moved", each, each.account, each.page, after)


def lived(change: Change, seed: int, damaged: float) -> Telling:
    """The nights of a change, of which so large a share (0 to 1) brings damage; the same for the same seed."""
    random = Random(f"{change} {seed}")  # noqa: S311 - a fixed choice of damage, no secret
    life = Life(change.specimen, change.account)
    nights = [_stands(life, change, night, random, damaged) for night in range(ALL_NIGHTS)]
    since = nights[CHANGES_ON:]
    after = since.index(True) if True in since else None
    forgotten = since[after:].count(False) if after is not None else 0
    return Telling(after, forgotten, early=True in nights[:CHANGES_ON])


def _stands(life: Life, change: Change, night: int, random: Random, damaged: float) -> bool:
    page, first = _page_of(change, night)
    came = random.choice(WAYS)(page, random, page) if random.random() < damaged else page
    life.look(replace(came, fetched_at=page.fetched_at + timedelta(days=night - first)))
    standing = life.standings.get(change.rule)
    return standing is not None and standing.outcome is Outcome.FAILED


def _page_of(change: Change, night: int) -> tuple[Page, int]:
    """What a night's page would be undamaged, and the first night of its kind."""
    if night < CHANGES_ON:
        return change.before, 0
    if change.between and night < CHANGES_ON + NIGHTS_BETWEEN:
        return change.between, 0
    return change.after, CHANGES_ON
