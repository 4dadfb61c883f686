"""Whose word lets a held change through."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from audits.holding import HoldRefused, believe
from tests.builders import TODAY, a_belief


def test_a_word_with_a_name_a_reason_and_an_end_is_kept() -> None:
    assert believe({("board", "gone")}, a_belief(), TODAY) == a_belief()


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"rule": "moved"}, "board moved is not held; waiting for a decision: board gone"),
        ({"by": " "}, "who says that the change is real"),
        ({"reason": ""}, "who says that the change is real"),
        ({"until": date(2030, 1, 1)}, "2030-01-01 is not within 60 days"),
        ({"until": date(2026, 1, 1)}, "2026-01-01 is not within 60 days"),
    ],
)
def test_a_word_needs_something_that_waits_a_name_a_reason_and_an_end(changes: dict[str, Any], why: str) -> None:
    with pytest.raises(HoldRefused, match=why):
        believe({("board", "gone")}, a_belief(**changes), TODAY)
