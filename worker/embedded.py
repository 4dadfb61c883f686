"""The nightly audit and the weekly walk in one process, without any server: the same steps, ticked by a loop.

every minute: the public list, if due ─▶ begin the nights that are due ─▶ work every open run to its end
              ─▶ write and send the letters that are due ─▶ the open walk a slice further
"""

from __future__ import annotations

import signal
from collections.abc import Callable
from threading import Event

from audits.wording.said import said
from worker.storage.walk_store import SqlWalks
from worker.wiring import Deployment, alone, is_embedded
from worker.wiring.discovering import advance_walk, open_walks
from worker.wiring.reconciling import Reconciling
from worker.wiring.telling import correspond

TICK_SECONDS = 60


class Occupied(RuntimeError):
    """Another process already works on this database, or others are meant to; the message says which."""


def tick(deployment: Deployment) -> int:
    """Begin what is due, work everything open to its end, write and send letters. How many runs were worked."""
    runs = deployment.begin_and_list_open()
    for run_id in runs:
        while deployment.work(run_id):
            pass
    correspond(deployment)
    for walk_id in open_walks(deployment):  # one slice a tick: a walk takes hours, and a night must not wait for it
        advance_walk(deployment, walk_id)
    return len(runs)


def tick_forever(deployment: Deployment, *, once: bool, say: Callable[[str], None] = print) -> int:
    """Tick until told to stop (SIGTERM, SIGINT); how many runs the last tick worked.

    Raises `Occupied` where another process is at work.
    """
    ended = Event()
    with alone(deployment.settings) as only_one:
        if not only_one:
            raise Occupied(said("refused.occupied" if is_embedded(deployment.settings) else "refused.served"))
        for run_id in (run.id for run in deployment.store.open_runs()):
            deployment.store.break_leases(run_id)
        SqlWalks(deployment.store.db).break_walk_lease()
        if not once:
            for each in (signal.SIGTERM, signal.SIGINT):
                signal.signal(each, lambda *_: ended.set())
        while True:
            worked = _tick_aloud(deployment, say)
            if once or ended.wait(TICK_SECONDS):
                return worked


def _tick_aloud(deployment: Deployment, say: Callable[[str], None]) -> int:
    """Tick, and say in words what that did; the public list is read first, since the night's looks judge by it."""
    if told := Reconciling(deployment).follow_if_due():
        say(told)
    if (worked := tick(deployment)) and deployment.store.accounts():
        here = deployment.clock().astimezone(deployment.settings.zone)
        say(said("terminal.up.worked", at=f"{here:%Y-%m-%d %H:%M}", count=worked))
    return worked
