"""Tasks take ids and call one step.

A lost message is sent again by the next tick; a doubled one finds nothing to do.
"""

from __future__ import annotations

import logging

from worker.app import app
from worker.wiring import wired
from worker.wiring.discovering import advance_walk, open_walks
from worker.wiring.missed import latest_night, missed_since
from worker.wiring.reconciling import Reconciling
from worker.wiring.telling import correspond

_log = logging.getLogger(__name__)


@app.task(name="worker.tasks.tick")  # type: ignore[untyped-decorator]  # Celery ships no types
def tick() -> None:
    """Begin what is due, and put what waits on its queue."""
    with wired(goes_on=True) as deployment:
        if Reconciling(deployment).list_is_due():  # first: the night's looks judge by it
            follow_list.delay()
        before = latest_night(deployment)
        for run_id in deployment.begin_and_list_open():
            work.delay(run_id)
        if told := missed_since(before, deployment):
            _log.warning("%s", told)
        letters.delay()
        for walk_id in open_walks(deployment):  # last: a wrong discover.toml must keep no letter waiting
            walk.delay(walk_id)


@app.task(name="worker.tasks.work")  # type: ignore[untyped-decorator]  # Celery ships no types
def work(run_id: int) -> None:
    """One slice of a run; the next one while there may be more."""
    with wired(goes_on=True) as deployment:
        if deployment.work(run_id):
            work.delay(run_id)


@app.task(name="worker.tasks.letters")  # type: ignore[untyped-decorator]  # Celery ships no types
def letters() -> None:
    """Write and send the letters that are due."""
    with wired(goes_on=True) as deployment:
        sent = correspond(deployment)
    if sent and sent.blocked:
        _log.warning("%s", sent.blocked)


@app.task(name="worker.tasks.recheck")  # type: ignore[untyped-decorator]  # Celery ships no types
def recheck(run_id: int) -> None:
    """One slice of a run that somebody asked for, on its own queue."""
    with wired(goes_on=True) as deployment:
        if deployment.work(run_id):
            recheck.delay(run_id)


@app.task(name="worker.tasks.follow_list")  # type: ignore[untyped-decorator]  # Celery ships no types
def follow_list() -> str:
    """Read the public list where that is due; in a word, what came of it."""
    with wired(goes_on=True) as deployment:
        return Reconciling(deployment).follow_if_due()


@app.task(name="worker.tasks.walk")  # type: ignore[untyped-decorator]  # Celery ships no types
def walk(walk_id: int) -> None:
    """One slice of a walk; the next one while there may be more."""
    with wired(goes_on=True) as deployment:
        if advance_walk(deployment, walk_id):
            walk.delay(walk_id)
