"""Small real things to fetch from: servers on loopback, resolvers that are tables, backends that keep count.

a_probe() · a_conduct() · a_site() · TableResolver · Dials (every connection opened, and to whom) · ScriptedServer
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Self

import httpcore

from audits.model import Probe, Route
from config.permissions import Pace, Permissions
from worker.fetching.fetcher import Fetcher
from worker.fetching.guarding import WrappedStream
from worker.fetching.limits import Agent, Limits
from worker.fetching.making import Conduct, loopback_fetcher
from worker.fetching.streams import AsyncioBackend
from worker.pacing import InProcessPacer

NIGHT = datetime(2026, 11, 3, 2, 15, tzinfo=UTC)
CONTACT = "https://almestad.example/kanalkoll"
PATIENT = Limits(
    total_seconds=300, connect_seconds=300, read_seconds=300
)  # for a busy machine: whoever answers ends it


def a_probe(url: str = "http://pub.example/", **changes: Any) -> Probe:
    return Probe(**{"url": url, "platform": "website", "route": Route.PAGE, **changes})


def no_pause() -> Permissions:
    return Permissions(pace=Pace(seconds=0, at_once=100, nightly=1_000_000))


@dataclass(slots=True)
class VirtualTime:
    """A clock that only sleeping moves."""

    seconds: float = 0.0

    def __call__(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.seconds += seconds
        await asyncio.sleep(0)


def a_pacer(time: VirtualTime | None = None, **changes: Any) -> InProcessPacer:
    time = time or VirtualTime()
    return InProcessPacer(**{"clock": time, "sleep": time.sleep, **changes})


def a_conduct(**changes: Any) -> Conduct:
    given = {
        "permissions": no_pause(),
        "pacer": a_pacer(),
        "agent": Agent(contact=CONTACT),
        "clock": lambda: NIGHT,
        "limits": PATIENT,
    }
    return Conduct(**{**given, **changes})


@dataclass(slots=True)
class TableResolver:
    """Names from a table, in turn where a name has several answers; numbers as the C library reads them."""

    table: Mapping[str, Sequence[str] | Sequence[Sequence[str]]]
    asked: list[str] = field(default_factory=list)

    async def __call__(self, host: str) -> Sequence[str]:
        self.asked.append(host)
        known = self.table.get(host)
        if known is None:
            return _as_number(host)
        if known and not isinstance(known[0], str):
            return [*known][min(self.asked.count(host), len(known)) - 1]
        return [str(address) for address in known]


def _as_number(host: str) -> list[str]:
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    return [str(record[4][0]) for record in found]


@dataclass(slots=True)
class Dials(httpcore.AsyncNetworkBackend):
    """Writes down whom it was told to dial, and connects to a server on loopback instead."""

    to: Callable[[str, int], int]  # address and port dialled → port on loopback
    dialled: list[tuple[str, int]] = field(default_factory=list)

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        self.dialled.append((host, port))
        own = self.to(host, port)
        stream = await AsyncioBackend().connect_tcp("127.0.0.1", own, timeout, local_address, socket_options)
        return _Posing(stream, (host, port))

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class _Posing(WrappedStream):
    """Says that it leads where it was told to lead."""

    def __init__(self, stream: httpcore.AsyncNetworkStream, peer: tuple[str, int]) -> None:
        super().__init__(stream)
        self._peer = peer

    def get_extra_info(self, info: str) -> Any:
        return self._peer if info == "server_addr" else super().get_extra_info(info)


Answer = Callable[["Heard", asyncio.StreamWriter], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Heard:
    """One request as it arrived, and when by the server's own clock."""

    target: str
    headers: Mapping[str, str]
    at: float

    @property
    def host(self) -> str:
        return self.headers.get("host", "")


Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass(slots=True)
class RawServer:
    """Hands every connection on a port of loopback to `serve`, and breaks off those left over at its end."""

    serve: Serve
    ssl: Any = None
    connections: int = 0
    _server: asyncio.Server | None = None
    _under_way: dict[asyncio.Task[None], asyncio.StreamWriter] = field(default_factory=dict)

    @property
    def port(self) -> int:
        assert self._server is not None
        return int(self._server.sockets[0].getsockname()[1])

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0, ssl=self.ssl)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        while self._under_way:
            for task, writer in [*self._under_way.items()]:
                writer.transport.abort()
                await asyncio.wait([task], timeout=0.05)
                task.cancel()

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = asyncio.get_running_loop().create_task(self._guarded(reader, writer))
        self._under_way[task] = writer
        task.add_done_callback(self._under_way.pop)

    async def _guarded(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self.serve(reader, writer)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # the other side left: what it made of that is what is tested
        finally:
            writer.close()


class ScriptedServer(RawServer):
    """Answers every request with what `answer` writes, one request a connection, and keeps what it heard."""

    def __init__(self, answer: Answer, ssl: Any = None) -> None:
        super().__init__(self._hear, ssl)
        self.answer = answer
        self.heard: list[Heard] = []

    async def _hear(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        named = (line.split(": ", 1) for line in head[1:] if ": " in line)
        now = asyncio.get_running_loop().time()
        heard = Heard(head[0].split(" ")[1], {name.lower(): value for name, value in named}, now)
        if heard.target != "/robots.txt":
            self.heard.append(heard)
        await self.answer(heard, writer)


async def pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Pass on what is read for as long as there is any."""
    while data := await reader.read(65_536):
        writer.write(data)
    writer.close()


@asynccontextmanager
async def a_site(answer: Answer, **conduct: Any) -> AsyncIterator[tuple[Fetcher, ScriptedServer]]:
    """A fetcher that knows pub.example alone, and the server behind it."""
    sites: dict[str, tuple[str, int]] = {}
    async with ScriptedServer(answer) as server, loopback_fetcher(sites, a_conduct(**conduct)) as fetcher:
        sites["pub.example"] = ("127.0.0.1", server.port)
        yield fetcher, server


def response(status: int = 200, body: bytes = b"", **headers: str) -> bytes:
    """An HTTP/1.1 response; underscores in header names stand for hyphens."""
    given = {"content_length": str(len(body)), "content_type": "text/html; charset=utf-8", **headers}
    lines = [f"HTTP/1.1 {status} Said", *(f"{name.replace('_', '-')}: {value}" for name, value in given.items())]
    return "\r\n".join(lines).encode("utf-8") + b"\r\n\r\n" + body


def always(answer: bytes) -> Answer:
    """The same answer to every request, but for robots.txt, which does not exist."""

    async def write(heard: Heard, writer: asyncio.StreamWriter) -> None:
        writer.write(response(404) if heard.target == "/robots.txt" else answer)

    return write
