"""Questions that nobody has answered are gathered, and counted apart: in letters, the overview and the report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from audits.digest import Purpose, ToldBefore
from audits.digest.overview import Mailing, Overview, overview_sheet
from audits.model import CaseState, Outcome, Severity, Standing
from audits.reporting import apart
from tests.builders import NIGHT, a_blind_observation, a_case, a_finding, an_account, an_observation
from tests.reported import a_dossier, read_page, reported
from tests.telling.letters import TUESDAY, a_held, answers, facts_in, said, terms, told, unanswered, well
from tests.telling.offices import office
from worker.steps.alerting import overview, write_urgent

MONDAY = TUESDAY - timedelta(days=1)


def test_questions_without_an_answer_are_gathered_and_are_no_remarks():
    others = [unanswered(an_account(id=number, name=f"Konto {number}")) for number in (2, 3, 4, 5)]
    days = {number: [date(2026, 11, 9), date(2026, 11, 24)] for number in (2, 3, 4, 5)}
    digest = told(a_held(), *others, questions=days)
    sheet = said(digest)
    assert [(remark.account.id, remark.case.rule) for remark in digest.parts[0].remarks] == [(1, "gone")]
    assert sheet.subject == "1 ny, 8 frågor – Kulturförvaltningen"
    [block] = [each for each in sheet.blocks if each.heading == "Frågor som bara ni kan svara på"]
    [entry] = block.entries
    assert entry.title == "8 frågor väntar på svar"
    assert [fact.text for fact in entry.facts] == [
        "4 skulle ha varit besvarade, de första 9 november.",
        "Konto 2 (Mastodon), Konto 3 (Mastodon), Konto 4 (Mastodon) och 1 till",
    ]
    assert [button.purpose for button in entry.buttons] == [Purpose.ROUND]
    assert answers(sheet)[1].endswith("Därtill 8 frågor, de första skulle ha varit besvarade 9 november.")


def test_the_day_by_which_questions_are_to_be_answered_is_told_before_it_has_passed():
    sheet = said(told(well(), questions={1: [date(2026, 11, 24)]}))
    assert answers(sheet)[1] == "Inget. Därtill 1 fråga att svara på, senast 24 november."
    assert "Senast: 24 november" in facts_in(sheet)


def test_a_letter_asks_only_about_the_accounts_that_it_is_about():
    assert told(well(), questions={7: [date(2026, 11, 24)]}).questions == 0


def test_a_question_without_an_answer_takes_nothing_from_an_account_without_remarks():
    before = ToldBefore(since=date(2026, 11, 3), state=CaseState.CONFIRMED)
    digest = told(unanswered(), questions={1: [date(2026, 11, 9)]}, told={(1, "two-factor", "overdue"): before})
    assert digest.looks.remarked == 0
    assert digest.parts[0].became == ()


def test_a_no_is_a_remark_like_any_other():
    denied = a_case(rule="two-factor", fingerprint="denied", seen={"answered_by": "Bea", "answered_on": "2026-11-01"})
    [remark] = told(a_held(case=denied)).parts[0].remarks
    assert remark.case.rule == "two-factor"


def test_questions_without_an_answer_are_no_urgent_letter_and_are_counted_apart(tmp_path: Path):
    with office(tmp_path) as opened:
        [case] = opened.store.cases()
        asked = {"asked_on": "2026-10-26", "due_on": "2026-11-08"}
        opened.store.save_case(replace(case, severity=Severity.CRITICAL, seen=asked), "test", NIGHT)
        telling = opened.letters.telling()
        assert write_urgent(telling, MONDAY) == 0
        view = overview(telling, opened.letters.stored, "2026-W46", MONDAY)
    assert (len(view.remarks), view.unanswered, view.mailings[0].unanswered) == (0, 1, 1)
    sheet = overview_sheet(view, telling.terms("sv"), telling.manner.zone)
    assert sheet.subject == "1 fråga utan svar – läget i staden"
    assert "Därtill 1 fråga som ingen har svarat på i tid." in sheet.glance[2].text


def test_a_question_without_an_answer_is_counted_apart_and_takes_nothing_from_the_account():
    asked = a_finding(rule="two-factor", fingerprint="overdue", severity=Severity.CRITICAL,
                      seen={"asked_on": "2026-10-20", "due_on": "2026-11-02"})  # fmt: skip
    report = reported(a_dossier(asked, Standing(outcome=Outcome.FAILED, fingerprint="overdue")))
    assert (report.open, report.urgent, report.critical, len(report.unanswered)) == ((), (), (), 1)
    assert list(apart(report)) == ["1 question unanswered"]
    assert (report.sections[0].told, len(report.sections[0].well), report.lives[0].standing) == (0, 1, "well")
    [questions] = [each for each in report.chapters if each.key == "unanswered"]
    assert [[cell.text for cell in row][3:] for row in questions.rows] == [
        ["Two-factor log-in has not been confirmed", "2026-10-20", "2026-11-02", "Nobody has answered yet."]
    ]
    page = read_page(report, ZoneInfo("UTC"))
    assert 'href="#unanswered"' in page
    assert "Medium" not in page


def test_a_question_that_somebody_has_explained_stays_in_the_report():
    seen = {"asked_on": "2026-10-20", "due_on": "2026-11-02"}
    asked = a_finding(rule="two-factor", fingerprint="overdue", seen=seen)
    case = a_case(rule="two-factor", fingerprint="overdue", seen=seen, state=CaseState.EXPLAINED, by="Bea")
    report = reported(a_dossier(asked, Standing(outcome=Outcome.FAILED, fingerprint="overdue"), cases=(case,)))
    assert (report.unanswered, report.explained) == ((), 1)
    assert [row[-1].text for each in report.chapters if each.key == "unanswered" for row in each.rows] == [
        "Explained by Bea"
    ]


def test_where_nothing_was_read_an_overview_gives_no_administration_a_nought():
    unread = a_dossier(observation=a_blind_observation())
    for dossier, told_of in ((unread, "–"), (a_dossier(observation=an_observation()), "0")):
        view = Overview(slot="2026-W46", made_at=TUESDAY, remarks=(), coverage=reported(dossier).coverage,
                        mailings=(Mailing(administration="Kultur", accounts=1, remarks=0),))  # fmt: skip
        sheet = overview_sheet(view, terms(), ZoneInfo("Europe/Stockholm"))
        [fact] = [fact for block in sheet.blocks for entry in block.entries for fact in entry.facts
                  if fact.label == "Kultur"]  # fmt: skip
        assert f"Öppna anmärkningar: {told_of}." in fact.text
