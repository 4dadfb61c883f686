from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, QueuePool, create_engine, make_url, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from tests.builders import NIGHT
from tests.storage.nights import a_night, leased, registered, seen
from worker.ports import StoreUnavailable
from worker.storage import SqlStore
from worker.storage.engine import PAUSES, Database, connect, turn_to_a_log

WELL_LOCKED = "BEGIN IMMEDIATE"


@pytest.fixture
def patient() -> list[float]:
    """The pauses taken, in seconds."""
    return []


@pytest.fixture
def database(database_url: str, patient: list[float]) -> Iterator[Database]:
    engine = connect(database_url)
    yield Database(engine, pause=patient.append)
    engine.dispose()


@pytest.mark.parametrize("url", ["mysql://localhost/x", "oracle://localhost/x"])
def test_another_database_is_refused_by_name(url: str) -> None:
    with pytest.raises(ValueError, match="not a database that Kanalkoll knows"):
        connect(url)


@pytest.mark.parametrize("scheme", ["postgresql", "postgresql+psycopg2", "postgresql+psycopg"])
def test_postgresql_is_reached_by_psycopg_3_however_it_is_written(scheme: str) -> None:
    engine = connect(f"{scheme}://someone@127.0.0.1:1/name")
    assert engine.url.drivername == "postgresql+psycopg"
    engine.dispose()


def test_a_transaction_that_fails_writes_nothing(database: Database) -> None:
    def half_done(conn: Connection) -> None:
        conn.execute(text("CREATE TABLE half (id INTEGER)"))
        raise LookupError

    with pytest.raises(LookupError):
        database.write(half_done)
    with pytest.raises((ProgrammingError, StoreUnavailable)):
        database.read(lambda conn: conn.execute(text("SELECT * FROM half")))


def test_sqlite_is_kept_as_a_single_writers_database_must_be(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'kanalkoll.sqlite3'}")
    names = ("journal_mode", "busy_timeout", "synchronous", "foreign_keys")
    settings = Database(engine).read(lambda conn: [conn.scalar(text(f"PRAGMA {name}")) for name in names])
    engine.dispose()
    assert settings == ["wal", 30_000, 1, 1]


