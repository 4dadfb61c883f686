"""Real registers of four countries, where they lie: at most one answer about columns, and no row lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from audits.addresses import identify
from audits.platforms import GRAMMARS
from worker.importing.preparing import Prepared, prepare, read_table

ADDRESSES = {
    "us-congress-legislators-social-media.yaml": ("social.",),
    "fr-parlementaires-comptes.csv": ("twitter", "sites_web"),
    "de-institutionen-fediverse.csv": ("account_url",),
    "ca-gc-socials-current.csv": ("URL",),
}
LEAST = {  # accounts, with not one answer given
    "us-congress-legislators-social-media.yaml": 1730,
    "fr-parlementaires-comptes.csv": 1830,
    "de-institutionen-fediverse.csv": 108,
    "ca-gc-socials-current.csv": 1855,
}


def numbers_of_rows_with_an_address(file: Path) -> Iterator[int]:
    """Rows in which a column of addresses holds anything at all."""
    (sheet,) = read_table(file).sheets
    (_, header), *rows = sheet.rows
    wanted = [at for at, title in enumerate(header) if title.startswith(ADDRESSES[file.name])]
    for number, cells in rows:
        if any(cells[at].strip() for at in wanted if at < len(cells)):
            yield number


def lines_answered_for(read: Prepared) -> set[int]:
    return {each.line for each in read.read.stated} | {each.line for each in read.read.rejected}


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_real_register_is_understood_without_one_answer(corpus, name):
    read = prepare(corpus / "registries" / name)
    assert len(read.read.stated) >= LEAST[name]
    assert all(each.reason and each.remedy and each.value for each in read.read.rejected)


@pytest.mark.parametrize("name", ADDRESSES)
def test_every_row_with_an_address_becomes_an_account_or_is_told(corpus, name):
    file = corpus / "registries" / name
    wanted = set(numbers_of_rows_with_an_address(file))
    answered = wanted & lines_answered_for(prepare(file))
    assert len(wanted) > 100
    assert len(answered) / len(wanted) >= 0.99


def test_the_american_register_gives_each_network_its_handle_and_keeps_ids_apart(corpus):
    read = prepare(corpus / "registries" / "us-congress-legislators-social-media.yaml")
    platforms = {each.row.platform for each in read.read.stated}
    assert platforms == {"x", "facebook", "instagram", "youtube", "mastodon"}
    assert not any(each.row.key == identify("3026622545", "twitter", GRAMMARS).key for each in read.read.stated)


def test_the_german_register_has_its_days_and_its_groups(corpus):
    read = prepare(corpus / "registries" / "de-institutionen-fediverse.csv")
    assert all(each.row.registered_on and each.row.administration for each in read.read.stated)
