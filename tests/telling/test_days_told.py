"""Days in a letter: from which look and which letter they are counted, and how they are written."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from audits.model import CaseState
from audits.reporting import gather
from tests.builders import NIGHT, a_case, a_finding
from tests.telling.letters import (
    ROUTINES,
    TUESDAY,
    a_held,
    answers,
    last_week,
    said,
    shows,
    terms,
    told,
    well,
)


def test_a_letter_and_the_report_count_from_the_same_day_whoever_was_told_first():
    held = a_held()
    dossier = replace(held.dossier, told_at={("gone", "gone"): NIGHT - timedelta(days=3)})
    (remark,) = told(replace(held, dossier=dossier)).parts[0].remarks
    (line,) = gather([dossier], ROUTINES, terms(), TUESDAY).lines
    assert remark.due == line.due_on == date(2026, 11, 7)


def test_a_count_of_days_is_that_of_the_look_it_is_shown_with():
    case = a_case(seen={"last_post": "2026-10-28", "days": "12", "limit_days": "60"})
    newest = a_finding(fingerprint="gone", rule="gone", seen={**case.seen, "days": "19"})
    shown = shows(a_held(case=case, finding=newest))
    assert shown.startswith("Senaste inlägget är från 28 oktober, 19 dagar före kontrollen 3 november. ")
    assert "dagar före" not in shows(a_held(case=case, blind=True))


def test_days_without_a_post_to_count_from_are_told_with_the_look_that_counted_them():
    case = a_case(seen={"season_since": "2026-09-01", "days": "63", "limit_days": "30"})
    assert "63 dagar före kontrollen 3 november" in shows(a_held(case=case))


def test_a_day_of_another_year_is_told_with_its_year():
    case = a_case(seen={"last_post": "2025-10-28", "days": "371", "limit_days": "180"})
    assert shows(a_held(case=case)).startswith("Senaste inlägget är från 28 oktober 2025, 371 dagar före")


def test_a_month_alone_is_told_as_that_month():
    assert shows(a_held(case=a_case(seen={"last_post": "2026-05"}))) == "Senaste inlägg: maj 2026"


def test_silence_after_a_rest_says_from_which_day_it_is_counted():
    seen = {"last_post": "2026-01-03", "counted_from": "2026-09-01", "days": "63", "limit_days": "30"}
    assert shows(a_held(case=a_case(seen=seen))) == (
        "Senaste inlägget är från 3 januari. Räknat från 1 september, då vilan var slut, hade 63 dagar gått vid "
        "kontrollen 3 november. Gränsen är 30 dagar."
    )


def test_a_report_line_that_the_latest_look_did_not_see_counts_no_days():
    case = a_case(seen={"last_post": "2026-10-28", "days": "12"})
    (line,) = gather([a_held(case=case, blind=True).dossier], ROUTINES, terms(), TUESDAY).lines
    assert line.seen == {"last_post": "2026-10-28"}


def test_no_day_runs_before_the_administration_has_been_told():
    (remark,) = told(a_held(), tells=False).parts[0].remarks
    (line,) = gather([a_held().dossier], ROUTINES, terms(), TUESDAY).lines
    assert remark.due is line.due_on is None
    sheet = said(told(a_held(), tells=False))
    assert {fact.label: fact.text for fact in sheet.blocks[0].entries[0].facts}["Senast"] == "7 dagar efter besked"


def test_a_due_day_is_counted_from_the_letter_that_told_it_first():
    case = a_case(opened_at=NIGHT - timedelta(days=200))
    [remark] = told(a_held(case=case)).parts[0].remarks
    assert remark.due == date(2026, 11, 17)
    [again] = told(a_held(case=case), told=last_week(weeks=3)).parts[0].remarks
    assert again.due == date(2026, 10, 27)


def test_a_due_day_that_has_passed_is_told_as_one():
    sheet = said(told(a_held(), told=last_week(weeks=3)))
    assert answers(sheet)[1] == "1 sak, som skulle ha varit klar 27 oktober."
    due = next(fact.text for fact in sheet.blocks[0].entries[0].facts if fact.label == "Senast")
    assert due == "27 oktober, och den dagen har passerat"


def test_an_account_that_was_never_read_has_no_day():
    sheet = said(told(a_held(case=a_case(state=CaseState.NEW), blind=True, last_read=None)))
    assert sheet.blocks[0].entries[0].facts[2].text == "Aldrig, sedan kontot kom in i registret."


@pytest.mark.parametrize("days", [1, 2, 10])
def test_a_letter_made_long_after_the_last_look_says_so_as_the_report_does(days: int):
    how = answers(said(told(well(), now=NIGHT + timedelta(days=days))))[2]
    assert re.findall(r"Ingen kontroll på (\d+) dygn\.", how) == [str(days)] * (days > 1)


def test_a_letter_knows_the_day_it_is_made():
    assert told(well()).made_at == TUESDAY
