"""What is counted of a list, and what may be a slip in a cell of it: nothing vanishes without a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from audits.wording.said import told_in
from tests.importing.prepared import prepared
from worker.importing.tables import BadTable

HEAD = "Namn;Adress;"


def remarks(tmp_path: Path, head: str, row: str) -> list[str]:
    (stated,) = prepared(tmp_path, f"{HEAD}{head}\nBadet;https://x.com/badet;{row}\n").read.stated
    return [told_in("en", each) for each in stated.remarks]


def test_rows_without_an_account_and_addresses_of_other_rows_are_counted_apart(tmp_path: Path) -> None:
    rows = "A;https://x.com/a;https://www.facebook.com/share/x\nB;https://x.com/share?url=1;\nC;@c;\n"
    read = prepared(tmp_path, f"Enhet;X;Facebook\n{rows}").read
    assert (len(read.stated), sorted(read.lost_rows), [each.line for each in read.lost_beside]) == (2, [("", 3)], [2])


def test_a_word_before_the_first_of_two_addresses_is_no_address(tmp_path: Path) -> None:
    cell = "Facebook: https://www.facebook.com/a5 och https://www.facebook.com/a6"
    read = prepared(tmp_path, f"Namn;Adress\nBadet;{cell}\n").read
    assert ([each.row.key for each in read.stated], read.refused) == (["facebook:a5", "facebook:a6"], ())


def test_a_last_day_before_the_first_is_asked_about(tmp_path: Path) -> None:
    (remark,) = remarks(tmp_path, "Startdatum;Slutdatum", "2030-01-01;2020-01-01")
    assert "is before the first day" in remark
    assert remarks(tmp_path, "Startdatum;Slutdatum", "2020-01-01;2020-01-01") == []


@pytest.mark.parametrize(("language", "asked"), [("xx", 1), ("klingonspråk", 1), ("svenska", 0), ("sv-SE", 0), ("", 0)])
def test_a_language_that_nobody_knows_is_asked_about(tmp_path: Path, language: str, asked: int) -> None:
    assert len(remarks(tmp_path, "Språk", language)) == asked


def test_no_for_a_mailbox_is_told(tmp_path: Path) -> None:
    (told,) = prepared(tmp_path, f"{HEAD}Mottagare\nBadet;https://x.com/badet;nej\n").read.left_out
    assert (told.value, told.column) == ("nej", "Mottagare")


def test_a_list_as_an_old_mac_saves_it_is_read_with_all_its_columns(tmp_path: Path) -> None:
    text = "Förvaltning;Namn;Adress\rKulturförvaltningen;Åbadet;https://x.com/badet\r"
    (stated,) = prepared(tmp_path, text.encode("mac_roman")).read.stated
    assert (stated.row.administration, stated.row.name) == ("Kulturförvaltningen", "Åbadet")


def test_an_address_that_is_not_wanted_is_an_empty_cell(tmp_path: Path) -> None:
    read = prepared(tmp_path, "Enhet;X;Facebook\nA;@a;ej aktuellt\n").read
    assert (len(read.stated), read.rejected) == (1, ())


def test_a_cell_that_is_too_long_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(BadTable) as refused:
        prepared(tmp_path, f"Namn;Adress\n{'a' * 200_000};https://x.com/badet\n")
    assert "a cell has more than" in told_in("en", refused.value.args[0])


@pytest.mark.parametrize("cell", ["twitter.com/badet (gamla)", "https://x.com/badet (nya kontot)"])
def test_an_address_with_a_note_behind_it_is_taken_and_asked_about(tmp_path: Path, cell: str) -> None:
    (stated,) = prepared(tmp_path, f"Enhet;X\nA;{cell}\n").read.stated
    (remark,) = stated.remarks
    assert (stated.row.key, "the address is followed by" in told_in("en", remark)) == ("x:badet", True)


@pytest.mark.parametrize("cell", ["08-123 45 67", "+46 (0)8 123 45 67"])
def test_a_telephone_number_is_called_one(tmp_path: Path, cell: str) -> None:
    (told,) = prepared(tmp_path, f"Enhet;Facebook\nA;{cell}\n").read.refused
    assert "it looks like a telephone number" in told_in("en", told.reason)
