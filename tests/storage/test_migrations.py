from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from tests.storage.apart import WAITS, at_once
from worker.storage.engine import Database, connect
from worker.storage.migrate import SCRIPTS, current, downgrade, newest, take_turn, upgrade
from worker.storage.tables import metadata


def tables(url: str) -> set[str]:
    engine = connect(url)
    try:
        return set(Database(engine).read(lambda conn: inspect(conn).get_table_names()))
    finally:
        engine.dispose()


def test_the_migrated_tables_are_the_declared_ones(database_url: str) -> None:
    upgrade(database_url)
    engine = connect(database_url)
    differences = Database(engine).read(lambda conn: compare_metadata(MigrationContext.configure(conn), metadata))
    engine.dispose()
    assert differences == []


def test_an_empty_database_has_no_revision_and_a_migrated_one_the_newest(database_url: str) -> None:
    assert current(database_url) is None
    upgrade(database_url)
    assert current(database_url) == newest() is not None


def test_migrating_again_changes_nothing(database_url: str) -> None:
    upgrade(database_url)
    before = tables(database_url)
    upgrade(database_url)
    assert tables(database_url) == before


def test_processes_that_start_at_once_migrate_one_after_the_other(database_url: str) -> None:
    at_once(upgrade, database_url)
    assert current(database_url) == newest()


@pytest.mark.servers
def test_who_waits_for_anothers_migration_waits_longer_than_a_statement_may_take(postgres_url: str) -> None:
    engine = connect(postgres_url)

    def waited() -> str | None:
        with engine.begin() as conn:
            conn.execute(text("SET LOCAL statement_timeout = 20"))
            take_turn(conn)
            limit: str | None = conn.scalar(text("SHOW statement_timeout"))
            return limit

    with ThreadPoolExecutor() as pool:
        with engine.begin() as first:
            take_turn(first)
            second = pool.submit(waited)
            with pytest.raises(TimeoutError):
                second.result(timeout=0.5)
        assert second.result(timeout=WAITS) == "0"
    engine.dispose()


def test_the_way_back_leaves_nothing_and_the_way_forward_can_be_gone_again(database_url: str) -> None:
    upgrade(database_url)
    downgrade(database_url, "base")
    assert tables(database_url) == {"alembic_version"}
    upgrade(database_url)
    assert tables(database_url) == {*metadata.tables, "alembic_version"}


def test_an_installed_package_brings_its_migrations() -> None:
    """Only a folder with an `__init__` is a package, and only packages are installed."""
    folders = {script.parent for script in SCRIPTS.rglob("*.py")}
    assert folders == {SCRIPTS, SCRIPTS / "versions"}
    assert all((folder / "__init__.py").is_file() for folder in folders)


def test_the_revisions_are_numbered_as_they_follow_each_other() -> None:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    chain = [each.revision for each in ScriptDirectory.from_config(config).walk_revisions()]
    files = sorted(path.name[1:5] for path in (SCRIPTS / "versions").glob("r*.py"))
    assert chain[::-1] == files == [f"{number:04d}" for number in range(1, len(files) + 1)]
