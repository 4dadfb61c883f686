"""A report tells what stands confirmed and was just seen again; what could not be seen stands beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from audits.model import (
    Account,
    CaseState,
    Existence,
    Finding,
    Marker,
    Observation,
    Outcome,
    Pending,
    Severity,
    Standing,
    Transport,
)
from audits.reporting import Dossier, Report, gather
from audits.wording import Terms
from config.rules import load_rules
from tests.builders import NIGHT, a_blind_observation, a_case, a_finding, an_account, an_observation

ROUTINES = load_rules().routines
ENGLISH = Terms(language="en", labels={"mastodon": "Mastodon"})
FAILED = Standing(outcome=Outcome.FAILED, fingerprint="gone")


def a_dossier(
    finding: Finding | None = None,
    standing: Standing = FAILED,
    observation: Observation | None = None,
    account: Account | None = None,
    **more: Any,
) -> Dossier:
    observed = observation or an_observation(existence=Existence.GONE)
    findings = ((finding or a_finding(), standing),)
    return Dossier(account=account or an_account(), observation=observed, findings=findings, **more)


def reported(*dossiers: Dossier) -> Report:
    return gather(dossiers, ROUTINES, ENGLISH, NIGHT)


def the_line(dossier: Dossier):
    (line,) = reported(dossier).lines
    return line


def test_a_confirmed_deviation_is_a_line():
    line = the_line(a_dossier())
    assert (line.title, line.platform) == ("The account no longer exists", "Mastodon")


def test_a_deviation_that_waits_for_more_looks_is_counted_and_not_told():
    pending = Pending(outcome=Outcome.FAILED, fingerprint="gone", since=NIGHT, last=NIGHT)
    report = reported(a_dossier(standing=Standing(pending=pending)))
    assert (report.lines, report.waiting) == ((), 1)


def test_a_blind_night_tells_nothing_of_what_stood_before():
    blind = a_dossier(a_finding(Outcome.CANNOT_TELL), observation=a_blind_observation())
    report = reported(blind)
    assert report.lines == ()
    assert [each.why for section in report.sections for each in section.unread] == ["walled"]


@pytest.mark.parametrize("transport", [each for each in Transport if each is not Transport.OK])
def test_every_way_not_to_see_is_told_with_a_remedy(transport):
    report = reported(a_dossier(a_finding(Outcome.CANNOT_TELL), observation=a_blind_observation(transport)))
    (unread,) = report.sections[0].unread
    assert unread.sentence.startswith("Not read")
    assert all(unread.remedies)


def test_an_account_without_an_address_is_not_said_to_be_forbidden():
    observation = a_blind_observation(Transport.NOT_PERMITTED)
    account = an_account(address=None, key=None)
    report = reported(a_dossier(a_finding(Outcome.CANNOT_TELL), observation=observation, account=account))
    (unread,) = report.sections[0].unread
    assert (unread.why, unread.remedies) == ("no_address", ("Paste the link to the account.",))
    assert report.coverage[0].unread == {"no_address": 1}


def test_the_gravest_comes_first():
    mild = a_dossier(a_finding(rule="renamed", severity=Severity.LOW), account=an_account(id=2, name="A"))
    grave = a_dossier(a_finding(severity=Severity.CRITICAL), account=an_account(id=3, name="B"))
    report = reported(mild, grave)
    assert [line.account.id for line in report.lines] == [3, 2]
    assert [line.account.id for line in report.urgent] == [3]


def test_accounts_that_nobody_answers_for_come_last():
    owners = [None, "Östra förvaltningen", "Kulturförvaltningen"]
    dossiers = [a_dossier(account=an_account(id=at, administration=owner)) for at, owner in enumerate(owners, 1)]
    sections = reported(*dossiers).sections
    assert [section.administration for section in sections] == [
        "Kulturförvaltningen", "Östra förvaltningen", "No administration stated",
    ]  # fmt: skip


def test_a_line_says_since_when_by_its_case():
    opened = NIGHT - timedelta(days=9)
    assert the_line(a_dossier(cases=(a_case(opened_at=opened),))).since == opened
    assert the_line(a_dossier()).since == NIGHT


def test_an_explained_line_says_until_when():
    explained = a_case(state=CaseState.EXPLAINED, until=date(2026, 12, 1))
    line = the_line(a_dossier(cases=(explained,)))
    assert (line.state, line.until) == (CaseState.EXPLAINED, "2026-12-01")


def test_what_was_mended_is_told_as_such():
    mended = a_case(state=CaseState.VERIFIED_FIXED)
    well = a_dossier(a_finding(Outcome.PASSED), Standing(), an_observation(), cases=(mended,))
    section = reported(well).sections[0]
    assert [each.title for each in section.mended] == ["The account no longer exists"]
    assert [each.account.id for each in section.well] == [1]


def test_the_decision_by_which_a_page_was_read_is_told_in_the_reports_language():
    basis = "own_assessment: KS 2026/1, the director, until 2027-06-30"
    line = the_line(a_dossier(observation=an_observation(existence=Existence.GONE, basis=basis)))
    assert line.basis == "own assessment: KS 2026/1, the director, until 2027-06-30"


def test_a_rule_about_the_register_is_not_said_to_have_been_seen_on_a_page():
    line = the_line(a_dossier(a_finding(rule="no-administration"), account=an_account(administration=None)))
    assert line.observed is False


def test_only_signs_of_what_is_wrong_are_shown_as_evidence():
    signs = (Marker("x.profile", "present", "@almestad"), Marker("x.missing", "gone", "not found"))
    assert [marker.id for marker in the_line(a_dossier(a_finding(evidence=signs))).evidence] == ["x.missing"]


def test_what_was_seen_is_told_in_an_order_that_reads_well():
    seen = {"days": "44", "last_post": "2026-09-28", "limit_days": "30", "level": "notice", "read_from": "statuses"}
    line = the_line(a_dossier(replace(a_finding(rule="inactive"), seen=seen)))
    assert list(line.seen) == ["last_post", "days", "limit_days"]
    assert line.level == "notice"


def test_an_account_that_is_well_is_named_as_such():
    well = a_dossier(a_finding(Outcome.PASSED), Standing(), an_observation())
    assert [each.account.id for each in reported(well).sections[0].well] == [1]
