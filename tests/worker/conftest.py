"""A store of its own for each test: sqlite_copy ─▶ store."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from worker.storage import SqlStore, open_store


@pytest.fixture
def store(sqlite_copy: str) -> Iterator[SqlStore]:
    """A migrated, empty store, closed after the test."""
    opened = open_store(sqlite_copy)
    yield opened
    opened.close()
