"""A number that was read wrong on one night or on two makes no takeover of the account's own, whatever lay between.

Measured over all accounts whose number a first look keeps; where two nights were proof, 58 of 71 were told as taken
over. What three nights have shown is believed, as three nights are when an account is gone.
"""

from __future__ import annotations

import pytest

from tests.accuracy.beginning import Beginning, misread, told_after

CALM = {
    "one night": [(0, "wrong")],
    "one night and its re-check": [(0, "wrong"), (1, "wrong")],
    "two nights": [(0, "wrong"), (24, "wrong")],
    "two nights and both their re-checks": [(0, "wrong"), (1, "wrong"), (24, "wrong"), (25, "wrong")],
    "two nights and a re-check of the second day's afternoon": [(0, "wrong"), (24, "wrong"), (36.5, "wrong")],
    "two nights beside one that saw nothing": [(0, "wrong"), (24, "blind"), (48, "wrong")],
    "two nights after a week that saw nothing, and a re-check": [(0, "wrong"), (168, "wrong"), (169, "wrong")],
    "every other night": [(0, "wrong"), (24, "own"), (48, "wrong"), (72, "own"), (96, "wrong")],
}


@pytest.mark.parametrize("beginning", CALM.values(), ids=CALM)
def test_an_id_that_was_wrong_on_two_nights_accuses_nobody(beginning: Beginning) -> None:
    assert {str(each): told for each in misread() if (told := told_after(each, beginning))} == {}


def test_an_id_that_three_nights_have_shown_is_what_later_looks_are_held_against() -> None:
    thrice = [(24.0 * night, "wrong") for night in range(3)]
    told = [told_after(each, thrice) for each in misread()]
    assert len(told) > 3
    assert ["taken-over"] in [rules for each in told for rules in each.values()]
