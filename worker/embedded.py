"""The nightly audit and the weekly walk in one process, without any server: the same steps, ticked by a loop.

every minute: the public list, if due ─▶ begin the nights that are due ─▶ work every open run to its end
              ─▶ write and send the letters that are due ─▶ the open walk a slice further

Each tick is wired anew, as a worker's task is: by the rules, signs and keys as they are by then. Where the rules cannot
be used it goes on by the last ones that could be, and says so; what keeps it from its work, as a full disk does, is
said, and the next one tries again.
"""

from __future__ import annotations

import signal
from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import Event
from typing import Final, TypeAlias

from audits.wording.said import said
from config.toml import one_a_line
from config.unusable import Unusable
from worker.ports import StoreUnavailable
from worker.storage.walk_store import SqlWalks
from worker.wiring import Deployment, alone, is_embedded, wired, with_nobody_beside
from worker.wiring.discovering import advance_walk, open_walks
from worker.wiring.missed import latest_night, missed_since
from worker.wiring.reconciling import Reconciling
from worker.wiring.telling import correspond, kept_back

TICK_SECONDS: Final = 60

Say: TypeAlias = Callable[[str], None]
Wire: TypeAlias = Callable[[], AbstractContextManager[Deployment]]
Told: TypeAlias = Callable[[], bool]
"""Waits until the next tick; True where somebody has told us to stop."""


class Occupied(RuntimeError):
    """Another process already works on this database, or others are meant to; the message says which."""


def wired_to_go_on() -> AbstractContextManager[Deployment]:
    """A deployment as it is by now, for whoever works by itself."""
    return wired(goes_on=True)


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


def tick_forever(
    deployment: Deployment,
    *,
    once: bool,
    say: Say = print,
    wire: Wire = wired_to_go_on,
    told_to_stop: Told | None = None,
) -> int:
    """Tick until told to stop (SIGTERM, SIGINT); how many runs the tick worked where it is `once` alone.

    `wire` gives the deployment as it is by the next tick. Raises `Occupied` where another process is at work.
    """
    with alone(deployment.settings) as only_one:
        if not only_one:
            raise Occupied(said("refused.occupied" if is_embedded(deployment.settings) else "refused.served"))
        _break_leases(deployment)
        if once:
            _said_anew(unheeded(deployment), "", say)
            return _tick_aloud(deployment, say)
        _go_on_ticking(wire, say, told_to_stop or _told_by_a_signal())
        return 0


def _break_leases(deployment: Deployment) -> None:
    """Whoever held them is dead, unless somebody is at work beside us: then they end by themselves."""
    with with_nobody_beside(deployment.settings) as are_dead:
        if not are_dead:
            return
        for run in deployment.store.open_runs():
            deployment.store.break_leases(run.id)
        SqlWalks(deployment.store.db).break_walk_lease()


def _told_by_a_signal() -> Told:
    ended = Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: ended.set())
    return lambda: ended.wait(TICK_SECONDS)


def _go_on_ticking(wire: Wire, say: Say, told_to_stop: Told) -> None:
    """What keeps a tick from its work is said once, and again where another one has done it since."""
    unread = unable = ""
    while True:
        try:
            with wire() as deployment:
                unread = _said_anew(unheeded(deployment), unread, say)
                _tick_aloud(deployment, say)
            unable = ""
        except (StoreUnavailable, Unusable) as error:
            unable = _said_anew(error.args[0], unable, say)
        if told_to_stop():
            return


def _said_anew(told: str, last: str, say: Say) -> str:
    if told and told != last:
        say(told)
    return told


def unheeded(deployment: Deployment) -> str:
    """What cannot be used though the work goes on, a line each: the file of the rules, and by which they go on; what is
    set of letters, of which none leaves. "" where all can be.
    """
    rules = said("terminal.up.last_rules", why=deployment.rules_unread) if deployment.rules_unread else None
    told = [each for each in (rules, kept_back(deployment.settings)) if each]
    return one_a_line(told) if told else ""


def _tick_aloud(deployment: Deployment, say: Say) -> int:
    """Tick, and say in words what that did; the public list is read first, since the night's looks judge by it."""
    if told := Reconciling(deployment).follow_if_due():
        say(told)
    before = latest_night(deployment)
    worked = tick(deployment)
    if told := missed_since(before, deployment):
        say(told)
    if worked and deployment.store.accounts():
        here = deployment.clock().astimezone(deployment.settings.zone)
        say(said("terminal.up.worked", at=f"{here:%Y-%m-%d %H:%M}", count=worked))
    return worked
