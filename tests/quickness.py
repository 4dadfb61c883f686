"""Bars on seconds that tell of the code and not of the machine: a thread's own time, measured again where too long.

work, enough ─▶ seconds_of: the least of three tries, the first that is quick enough ends them
                    └─ too long ─▶ ÷ slowness(): how many times longer a known piece of work takes here and now
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, TypeAlias

Clock: TypeAlias = Callable[[], float]

TRIES: Final = 3
BEYOND_DOUBT: Final = 4  # times what is enough: no other work on the machine makes a thread's own time so long
_KNOWN: Final = 0.0085  # seconds of the known piece of work, on the machine that the bars were set on


def seconds_of(work: Callable[[], object], enough: float) -> float:
    """Seconds of this thread that `work` takes, on a machine as quick as the one that the bars were set on."""
    least = float("inf")
    for _ in range(TRIES):
        took = time_of(work)
        least = min(least, took if took <= enough else took / slowness())
        if not enough < least <= BEYOND_DOUBT * enough:
            break
    return least


def fits(took: float, enough: float, clock: Clock = time.thread_time) -> bool:
    """Whether what took so long by this clock would take `enough` seconds on the machine that the bars were set on."""
    return took <= enough or took <= enough * slowness(clock)


def time_of(work: Callable[[], object], clock: Clock = time.thread_time) -> float:
    """Seconds by this clock, here and now."""
    began = clock()
    work()
    return clock() - began


def slowness(clock: Clock = time.thread_time) -> float:
    """How many times longer this machine takes now than the one that the bars were set on; 1 where it is as quick."""
    return max(1.0, min(time_of(_known_work, clock) for _ in range(TRIES)) / _KNOWN)


def _known_work() -> int:
    words = [str(number) for number in range(40_000)]
    return len({word: word.upper().split("5") for word in words if "7" not in word})
