"""What people who came to Kanalkoll had in their lists, and what becomes of it: read where it is plain, else asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from audits.model import Kind
from audits.register_names import near_names
from audits.wording.said import told_in
from tests.importing.prepared import prepared
from tests.importing.workbooks import xlsx
from worker.importing.preparing import prepare


def test_a_column_of_two_platforms_asks_each_address_whose_it_is(tmp_path: Path) -> None:
    cells = "https://www.tiktok.com/@museet\nB;https://www.youtube.com/@museet\nC;@museet\n"
    read = prepared(tmp_path, f"Enhet;TikTok/YouTube\nA;{cells}").read
    assert [(each.row.key, each.remarks) for each in read.stated] == [("tiktok:museet", ()), ("youtube:@museet", ())]
    assert [(each.line, each.value) for each in read.refused] == [(4, "@museet")]


@pytest.mark.parametrize("heading", ["Facebook/Instagram", "Facebook och Instagram", "Meta (Facebook, Instagram)"])
def test_however_two_platforms_are_named_no_handle_becomes_an_account_of_the_first(
    tmp_path: Path, heading: str
) -> None:
    read = prepared(tmp_path, f"Enhet;{heading}\nA;https://www.instagram.com/museet/\nB;@badet\n").read
    assert [each.row.key for each in read.stated] == ["instagram:museet"]
    assert [each.value for each in read.refused] == ["@badet"]


@pytest.mark.parametrize("heading", ["X (Twitter)", "Twitter/X", "Twitter, X"])
def test_two_names_of_one_platform_are_one(tmp_path: Path, heading: str) -> None:
    (stated,) = prepared(tmp_path, f"Enhet;{heading}\nA;@museet\n").read.stated
    assert stated.row.key == "x:museet"


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Fb-länk", "facebook:museet"), ("FB länk", "facebook:museet"), ("Insta-konto", "instagram:museet"),
        ("Länk till Facebook", "facebook:museet"), ("IG-adress", "instagram:museet"),
    ],
)  # fmt: skip
def test_a_platform_beside_the_word_for_an_address_makes_its_column(tmp_path: Path, heading: str, key: str) -> None:
    (stated,) = prepared(tmp_path, f"Enhet;{heading}\nA;museet\n").read.stated
    assert stated.row.key == key


def test_a_column_that_is_filled_only_far_down_is_read_all_the_same(tmp_path: Path) -> None:
    rows = "".join(f"Enhet {at};https://x.com/a{at};;\n" for at in range(150))
    text = f"Enhet;Länk;Facebook (sida);Övrigt\n{rows}Sist;https://x.com/sist;https://www.facebook.com/sist;\n"
    assert [each.row.key for each in prepared(tmp_path, text).read.stated][-2:] == ["x:sist", "facebook:sist"]


def test_an_account_far_down_in_a_column_of_notes_is_named(tmp_path: Path) -> None:
    rows = "".join(f"Enhet {at};https://x.com/a{at};bra\n" for at in range(150))
    text = f"Enhet;Länk;Noteringar\n{rows}Sist;https://x.com/sist;även https://www.facebook.com/sist\n"
    assert prepared(tmp_path, text).columns[""].unread == ("Noteringar",)


HEAD = ["Namn", "Adress"]
ROW = ["Badet", "https://x.com/badet"]


def sheeted(tmp_path: Path, sheet: str, head: list[str], row: list[str]) -> tuple[Kind, list[str]]:
    file = tmp_path / "lista.xlsx"
    file.write_bytes(xlsx({sheet: [head, row]}))
    (stated,) = prepare(file).read.stated
    return stated.row.kind, [told_in("en", each) for each in stated.remarks]


@pytest.mark.parametrize("sheet", ["Avslutade", "Nedlagda konton", "Closed"])
def test_what_stands_on_a_sheet_of_closed_accounts_is_closed_and_asked_about(tmp_path: Path, sheet: str) -> None:
    kind, (remark,) = sheeted(tmp_path, sheet, HEAD, ROW)
    assert (kind, remark.startswith(f"the sheet is called {sheet}: the account was taken to be closed")) == (
        Kind.SIGNPOSTED_CLOSED, True,
    )  # fmt: skip


@pytest.mark.parametrize("sheet", ["Vilande", "Aktiva och avslutade", "Ej avslutade", "Gamla konton"])
def test_a_sheet_that_may_hold_closed_accounts_is_asked_about_alone(tmp_path: Path, sheet: str) -> None:
    kind, (remark,) = sheeted(tmp_path, sheet, HEAD, ROW)
    assert (kind, "is the account closed?" in remark) == (Kind.ORDINARY, True)


@pytest.mark.parametrize(
    ("head", "row"), [([*HEAD, "Typ"], [*ROW, "vanligt"]), ([*HEAD, "Slutdatum"], [*ROW, "2099-01-01"])]
)
def test_what_the_row_says_itself_counts_more_than_its_sheet(tmp_path: Path, head: list[str], row: list[str]) -> None:
    assert sheeted(tmp_path, "Avslutade", head, row) == (Kind.ORDINARY, [])


@pytest.mark.parametrize(
    ("state", "kind", "asked"),
    [
        ("Avslutat", Kind.SIGNPOSTED_CLOSED, 1), ("closed", Kind.SIGNPOSTED_CLOSED, 1), ("Vilande", Kind.ORDINARY, 1),
        ("Aktivt", Kind.ORDINARY, 0), ("", Kind.ORDINARY, 0),
    ],
)  # fmt: skip
def test_a_column_of_states_is_heard(tmp_path: Path, state: str, kind: Kind, asked: int) -> None:
    (stated,) = prepared(tmp_path, f"Namn;Adress;Status\nBadet;https://x.com/badet;{state}\n").read.stated
    assert (stated.row.kind, len(stated.remarks)) == (kind, asked)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://www.instagram.com/almestadsmuseum/", "almestadsmuseum"),
        ("https://www.youtube.com/@almestad", "almestad"),
        ("@kultur@social.almestad.example", "kultur@social.almestad.example"),
        ("https://www.facebook.com/pages/Almestads-bad/218267174868954", "Almestads-bad"),
    ],
)
def test_an_account_without_a_name_is_called_by_its_handle(tmp_path: Path, address: str, name: str) -> None:
    (stated,) = prepared(tmp_path, f"Länk\n{address}\n").read.stated
    assert stated.row.name in (name, stated.row.key)
    assert stated.row.name == name or stated.row.key == "facebook:id:218267174868954"


@pytest.mark.parametrize(
    "slip",
    ["Vård & omsorgsförvaltningen", "Vård och omsorgsförvaltningen", "Vård o omsorg", "VÅRD- OCH OMSORG",
     "Vård-och omsorgsförvaltning"],
)  # fmt: skip
def test_och_and_its_signs_and_the_word_for_an_administration_make_no_other_one(slip: str) -> None:
    assert near_names({"Vård- och omsorgsförvaltningen": 7, slip: 1}) == {slip: "Vård- och omsorgsförvaltningen"}


@pytest.mark.parametrize("other", ["Vårdförvaltningen", "Omsorgsförvaltningen", "Socialnämnden"])
def test_a_part_of_a_name_is_another_name(other: str) -> None:
    assert near_names({"Vård- och omsorgsförvaltningen": 7, other: 1}) == {}
