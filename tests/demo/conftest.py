"""The demo, run once for a terminal of 80 columns; everything here asks what it showed and wrote."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.demo.lived import City, Shown, read_city
from worker.cli import main

COLUMNS = 80


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    """What `kanalkoll demo` printed, and the folder it wrote."""
    out: Path = tmp_path_factory.mktemp("shown") / "out"
    return Shown(CliRunner().invoke(main, ["demo", "--out", str(out)], env={"COLUMNS": str(COLUMNS)}), out)


@pytest.fixture(scope="session")
def city(shown: Shown) -> City:
    """What became of the invented city, as the files tell it."""
    assert shown.result.exit_code == 0, shown.result.output
    return read_city(shown.out)
