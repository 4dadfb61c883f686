"""Where Redis is down, who asks for a re-check is told so calmly; the wish is kept for the next tick."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.desk import Desk
from tests.forkserver import forked
from worker.ports import RunKind, RunState
from worker.storage import open_store

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
    assert "Redis at 127.0.0.1:1 cannot be reached" in done.stderr
    store = open_store(desk.environment["KANALKOLL_DATABASE_URL"])
    run = store.latest_run(RunKind.RECHECK)
    store.close()
    assert run is not None
    assert run.state is RunState.OPEN
    assert f"kept as run {run.id}" in done.stderr
