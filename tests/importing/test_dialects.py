"""A register that was exported, opened in a Swedish spreadsheet and saved again changes nothing."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from audits.columns import says_none
from audits.exporting import register_table
from audits.registering import ChangeKind, RegisterRow
from audits.wording.said import told_in
from tests.importing.prepared import a_row
from tests.importing.workbooks import ods, xlsx
from worker.exporting import register_file
from worker.importing.preparing import Known, Prepared, prepare

LETTERS = st.sampled_from([*(chr(at) for at in range(33, 127)), *"åäöÅÄÖéü ", *" " * 5])
WORDS = st.text(LETTERS, min_size=1, max_size=12).map(str.strip).filter(lambda text: not says_none(text))


def a_register(count: int, words: list[str]) -> dict[int, RegisterRow]:
    return {
        at: a_row(
            at, name=f"Konto {at} {words[at % len(words)]}", unit=words[-1], purpose=words[0],
            administration="Kulturförvaltningen", raw=f"https://x.com/konto{at}", address=f"https://x.com/konto{at}",
        )
        for at in range(1, count + 1)
    }  # fmt: skip


def lines_of(rows: dict[int, RegisterRow]) -> list[list[str]]:
    text = register_file("csv", register_table(rows)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def saved(lines: list[list[str]], delimiter: str, before: str = "") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(lines)
    return before + out.getvalue()


DIALECTS: dict[str, Callable[[list[list[str]]], bytes]] = {
    "CSV, semicolons, Windows": lambda lines: saved(lines, ";").encode("cp1252"),
    "CSV UTF-8": lambda lines: saved(lines, ";").encode("utf-8-sig"),
    "UTF-8 without a mark, commas": lambda lines: saved(lines, ",").encode(),
    "Unicode text": lambda lines: saved(lines, "\t").encode("utf-16"),
    "UTF-16 without a mark": lambda lines: saved(lines, ";").encode("utf-16-le"),
    "named separator": lambda lines: saved(lines, ";", "sep=;\r\n").encode("utf-8-sig"),
    "ODS": ods,
    "XLSX": lambda lines: xlsx({"Register": lines}),
}


def back(data: bytes, rows: dict[int, RegisterRow]) -> Prepared:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "register"
        file.write_bytes(data)
        return prepare(file, Known(rows=rows))


def changed(prepared: Prepared) -> list[ChangeKind]:
    return [each.kind for each in prepared.plan.changes if each.kind is not ChangeKind.SAME]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_register_saved_in_any_dialect_changes_nothing(dialect: str) -> None:
    rows = a_register(9, ["Åsö bad; och lek", 'Museet "Ån"', "a, b"])
    read = back(DIALECTS[dialect](lines_of(rows)), rows)
    assert (changed(read), read.read.rejected) == ([], ())


@pytest.mark.parametrize("dialect", [each for each in DIALECTS if each not in ("ODS", "XLSX")])
@settings(max_examples=25, deadline=None)
@given(words=st.lists(WORDS, min_size=2, max_size=4))
def test_whatever_its_words_are_a_register_saved_as_text_changes_nothing(dialect: str, words: list[str]) -> None:
    rows = a_register(6, words)
    read = back(DIALECTS[dialect](lines_of(rows)), rows)
    assert (changed(read), read.read.rejected) == ([], ())


def a_lived_in_workbook(lines: list[list[str]]) -> bytes:
    """A title, a hidden row and column, a filter, a sum, a footnote, and a sheet of notes."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Register")
        sheet.merge_range(0, 0, 0, 4, "Almestads konton 2026")
        for at, line in enumerate(lines, 2):
            sheet.write_row(at, 0, line)
        last = len(lines) + 1
        sheet.autofilter(2, 0, last, len(lines[0]) - 1)
        sheet.set_row(4, None, None, {"hidden": True})
        sheet.set_column(2, 2, 10, None, {"hidden": True})
        sheet.write_row(last + 1, 1, ["Summa"])
        sheet.write_formula(last + 1, 5, f"=COUNTA(F4:F{last + 1})", None, len(lines) - 1)
        sheet.write(last + 4, 0, "* uppdateras i januari")
        book.add_worksheet("Att göra").write_row(0, 0, ["Ring", "Museet"])
    return out.getvalue()


def test_a_lived_in_workbook_changes_nothing_and_what_is_no_account_of_it_is_told() -> None:
    rows = a_register(6, ["Åsö", "bad"])
    read = back(a_lived_in_workbook(lines_of(rows)), rows)
    assert changed(read) == []
    assert [each.line for each in read.read.refused] == [10, 13]
    assert list(read.passed_over) == ["Att göra"]


def test_what_a_formula_came_to_is_read() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Register")
        sheet.write_row(0, 0, ["Namn", "Adress"])
        sheet.write_string(1, 0, "Museet")
        sheet.write_formula(1, 1, '="https://x.com/"&"museet"', None, "https://x.com/museet")
    assert [each.row.key for each in back(out.getvalue(), {}).read.stated] == ["x:museet"]


def test_a_hidden_sheet_is_read_and_asked_about() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, handle in (("Konton", "a"), ("Reserv", "b")):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["Namn", "Adress"])
            sheet.write_row(1, 0, [name, f"https://x.com/{handle}"])
            if name == "Reserv":
                sheet.hide()
    first, second = back(out.getvalue(), {}).read.stated
    assert (first.remarks, len(second.remarks), "hidden" in told_in("en", second.remarks[0])) == ((), 1, True)


@pytest.mark.parametrize(
    ("shown", "link", "key", "asked"),
    [
        ("@annat", "https://www.instagram.com/museet/", "instagram:museet", 1),
        ("https://www.instagram.com/b/", "https://www.instagram.com/a/", "instagram:b", 1),
        ("@museet", "https://www.instagram.com/museet/?hl=sv", "instagram:museet", 0),
        ("Museet", "https://www.instagram.com/almestadsmuseum/", "instagram:almestadsmuseum", 0),
    ],
)
def test_a_cell_that_shows_one_account_and_leads_to_another_is_asked_about(
    shown: str, link: str, key: str, asked: int
) -> None:
    book = xlsx({"Konton": [["Enhet", "Instagram"], ["Museet", shown]]}, links={(1, 1): link})
    (stated,) = back(book, {}).read.stated
    assert (stated.row.key, len(stated.remarks)) == (key, asked)


def test_a_footnotes_mark_at_a_heading_is_no_part_of_it() -> None:
    read = back("Enhet;Facebook¹;Instagram*\nMuseet;almestadsmuseum;@museet\n".encode(), {}).read
    assert [each.row.key for each in read.stated] == ["facebook:almestadsmuseum", "instagram:museet"]


def test_a_row_of_another_language_than_the_export_is_the_same_row() -> None:
    rows = a_register(3, ["Åsö", "bad"])
    data = register_file("csv", register_table({at: replace(row) for at, row in rows.items()}), "en")
    assert changed(back(data, rows)) == []
