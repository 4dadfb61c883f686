"""Whole histories: walls, renamings, takeovers, edits of the register, kills, clocks put back.

KANALTEST_HISTORIES=30 plays so many of them, of forty nights each.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import pytest

from tests.empty import migrated
from tests.sequences.playing import played

HISTORIES: Final = int(os.environ.get("KANALTEST_HISTORIES", "1"))
NIGHTS: Final = 8 if HISTORIES == 1 else 40


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_whatever_happens_only_what_is_true_is_told_and_nothing_is_lost(tmp_path: Path, seed: int) -> None:
    assert played(migrated(tmp_path / "life.sqlite3"), seed, NIGHTS) == []


@pytest.mark.servers
def test_nor_on_postgresql(postgres_emptied: str) -> None:
    assert played(postgres_emptied, seed=HISTORIES, nights=NIGHTS // 2) == []
