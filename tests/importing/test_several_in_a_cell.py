"""Several accounts in one cell of a platform's column: all are read, or it is told that they were not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.columns import says_none
from audits.register_parting import split_addresses
from tests.importing.prepared import prepared


@pytest.mark.parametrize(
    "cell",
    [
        "a5 / a6", "@a5 / @a6", "https://x.com/a5 och https://x.com/a6", "x.com/a5 / x.com/a6", "@a5, @a6",
        "@a5 @a6", "@a5/@a6", "@a5 samt @a6", "a5 + a6", "a5, a6", "a5 & a6", "x.com/a5, x.com/a6", "@a5, @a6,",
    ],
)  # fmt: skip
def test_two_accounts_in_a_cell_are_both_read(tmp_path, cell):
    read = prepared(tmp_path, f"Enhet;X\nEtt;{cell}\n").read
    assert ([each.row.key for each in read.stated], read.refused) == (["x:a5", "x:a6"], ())


@pytest.mark.parametrize(
    "cell",
    ["a5/a6", "Kultur + fritid", "museet, bibblan", "@a7, bibblan", "Skola4 @annat", "2024, 2025", "bad@a.example, @b"],
)
def test_a_cell_of_which_not_all_can_be_read_is_told_whole(tmp_path, cell):
    read = prepared(tmp_path, f"Enhet;Instagram\nEtt;{cell}\n").read
    assert ([each.value for each in read.refused], read.stated) == ([cell], ())


@pytest.mark.parametrize(
    ("platform", "cell", "key"),
    [
        ("LinkedIn", "company/almestad", "linkedin:company:almestad"),
        ("LinkedIn", "linkedin.com/company/almestad/about", "linkedin:company:almestad"),
        ("Instagram", "@almestad/", "instagram:almestad"),
        ("YouTube", "youtube.com/@almestad/videos", "youtube:@almestad"),
        ("YouTube", "@almestad/videos", "youtube:@almestad"),
        ("TikTok", "@almestad/", "tiktok:almestad"),
        ("Instagram", "@almestad/reels/", "instagram:almestad"),
    ],
)
def test_a_slash_that_parts_no_accounts_is_of_the_address(tmp_path, platform, cell, key):
    (stated,) = prepared(tmp_path, f"Enhet;{platform}\nEtt;{cell}\n").read.stated
    assert stated.row.key == key


def test_a_page_of_an_account_without_an_at_sign_may_be_another_account(tmp_path):
    read = prepared(tmp_path, "Enhet;Instagram\nEtt;museet/info\n").read
    assert ([each.value for each in read.refused], read.stated) == (["museet/info"], ())


def test_what_a_separator_of_the_file_parts_off_is_told(tmp_path):
    read = prepared(tmp_path, "Enhet;Instagram\nEtt;@a5;@a6\nTvå;@a7;;\n").read
    assert [each.row.key for each in read.stated] == ["instagram:a5", "instagram:a7"]
    assert [(each.line, each.value) for each in read.left_out] == [(2, "@a6")]


TEXTS = st.text(alphabet=st.sampled_from("ab1_.@/,;+& \n|och:"), max_size=30)


@given(TEXTS)
def test_no_sign_of_a_name_is_lost_where_a_cell_is_parted(cell: str):
    parted = "".join(split_addresses(cell))
    assert [each for each in parted if each in "ab1_.@:"] == [each for each in cell if each in "ab1_.@:"] or says_none(
        cell
    )
