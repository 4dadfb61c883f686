"""Accounts with an end date, such as one that belongs to an office: open until then, and meant to be gone after it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from audits.model import Account, Activity, Existence, Kind, Observation, Outcome
from audits.rulebook import judge
from audits.sights import Register, sights_of
from config.rules import load_rules
from tests.builders import NIGHT, a_blind_observation, an_account, an_observation, as_of, some_facts

RULES = load_rules().routines
YESTERDAY, TODAY = (NIGHT - timedelta(days=1)).date(), NIGHT.date()
OVER = an_account(kind=Kind.ROLE, ends_on=YESTERDAY)


def outcome_of(rule: str, account: Account, observation: Observation) -> Outcome:
    sights = sights_of(account, observation, Register(), as_of())
    return judge(RULES[rule], account, observation, sights, as_of()).outcome


def test_an_account_that_is_open_after_its_end_date_is_told():
    assert outcome_of("past-its-end", OVER, an_observation()) is Outcome.FAILED


def test_the_last_day_is_still_its_own():
    assert outcome_of("past-its-end", an_account(ends_on=TODAY), an_observation()) is Outcome.PASSED


def test_an_account_without_an_end_date_is_not_asked():
    assert outcome_of("past-its-end", an_account(), an_observation()) is Outcome.INAPPLICABLE


def test_nothing_is_said_of_an_account_that_could_not_be_seen():
    assert outcome_of("past-its-end", OVER, a_blind_observation()) is Outcome.CANNOT_TELL


def test_an_account_left_with_a_signpost_is_closed():
    account = an_account(kind=Kind.SIGNPOSTED_CLOSED, ends_on=YESTERDAY)
    assert outcome_of("past-its-end", account, an_observation()) is Outcome.PASSED


@pytest.mark.parametrize("existence", [Existence.GONE, Existence.DEACTIVATED])
@pytest.mark.parametrize("rule", ["gone", "suspended"])
def test_nobody_is_accused_of_having_closed_an_account_in_time(existence, rule):
    observation = an_observation(existence=existence)
    assert outcome_of(rule, OVER, observation) is Outcome.INAPPLICABLE
    assert outcome_of("past-its-end", OVER, observation) is Outcome.PASSED


def test_nobody_is_accused_of_silence_after_the_end():
    quiet = Activity(at=NIGHT - timedelta(days=700), source="feed", sees_newest=True)
    silent = an_observation(facts=some_facts(activity=quiet))
    assert outcome_of("inactive", OVER, silent) is Outcome.INAPPLICABLE
    assert outcome_of("inactive", an_account(), silent) is Outcome.FAILED
