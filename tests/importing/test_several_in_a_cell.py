"""Several accounts in one cell of a platform's column: all are read, or it is told that they were not."""

from __future__ import annotations

import pytest

from tests.importing.prepared import prepared


@pytest.mark.parametrize(
    "cell", ["a5 / a6", "@a5 / @a6", "https://x.com/a5 och https://x.com/a6", "x.com/a5 / x.com/a6"]
)
def test_two_accounts_in_a_cell_are_both_read(tmp_path, cell):
    read = prepared(tmp_path, f"Enhet;X\nEtt;{cell}\n").read
    assert ([each.row.key for each in read.stated], read.refused) == (["x:a5", "x:a6"], ())


@pytest.mark.parametrize("cell", ["a5/a6", "@a5/@a6", "@a7 samt @a8", "a9 + a10"])
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
    ],
)
def test_a_slash_that_parts_no_accounts_is_of_the_address(tmp_path, platform, cell, key):
    (stated,) = prepared(tmp_path, f"Enhet;{platform}\nEtt;{cell}\n").read.stated
    assert stated.row.key == key
