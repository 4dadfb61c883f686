"""The sentences of the city's own routine on accounts that may be silent: seasonal, resting, parked, closed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from audits.model import (
    Circumstances,
    Kind,
    Rest,
)
from audits.rules.activity import season_start
from tests.builders import TODAY, an_account
from tests.judged import CANNOT_TELL, FAILED, INAPPLICABLE, PASSED, a_closing, found, last_posted, saying

SUMMER = an_account(kind=Kind.SEASONAL, season_months=(10, 11, 12))  # in season since 1 October, 33 days
RESTING = Rest(account_id=1, starts_on=TODAY - timedelta(days=60), until=TODAY, reason="ombyggnad", by="KF")


@pytest.mark.parametrize(
    ("kind", "days", "level"), [("rota", 9, ""), ("rota", 10, "notice"), ("rota", 21, "deviation")]
)
def test_a_rota_account_meets_a_new_colleague_every_week(kind, days, level):
    assert found("rota-week", last_posted(days), an_account(kind=Kind(kind))).seen.get("level", "") == level


def test_a_rota_account_is_told_by_its_own_rule_alone():
    assert found("inactive", last_posted(100), an_account(kind=Kind.ROTA)).outcome is INAPPLICABLE


def test_a_season_that_has_begun_in_silence_is_told():
    finding = found("season", last_posted(200), SUMMER)
    assert (finding.outcome, finding.seen["level"], finding.seen["season_since"]) == (FAILED, "deviation", "2026-10-01")
    assert found("inactive", last_posted(200), SUMMER).outcome is INAPPLICABLE


def test_a_first_post_of_the_season_is_enough():
    assert found("season", last_posted(10), SUMMER).outcome is PASSED


@pytest.mark.parametrize(("months", "outcome"), [((6, 7, 8), INAPPLICABLE), ((11,), INAPPLICABLE), ((10, 11), FAILED)])
def test_a_season_is_not_hurried(months, outcome):
    account = an_account(kind=Kind.SEASONAL, season_months=months)
    assert found("season", last_posted(200), account).outcome is outcome


@pytest.mark.parametrize(
    ("months", "day", "begun"),
    [
        ((6, 7, 8), date(2026, 7, 9), date(2026, 6, 1)),
        ((11, 12, 1, 2), date(2027, 1, 9), date(2026, 11, 1)),
        ((5,), date(2026, 5, 31), date(2026, 5, 1)),
        ((4, 6), date(2026, 6, 2), date(2026, 6, 1)),
    ],
)
def test_a_season_begins_with_its_unbroken_run_of_months(months, day, begun):
    assert season_start(months, day) == begun


def test_a_planned_rest_is_no_silence_and_its_end_begins_the_count():
    assert found("inactive", last_posted(200), beside=Circumstances(rest=RESTING)).outcome is INAPPLICABLE
    over = Rest(account_id=1, starts_on=date(2026, 1, 1), until=TODAY - timedelta(days=40), reason="sommar", by="KF")
    finding = found("inactive", last_posted(300), beside=Circumstances(rest=over))
    assert [finding.seen[name] for name in ("level", "days", "counted_from")] == ["notice", "39", "2026-09-25"]


def test_an_account_that_is_being_closed_may_be_silent():
    assert found("inactive", last_posted(300), beside=Circumstances(closing=a_closing())).outcome is INAPPLICABLE


@pytest.mark.parametrize(
    ("observation", "outcome"),
    [
        (last_posted(200), PASSED),
        (last_posted(2), FAILED),
        (last_posted(2, sees_newest=False), FAILED),
        (last_posted(200, sees_newest=False), CANNOT_TELL),
    ],
    ids=["long ago", "two days ago", "two days ago, and maybe later", "long ago, and maybe later"],
)
def test_an_account_parked_for_a_crisis_is_quiet(observation, outcome):
    assert found("parked", observation, an_account(kind=Kind.CRISIS_PARKED)).outcome is outcome


@pytest.mark.parametrize(("words", "outcome"), [("Används vid kris.", PASSED), ("Nyheter.", FAILED)])
def test_a_parked_account_says_what_it_waits_for(words, outcome):
    assert found("parked-notice", saying(words), an_account(kind=Kind.CRISIS_PARKED)).outcome is outcome


@pytest.mark.parametrize(("words", "outcome"), [("Kontot är avslutat, följ oss på …", PASSED), ("Nyheter.", FAILED)])
def test_a_closed_account_says_so(words, outcome):
    assert found("signpost", saying(words), an_account(kind=Kind.SIGNPOSTED_CLOSED)).outcome is outcome


@pytest.mark.parametrize(("words", "outcome"), [("Kontot är avslutat.", FAILED), ("Nyheter.", PASSED), (None, PASSED)])
def test_an_account_in_use_bids_no_farewell(words, outcome):
    assert found("farewell", saying(words)).outcome is outcome
