"""No chain of looks, each of them calm, adds up to an accusation.

6 lives by default, KANALTEST_CHAINS for as many as wanted.
"""

from __future__ import annotations

import os

import pytest

from tests.accuracy.chains import told_beside_another, told_in_a_life

LIVES = int(os.environ.get("KANALTEST_CHAINS", "6"))


@pytest.mark.parametrize("number", range(LIVES))
def test_a_living_account_is_accused_on_no_night_whatever_came_back_on_those_before(number: int) -> None:
    assert list(told_in_a_life(number)) == []


@pytest.mark.parametrize("number", range(LIVES))
def test_no_account_is_held_to_what_another_shows_that_came_in_its_place(number: int) -> None:
    assert list(told_beside_another(number)) == []
