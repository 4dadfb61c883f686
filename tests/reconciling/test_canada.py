"""Canada's list, 162 versions: the day on which 44 % of it vanished removes nothing, and every true change is told.

What is true is read off the versions themselves, without the follower: an account is removed where two versions in a
row lack it (but for the loss), and added where a version first has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from audits.reconciling import APART
from tests.reconciling.canada import LOSS, SETTING_UP, Follower, Version, versions


@pytest.fixture(scope="module")
def history() -> tuple[Version, ...]:
    from tests.corpus import CORPUS, NOT_HERE

    folder = CORPUS / "registries"
    if not (folder / "ca-gc-socials-events.csv.gz").is_file():
        pytest.skip(NOT_HERE)
    return versions(Path(folder))


@pytest.fixture(scope="module")
def followed(history: tuple[Version, ...]) -> Follower:
    follower = Follower()
    for version in history[SETTING_UP - 1 :]:
        follower.read(version)
    return follower


def presence(history: tuple[Version, ...], key: str) -> Iterator[tuple[datetime, datetime, bool]]:
    """For each version after the setting up, but for the loss: when, when the one before was, and whether it has it."""
    before = history[SETTING_UP - 1].at
    for version in history[SETTING_UP:]:
        if version.at != LOSS:
            yield version.at, before, key in version.keys
        before = version.at


def true_changes(history: tuple[Version, ...], key: str) -> Iterator[tuple[datetime, str, str]]:
    """What happened to one account, by the rule in this file's docstring; looks within hours of each other are one."""
    stands = ever = key in history[SETTING_UP - 1].keys
    missed = 0
    for at, before, is_there in presence(history, key):
        if is_there:
            if not stands:
                yield at, "returned" if ever else "added", key
            stands, ever, missed = True, True, 0
        elif stands and at - before >= APART:
            missed += 1
            if missed > 1:
                yield at, "removed", key
                stands = False


def test_all_versions_are_there(history):
    assert len(history) == 162
    assert len(history[-1].keys) > 1800


def test_the_loss_raises_one_notice_and_removes_nothing(history, followed):
    lost = next(one for one in history if one.at == LOSS)
    before = history[history.index(lost) - 1]
    assert len(before.keys - lost.keys) > 700
    assert followed.notices == [LOSS]
    around = {one.at for one in history[history.index(lost) : history.index(lost) + 2]}
    assert not [what for at, what, _ in followed.told if at in around and what == "removed"]
    assert not [key for at, what, key in followed.told if at in around and what != "removed" and key in before.keys]


def test_first_seen_dates_stay_through_the_loss(history, followed):
    before = next(one for one in reversed(history) if one.at < LOSS)
    through = [key for key in before.keys if key in history[-1].keys]
    assert len(through) > 1700
    assert all(followed.known[key].first_seen_at < LOSS for key in through)
    first = history[SETTING_UP - 1]
    assert all(followed.known[key].first_seen_at == first.at for key in first.keys)


def test_every_true_addition_and_removal_is_told_and_no_other(history, followed):
    every = set().union(*(version.keys for version in history[SETTING_UP - 1 :]))
    true = {change for key in every for change in true_changes(history, key)}
    told = {each for each in followed.told if each[0] != history[SETTING_UP - 1].at}
    assert told == true
    assert sum(what == "added" for _, what, _ in true) > 100
    assert sum(what == "removed" for _, what, _ in true) > 100
