"""What a night changed: only what moved is told, and how often it was seen."""

from __future__ import annotations

from typing import Any

import pytest

from audits.model import Confirmation, Finding, Outcome, Pending, Standing
from audits.news import Known, Turn, known, news, tell
from audits.wording import Terms
from config.rules import load_rules
from tests.builders import NIGHT, a_finding, an_account

ROUTINES = load_rules().routines
FAILED = Standing(outcome=Outcome.FAILED, fingerprint="gone")
PASSED = Standing(decided_at=NIGHT)


def waiting(looks: int = 1) -> Standing:
    return Standing(pending=Pending(outcome=Outcome.FAILED, fingerprint="gone", since=NIGHT, last=NIGHT, looks=looks))


def known_of(standing: Standing, finding: Finding | None = None, **account: Any) -> Known:
    return known([(an_account(**account), finding or a_finding(), standing)])


def turns(before: Known, after: Known, held: frozenset[tuple[str, str]] = frozenset()) -> list[Turn]:
    return [piece.turn for piece in news(before, after, held)]


@pytest.mark.parametrize(
    ("was", "now", "turn"),
    [
        (PASSED, waiting(1), Turn.SUSPECTED),
        (waiting(1), waiting(2), Turn.SUSPECTED),
        (waiting(2), FAILED, Turn.TOLD),
        (FAILED, PASSED, Turn.FIXED),
        (waiting(1), PASSED, Turn.CALMED),
    ],
)
def test_each_move_has_its_name(was, now, turn):
    assert turns(known_of(was), known_of(now)) == [turn]


@pytest.mark.parametrize("standing", [PASSED, FAILED, waiting(2)])
def test_what_stands_as_it_stood_is_no_news(standing):
    assert turns(known_of(standing), known_of(standing)) == []


def test_the_same_rule_failing_on_another_value_is_told_again():
    other = Standing(outcome=Outcome.FAILED, fingerprint="another")
    assert turns(known_of(FAILED), known_of(other)) == [Turn.TOLD]


def test_an_account_seen_for_the_first_time_is_held_against_nothing():
    assert turns({}, known_of(PASSED)) == []
    assert turns({}, known_of(FAILED)) == [Turn.TOLD]


def test_what_is_held_is_held_and_not_told():
    assert turns(known_of(PASSED), known_of(PASSED), frozenset({("mastodon", "gone")})) == [Turn.HELD]


def test_a_hold_on_another_platform_concerns_nobody_here():
    assert turns(known_of(PASSED), known_of(PASSED), frozenset({("x", "gone")})) == []


def test_an_account_that_passes_is_not_among_the_held():
    well = known_of(PASSED, a_finding(Outcome.PASSED))
    assert turns(well, well, frozenset({("mastodon", "gone")})) == []


def test_a_suspicion_says_how_often_it_was_seen_of_how_often_it_must_be():
    finding = a_finding(confirmation=Confirmation(looks=3, hours=48))
    pieces = news(known_of(waiting(1), finding), known_of(waiting(2), finding), ())
    (told,) = tell(pieces, ROUTINES, Terms(language="en"))
    assert (told.label, told.number) == ("seen 2 of 3", 1)


def test_many_held_accounts_are_one_sentence_that_accuses_nobody():
    after: dict[tuple[int, str], Any] = {}
    for number in range(1, 5):
        after.update(known_of(PASSED, a_finding(account_id=number), id=number))
    pieces = news({}, after, {("mastodon", "gone")})
    (told,) = tell(pieces, ROUTINES, Terms(language="en", labels={"mastodon": "Mastodon"}))
    assert told.sentence.startswith("4 accounts on Mastodon at once")
    assert told.number is None
