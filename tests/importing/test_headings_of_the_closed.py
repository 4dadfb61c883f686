"""A heading within a sheet that says what is closed speaks for the rows below it, and is no row that was lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from audits.model import Kind
from audits.wording.said import told_in
from tests.importing.prepared import prepared

HEAD = "Förvaltning;Namn;Adress;Typ;Status\n"
ABOVE = "Kultur;Museet;https://x.com/museet;;\n"
BELOW = "Kultur;Badet;https://x.com/badet;;\n"


def below(tmp_path: Path, heading: str, row: str = BELOW) -> tuple[Kind, list[str], int]:
    """What the account below a heading is taken as, what is asked about it, and how many rows were lost."""
    read = prepared(tmp_path, f"{HEAD}{ABOVE}{heading}\n{row}").read
    first, *rest = read.stated
    assert (first.row.kind, first.remarks) == (Kind.ORDINARY, ())
    return rest[-1].row.kind, [told_in("en", each) for each in rest[-1].remarks], len(read.lost_rows)


@pytest.mark.parametrize("heading", ["Avslutade;;;;", ";Stängda konton;;;", ";;Closed;;", "Avslutade kanaler 2023;;;;"])
def test_rows_below_it_are_taken_as_closed_and_asked_about(tmp_path: Path, heading: str) -> None:
    kind, (remark,), lost = below(tmp_path, heading)
    assert (kind, "the heading above is" in remark, lost) == (Kind.SIGNPOSTED_CLOSED, True, 0)


def test_it_may_be_merged_over_the_row(tmp_path: Path) -> None:
    assert below(tmp_path, ";".join(["Avslutade"] * 5))[0] is Kind.SIGNPOSTED_CLOSED


@pytest.mark.parametrize("heading", ["Vilande konton;;;;", "Ej avslutade;;;;", "Gamla och avslutade;;;;"])
def test_rows_below_one_that_may_say_so_are_asked_about_alone(tmp_path: Path, heading: str) -> None:
    kind, (remark,), lost = below(tmp_path, heading)
    assert (kind, "is the account closed?" in remark, lost) == (Kind.ORDINARY, True, 0)


@pytest.mark.parametrize(
    "row", ["Kultur;Badet;https://x.com/badet;vanligt;\n", "Kultur;Badet;https://x.com/badet;;aktiv\n"]
)
def test_what_a_row_says_of_itself_counts_more(tmp_path: Path, row: str) -> None:
    assert below(tmp_path, "Avslutade;;;;", row)[:2] == (Kind.ORDINARY, [])


def test_it_holds_until_a_heading_of_what_is_in_use(tmp_path: Path) -> None:
    rows = f"{ABOVE}Avslutade;;;;\n{BELOW}Aktiva konton;;;;\nKultur;Hallen;https://x.com/hallen;;\n"
    read = prepared(tmp_path, f"{HEAD}{rows}").read
    assert [each.row.kind for each in read.stated] == [Kind.ORDINARY, Kind.SIGNPOSTED_CLOSED, Kind.ORDINARY]


def test_below_a_further_heading_it_is_asked_whether_it_still_holds(tmp_path: Path) -> None:
    kind, (remark,), _ = below(tmp_path, "Avslutade;;;;\nMiljöförvaltningen;;;;")
    assert (kind, "is the account closed?" in remark) == (Kind.ORDINARY, True)


@pytest.mark.parametrize(
    "row", [";Gamla teatern;;;", ";;;;avslutad", "Avslutade konton ligger hos arkivet;;;;", ";;https://x.com/arkiv;;"]
)
def test_a_name_a_state_a_note_and_an_address_alone_are_no_headings(tmp_path: Path, row: str) -> None:
    assert below(tmp_path, row)[:2] == (Kind.ORDINARY, [])


def test_a_word_alone_in_a_platform_s_column_is_no_heading(tmp_path: Path) -> None:
    read = prepared(tmp_path, "Namn;Instagram;Facebook\nMuseet;museet;\n;arkiv;\n;;avslutade\n;hallen;\n").read
    assert [(each.row.key, each.remarks) for each in read.stated][-1] == ("instagram:hallen", ())
    assert ("", 4) in read.lost_rows


def test_it_gives_no_administration_its_name(tmp_path: Path) -> None:
    read = prepared(tmp_path, f"{HEAD}{ABOVE}Avslutade;;;;\n;Badet;https://x.com/badet;;\n").read
    assert [each.row.administration for each in read.stated] == ["Kultur", "Kultur"]
