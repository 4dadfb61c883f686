"""Where Redis is down, who asks for a re-check is told so calmly; the wish is kept for the next tick."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from redis import Redis

from config.settings import Settings
from tests.builders import NIGHT
from tests.desk import Desk, json_lines
from tests.fakes import DictAsker, HandClock, some_instruments
from tests.forkserver import forked
from worker.embedded import Occupied, tick_forever
from worker.ports import RunKind, RunState
from worker.storage import open_store
from worker.wiring import Deployment

NOBODY = "redis://:hemligt@127.0.0.1:1/0"


def test_a_recheck_that_no_worker_hears_of_is_told_and_kept(tmp_path: Path):
    desk = Desk(tmp_path)
    register = desk.file("register.csv", "Namn;Adress\nMuseet;https://x.com/almestadsmuseum\n")
    assert desk.run("register", "import", register).exit_code == 0
    environment = {**os.environ, **desk.environment, "KANALKOLL_REDIS_URL": NOBODY}
    done = subprocess.run(
        [forked(), "recheck", "1"], env=environment, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert (done.returncode, len(done.stderr.splitlines()), done.stdout) == (2, 1, ""), done.stderr
    assert "Redis at 127.0.0.1:1 took no message" in done.stderr
    store = open_store(desk.environment["KANALKOLL_DATABASE_URL"])
    run = store.latest_run(RunKind.RECHECK)
    store.close()
    assert run is not None
    assert run.state is RunState.OPEN
    assert f"saved as run {run.id}" in done.stderr


def test_a_redis_that_says_nothing_is_asked_once_and_soon_given_up(tmp_path: Path):
    desk = Desk(tmp_path)
    register = desk.file("register.csv", "Namn;Adress\nMuseet;https://x.com/almestadsmuseum\n")
    assert desk.run("register", "import", register).exit_code == 0
    with socket.create_server(("127.0.0.1", 0)) as mute:
        url = f"redis://127.0.0.1:{mute.getsockname()[1]}/0"
        environment = {**os.environ, **desk.environment, "KANALKOLL_REDIS_URL": url}
        done = subprocess.run([forked(), "recheck", "1"], env=environment, capture_output=True, text=True, check=False)
        mute.settimeout(0)
        asked = len(list(accepted(mute)))
    assert (done.returncode, asked, "no worker was told" in done.stderr) == (2, 1, True), done.stderr


@pytest.mark.servers
def test_a_full_redis_is_told_as_one_that_takes_nothing(tmp_path: Path, redis_url: str):
    desk = Desk(tmp_path)
    register = desk.file("register.csv", "Namn;Adress\nMuseet;https://x.com/almestadsmuseum\n")
    assert desk.run("register", "import", register).exit_code == 0
    desk.environment["KANALKOLL_REDIS_URL"] = redis_url
    environment = {**os.environ, **desk.environment}
    with Redis.from_url(redis_url) as redis:
        redis.config_set("maxmemory", 1)
        try:
            done = subprocess.run(
                [forked(), "recheck", "1"], env=environment, capture_output=True, text=True, check=False
            )
            examined = {answer["what"]: answer for answer in json_lines(desk.run("doctor", "--json").stdout)}
        finally:
            redis.config_set("maxmemory", 0)
    assert (done.returncode, "maxmemory" in done.stderr, "give Redis more memory" in done.stderr) == (2, True, True)
    assert (examined["redis"]["state"], "maxmemory" in examined["redis"]["told"]) == ("wrong", True)


def accepted(listening: socket.socket) -> Iterator[None]:
    """Whoever has come so far."""
    with suppress(BlockingIOError):
        while True:
            listening.accept()[0].close()
            yield


def test_who_ticks_a_served_database_is_told_who_works_on_it_and_of_no_other_that_is_at_work(tmp_path: Path):
    store = open_store(Desk(tmp_path).environment["KANALKOLL_DATABASE_URL"])
    served = Settings.model_construct(database_url=SecretStr("postgresql://127.0.0.1:1/kanalkoll"))
    clock = HandClock(NIGHT)
    deployment = Deployment(served, store, some_instruments(), DictAsker({}, clock), clock)
    with pytest.raises(Occupied, match="with PostgreSQL, beat and the workers do its job"):
        tick_forever(deployment, once=True)
    store.close()


def test_nights_that_were_missed_are_said_to_be_once_and_one_night_is_worked(tmp_path: Path):
    desk = Desk(tmp_path)
    desk.answer("register", "import", desk.file("register.csv", "Namn;Adress\nMuseet;https://x.com/museet\n"))
    store, clock = open_store(desk.environment["KANALKOLL_DATABASE_URL"]), HandClock(NIGHT)
    settings = Settings.model_construct(database_url=SecretStr(desk.environment["KANALKOLL_DATABASE_URL"]))
    deployment = Deployment(settings, store, some_instruments(), DictAsker({}, clock), clock)
    told: list[str] = []
    assert tick_forever(deployment, once=True, say=told.append) == 1
    clock.pass_hours(3 * 24)
    assert [tick_forever(deployment, once=True, say=told.append) for _ in range(2)] == [1, 0]
    store.close()
    first, last = ((NIGHT + timedelta(days=days)).date() for days in (1, 2))
    assert [each for each in told if "No checks were made" in each] == [
        f"No checks were made on the 2 nights from {first} to {last}. They will not be made up for."
    ]
