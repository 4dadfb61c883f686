"""A store of its own for each test: sqlite_emptied ─▶ store."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from worker.storage import SqlStore


@pytest.fixture
def store(sqlite_emptied: str, stores: Callable[[str], SqlStore]) -> Iterator[SqlStore]:
    """A migrated, empty store, closed after the test."""
    opened = stores(sqlite_emptied)
    yield opened
    opened.close()
