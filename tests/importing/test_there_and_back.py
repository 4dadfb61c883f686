"""What is exported can be imported again, and changes nothing."""

from __future__ import annotations

import csv
import io
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from audits.columns import says_none
from audits.exporting import as_meant, harmless, register_table
from audits.model import Kind
from audits.recipients import Mailbox, Place
from audits.register_cells import kind as read_kind
from audits.registering import ChangeKind, RegisterRow
from tests.importing.prepared import a_row
from worker.exporting import MAKINGS, register_file
from worker.importing.confined import read_here
from worker.importing.preparing import Known, Prepared, prepare, prepare_table
from worker.importing.sniffing import Making
from worker.importing.tables import Sheet, Table, read_csv

LETTERS = [chr(at) for at in range(32, 127)] + list(
    "åäöÅÄÖéü–’日😀\n"
)  # other pairs look like mojibake, and are mended
WORDS = (
    st.text(alphabet=st.sampled_from(LETTERS), min_size=1, max_size=12)
    .map(str.strip)
    .filter(lambda text: not says_none(text))
)
MAYBE = st.none() | WORDS
MAILBOX = st.none() | st.sampled_from(["a@almestad.example", "b@almestad.example"])
ROWS = st.builds(
    RegisterRow,
    platform=st.just("x"),
    name=WORDS,
    administration=st.sampled_from([None, "KF", "=MF()", "'SBF"]),
    unit=MAYBE,
    key=st.integers(1, 99).map(lambda at: f"x:konto{at}"),
    kind=st.sampled_from(Kind),
    purpose=MAYBE,
    language=st.sampled_from([None, "sv", "en"]),
    registered_on=st.none() | st.dates(date(2000, 1, 1), date(2040, 1, 1)),
    ends_on=st.none() | st.dates(date(2000, 1, 1), date(2040, 1, 1)),
    season_months=st.lists(st.integers(1, 12), unique=True, max_size=4).map(tuple),
    recipient=MAILBOX,
)


def whole(row: RegisterRow) -> RegisterRow:
    """With the address that its key has, as an import would have understood it."""
    from dataclasses import replace

    handle = (row.key or "").removeprefix("x:")
    return replace(row, address=f"https://x.com/{handle}", raw=f"twitter.com/{handle}")


def distinct(rows: list[RegisterRow]) -> dict[int, RegisterRow]:
    """Accounts by number, each once: an import takes the very same words for one account."""
    by_words = {(row.key, row.administration, row.unit, row.name, row.language): whole(row) for row in rows}
    return dict(enumerate(by_words.values(), 1))


def there_and_back(making: str, rows: dict[int, RegisterRow], places: dict[Place, Mailbox], **more: Any) -> Prepared:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"register.{making}"
        file.write_bytes(register_file(making, register_table(rows, places), **more))
        return prepare_table(read_in_this_process(file, making), Known(rows=rows, places=places))


def read_in_this_process(file: Path, making: str) -> Table:
    """A process for each example would take minutes."""
    if making == "csv":
        return read_csv(file.read_bytes(), file.name)
    sheets = (Sheet(name, tuple(rows), hidden) for name, hidden, rows in read_here(Making(making), file))
    return Table(sheets=tuple(sheets), making=making)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("making", MAKINGS)
@settings(max_examples=12, deadline=None)
@given(rows=st.lists(ROWS, min_size=1, max_size=6).map(distinct), recipient=MAILBOX)
def test_a_register_exported_and_imported_again_changes_nothing(
    making: str, language: str, rows: dict[int, RegisterRow], recipient: str | None
):
    names = {row.administration for row in rows.values() if row.administration}
    places = {Place(name): Mailbox(recipient=recipient, language="sv" if recipient else None) for name in names}
    back = there_and_back(making, rows, places, language=language)
    assert [each.reason for each in back.read.rejected] == []
    assert [change for change in back.plan.changes if change.kind is not ChangeKind.SAME] == []
    assert back.mailboxes == ()


@pytest.mark.parametrize("making", MAKINGS)
def test_an_apostrophe_of_the_registers_own_before_a_formula_stays(making: str):
    back = there_and_back(making, {1: whole(a_row(1, purpose="'=1+1"))}, {})
    assert [change for change in back.plan.changes if change.kind is not ChangeKind.SAME] == []


