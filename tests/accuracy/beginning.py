"""An account that lives, of which the first looks bring somebody else's number under its own name.

specimen ─▶ Misread (its page, the same with another number) ─Beginning, then nights as it is▶ Life ─▶ what is told
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from typing import Final, TypeAlias

from audits.model import Page
from tests.accuracy.chains import Life, lives_by_its_name
from tests.accuracy.changing import SHORT, page_with
from tests.accuracy.specimens import Specimen, specimens

Beginning: TypeAlias = Sequence[tuple[float, str]]
"""Hours after the first look, and what comes then: `wrong`, `own`, or `blind`."""
_NIGHTS_AFTER: Final = 6


@dataclass(frozen=True, slots=True)
class Misread:
    """An account that lives, and its page with another number on it."""

    specimen: Specimen
    wrong: Page

    def __str__(self) -> str:
        return self.specimen.name

    def life(self) -> Life:
        """Before its first look: nobody knows its number."""
        return Life(self.specimen, replace(self.specimen.account, pinned=()))


@cache
def misread() -> tuple[Misread, ...]:
    """Every account of which a first look would keep the other number."""
    return tuple(filter(_is_kept, _misread()))


def _misread() -> Iterator[Misread]:
    for each in filter(lives_by_its_name, specimens()):
        numbers = [known.value for known in each.account.pinned]
        if numbers and all(len(number) > SHORT for number in numbers):
            yield Misread(each, page_with(each.page, numbers))


def _is_kept(each: Misread) -> bool:
    life = each.life()
    told, known = life.look(each.wrong), {*life.account.pinned}
    return not told and bool(known) and known.isdisjoint(each.specimen.account.pinned)


def told_after(each: Misread, beginning: Beginning) -> dict[float, list[str]]:
    """What is held against it, by hours after the first look: beginning so, and then as it is for some nights."""
    life, page = each.life(), each.specimen.page
    brings = {"own": page, "wrong": each.wrong, "blind": replace(page, status=503, body=b"", headers={})}
    first = beginning[-1][0] // 24 + 1
    after = [((first + night) * 24, "own") for night in range(_NIGHTS_AFTER)]
    told = {
        hours: life.look(replace(brings[what], fetched_at=page.fetched_at + timedelta(hours=hours)))
        for hours, what in (*beginning, *after)
    }
    return {hours: rules for hours, rules in told.items() if rules}
