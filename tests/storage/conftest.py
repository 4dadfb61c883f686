"""A migrated, empty store on each database: made once, then copied (SQLite) or emptied (PostgreSQL) for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import text

from tests.servers import PostgresServer
from worker.storage import SqlStore
from worker.storage.engine import Database, connect
from worker.storage.migrate import upgrade
from worker.storage.tables import metadata

EACH_DATABASE = ["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)]
_CHILDREN_FIRST: Final = [table.name for table in reversed(metadata.sorted_tables)]
_EMPTIES: Final = f"""
    DO $$
    DECLARE
        name text;
        is_filled boolean;
    BEGIN
        LOCK TABLE {", ".join(_CHILDREN_FIRST)} IN ACCESS EXCLUSIVE MODE;
        FOREACH name IN ARRAY string_to_array('{" ".join(_CHILDREN_FIRST)}', ' ') LOOP
            EXECUTE format('SELECT EXISTS (SELECT FROM %I)', name) INTO is_filled;
            IF is_filled THEN
                EXECUTE format('DELETE FROM %I', name);
            END IF;
        END LOOP;
        PERFORM setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
            FROM pg_sequences WHERE last_value IS NOT NULL;
    END $$
"""  # noqa: S608  # the names are the tables' own


@pytest.fixture(params=EACH_DATABASE)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without any table, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'kanalkoll.sqlite3'}"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture(scope="session")
def postgres_migrated(postgres_process: PostgresServer) -> Iterator[str]:
    with postgres_process.database() as url:
        upgrade(url)
        yield url


@pytest.fixture(scope="session")
def postgres_emptier(postgres_migrated: str) -> Iterator[Database]:
    """One connection for all tests: a server's process spends more on getting to know the tables than on emptying."""
    engine = connect(postgres_migrated)
    yield Database(engine)
    engine.dispose()


@pytest.fixture
def postgres_emptied(postgres_migrated: str, postgres_emptier: Database) -> str:
    """Waits for whoever still writes, as TRUNCATE would; but that makes each table's files anew, filled or not."""
    postgres_emptier.write(lambda conn: conn.execute(text(_EMPTIES)))
    return postgres_migrated


@pytest.fixture(params=EACH_DATABASE)
def store_url(request: pytest.FixtureRequest) -> str:
    """A migrated, empty database, of each kind in turn."""
    url: str = request.getfixturevalue("sqlite_emptied" if request.param == "sqlite" else "postgres_emptied")
    return url


@pytest.fixture
def store(store_url: str, stores: Callable[[str], SqlStore]) -> Iterator[SqlStore]:
    opened = stores(store_url)
    yield opened
    opened.close()