@pytest.mark.parametrize("making", MAKINGS)
def test_an_account_that_changed_all_its_words_is_known_by_its_number(making: str, tmp_path: Path):
    file = tmp_path / f"register.{making}"
    file.write_bytes(register_file(making, register_table({7: whole(a_row(1))})))
    other = whole(a_row(1, key="x:annat", name="Helt annat", administration="SBF"))
    (change,) = prepare(file, Known(rows={7: other})).plan.changes
    assert (change.kind, change.account_id) == (ChangeKind.CHANGE, 7)


def test_a_number_of_another_register_is_no_reference_here(tmp_path: Path):
    file = tmp_path / "register.csv"
    file.write_bytes(register_file("csv", register_table({7: whole(a_row(1))})))
    (change,) = prepare(file).plan.changes
    assert change.after is not None
    assert (change.kind, change.after.ref) == (ChangeKind.ADD, None)


FORMULAS = [
    "=1+1",
    "+46 42 10 50 00",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "＝1",
    " =1",
    "'=1",
    '=HYPERLINK("https://elak.example")',
]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_csv_begins_as_a_formula(text: str):
    rows = list(csv.reader(io.StringIO(csv_text(text)), delimiter=";"))
    assert all(not cell.lstrip(" \t'").startswith("=") or cell.startswith("'") for row in rows for cell in row)
    assert as_meant(harmless(text)) == text


def csv_text(name: str) -> str:
    return register_file("csv", register_table({1: whole(a_row(1, name=name))})).decode("utf-8-sig")


@pytest.mark.parametrize("making", MAKINGS)
def test_a_mark_that_turns_the_words_around_it_is_neither_written_nor_read(making: str, tmp_path: Path):
    turned = whole(a_row(1, name="Almestads\u202e museum\u2069"))
    data = register_file(making, register_table({1: turned}))
    assert making == "xlsx" or "\u202e" not in data.decode("utf-8-sig")
    file = tmp_path / f"register.{making}"
    file.write_bytes(data)
    (stated,) = prepare(file).read.stated
    assert stated.row.name == "Almestads museum"
    listed = tmp_path / "list.csv"
    listed.write_text("Namn;Adress\nAlmestads\u202e museum;https://x.com/a\n", encoding="utf-8")
    assert prepare(listed).read.stated[0].row.name == "Almestads museum"


@given(st.text(max_size=20))
def test_making_a_cell_harmless_loses_nothing(text: str):
    assert as_meant(harmless(text)) == text


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_in_a_workbook_is_text_and_read_as_it_stood(text: str, tmp_path: Path):
    file = tmp_path / "register.xlsx"
    file.write_bytes(register_file("xlsx", register_table({1: whole(a_row(1, name=text))})))
    cells = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()[1]
    assert text in [as_meant(str(cell)) for cell in cells]


KINDS = {
    Kind.ORDINARY: "vanligt", Kind.SEASONAL: "säsong", Kind.ROTA: "stafett", Kind.CRISIS_PARKED: "krisvilande",
    Kind.ROLE: "befattning", Kind.SIGNPOSTED_CLOSED: "avslutad",
}  # fmt: skip


@pytest.mark.parametrize("kind", Kind)
def test_a_kind_is_written_in_the_words_of_the_language_and_read_in_both(kind: Kind):
    table = register_table({1: whole(a_row(1, kind=kind))})
    told = [
        next(csv.DictReader(io.StringIO(register_file("csv", table, language).decode("utf-8-sig")), delimiter=";"))
        for language in ("sv", "en")
    ]
    assert (told[0]["Typ"], told[1]["Kind"]) == (KINDS[kind], kind.value)
    assert {read_kind(told[0]["Typ"]), read_kind(told[1]["Kind"])} == {kind}


def test_a_csv_for_swedish_excel_has_a_mark_and_semicolons():
    data = register_file("csv", register_table({1: whole(a_row(1))}))
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig").splitlines()[0].startswith("Nr;Förvaltning;Enhet;Namn;Plattform;Adress;")
