"""What has truly changed is told, and stays told, beside damage on other nights: calm is not paid for with blindness.

Five changes by default, KANALTEST_CHANGES for as many as wanted: every one of them that the pages allow, and again with
other damage. Measured over all 246, with three seeds each, in lives of forty nights with damage on one of ten: all 738
are told and stay told, 95 % of them at most one night later than without damage, none more than two. So are all 64 of
two later kinds, with one seed: a name that somebody else takes four nights after its account gave it up, which is told
on the third night of the new holder, and a move to another server, on the second. So are all that the pages allow by
now, in 310 lives with one seed each.
"""

from __future__ import annotations

import os
from collections import Counter
from functools import cache
from itertools import cycle, islice
from random import Random

import pytest

from tests.accuracy.changing import Change, changes, lived

LIVES = int(os.environ.get("KANALTEST_CHANGES", "5"))
DAMAGED = 0.1
LATEST = 4  # nights later than without damage: where chance has it, several in a row are damaged


@cache
def all_changes() -> tuple[Change, ...]:
    every = list(changes())
    Random(0).shuffle(every)  # noqa: S311 - a fixed order, no secret
    return tuple(every)


def test_there_is_a_change_of_every_kind() -> None:
    kinds = Counter(each.rule for each in all_changes())
    assert {*kinds} == {"gone", "suspended", "renamed", "taken-over", "inactive", "moved"}
    assert any(each.between for each in all_changes()), "and one that lost its name, which somebody else then took"


@pytest.mark.parametrize("number", range(LIVES))
def test_a_change_is_told_in_time_and_stays_told(number: int) -> None:
    change = next(islice(cycle(all_changes()), number, None))
    undamaged, told = lived(change, number, 0.0), lived(change, number, DAMAGED)
    assert undamaged.after is not None, str(change)
    assert told.after is not None, str(change)
    assert (told.after - undamaged.after <= LATEST, told.forgotten, told.early) == (True, 0, False), str(change)
