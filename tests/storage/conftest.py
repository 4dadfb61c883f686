"""A migrated, empty store on each database, copied from one that was migrated once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from tests.servers import PostgresServer
from worker.storage import SqlStore, open_store
from worker.storage.migrate import upgrade

EACH_DATABASE = ["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)]


@pytest.fixture(params=EACH_DATABASE)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without any table, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'kanalkoll.sqlite3'}"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "kanalkoll.sqlite3"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_process: PostgresServer) -> Iterator[str]:
    with postgres_process.database() as url:
        upgrade(url)
        yield str(make_url(url).database)


@pytest.fixture
def sqlite_copy(sqlite_template: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path)}"


@pytest.fixture
def postgres_copy(postgres_process: PostgresServer, postgres_template: str) -> Iterator[str]:
    with postgres_process.database(postgres_template) as url:
        yield url


@pytest.fixture(params=EACH_DATABASE)
def store_url(request: pytest.FixtureRequest) -> str:
    """A migrated, empty database, of each kind in turn."""
    url: str = request.getfixturevalue("sqlite_copy" if request.param == "sqlite" else "postgres_copy")
    return url


@pytest.fixture
def store(store_url: str) -> Iterator[SqlStore]:
    opened = open_store(store_url)
    yield opened
    opened.close()