def test_nobody_else_may_read_a_database_of_ours_or_its_log(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        engine = connect(f"sqlite:///{tmp_path / 'kanalkoll.sqlite3'}")
        with engine.connect() as held:
            held.exec_driver_sql("CREATE TABLE a (b)")
            held.commit()
            made = {each.name: each.stat().st_mode & 0o777 for each in tmp_path.iterdir()}
    finally:
        os.umask(before)
        engine.dispose()
    assert set(made) >= {"kanalkoll.sqlite3", "kanalkoll.sqlite3-wal"}
    assert set(made.values()) == {0o600}


def test_a_reader_does_not_wait_for_the_writer(tmp_path: Path) -> None:
    path = tmp_path / "kanalkoll.sqlite3"
    database = Database(connect(f"sqlite:///{path}"))
    database.write(lambda conn: conn.execute(text("CREATE TABLE kept (id INTEGER)")))
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute(WELL_LOCKED)
    assert database.read(lambda conn: conn.scalar(text("SELECT count(*) FROM kept"))) == 0
    writer.close()
    database.engine.dispose()


def test_a_writer_waits_for_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "kanalkoll.sqlite3"
    database = Database(connect(f"sqlite:///{path}"))
    database.write(lambda conn: conn.execute(text("CREATE TABLE kept (id INTEGER)")))
    writer = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    writer.execute(WELL_LOCKED)
    lets_go = threading.Event()

    def end() -> None:
        lets_go.set()
        writer.execute("COMMIT")

    soon = threading.Timer(0.5, end)
    soon.start()
    database.write(lambda conn: conn.execute(text("INSERT INTO kept VALUES (1)")))
    assert lets_go.is_set()
    soon.join()
    writer.close()
    database.engine.dispose()


def test_a_new_file_that_another_process_holds_at_that_moment_is_given_its_log_a_moment_later(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "kanalkoll.sqlite3", isolation_level=None)
    other.execute("CREATE TABLE kept (id INTEGER)")
    other.execute(WELL_LOCKED)
    connection = sqlite3.connect(tmp_path / "kanalkoll.sqlite3", timeout=0)
    turn_to_a_log(connection, pause=lambda _: other.execute("COMMIT").close())
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()
    other.close()


def test_a_folder_that_is_not_there_is_told_as_an_unavailable_store(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'nowhere' / 'kanalkoll.sqlite3'}")
    with pytest.raises(StoreUnavailable, match="its folder is missing"):
        Database(engine).read(lambda conn: conn.scalar(text("SELECT 1")))


def test_a_server_that_is_not_there_is_tried_again_and_then_told(patient: list[float]) -> None:
    engine = connect("postgresql://someone:hush@127.0.0.1:1/name")
    with pytest.raises(StoreUnavailable) as told:
        Database(engine, pause=patient.append).read(lambda conn: conn.scalar(text("SELECT 1")))
    assert tuple(patient) == PAUSES
    assert "hush" not in str(told.value)


@pytest.mark.servers
def test_a_connection_that_is_cut_is_tried_again(postgres_url: str, patient: list[float]) -> None:
    database = Database(connect(postgres_url), pause=patient.append)
    cut: list[bool] = []

    def cut_once(conn: Connection) -> int:
        if not cut:
            cut.append(True)
            conn.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
        return int(conn.scalar(text("SELECT 7")) or 0)

    assert database.write(cut_once) == 7
    assert len(patient) == 1
    database.engine.dispose()


@pytest.mark.servers
def test_what_is_done_together_is_begun_anew_as_a_whole(database: Database) -> None:
    tries: list[int] = []

    def work(db: Database) -> int:
        tries.append(db.read(lambda conn: conn.scalar(text("SELECT 1")) or 0))
        if len(tries) == 1:
            raise OperationalError("", {}, ConnectionError("cut"), connection_invalidated=True)
        return db.write(lambda conn: conn.scalar(text("SELECT 2")) or 0)

    assert (database.together(work), tries) == (2, [1, 1])


def test_who_finds_every_connection_taken_is_told_that_the_store_is_unavailable(database_url: str) -> None:
    engine = connect(database_url)
    few = create_engine(engine.url, pool_size=1, max_overflow=0, pool_timeout=0.01, poolclass=QueuePool)
    database = Database(few)
    with pytest.raises(StoreUnavailable, match="QueuePool limit"):
        database.read(lambda _: database.read(lambda conn: conn.scalar(text("SELECT 1"))))
    few.dispose()
    engine.dispose()


def test_of_two_workers_that_block_each_other_both_finish(postgres_url: str, patient: list[float]) -> None:
    database = Database(connect(postgres_url), pause=patient.append)
    database.write(lambda conn: conn.execute(text("CREATE TABLE kept AS SELECT generate_series(1, 2) AS id, 0 AS n")))
    both_hold_one = threading.Barrier(2)
    met: set[int] = set()

    def crosswise(first: int) -> None:
        def work(conn: Connection) -> None:
            conn.execute(text("UPDATE kept SET n = n + 1 WHERE id = :id"), {"id": first})
            if first not in met:
                met.add(first)
                both_hold_one.wait(timeout=120)
            conn.execute(text("UPDATE kept SET n = n + 1 WHERE id = :id"), {"id": 3 - first})

        database.write(work)

    workers = [threading.Thread(target=crosswise, args=(first,)) for first in (1, 2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert database.read(lambda conn: conn.scalars(text("SELECT n FROM kept")).all()) == [2, 2]
    assert patient
    database.engine.dispose()


def test_a_child_lets_go_of_its_parents_connections_without_closing_them(store: SqlStore) -> None:
    ids = registered(store, 1)
    parents = store.db.engine.connect()
    store.close(after_fork=True)
    assert parents.scalar(text("SELECT 7")) == 7
    parents.rollback()
    assert store.record(leased(store, a_night(store, ids)), [seen(ids[0])], NIGHT) == 1
    parents.invalidate()
    parents.close()


def test_a_url_may_be_given_as_text_or_taken_apart(database_url: str) -> None:
    assert connect(make_url(database_url)).url == connect(database_url).url
