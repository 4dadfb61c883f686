"""Where there is not a database, or one that cannot be used, a command says so and what would do; it makes none."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from pydantic import SecretStr
from sqlalchemy import make_url, text
from sqlalchemy.exc import OperationalError

from audits.platforms import GRAMMARS
from audits.wording.said import Said
from config.settings import Settings
from tests.builders import NIGHT
from tests.desk import Desk, json_lines
from tests.empty import empty_database
from tests.fakes import some_instruments
from worker.cli.showing import NothingDone, refuse
from worker.doctor.examining import database_in_place
from worker.ports import OnlyRead
from worker.steps.public_list import News, keep_generated, news
from worker.steps.reconciling import Shelves, find_out
from worker.storage import SqlStore
from worker.storage.engine import Database, connect
from worker.storage.lists import SqlLists
from worker.storage.migrate import downgrade, newest
from worker.storage.refusing import refusal_of, unavailable
from worker.storage.sightings import SqlSightings
from worker.storage.triage import SqlTriage

READERS = (
    ("findings",), ("report",), ("timeline", "1"), ("case", "list"), ("register", "check"), ("register", "export"),
    ("register", "refused"), ("register", "undo"), ("reach",), ("public-list", "history"), ("held", "list"),
    ("rest", "list"), ("triage", "list"), ("rules", "history"), ("recheck", "1"),
)  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Without the database that other desks have."""
    desk = Desk(tmp_path)
    (tmp_path / "desk.sqlite3").unlink()
    return desk


