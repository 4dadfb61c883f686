"""The demo, run once for a terminal of 80 columns; everything here asks what it showed and wrote."""

from __future__ import annotations

import pytest

from tests.demo.lived import City, Shown, read_city, shown_once


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    """What `kanalkoll demo` printed, and the folder it wrote."""
    return shown_once(tmp_path_factory)


@pytest.fixture(scope="session")
def city(shown: Shown) -> City:
    """What became of the invented city, as the files tell it."""
    assert shown.exit_code == 0, shown.stderr
    return read_city(shown.out)
