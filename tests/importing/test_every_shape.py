"""One register in every shape that people keep it in."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from audits.columns import BadColumns
from audits.wording.said import told_in
from tests.importing.workbooks import ods, ods_of, xlsx
from worker.importing.preparing import Known, Prepared, prepare

HEADER = ["Förvaltning", "Enhet", "Namn", "Plattform", "Adress"]
ROWS = [
    ["Kulturförvaltningen", "Museet", "Almestads museum", "Instagram", "https://www.instagram.com/almestadsmuseum/"],
    ["Kulturförvaltningen", "Biblioteket", "Almestads bibliotek", "Facebook", "facebook.com/almestadsbibliotek"],
    ["Miljöförvaltningen", "", "Naturguiden Åsö", "Mastodon", "@naturguiden@social.almestad.example"],
]
KEYS = [
    "instagram:almestadsmuseum",
    "facebook:almestadsbibliotek",
    "mastodon:naturguiden@social.almestad.example",
]
YAML_LIST = """# Almestads konton
- {förvaltning: Kulturförvaltningen, enhet: Museet, plattform: Instagram, adress: "https://www.instagram.com/almestadsmuseum/"}
- {förvaltning: Kulturförvaltningen, enhet: Biblioteket, plattform: Facebook, adress: facebook.com/almestadsbibliotek}
- förvaltning: Miljöförvaltningen
  plattform: Mastodon
  adress: "@naturguiden@social.almestad.example"
"""
YAML_GROUPS = """Kulturförvaltningen:
  - enhet: Museet
    instagram: almestadsmuseum
  - enhet: Biblioteket
    facebook: almestadsbibliotek
Miljöförvaltningen:
  - mastodon: "@naturguiden@social.almestad.example"
"""
YAML_NESTED = """- förvaltning: Kulturförvaltningen
  konton:
    - {plattform: instagram, adress: almestadsmuseum}
    - {plattform: facebook, adress: almestadsbibliotek}
- förvaltning: Miljöförvaltningen
  social: {mastodon: "@naturguiden@social.almestad.example"}
