"""Cells beside an address: read in the words that people write, and never the reason why an account is left out."""

from __future__ import annotations

import pytest

from audits.model import Kind
from audits.register_cells import BadCell, months
from tests.importing.prepared import prepared
from worker.importing.decoding import decode
from worker.importing.preparing import Known

HEAD = "Namn;Adress;Typ;Månader;Ansvarig e-post\n"


@pytest.mark.parametrize(
    "written", ["6-8", "juni-augusti", "Juni – augusti", "jun till aug", "June to August", "juni, juli och augusti"]
)
def test_months_are_read_by_number_and_by_name(written):
    assert months(written) == (6, 7, 8)


@pytest.mark.parametrize("written", ["sommaren", "jni-augusti", "13", "9" * 5_000])
def test_what_is_no_month_is_refused_whole(written):
    with pytest.raises(BadCell) as told:
        months(written)
    assert told.value.value == written


def test_the_mailbox_of_who_is_responsible_is_the_recipient(tmp_path):
    (stated,) = prepared(tmp_path, f"{HEAD}Badet;https://x.com/badet;;;badet@almestad.example\n").read.stated
    assert stated.row.recipient == "badet@almestad.example"


def test_rows_are_counted_as_a_spreadsheet_counts_them_also_after_a_cell_of_several_lines(tmp_path):
    table = f'{HEAD}"Badet\nute";https://x.com/badet;;;\n\nHallen;https://x.com/hallen;vanlgt;;\n'
    assert [each.line for each in prepared(tmp_path, table).read.refused] == [4]


def test_a_bad_cell_beside_the_address_is_told_and_left_blank_and_the_account_is_taken(tmp_path):
    read = prepared(tmp_path, f"{HEAD}Badet;https://x.com/badet;säsong;sommaren;ring Kalle\n").read
    (stated,) = read.stated
    assert (stated.row.key, stated.row.season_months, stated.row.recipient) == ("x:badet", (), None)
    assert [(each.line, each.value) for each in read.left_out] == [(2, "sommaren"), (2, "ring Kalle")]
    assert read.refused == ()


@pytest.mark.parametrize("slip", ["https://x.com/badet;vanlgt", "https://x.com/badet/status/20;vanligt", "badet?;"])
def test_a_slip_in_a_row_leaves_its_account_as_it_was(tmp_path, slip):
    rows = "".join(f"Konto {at};https://x.com/konto{at};;;\n" for at in range(9))
    before = prepared(tmp_path, f"{HEAD}{rows}Badet;https://x.com/badet;;;\n").read.stated
    known = Known(rows={at: each.row for at, each in enumerate(before, 1)})
    again = prepared(tmp_path, f"{HEAD}{rows}Badet;{slip};;\n", known=known)
    assert (len(again.read.refused), again.plan.spared, again.plan.changes_anything) == (1, (10,), False)


def test_a_seasonal_account_without_months_is_remarked_on(tmp_path):
    (bare,) = prepared(tmp_path, f"{HEAD}Badet;https://x.com/badet;säsong;;\n").read.stated
    assert "without months" in bare.remarks[0]
    (whole,) = prepared(tmp_path, f"{HEAD}Badet;https://x.com/badet;säsong;juni-augusti;\n").read.stated
    assert whole.remarks == ()


def test_a_name_of_a_whole_page_is_cut_and_said_to_be(tmp_path):
    read = prepared(tmp_path, f"{HEAD}{'a' * 32_000};https://x.com/badet;;;\n").read
    assert (len(read.stated[0].row.name), len(read.rejected)) == (300, 1)


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp850"])
@pytest.mark.parametrize("text", ["Namn;Adress\nÅäö;https://x.com/a\n", "Namn;Adress\nSjöängsbadet;https://x.com/a\n"])
def test_a_short_list_is_read_by_its_swedish_letters(text, encoding):
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("written", ["säsong jun-aug", "Säsong (juni–augusti)", "seasonal, 6-8"])
def test_months_beside_the_season_are_read(tmp_path, written):
    (stated,) = prepared(tmp_path, f"{HEAD}Badet;https://x.com/badet;{written};;\n").read.stated
    assert (stated.row.kind, stated.row.season_months, stated.remarks) == (Kind.SEASONAL, (6, 7, 8), ())


def test_words_beside_the_season_are_told_where_months_are_written(tmp_path):
    rows = f"{HEAD}Badet;https://x.com/badet;säsong varje sommar;;\nMuseet;https://x.com/museet;;;\n"
    (refused,) = prepared(tmp_path, rows).read.refused
    assert "a column of their own" in refused.remedy


def test_other_months_in_their_own_column_count_and_the_difference_is_told(tmp_path):
    read = prepared(tmp_path, f"{HEAD}Badet;https://x.com/badet;säsong jun-aug;1-2;\n").read
    assert (read.stated[0].row.season_months, [each.column for each in read.left_out]) == ((1, 2), ["Typ"])
