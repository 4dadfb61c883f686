"""A disk that fills in the middle of a night: nobody is asked in vain, nothing is lost, whoever runs it is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from pydantic import SecretStr
from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError

from config.rules import PATH as SHIPPED
from config.settings import Settings
from tests.desk import Desk
from tests.telling.offices import Office, office
from tests.worker.nights import City
from worker.doctor.examining import database_in_place
from worker.embedded import tick_forever
from worker.ports import NoRoom
from worker.steps.alerting import write_trouble
from worker.storage import SqlStore, open_store
from worker.storage.backup import copy_whole
from worker.storage.refusing import unavailable
from worker.storage.room import MB, SLICE, SPARE, Disk, disk_of
from worker.wiring import Deployment, utc_now, wired

FILE = Path("/srv/kanalkoll.sqlite3")
FULL, SCARCE, ROOMY = (Disk(FILE, size=MB, free=free) for free in (SLICE - 1, SPARE - 1, SPARE))


def on(store: SqlStore, disk: Disk) -> SqlStore:
    return replace(store, disk=lambda _: disk)


@pytest.fixture
def store(sqlite_copy: str) -> Iterator[SqlStore]:
    opened = open_store(sqlite_copy)
    yield opened
    opened.close()


def test_on_a_full_disk_nobody_is_asked_and_the_night_goes_on_once_there_is_room(store: SqlStore):
    city = City(store, accounts=4)
    city.night()
    asked = len(city.asker.asked)
    city.store = on(store, FULL)
    with pytest.raises(NoRoom, match="15 MB left, and a check needs 16"):
        city.night()
    assert len(city.asker.asked) == asked
    (run,) = store.open_runs()
    city.store = store
    counts = city.store.counts(run.id)
    assert (counts.done, counts.quarantined) == (0, 0)


def test_the_disk_of_a_file_is_known_and_that_of_a_server_is_not(sqlite_copy: str):
    known = disk_of(sqlite_copy)
    assert known is not None
    assert (known.size > 0, known.free > 0, str(known.file)) == (True, True, sqlite_copy.removeprefix("sqlite:///"))
    assert disk_of("postgresql://db/kanalkoll") is None
    assert disk_of("sqlite:////nowhere/at/all.sqlite3") is None


def test_a_database_larger_than_what_is_free_is_scarce_of_room_whatever_it_is():
    assert not ROOMY.is_scarce
    assert replace(ROOMY, size=SPARE + 1).is_scarce


@pytest.mark.parametrize(
    ("disk", "state", "told"), [(ROOMY, "well", ""), (SCARCE, "ageing", "199 MB left"), (FULL, "wrong", "no account")]
)
def test_the_doctor_says_how_much_room_is_left_where_that_is_little(tmp_path: Path, disk: Disk, state: str, told: str):
    desk = Desk(tmp_path)
    assert desk.run("register", "import", desk.file("r.csv", "Namn;Adress\nA;https://x.com/almestad\n")).exit_code == 0
    settings = Settings(database_url=SecretStr(desk.environment["KANALKOLL_DATABASE_URL"]))
    answer = database_in_place(settings, disk=lambda _: disk)
    assert answer.state == state
    assert told in answer.told


def test_operators_are_told_of_a_disk_that_is_nearly_full_while_a_letter_can_be_written(tmp_path: Path):
    with office(tmp_path) as an_office:
        assert not trouble_of(an_office, ROOMY)
        assert trouble_of(an_office, SCARCE)
        an_office.clock.pass_hours(24)
        assert not trouble_of(an_office, replace(SCARCE, free=SCARCE.free - MB)), "the same, a day later"


def trouble_of(an_office: Office, disk: Disk) -> bool:
    deployment = replace(an_office.deployment, store=on(an_office.store, disk))
    letters = replace(an_office.letters, deployment=deployment)
    return write_trouble(letters.telling(), letters.stored, an_office.clock())


def test_a_server_whose_disk_is_full_is_told_as_that():
    full = unavailable(OperationalError("", {}, psycopg.errors.DiskFull()), make_url("postgresql://db/k"))
    assert isinstance(full, NoRoom)
    assert str(full) == "the PostgreSQL disk at db:5432 is full. Free some space there and try again"


def test_a_copy_that_breaks_off_leaves_nothing_beside_it(sqlite_copy: str, tmp_path: Path):
    to = tmp_path / "copy.sqlite3"
    (tmp_path / "copy.sqlite3.new-journal").write_bytes(b"of SQLite's own")
    Path(sqlite_copy.removeprefix("sqlite:///")).write_bytes(b"no database" * 100)
    with pytest.raises(Exception, match="is not a database"):
        copy_whole(sqlite_copy, to)
    assert list(tmp_path.glob("copy*")) == []


def ticked(deployments: Sequence[Deployment], said: list[str]) -> None:
    """So many ticks, each by the deployment as it is by then."""
    left = iter(deployments)

    @contextmanager
    def wire() -> Iterator[Deployment]:
        yield next(left)

    waits = iter([False] * (len(deployments) - 1) + [True])
    tick_forever(deployments[0], once=False, say=said.append, wire=wire, told_to_stop=lambda: next(waits))


def test_what_keeps_a_tick_from_its_work_is_said_once_and_the_next_one_tries_again(tmp_path: Path):
    with office(tmp_path, live=False) as an_office:
        good, said = an_office.deployment, list[str]()
        full = replace(good, store=on(an_office.store, FULL))
        ticked([full, full, good, good], said)
        assert [str(each).split(" MB")[0][-2:] for each in said[:1]] == ["15"]
        assert len(said) == 2, said
        latest = good.store.latest_run()
        assert latest is not None
        assert latest.state.value == "closed"


def test_each_tick_goes_by_the_rules_as_they_are_by_then(store: SqlStore, sqlite_copy: str, tmp_path: Path):
    rules = tmp_path / "rules.toml"
    rules.write_text(SHIPPED.read_text())
    settings = Settings(database_url=SecretStr(sqlite_copy), live=False, rules_file=rules)
    kept, said = list[str | None](), list[str]()

    def changed_between() -> bool:
        kept.append(store.rules_text(utc_now()))
        rules.write_text(rules.read_text().replace("deviation_days = 90", "deviation_days = 61", 1))
        if len(kept) == 2:
            rules.write_text("this is being edited")
        return len(kept) == 3

    with wired(settings, asks=False) as deployment:
        tick_forever(deployment, once=False, say=said.append, wire=lambda: wired(settings, asks=False, goes_on=True),
                     told_to_stop=changed_between)  # fmt: skip
    assert ["61" in (each or "") for each in kept] == [False, True, True]
    assert len(said) == 1
    assert "rules.toml" in said[0]
    assert "the last usable rules" in said[0]
