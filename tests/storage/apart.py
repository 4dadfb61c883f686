"""Work by several processes on one database, forked where the storage is loaded already.

work, url ─▶ so many processes ─all there?▶ work(url) in each ─▶ what each returned          alone ─▶ its exit status
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from multiprocessing.synchronize import Barrier
from typing import Final, TypeVar

T = TypeVar("T")
WAITS: Final = 300  # seconds; the machine may be busy with other things
_FORKS: Final = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["alembic.command", "tests.storage.nights", "worker.storage"])
_ready: list[Barrier] = []  # of this process


def at_once(work: Callable[[str], T], url: str, processes: int = 3) -> list[T]:
    """What each process returns, when none begins before all are there."""
    with _FORKS.Pool(processes, initializer=_meet_at, initargs=(_FORKS.Barrier(processes),)) as pool:
        return pool.starmap_async(_with_the_others, [(work, url)] * processes, chunksize=1).get(WAITS)


def _meet_at(barrier: Barrier) -> None:
    _ready.append(barrier)


def _with_the_others(work: Callable[[str], T], url: str) -> T:
    _ready[0].wait(WAITS)
    return work(url)


def alone(work: Callable[[str], None], url: str) -> int | None:
    """How a process ended that did nothing else: its exit status, negative for a signal."""
    process = _FORKS.Process(target=work, args=(url,))
    process.start()
    process.join(WAITS)
    return process.exitcode
