"""A night through a real Redis, real worker processes and a real PostgreSQL."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import orjson
import pytest
from redis import Redis

from audits.platforms import PLATFORMS
from tests.builders import an_occasion
from tests.forkserver import forked
from tests.worker.queue import celery, wait_until, where_it_is_noon
from worker.ports import RunKind, RunState
from worker.replay import open_recording, recorded_register
from worker.storage import SqlStore, migrate, open_store
from worker.wiring import utc_now

pytestmark = [pytest.mark.servers, pytest.mark.long]

ACCOUNTS = 30


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """Thirty invented profile pages that nobody recognises: what is tried here is the queue."""
    folder = tmp_path / "recording"
    folder.mkdir()
    rows = []
    for number in range(ACCOUNTS):
        (folder / f"{number}.html").write_text(f"<title>Påhittad sida {number}</title>")
        rows.append(
            {
                "file": f"{number}.html",
                "platform": "x",
                "request_url": f"https://x.com/almestad{number}",
                "status": 200,
                "recorded_on": "2026-11-01",
            }
        )
    (folder / "index.jsonl").write_bytes(b"\n".join(map(orjson.dumps, rows)))
    return folder


@pytest.fixture
def environment(postgres_url: str, redis_url: str, recording: Path) -> dict[str, str]:
    return {
        **os.environ,
        "KANALKOLL_DATABASE_URL": postgres_url,
        "KANALKOLL_REDIS_URL": redis_url,
        "KANALKOLL_REPLAY_FOLDER": str(recording),
        "KANALKOLL_NIGHT_STARTS": "00:00",
        "KANALKOLL_TIMEZONE": where_it_is_noon(),
        "KANALKOLL_TICK_SECONDS": "1",
        "KANALKOLL_LANE_SECONDS": "5",  # leases of killed workers end after a minute more
    }


@pytest.fixture
def store(postgres_url: str, recording: Path) -> Iterator[SqlStore]:
    migrate.upgrade(postgres_url)
    opened = open_store(postgres_url)
    changes = recorded_register(open_recording(recording, utc_now()), PLATFORMS)
    opened.apply_changes(changes, an_occasion(utc_now()), source="test")
    yield opened
    opened.close()


@contextmanager
def filled(redis_url: str) -> Iterator[Redis]:
    """A Redis that takes nothing, until it is given room."""
    with Redis.from_url(redis_url) as client:
        client.config_set("maxmemory", 1)
        try:
            yield client
        finally:
            client.config_set("maxmemory", 0)


def closed(store: SqlStore, kind: RunKind) -> bool:
    run = store.latest_run(kind)
    return run is not None and run.state is RunState.CLOSED


def test_beat_and_a_worker_live_through_a_night(environment, store, tmp_path):
    schedule = str(tmp_path / "beat")
    with (
        celery(environment, tmp_path, "worker", "-c", "2", "-O", "fair", "-Q", "nightly"),
        celery(environment, tmp_path, "beat", "-s", schedule),
    ):
        assert wait_until(lambda: closed(store, RunKind.NIGHTLY))
    run = store.latest_run(RunKind.NIGHTLY)
    assert run is not None
    assert store.counts(run.id).done == ACCOUNTS


def test_a_recheck_has_a_queue_and_a_worker_of_its_own_which_waits_while_redis_is_full(
    environment, store, tmp_path, redis_url
):
    log = tmp_path / "worker.log"
    with filled(redis_url) as redis, celery(environment, tmp_path, "worker", "-c", "1", "-Q", "recheck"):
        assert wait_until(lambda: b"maxmemory" in log.read_bytes())
        redis.config_set("maxmemory", 0)
        command = [str(forked()), "recheck", "1", "x:almestad7", "--json"]
        asked = subprocess.run(command, env=environment, capture_output=True, check=True)
        run_id = orjson.loads(asked.stdout)["run"]
        assert wait_until(lambda: closed(store, RunKind.RECHECK))
    assert store.counts(run_id).done == 2


def test_a_worker_killed_in_the_night_loses_and_repeats_nothing(environment, store, tmp_path):
    with celery(environment, tmp_path, "beat", "-s", str(tmp_path / "beat")):
        for _ in range(3):
            with celery(environment, tmp_path, "worker", "-c", "1", "-Q", "nightly") as worker:
                wait_until(lambda: store.latest_run(RunKind.NIGHTLY) is not None)
                worker.kill()
        with celery(environment, tmp_path, "worker", "-c", "2", "-Q", "nightly"):
            assert wait_until(lambda: closed(store, RunKind.NIGHTLY))
    run = store.latest_run(RunKind.NIGHTLY)
    assert run is not None
    assert store.counts(run.id).done == ACCOUNTS