def note(file: Path, revision: str) -> None:
    """Have the database say that it is of this revision."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))


def read_only(folder: Path) -> Database:
    """A database in a folder that may not be written."""
    return Database(connect(f"sqlite:///{shutil.copy(empty_database(), folder / 'it is å.sqlite3')}", lambda _: False))


@pytest.mark.parametrize("command", READERS, ids=" ".join)
def test_a_command_that_reads_makes_no_database_and_says_what_begins_one(desk: Desk, command: tuple[str, ...]):
    done = desk.run(*command)
    assert (done.exit_code, done.stdout) == (1, ""), done.output
    assert "kanalkoll register import FILE" in done.stderr
    assert not (desk.folder / "desk.sqlite3").exists()


@pytest.mark.parametrize("command", [("doctor",), ("rules", "list")])
def test_what_needs_no_database_answers_without_one(desk: Desk, command: tuple[str, ...]):
    assert desk.run(*command, "--json").stdout
    assert not (desk.folder / "desk.sqlite3").exists()


def test_taking_in_a_register_begins_the_database(desk: Desk):
    file = desk.file("register.csv", "Namn;Adress\nMuseet;https://x.com/almestadsmuseum\n")
    assert desk.run("register", "import", file).exit_code == 0
    assert desk.run("findings").exit_code == 0


@pytest.mark.parametrize("command", [("findings",), ("register", "check"), ("migrate",)])
def test_a_file_that_is_no_database_is_told_in_one_sentence(desk: Desk, command: tuple[str, ...]):
    desk.file("desk.sqlite3", "skräp\n")
    done = desk.run(*command)
    told = f"Error: {desk.folder / 'desk.sqlite3'} is not a database. Name another file in KANALKOLL_DATABASE_URL"
    assert (done.exit_code, len(done.stderr.splitlines())) == (2, 1), done.output
    assert done.stderr.startswith(told)


@pytest.mark.parametrize("command", [("findings",), ("register", "check"), ("migrate",), ("up", "--once")])
def test_a_database_of_a_newer_release_is_left_as_it_is(desk: Desk, command: tuple[str, ...]):
    file = Path(shutil.copy(empty_database(), desk.folder / "desk.sqlite3"))
    note(file, "0099")
    done = desk.run(*command)
    assert (done.exit_code, len(done.stderr.splitlines())) == (2, 1), done.output
    assert "was written by a newer Kanalkoll (schema 0099" in done.stderr
    assert "Install the newer version again, or restore a backup" in done.stderr


@pytest.mark.parametrize(
    ("spoilt", "told"), [(b"rubbish\n", "is not a database"), (b"", "is damaged"), (None, "was written by a newer")]
)
def test_the_doctor_blames_the_database_and_no_file_that_is_well(desk: Desk, spoilt: bytes | None, told: str):
    file = Path(shutil.copy(empty_database(), desk.folder / "desk.sqlite3"))
    if spoilt is None:
        note(file, "0099")
    else:
        file.write_bytes(spoilt or file.read_bytes()[:100] + b"\xff" * 8000)
    done = desk.run("doctor", "--json")
    answers = {each["what"]: each for each in json_lines(done.stdout)}
    assert [what for what, each in answers.items() if each["state"] == "wrong"] == ["database"]
    assert told in answers["database"]["told"]
    assert "rules for" in answers["rules"]["told"]  # a file of its own; for which of them cases wait is in the database
    assert answers["rules"]["remedy"] in ("", "fix the database first, as described there")
    assert answers["keys"]["state"] == "absent"  # which keys are held is told without what they have used up
    assert answers["controls"]["remedy"] == "fix the database first, as described there"
    assert done.exit_code == 1


@pytest.mark.parametrize("shut", ["desk.sqlite3", "."])
def test_the_doctor_calls_a_database_wrong_that_may_not_be_written(desk: Desk, shut: str):
    file = Path(shutil.copy(empty_database(), desk.folder / "desk.sqlite3"))
    settings = Settings(database_url=SecretStr(f"sqlite:///{file}"))
    answer = database_in_place(settings, lambda path: path != (desk.folder / shut))
    assert (answer.state, answer.told) == ("wrong", f"{desk.folder / shut} is not writable, so no audit can start")


def test_a_disk_that_takes_nothing_more_is_named_with_what_would_do():
    full = sqlite3.OperationalError("disk I/O error")
    full.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE
    with pytest.raises(NothingDone) as refused:  # no input is to blame
        refuse(unavailable(OperationalError("", {}, full), make_url("sqlite:////srv/k.sqlite3")))
    assert refused.value.message.startswith(
        "The database /srv/k.sqlite3 could not be read or written: its disk is full or failing."
    )


@pytest.mark.parametrize("url", ["postgresql://u:hemligt@db/k", "postgresql+psycopg://u:hemligt@db:5432/k"])
def test_a_server_that_does_not_answer_is_named_with_what_would_do_and_without_its_password(url: str):
    told = refusal_of(OperationalError("", {}, psycopg.OperationalError("connection refused\nagain")), make_url(url))
    assert str(told) == (
        "the database at db:5432 does not answer, or refuses the log-in: “connection refused”. "
        "Start PostgreSQL, or correct KANALKOLL_DATABASE_URL"
    )


def test_a_database_whose_folder_is_missing_is_told_with_what_would_do(desk: Desk):
    desk.environment["KANALKOLL_DATABASE_URL"] = f"sqlite:///{desk.folder}/none/k.sqlite3"
    done = desk.run("register", "import", desk.file("register.csv", "Namn;Adress\nA;https://x.com/almestad\n"))
    assert done.exit_code == 2
    assert "Create the folder" in done.stderr


def test_a_database_that_may_only_be_read_is_read(tmp_path: Path):
    before = set(tmp_path.iterdir())
    db = read_only(tmp_path)
    assert db.read(lambda conn: conn.scalar(text("SELECT count(*) FROM account"))) == 0
    db.engine.dispose()
    assert {each.name for each in tmp_path.iterdir()} - {each.name for each in before} == {"it is å.sqlite3"}


def test_writing_to_one_that_may_only_be_read_is_refused_with_what_would_do(tmp_path: Path):
    with pytest.raises(OnlyRead) as refused:
        read_only(tmp_path).write(lambda conn: conn.execute(text("DELETE FROM account")))
    said = refused.value.args[0]
    assert said.key == "refused.database.read_only"
    assert said.facts["file"] == str(tmp_path / "it is å.sqlite3")


def test_a_public_list_that_was_written_says_why_it_could_not_be_remembered(tmp_path: Path):
    lists = SqlLists(read_only(tmp_path))
    unkept = keep_generated(lists, (), "out", NIGHT)
    assert isinstance(unkept, Said)
    assert unkept.key == "refused.database.read_only"
    assert news(lists, (), "out") is News.FIRST


def test_what_the_sources_disagree_about_is_told_where_nothing_may_be_put_up_for_triage(tmp_path: Path):
    db = read_only(tmp_path)
    lists = SqlLists(db)
    shelves = Shelves(
        store=SqlStore(db), sightings=SqlSightings(db), lists=lists, sources=lists, triage=SqlTriage(db)
    )  # fmt: skip
    assert find_out(shelves, some_instruments(), GRAMMARS, NIGHT.date(), NIGHT) == ()


@pytest.mark.parametrize("command", [("doctor",), ("findings",), ("register", "check"), ("audit",), ("up", "--once")])
def test_a_folder_that_is_not_there_is_no_database_that_nobody_has_begun(desk: Desk, command: tuple[str, ...]):
    desk.environment["KANALKOLL_DATABASE_URL"] = f"sqlite:///{desk.folder}/unmounted/k.sqlite3"
    done = desk.run(*command)
    assert done.exit_code in (1, 2)
    assert "its folder is missing" in " ".join(done.output.split())
    assert "register import FILE" not in done.output
    assert not (desk.folder / "unmounted").exists()


def test_the_doctor_calls_a_database_wrong_whose_folder_is_missing(desk: Desk):
    desk.environment["KANALKOLL_DATABASE_URL"] = f"sqlite:///{desk.folder}/unmounted/k.sqlite3"
    answers = {each["what"]: each for each in json_lines(desk.run("doctor", "--json").stdout)}
    assert [what for what, each in answers.items() if each["state"] == "wrong"] == ["database"]
    assert answers["database"]["told"].startswith(f"the database {desk.folder}/unmounted/k.sqlite3 cannot be opened")


def test_a_database_of_an_earlier_release_is_updated_and_that_is_said_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    desk = Desk(tmp_path)
    downgrade(desk.environment["KANALKOLL_DATABASE_URL"], "0016")
    for _ in range(2):
        assert desk.run("register", "refused").exit_code == 0
    assert [f"from schema 0016 to {newest()}" in each.message for each in caplog.records] == [True]
