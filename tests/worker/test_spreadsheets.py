"""The report's tables: what Swedish Excel opens right, and in which no stranger's word becomes a formula."""

from __future__ import annotations

import csv
import io
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from tests.builders import STOCKHOLM
from tests.worker.reports import a_report
from worker.rendering import Rows, as_csv, as_xlsx, render_all

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "＝1+1"]


def table(name: str = "Almestads museum", language: str = "sv") -> list[dict[str, str]]:
    text = as_csv(Rows(a_report(language, name), STOCKHOLM)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def book(name: str = "Almestads museum") -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx(Rows(a_report("sv", name), STOCKHOLM))))


def test_a_csv_begins_with_a_byte_order_mark_and_has_semicolons():
    assert as_csv(Rows(a_report(), STOCKHOLM)).startswith("\N{ZERO WIDTH NO-BREAK SPACE}Nr;Förvaltning;Enhet;".encode())


def test_every_account_has_a_row_with_what_was_seen_or_why_not():
    told, unread = table()
    assert (told["Anmärkning"], told["Senast"]) == ("Kontot finns inte längre", "2026-11-10")
    assert unread["Varför inte läst"]
    assert not unread["Varför inte läst"].startswith("Inte läst")
    assert unread["Vad som öppnar"].startswith("Klistra in länken till senaste inlägget; ")


def test_a_count_of_days_has_the_day_of_the_look_that_counted_it():
    counted = {"last_post": "2026-01-02", "days": "304", "limit_days": "180"}
    (told, _) = csv.DictReader(io.StringIO(as_csv(Rows(a_report(seen=counted), STOCKHOLM)).decode()), delimiter=";")
    assert told["Vad som sågs"] == (
        "Senaste inlägg: 2026-01-02; Dagar sedan dess: 304 (vid kontrollen 2026-11-03); Gräns i dagar: 180"
    )


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_strangers_word_is_a_formula_in_a_csv(formula: str):
    assert table(formula)[0]["Konto"] == f"'{formula}"


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_strangers_word_is_a_formula_in_a_workbook(formula: str):
    accounts = book(formula).get_sheet_by_name("Konton")
    assert accounts.to_python()[1][3] == formula
    assert b"<f>" not in as_xlsx(Rows(a_report("sv", formula), STOCKHOLM))


def test_a_workbook_has_a_sheet_for_each_table_and_dates_that_are_dates():
    opened = book()
    assert opened.sheet_names[:4] == ["Konton", "Vad vi kunde se", "Vad som visar mer", "Åtgärdat"]
    due = opened.get_sheet_by_name("Konton").to_python()[1][19]
    assert str(due) == "2026-11-10"


def test_the_same_report_gives_the_same_bytes():
    assert render_all(a_report(), STOCKHOLM) == render_all(a_report(), STOCKHOLM)


def test_the_english_table_has_english_headings():
    assert table(language="en")[0]["Remark"] == "The account no longer exists"


def test_long_texts_are_wrapped_in_their_cells():
    with ZipFile(io.BytesIO(as_xlsx(Rows(a_report(), STOCKHOLM)))) as parts:
        assert parts.read("xl/styles.xml").count(b"wrapText") > 1, "of headings and of texts"