"""
JSON_WRAPPED = json.dumps({"version": 2, "accounts": [dict(zip(HEADER, row, strict=True)) for row in ROWS]})


def prepared(tmp_path: Path, name: str, content: str | bytes, **more: object) -> Prepared:
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return prepare(file, **more)  # type: ignore[arg-type]  # a test names the option it changes


SHAPES: dict[str, str | bytes] = {
    "lista.xlsx": xlsx({"Konton": [HEADER, *ROWS]}),
    "lista.ods": ods([HEADER, *ROWS]),
    "lista.yaml": YAML_LIST,
    "grupper.yml": YAML_GROUPS,
    "nästlat.yaml": YAML_NESTED,
    "lista.json": json.dumps([dict(zip(HEADER, row, strict=True)) for row in ROWS]),
    "omslag.json": JSON_WRAPPED,
}


@pytest.mark.parametrize("name", SHAPES)
def test_every_shape_gives_the_same_accounts(tmp_path, name):
    read = prepared(tmp_path, name, SHAPES[name])
    assert [each.row.key for each in read.read.stated] == KEYS
    assert [each.row.administration for each in read.read.stated] == [row[0] for row in ROWS]
    assert read.read.rejected == ()


@pytest.mark.parametrize("name", SHAPES)
def test_a_wrong_ending_of_the_name_misleads_nobody(tmp_path, name):
    assert [each.row.key for each in prepared(tmp_path, "register.csv", SHAPES[name]).read.stated] == KEYS


def test_a_title_may_stand_above_the_headings(tmp_path):
    rows = [["Almestads konton i sociala medier"], [], ["Uppdaterad", date(2026, 11, 2).isoformat()], HEADER, *ROWS]
    read = prepared(tmp_path, "lista.xlsx", xlsx({"Blad1": rows}))
    assert [each.row.key for each in read.read.stated] == KEYS
    assert read.read.stated[0].line == 5


def test_a_title_may_stand_above_the_headings_of_a_csv(tmp_path):
    text = "Almestads konton\n\n" + "\n".join(";".join(row) for row in [HEADER, *ROWS])
    assert [each.row.key for each in prepared(tmp_path, "lista.csv", text).read.stated] == KEYS


def test_a_merged_cell_stands_for_all_that_it_covers(tmp_path):
    rows = [HEADER, ROWS[0], ["", "", *ROWS[1][2:]]]
    book = xlsx({"Blad1": rows}, merged=[("Blad1", 1, 0, 2, 0, "Kulturförvaltningen"), ("Blad1", 1, 1, 2, 1, "Museet")])
    read = prepared(tmp_path, "lista.xlsx", book)
    assert [(each.row.administration, each.row.unit) for each in read.read.stated] == [
        ("Kulturförvaltningen", "Museet")
    ] * 2


def owned(tmp_path, *administrations: str) -> list[tuple[str | None, str]]:
    rows = [f"{each};https://x.com/almestad{at}" for at, each in enumerate(administrations)]
    read = prepared(tmp_path, "lista.csv", "\n".join(["Förvaltning;Adress", *rows])).read
    return [(each.row.administration, " ".join(each.remarks)) for each in read.stated]


def test_an_administration_taken_from_a_row_above_is_told_with_its_name(tmp_path):
    first, second, third = owned(tmp_path, "Kulturförvaltningen", "", "Miljöförvaltningen")
    assert [each for each, _ in (first, second, third)] == [
        "Kulturförvaltningen", "Kulturförvaltningen", "Miljöförvaltningen"
    ]  # fmt: skip
    assert "taken from a row above: Kulturförvaltningen" in second[1]
    assert (first[1], third[1]) == ("", "")


def test_where_an_administration_is_named_again_an_empty_cell_is_nobodys(tmp_path):
    told = owned(tmp_path, "Kulturförvaltningen", "Kulturförvaltningen", "", "Miljöförvaltningen")
    assert [each for each, _ in told] == ["Kulturförvaltningen", "Kulturförvaltningen", None, "Miljöförvaltningen"]


def test_every_sheet_is_read_and_one_without_addresses_is_told(tmp_path):
    book = xlsx(
        {"KF": [HEADER, *ROWS[:2]], "MF": [HEADER, ROWS[2]], "Noteringar": [["Att göra", "När"], ["Ring", "I dag"]]}
    )
    read = prepared(tmp_path, "lista.xlsx", book)
    assert [each.row.key for each in read.read.stated] == KEYS
    assert [each.sheet for each in read.read.stated] == ["KF", "KF", "MF"]
    assert list(read.passed_over) == ["Noteringar"]
    assert told_in("sv", read.passed_over["Noteringar"]).startswith("ingen kolumn har adresser")


def test_a_sheet_that_could_not_be_read_takes_no_account_away(tmp_path):
    more = [[f"Konto {at}", "Instagram", f"https://www.instagram.com/almestad{at}/"] for at in range(9)]
    head = ["Namn", "Plattform", "Adress"]
    before = prepared(
        tmp_path, "lista.xlsx", xlsx({"KF": [head, *more], "MF": [head, ["Mer", "X", "https://x.com/a"]]})
    )
    known = Known(rows={at: each.row for at, each in enumerate(before.read.stated, 1)})
    slip = [["Vad", "Var", "När"], ["Mer", "https://x.com/a", "2024"], ["", "ring", ""], ["", "fråga", ""]]
    again = prepared(tmp_path, "lista.xlsx", xlsx({"KF": [head, *more], "MF": slip}), known=known)
    assert (list(again.passed_over), again.plan.withheld, again.plan.changes_anything) == (["MF"], (10,), False)


def test_what_is_not_taken_is_told_with_its_sheet_its_row_and_its_column(tmp_path):
    book = xlsx({"KF": [HEADER, ROWS[0], ["KF", "", "Fel", "Instagram", "https://www.instagram.com/p/Cabc123/"]]})
    (rejected,) = prepared(tmp_path, "lista.xlsx", book).read.rejected
    assert (rejected.sheet, rejected.line, rejected.column) == ("KF", 3, "Adress")


def test_numbers_and_dates_are_read_as_somebody_typed_them(tmp_path):
    rows: list[list[object]] = [["Nr", "Adress", "Startdatum"], [17, "https://x.com/almestad", date(2024, 1, 31)]]
    (stated,) = prepared(tmp_path, "lista.xlsx", xlsx({"Blad1": rows})).read.stated
    assert (stated.row.ref, stated.row.registered_on) == ("17", date(2024, 1, 31))


@pytest.mark.parametrize(
    ("heading", "value", "name"),
    [
        ("Länk till kontot", "https://x.com/almestad", "address"),
        ("Vår adress på nätet", "https://x.com/almestad", "address"),
        ("Hej", "https://x.com/almestad", "address"),
        ("Link to the account", "https://x.com/almestad", "address"),
    ],
)
def test_a_column_of_addresses_is_one_whatever_it_is_called(tmp_path, heading, value, name):
    read = prepared(tmp_path, "lista.csv", f"{heading};Anteckning\n{value};bra\n")
    assert read.columns[""].shown()[heading] == name


def test_a_register_without_headings_is_read_by_what_stands_in_it(tmp_path):
    read = prepared(tmp_path, "lista.csv", "Staden;https://x.com/almestad\nMuseet;https://x.com/museet\n")
    assert [each.row.key for each in read.read.stated] == ["x:almestad", "x:museet"]


def test_a_column_of_followers_is_no_column_of_accounts(tmp_path):
    read = prepared(tmp_path, "lista.csv", "Adress;Antal följare på Facebook\nhttps://x.com/almestad;1234\n")
    assert [each.row.key for each in read.read.stated] == ["x:almestad"]
    assert read.columns[""].left_over == ("Antal följare på Facebook",)


def test_a_column_without_a_role_in_which_accounts_stand_is_named_of_every_sheet(tmp_path):
    rows = [["Adress", "Fejan", ""], ["https://x.com/a", "https://facebook.com/museet", "https://facebook.com/badet"]]
    read = prepared(tmp_path, "lista.xlsx", xlsx({"Först": [HEADER, *ROWS], "Sedan": rows}))
    assert {sheet: columns.unread for sheet, columns in read.columns.items()} == {"Först": (), "Sedan": ("Fejan", "C")}


def test_a_sheet_of_bare_addresses_beside_a_register_is_asked_about(tmp_path):
    notes = [["Datum", "Länkar vi talat om"], ["2026-01-02", "https://www.instagram.com/almestad_falsk/"]]
    read = prepared(tmp_path, "lista.xlsx", xlsx({"Konton": [HEADER, *ROWS], "Anteckningar": notes}))
    remarked = {each.row.key: told_in("en", each.remarks[0]) for each in read.read.stated if each.remarks}
    assert list(remarked) == ["instagram:almestad_falsk"]
    assert "does the account belong in the register?" in remarked["instagram:almestad_falsk"]
    alone = prepared(tmp_path, "lista.xlsx", xlsx({"Anteckningar": notes}))
    assert [each.remarks for each in alone.read.stated] == [()]


def test_a_column_whose_values_are_no_kinds_is_not_the_kinds(tmp_path):
    read = prepared(
        tmp_path, "lista.csv", "Adress;Typ\n" + "".join(f"https://x.com/{name};Extern kanal\n" for name in "abc")
    )
    assert len(read.read.stated) == 3
    assert read.columns[""].left_over == ("Typ",)


def test_a_person_may_map_a_platform_to_its_column(tmp_path):
    read = prepared(tmp_path, "lista.csv", "Enhet;Fejan\nMuseet;almestadsmuseum\n", stated={"facebook": ["Fejan"]})
    assert [each.row.key for each in read.read.stated] == ["facebook:almestadsmuseum"]


def test_a_heading_that_is_nowhere_is_told(tmp_path):
    with pytest.raises(BadColumns, match="Finns inte"):
        prepared(tmp_path, "lista.csv", "Adress\nhttps://x.com/a\n", stated={"unit": ["Finns inte"]})


def test_several_accounts_of_one_line_share_its_reference_and_stay_apart(tmp_path):
    read = prepared(tmp_path, "lista.csv", "Nr;Facebook;Instagram\n7;almestad;almestad\n")
    assert [each.row.ref for each in read.read.stated] == ["7/facebook", "7/instagram"]


def test_a_reference_on_several_lines_names_none_of_them(tmp_path):
    read = prepared(tmp_path, "lista.csv", "Nr;Adress\n7;https://x.com/a\n7;https://x.com/b\n")
    assert [each.row.ref for each in read.read.stated] == [None, None]
    assert all("several lines" in each.remarks[0] for each in read.read.stated)


def test_a_null_administration_in_a_structure_is_none_and_no_merged_cell(tmp_path):
    text = '[{"administration": "KF", "address": "https://x.com/a"}, {"address": "https://x.com/b"}]'
    assert [each.row.administration for each in prepared(tmp_path, "lista.json", text).read.stated] == ["KF", None]


def test_an_address_behind_a_word_is_read(tmp_path):
    links = {(1, 1): "https://www.instagram.com/almestadsmuseum/", (2, 1): "https://www.facebook.com/almestad"}
    rows = [["Namn", "Länk"], ["Museet", "Vår Instagram"], ["Staden", "facebook.com/almestad"]]
    read = prepared(tmp_path, "lista.xlsx", xlsx({"Blad1": rows}, links=links))
    assert [each.row.key for each in read.read.stated] == ["instagram:almestadsmuseum", "facebook:almestad"]
    assert [each.row.name for each in read.read.stated] == ["Museet", "Staden"]


def test_a_name_that_leads_to_its_account_is_both(tmp_path):
    links = {(1, 1): "https://x.com/almestadsmuseum", (2, 1): "https://x.com/almestad"}
    rows = [["Förvaltning", "Namn"], ["KF", "Almestads museum"], ["SLF", "Almestads stad"]]
    read = prepared(tmp_path, "lista.xlsx", xlsx({"Blad1": rows}, links=links))
    assert [(each.row.name, each.row.key) for each in read.read.stated] == [
        ("Almestads museum", "x:almestadsmuseum"),
        ("Almestads stad", "x:almestad"),
    ]


def test_a_link_to_a_mailbox_or_a_file_is_no_address(tmp_path):
    rows = [["Adress", "Kontakt"], ["https://x.com/almestad", "Bea"]]
    book = xlsx({"Blad1": rows}, links={(1, 1): "mailto:bea@almestad.example"})
    assert [each.row.key for each in prepared(tmp_path, "lista.xlsx", book).read.stated] == ["x:almestad"]


def ods_cell(text: str, link: str = "", more: str = "") -> str:
    shown = f'<text:a xlink:href="{link}">{text}</text:a>' if link else text
    return f'<table:table-cell office:value-type="string"{more}><text:p>{shown}</text:p></table:table-cell>'


def ods_rows(*rows: str) -> bytes:
    inside = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    return ods_of(f'<table:table table:name="Blad1">{inside}</table:table>')


def test_a_merged_cell_of_an_ods_stands_for_all_that_it_covers(tmp_path):
    first = ods_cell("Kulturförvaltningen", more=' table:number-rows-spanned="2"') + ods_cell("https://x.com/a")
    below = "<table:covered-table-cell/>" + ods_cell("https://x.com/b")
    book = ods_rows(ods_cell("Enhet") + ods_cell("Adress"), first, below)
    stated = prepared(tmp_path, "lista.ods", book).read.stated
    assert [(each.row.key, each.row.unit) for each in stated] == [
        ("x:a", "Kulturförvaltningen"), ("x:b", "Kulturförvaltningen")
    ]  # fmt: skip


def test_an_address_behind_a_word_of_an_ods_is_read_also_after_repeated_cells(tmp_path):
    repeated = '<table:table-cell table:number-columns-repeated="2"/>'
    book = ods_rows(
        ods_cell("Namn") + repeated + ods_cell("Adress"),
        ods_cell("Museet") + repeated + ods_cell("Vår sida", "https://www.instagram.com/almestadsmuseum/"),
    )
    assert [each.row.key for each in prepared(tmp_path, "lista.ods", book).read.stated] == ["instagram:almestadsmuseum"]


def test_an_address_in_a_formula_of_a_link_is_read(tmp_path):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Blad1")
        sheet.write_row(0, 0, ["Namn", "Adress"])
        sheet.write_string(1, 0, "Museet")
        sheet.write_formula(
            1, 1, '=HYPERLINK("https://www.instagram.com/almestadsmuseum/","Vår sida")', None, "Vår sida"
        )
    read = prepared(tmp_path, "lista.xlsx", out.getvalue()).read
    assert [each.row.key for each in read.stated] == ["instagram:almestadsmuseum"]


@pytest.mark.parametrize("heading", ["MZ-nummer", "RIFF", "GIF8"])
def test_a_heading_that_begins_as_a_program_or_a_picture_does_is_text_all_the_same(tmp_path: Path, heading: str):
    file = tmp_path / "register.csv"
    file.write_text(f"{heading};Namn;Adress\n7;Museet;https://x.com/museet\n", encoding="utf-8")
    assert [each.row.key for each in prepare(file).read.stated] == ["x:museet"]


def untyped(*cells: str) -> str:
    return "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in cells)


def test_cells_of_an_ods_that_do_not_say_of_which_type_they_are_are_read(tmp_path):
    gap = '<table:table-cell table:number-columns-repeated="2"/>'
    book = ods_rows(untyped("Namn") + gap + untyped("Adress"), untyped("Museet") + gap + untyped("https://x.com/a"))
    assert [each.row.key for each in prepared(tmp_path, "lista.ods", book).read.stated] == ["x:a"]


def test_what_comes_after_such_a_row_that_is_repeated_stands_in_its_own_line(tmp_path):
    book = ods_of(
        f'<table:table table:name="Blad1"><table:table-row>{untyped("Namn", "Adress")}</table:table-row>'
        f'<table:table-row table:number-rows-repeated="2">{untyped("Museet", "https://x.com/a")}</table:table-row>'
        f"<table:table-row>{untyped('Parken', 'https://x.com/b')}</table:table-row></table:table>"
    )
    stated = prepared(tmp_path, "lista.ods", book).read.stated
    assert [(each.row.key, each.line) for each in stated] == [("x:a", 2), ("x:b", 4)]
