"""Every regular expression of the product reads 16 KB of its own worst letters in a twentieth of a second."""

from __future__ import annotations

import re

import pytest

from tests.pumping import Found, expressions, pumps, slowest
from tests.repetitions import repeats_for_good_what_moves

LIMIT = 0.05  # seconds of this thread
FOUND = expressions()


def test_there_are_expressions_to_try() -> None:
    assert len(FOUND) > 100


@pytest.mark.parametrize("found", FOUND, ids=lambda found: found.where)
def test_an_expression_is_linear(found: Found) -> None:
    slow = slowest(found, LIMIT)
    assert slow.seconds <= LIMIT, f"{found.pattern.pattern!r}: {slow.seconds:.2f} s on {slow.text[:12]!r}…"


@pytest.mark.parametrize(
    "pattern",
    [r"(a+)+b", r"(a|a)*b", r"\s+$", r"\d+x", r"^.*?\s*@", r"(.*),(.*),(.*)!", r"<[^>]*x", r"(\w+\.)+com", r"a*a*b"],
)
def test_the_pumps_find_an_expression_that_is_not(pattern: str) -> None:
    """Also on a machine four times as quick as the one that the limit was set on."""
    quick = LIMIT / 4
    assert slowest(Found("made up", re.compile(pattern), free=True), quick).seconds > quick


def test_no_expression_repeats_for_good_what_older_pythons_lose_their_place_in() -> None:
    """`(?:…)*+` goes on where its last, failed try stopped (Python 3.11.0 to 3.11.4, as in Debian 12; gh-106052).

    `(?>(?:…)*)` says the same and is read rightly.
    """
    assert [found.where for found in FOUND if repeats_for_good_what_moves(found.pattern)] == []


@pytest.mark.parametrize(
    ("pattern", "moves"),
    [
        (r"(?:\s*x)*+", True), (r"(?:(?!y)x){2,}+", True), (r"a(?:b|c(?:(x)y)?+)", True),
        (r"x*+", False), (r"(?:[^<]|<[!?])*+", False), (r"(?>(?:\s*x)*)", False), (r"(?:x|y\s*+)*", False),
    ],
)  # fmt: skip
def test_such_a_repetition_is_seen(pattern: str, moves: bool) -> None:
    assert repeats_for_good_what_moves(re.compile(pattern)) == moves


def test_there_are_more_than_twelve_shapes_of_pump() -> None:
    assert len(list(pumps(re.compile("a")))) > 12
