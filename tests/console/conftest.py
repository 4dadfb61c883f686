from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from console.app import make_app
from tests.telling.offices import CONSOLE, Office, office


@pytest.fixture
def an_office(tmp_path: Path) -> Iterator[Office]:
    with office(tmp_path) as opened:
        yield opened


@pytest.fixture
def visitor(an_office: Office) -> TestClient:
    """A browser at the office's pages."""
    return TestClient(make_app(an_office.deployment), base_url=CONSOLE, follow_redirects=False)
