"""What the bar asks of look-alikes, on the half that the words were chosen on and on the half that was held out."""

from __future__ import annotations

import pytest

from tests.lookalikes.pairs import pairs, score

PAIRS = pairs()
HALVES = {"chosen on": False, "held out": True}


def test_there_are_enough_pairs_of_both_kinds_in_each_half():
    assert len(PAIRS) >= 240
    for held_out in HALVES.values():
        half = [pair.is_impostor for pair in PAIRS if pair.held_out is held_out]
        assert sum(half) >= 60
        assert len(half) - sum(half) >= 60


@pytest.mark.parametrize("half", HALVES)
def test_impostors_are_asked_about_and_neighbours_are_left_alone(half):
    told = score(pair for pair in PAIRS if pair.held_out is HALVES[half])
    assert told.recall >= 0.95
    assert told.false_alarms <= 0.05


def test_no_pair_stands_there_twice():
    named = [(pair.ours.key, pair.theirs.handle, pair.theirs.name) for pair in PAIRS]
    assert len(named) == len(set(named))
