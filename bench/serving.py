"""The little web that is asked: a process of its own, on loopback and nothing else.

    python -m bench.serving --hosts 50 --delay 0.05     prints its port; 127.0.0.1 … 127.0.0.50 answer there
    /@konto7 ─▶ that page, after the delay     /heard ─▶ [[host, seconds, path], …] by its own clock     else ─▶ 404

It lives until its standard input is closed, so that it never outlives whoever started it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from bench.pages import number_in, profile_page

PAGE: Final = b"text/html; charset=utf-8"


@dataclass(slots=True)
class Web:
    """What is served, and what was heard: (host, seconds of this process's clock, path)."""

    delay: float
    clock: Callable[[], float]
    heard: list[tuple[str, float, str]] = field(default_factory=list)

    def answer(self, host: str, path: str) -> tuple[float, bytes]:
        """Seconds to wait, and the response."""
        if path == "/heard":
            return 0.0, response(b"200 OK", b"application/json", json.dumps(self.heard).encode())
        self.heard.append((host, self.clock(), path))
        number = number_in(path)
        if number is None:
            return 0.0, response(b"404 Not Found", b"text/plain", b"nothing here")
        return self.delay, response(b"200 OK", PAGE, profile_page(number))


def response(status: bytes, kind: bytes, body: bytes) -> bytes:
    head = b"HTTP/1.1 %b\r\nContent-Type: %b\r\nContent-Length: %d\r\n\r\n" % (status, kind, len(body))
    return head + body


class Connection(asyncio.Protocol):
    """One client: requests without bodies, one after another."""

    def __init__(self, web: Web) -> None:
        self.web = web
        self.received = b""
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport if isinstance(transport, asyncio.Transport) else None

    def data_received(self, data: bytes) -> None:
        self.received += data
        while b"\r\n\r\n" in self.received:
            head, _, self.received = self.received.partition(b"\r\n\r\n")
            self._answer(head.decode("latin-1").split("\r\n"))

    def _answer(self, head: list[str]) -> None:
        fields = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:])}
        delay, answer = self.web.answer(fields.get("host", ""), head[0].split(" ")[1])
        asyncio.get_running_loop().call_later(delay, self._write, answer)

    def _write(self, answer: bytes) -> None:
        if self.transport is not None and not self.transport.is_closing():
            self.transport.write(answer)


async def serve(hosts: int, delay: float) -> None:
    """Serve until standard input ends."""
    loop = asyncio.get_running_loop()
    web = Web(delay, loop.time)
    first = await loop.create_server(partial(Connection, web), "127.0.0.1", 0, backlog=1024)
    port = first.sockets[0].getsockname()[1]
    others = [f"127.0.0.{number}" for number in range(2, hosts + 1)]
    servers = [
        first,
        *[await loop.create_server(partial(Connection, web), each, port, backlog=1024) for each in others],
    ]
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    await loop.run_in_executor(None, sys.stdin.read)
    for server in servers:
        server.close()


@contextmanager
def served(hosts: int, delay: float) -> Iterator[int]:
    """The server as a child process, for as long as the block lasts; its port."""
    words = [sys.executable, "-m", "bench.serving", "--hosts", str(hosts), "--delay", str(delay)]
    child = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 - this very module
    try:
        yield int(child.stdout.readline() if child.stdout else 0)
    finally:
        child.communicate()  # closes its standard input, at which it ends


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.serving")
    parser.add_argument("--hosts", type=int, default=1, choices=range(1, 255), metavar="1-254")
    parser.add_argument("--delay", type=float, default=0.0)
    wanted = parser.parse_args()
    asyncio.run(serve(wanted.hosts, wanted.delay))


if __name__ == "__main__":
    main()
