"""Whose turn it is: one pace per host, kept for all who ask, and the hosts that are left alone tonight.

    take(host) ─waits─▶ None: go, then give_back │ Stop: not now, and why
    stop(host) after the first sign that a host does not want us; postpone(host) when it asks for patience

`InProcessPacer` serves one process; `worker.shared_pacing.RedisPacer` serves all processes that share a Redis.
The pause runs from the end of one request to the beginning of the next, so that it holds by the host's own clock. The
jitter runs from its beginning, so that it costs a night nothing where the answer took as long.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from audits.model import Transport
from config.permissions import Pace

NIGHT = 12 * 3600.0  # seconds that a stopped host is left alone: past this night's end, over before the next
PATIENCE = 120.0  # seconds that anyone waits for a turn
LONGEST = 86_400.0

Clock: TypeAlias = Callable[[], float]
"""Seconds that only grow."""
Sleep: TypeAlias = Callable[[float], Awaitable[None]]
Jitter: TypeAlias = Callable[[], float]
"""A share of the pause to add to it, 0 or more."""


def no_jitter() -> float:
    """No seconds on top of the pace: where turns are to come exactly."""
    return 0.0


@dataclass(frozen=True, slots=True)
class Stop:
    """Why a host is not asked now. `own`: our own pace has no room; else the host gave a sign."""

    transport: Transport
    reason: str
    own: bool = False


class Pacer(Protocol):
    """Says whose turn it is. Every method may be called from many lanes at once."""

    async def take(self, host: str, pace: Pace) -> Stop | None:
        """Wait for a turn at `host`; after None, `give_back` must follow."""
        ...

    async def give_back(self, host: str, pace: Pace) -> None: ...

    async def stop(self, host: str, stop: Stop, seconds: float = NIGHT) -> None:
        """Leave the host alone for so long; a stop is never shortened."""
        ...

    async def postpone(self, host: str, seconds: float) -> None:
        """The next turn comes no sooner than in `seconds`."""
        ...


def too_long(wait: float) -> Stop:
    """That a host's turn lies too far ahead: `wait` seconds."""
    return Stop(Transport.UNREACHABLE, f"turn_far: {wait:.0f} s", own=True)


def too_many(nightly: int) -> Stop:
    """That a host has been asked as often as one night allows."""
    return Stop(Transport.UNREACHABLE, f"enough: {nightly}", own=True)


@dataclass(slots=True)
class _Host:
    next_at: float = 0.0
    under_way: int = 0
    night_ends: float = 0.0
    asked: int = 0
    stopped: Stop | None = None
    stopped_until: float = 0.0
    waiting: list[asyncio.Future[None]] = field(default_factory=list)


@dataclass(slots=True)
class InProcessPacer:
    """For one process; `clock` and `sleep` are of one kind, real or virtual."""

    clock: Clock
    sleep: Sleep
    jitter: Jitter = no_jitter
    patience: float = PATIENCE
    _hosts: dict[str, _Host] = field(default_factory=dict)

    async def take(self, host: str, pace: Pace) -> Stop | None:
        known = self._hosts.setdefault(host, _Host())
        gives_up = self.clock() + self.patience
        while True:
            self._turn_the_night(known)
            refusal = self._refusal(known, pace, gives_up)
            if refusal is not None:
                return refusal
            if known.under_way >= pace.at_once:
                await _place_freed(known)
            elif known.next_at > self.clock():
                await self.sleep(known.next_at - self.clock())
            else:
                self._go(known, pace)
                return None

    async def give_back(self, host: str, pace: Pace) -> None:
        known = self._hosts[host]
        known.under_way -= 1
        self._pause(known, pace.seconds)
        waiting, known.waiting = known.waiting, []
        for each in waiting:
            if not each.done() and not each.get_loop().is_closed():
                each.set_result(None)

    async def stop(self, host: str, stop: Stop, seconds: float = NIGHT) -> None:
        known = self._hosts.setdefault(host, _Host())
        until = self.clock() + seconds
        if until > known.stopped_until:
            known.stopped, known.stopped_until = stop, until

    async def postpone(self, host: str, seconds: float) -> None:
        self._pause(self._hosts.setdefault(host, _Host()), seconds)

    def _turn_the_night(self, known: _Host) -> None:
        """The count of a night begins with its first request."""
        if self.clock() >= known.night_ends:
            known.night_ends, known.asked = self.clock() + NIGHT, 0

    def _refusal(self, known: _Host, pace: Pace, gives_up: float) -> Stop | None:
        if known.stopped_until > self.clock():
            return known.stopped
        if known.asked >= pace.nightly:
            return too_many(pace.nightly)
        return too_long(known.next_at - self.clock()) if known.next_at > gives_up else None

    def _go(self, known: _Host, pace: Pace) -> None:
        known.under_way += 1
        known.asked += 1
        self._pause(known, pace.seconds * (1 + self.jitter()))

    def _pause(self, known: _Host, seconds: float) -> None:
        known.next_at = max(known.next_at, self.clock() + min(seconds, LONGEST))


async def _place_freed(known: _Host) -> None:
    freed = asyncio.get_running_loop().create_future()
    known.waiting.append(freed)
    await freed
