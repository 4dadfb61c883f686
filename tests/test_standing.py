"""What stands confirmed is told by the last look that showed it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from audits.controls import DOUBTED
from audits.history import History, Turned
from audits.model import CaseState, DriftStage, Existence, Outcome, Route, Severity
from audits.reporting import apart, gather
from audits.rulebook import PROPOSALS
from audits.wording import Terms
from tests.builders import NIGHT, STOCKHOLM, a_blind_observation, a_case, a_finding, an_account, an_observation
from tests.reported import FAILED, GONE, ROUTINES, a_dossier, read_page, reported, the_line
from worker.cli.findings import rows_of


def test_what_later_looks_could_not_see_is_told_as_the_last_look_that_showed_it_had_it():
    last = a_finding(observed_at=NIGHT - timedelta(days=1), route=Route.PAGE, seen={"days": "12"})
    blind = a_dossier(
        a_finding(Outcome.CANNOT_TELL, fingerprint=""), FAILED._replace(decided_at=NIGHT - timedelta(days=6)),
        a_blind_observation(), cases=(a_case(),), last_shown={GONE: last},
    )  # fmt: skip
    line = the_line(blind)
    assert (line.observed_at, line.route, line.seen) == (last.observed_at, "page", {"days": "12"})
    page = read_page(reported(blind), ZoneInfo("UTC"))
    assert (
        "Last seen like this on 2 November 2026, 02:15 by the public page, not seen since (requires a log-in)" in page
    )


def test_what_a_misread_route_says_again_was_last_seen_by_a_look_that_counts():
    doubted = an_observation(existence=Existence.GONE, reason=DOUBTED)
    last = a_finding(observed_at=NIGHT - timedelta(days=1), route=Route.OPEN)
    line = the_line(a_dossier(observation=doubted, cases=(a_case(),), last_shown={GONE: last}))
    assert (line.observed_at, line.unseen) == (last.observed_at, "control")


def test_what_the_officer_has_confirmed_to_be_not_ours_is_no_remark():
    settled = a_dossier(cases=(a_case(state=CaseState.NOT_OURS),))
    assert len(reported(replace(settled, cases=(a_case(state=CaseState.SAID_NOT_OURS),))).lines) == 1
    assert reported(settled).lines == ()


def test_what_is_explained_or_said_to_be_anothers_stands_and_is_counted_apart_from_what_is_open():
    states = (CaseState.CONFIRMED, CaseState.EXPLAINED, CaseState.SAID_NOT_OURS)
    given = [
        a_dossier(account=an_account(id=number), finding=a_finding(account_id=number, severity=Severity.HIGH),
                  cases=(a_case(account_id=number, state=state),))
        for number, state in enumerate(states, 1)
    ]  # fmt: skip
    report = reported(*given)
    assert (len(report.lines), len(report.open), len(report.urgent)) == (3, 1, 1)
    assert list(apart(report)) == ["1 explained", "1 said to be somebody else's"]
    assert "open remark</a><br>1 explained<br>1 said to be somebody else&#39;s</small>" in read_page(report, STOCKHOLM)


def test_a_report_on_which_all_is_explained_says_that_nothing_is_open():
    page = read_page(reported(a_dossier(cases=(a_case(state=CaseState.EXPLAINED),))), STOCKHOLM)
    assert "1 of 1 account was read. No remark is open.</p>" in page


def test_a_remark_on_the_register_does_not_wait_for_an_account_to_be_read():
    own = {"rule": "no-administration", "fingerprint": "gone"}
    spared = a_finding(Outcome.INAPPLICABLE, **own)
    blind = a_dossier(spared, observation=a_blind_observation(), cases=(a_case(rule="no-administration"),))
    assert the_line(blind).unseen == "not_told"
    (row,) = [each for each in rows_of(blind, ROUTINES) if each["unseen"]]
    assert row["unseen"] == "ok"


def test_a_rule_that_is_switched_off_keeps_its_name_on_the_accounts_page():
    off = Turned(at=NIGHT, rule="old-rule", stage=DriftStage.CONFIRMED, severity=Severity.LOW)
    dossier = a_dossier(history=History(turned=(off,)))
    report = gather([dossier], ROUTINES, Terms(language="en", titles={"old-rule": "What was asked before"}), NIGHT)
    assert report.lives[0].titles == {"old-rule": "What was asked before"}


def test_silence_since_the_registration_or_the_start_of_a_season_is_counted_for_the_reader():
    never = a_finding(rule="never-posted", seen={"registered_on": "2026-09-01", "days": "63", "limit_days": "30"})
    page = read_page(reported(a_dossier(never)), STOCKHOLM)
    told = "The account was registered on 1 September 2026, 63 days before the check on 3 November 2026."
    assert f"No posts are visible. {told} The limit is 30 days." in page
    season = a_finding(rule="season", seen={"season_since": "2026-09-01", "days": "63", "limit_days": "30"})
    assert "since the season began on 1 September 2026, 63 days" in read_page(reported(a_dossier(season)), STOCKHOLM)


def test_for_how_long_a_parked_account_has_been_quiet_is_counted_for_the_reader():
    parked = a_finding(rule="parked", seen={"last_post": "2026-11-01", "days": "2", "quiet_days": "7"})
    page = read_page(reported(a_dossier(parked)), STOCKHOLM)
    told = "The latest post is from 1 November 2026, 2 days before the check on 3 November 2026."
    assert f"{told} A resting account should have been quiet for 7 days." in page


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (PROPOSALS["sv"], "<dt>Rule</dt><dd>A suggestion that comes with Kanalkoll."),
        ("Lag (2018:1937)", '<dt>Law</dt><dd lang="sv">Lag (2018:1937)'),
        ("Routine 5", '<dt>The city&#39;s routine</dt><dd lang="sv">Routine 5'),
    ],
)
def test_a_proposal_and_the_law_are_not_called_the_citys_routine(source: str, told: str):
    routines = {**ROUTINES, "gone": replace(ROUTINES["gone"], source=source)}
    page = read_page(gather([a_dossier()], routines, Terms(language="en"), NIGHT), STOCKHOLM)
    assert told in page
    assert "put your own" not in page
