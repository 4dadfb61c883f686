"""The history of the register in the terminal's language: what Kanalkoll wrote as a reason, and what a person wrote."""

from __future__ import annotations

import pytest

from worker.cli.history import reason


@pytest.mark.parametrize(
    ("why", "told"),
    [
        ("undo of candidate 4", "the decision on candidate 4 was undone"),
        ("undo of candidate Bo", "undo of candidate Bo"),
        ("fel fil", "fel fil"),
    ],
)
def test_a_reason_of_our_own_is_told_in_words_and_a_persons_stands_as_it_was_written(why: str, told: str):
    assert reason(why) == told
