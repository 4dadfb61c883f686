from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from audits.digest import Held, Tone
from audits.model import Closing
from audits.reporting import gather
from tests.builders import NIGHT
from tests.telling.letters import ROUTINES, TUESDAY, said, terms, told, well


def closing_on(day: date) -> Held:
    """An account of which nothing is remarked and whose closing is decided for a day."""
    held = well()
    closing = Closing(account_id=held.dossier.account.id, started_at=NIGHT, closes_on=day, by="KF", reason="slås ihop")
    return replace(held, dossier=replace(held.dossier, closing=closing))


def test_a_closing_that_is_decided_is_told_in_the_letter_as_a_decision_and_no_remark():
    letter = told(closing_on(date(2026, 12, 31)))
    assert letter.parts[0].remarks == ()
    [block] = said(letter).blocks
    assert (block.tone, block.heading) == (Tone.CALM, "Det här ska avslutas")
    [facts] = [{fact.label: fact.text for fact in entry.facts} for entry in block.entries]
    assert facts == {"Avslutat senast": "31 december 2026", "Beslutat av": "KF", "Skäl": "slås ihop"}


def test_a_closing_whose_day_has_passed_is_the_remarks_to_tell():
    assert said(told(closing_on(TUESDAY.date() - timedelta(days=1)))).blocks == ()


def test_a_closing_that_is_decided_has_a_chapter_of_its_own_in_the_report():
    report = gather([closing_on(date(2026, 12, 31)).dossier], ROUTINES, terms(), NIGHT)
    [chapter] = report.chapters
    assert (chapter.key, report.lines) == ("closings", ())
    assert [cell.text for cell in chapter.rows[0]][-3:] == ["31 december 2026", "KF", "slås ihop"]
