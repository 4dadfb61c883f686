"""A real Redis that keeps nothing: `with redis_server() as server: server.url`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import redis

from tests.servers.processes import START_WITHIN, held_port, private_folder, running
from tests.servers.programs import program


@dataclass(frozen=True, slots=True)
class RedisServer:
    """A running Redis on loopback."""

    port: int
    pid: int

    @property
    def url(self) -> str:
        """Database 0, as `KANALKOLL_REDIS_URL` wants it."""
        return url(self.port)

    def empty(self) -> None:
        """Forget everything, so that no test finds another's messages."""
        with patient(self.url) as client:
            client.flushall()


@contextmanager
def redis_server(port: int | None = None) -> Iterator[RedisServer]:
    """Start a Redis, on a port that the caller holds where it is to come back; raises `UnavailableError`."""
    executable = program("redis-server")
    with ExitStack() as stack:
        at = port or stack.enter_context(held_port())
        folder = stack.enter_context(private_folder(owner=None))
        start = running(command(executable, at, folder), folder=folder, ready=lambda: answers(at))
        yield RedisServer(at, stack.enter_context(start))


def command(executable: Path, port: int, folder: Path) -> list[str | Path]:
    """The same eviction policy as in production (`noeviction`: a full broker must refuse, never forget), no disk."""
    options = {"--port": str(port), "--bind": "127.0.0.1", "--dir": str(folder), "--save": "", "--appendonly": "no"}
    return [executable, *(word for option in options.items() for word in option), "--maxmemory-policy", "noeviction"]


def url(port: int) -> str:
    """Where a Redis on this machine is reached."""
    return f"redis://127.0.0.1:{port}/0"


def patient(at: str) -> redis.Redis:
    """A client that waits for a busy machine: by itself it gives up after five seconds, and by no `ConnectionError`."""
    return redis.Redis.from_url(at, socket_timeout=START_WITHIN, socket_connect_timeout=START_WITHIN)


def answers(port: int) -> bool:
    """Whether a Redis on `port` serves requests yet."""
    try:
        with patient(url(port)) as client:
            return bool(client.ping())
    except redis.ConnectionError:
        return False
