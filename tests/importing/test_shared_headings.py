"""Headings on two lines, as a file has them whose cells were merged before it was saved as CSV."""

from __future__ import annotations

import pytest

from tests.importing.prepared import prepared

ROWS = "Kultur;Museet;https://facebook.com/museet;@museet\nMiljö;Bion;;@bion\n"
ACCOUNTS = [
    ("facebook:museet", "Kultur", "Museet"),
    ("instagram:museet", "Kultur", "Museet"),
    ("instagram:bion", "Miljö", "Bion"),
]


@pytest.mark.parametrize(
    "headings",
    [
        "Förvaltning;Enhet;Facebook;Instagram\n",
        "Förvaltning;Enhet;Sociala medier;\n;;Facebook;Instagram\n",
        "Våra konton;;;\nFörvaltning;Enhet;Sociala medier;\n;;Facebook;Instagram\n",
        "Förvaltning;Enhet;Sociala medier;Sociala medier\nFörvaltning;Enhet;Facebook;Instagram\n",
        ";;Sociala medier;\nFörvaltning;Enhet;Facebook;Instagram\n",
    ],
)
def test_two_lines_are_one_heading_where_one_names_what_the_other_gathers(tmp_path, headings):
    read = prepared(tmp_path, headings + ROWS).read
    assert [(each.row.key, each.row.administration, each.row.unit) for each in read.stated] == ACCOUNTS
    assert read.rejected == ()


def test_platforms_below_more_headings_than_they_are_part_them_all_the_same(tmp_path):
    head = "Förvaltning;Enhet;Namn;Sociala medier;\n;;;X;Instagram\n"
    read = prepared(tmp_path, f"{head}Kultur;Museet;Vårt museum;@museet;@museet\n").read
    assert [(each.row.key, each.row.name) for each in read.stated] == [
        ("x:museet", "Vårt museum"),
        ("instagram:museet", "Vårt museum"),
    ]


def test_a_title_above_heads_no_column(tmp_path):
    columns = prepared(tmp_path, "Våra konton i förvaltningen;;\n;Enhet;X\n1;Museet;@museet\n").columns[""]
    assert columns.shown() == {"Enhet": "unit", "X": "address on x"}


@pytest.mark.parametrize("row", [";X;", "Twitter;X;"])
def test_a_row_that_names_one_platform_is_no_heading(tmp_path, row):
    read = prepared(tmp_path, f"Namn;Plattform;Adress\n{row}\nMuseet;X;@museet\n").read
    lines = [each.line for each in read.rejected] + [each.line for each in read.stated]
    assert lines == [2, 3]
