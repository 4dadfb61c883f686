"""An audit that is killed anywhere and run again observes every account exactly once.

KANALTEST_AUDIT_KILLS=20 (`make audit-deep`) kills it twenty times; without it six kills are a sample.
"""

from __future__ import annotations

import os
import random
import subprocess
import time
from pathlib import Path

import orjson
import pytest

from tests.forkserver import forked
from worker.ports import RunKind, RunState
from worker.storage import SqlStore, migrate, open_store

ACCOUNTS = 400
KILLS = int(os.environ.get("KANALTEST_AUDIT_KILLS", "6"))
INSIDE = KILLS // 2  # so many kills must fall inside a run to prove anything
SEED = 20261103


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    folder = tmp_path / "recording"
    folder.mkdir()
    page = "<title>Påhittad sida</title>" + "<p>Inget av detta finns.</p>" * 2_000
    (folder / "page.html").write_text(page)
    rows = [
        {
            "file": "page.html",
            "platform": "x",
            "request_url": f"https://x.com/almestad{number}",
            "status": 200,
            "recorded_on": "2026-11-01",
        }
        for number in range(ACCOUNTS)
    ]
    (folder / "index.jsonl").write_bytes(b"\n".join(map(orjson.dumps, rows)))
    return folder


def audit(recording: Path, database: str) -> subprocess.Popen[bytes]:
    command = [str(forked()), "audit", "--replay", str(recording), "--json"]
    environment = {**os.environ, "KANALKOLL_DATABASE_URL": database}
    return subprocess.Popen(  # our own command, on our own folder
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def until_open(process: subprocess.Popen[bytes], store: SqlStore) -> None:
    """Wait until the audit has a run open, or has ended: a busy machine takes long to start, and varies."""
    while process.poll() is None:
        run = store.latest_run()
        if run is not None and run.state is not RunState.CLOSED:
            return
        time.sleep(0.01)


def open_for(recording: Path, database: str) -> float:
    """Seconds that a run stays open here and now, so that kills fall inside one."""
    process = audit(recording, database)
    store = open_store(database)
    until_open(process, store)
    begun = time.monotonic()
    process.communicate()
    store.close()
    return time.monotonic() - begun


def ends_within(process: subprocess.Popen[bytes], seconds: float) -> bool:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def was_cut_short(database: str) -> bool:
    """Whether a run was left open, or the register had not yet been written."""
    if migrate.current(database) != migrate.newest():
        return False
    store = open_store(database)
    run = store.latest_run()
    store.close()
    return run is not None and run.state is not RunState.CLOSED


@pytest.mark.long
def test_an_audit_killed_again_and_again_observes_every_account_exactly_once(tmp_path, recording):
    database = f"sqlite:///{tmp_path / 'killed.sqlite3'}"
    chance = random.Random(SEED)  # noqa: S311  # when to kill, not a secret
    audit(recording, database).communicate()
    lasts = open_for(recording, database)
    kills, cut_short, watching = 0, 0, open_store(database)
    while kills < KILLS or (cut_short < INSIDE and kills < 5 * KILLS):
        process = audit(recording, database)
        if chance.random() < 0.75:  # else while it still starts
            until_open(process, watching)
        if ends_within(process, lasts * chance.uniform(0.0, 0.9)):
            lasts /= 2  # the machine has less to do than when this was measured
        process.kill()
        process.communicate()
        kills, cut_short = kills + 1, cut_short + was_cut_short(database)
    watching.close()
    told, complaint = audit(recording, database).communicate()
    summary = orjson.loads(told), complaint
    store = open_store(database)
    runs = [run for number in range(1, 10 * KILLS) if (run := store.run(number))]
    observed = [store.counts(run.id).done for run in runs]
    assert [run.state for run in runs][-1] is RunState.CLOSED, summary
    assert {run.kind for run in runs} == {RunKind.REPLAY}
    assert all(done == ACCOUNTS for done in observed), summary
    assert len(store.accounts()) == ACCOUNTS
    assert cut_short >= INSIDE, "too few kills fell inside a run to prove anything"
    store.close()
