"""Which engine under httpx's interface: CPU time of each for the same pages, under the same guard.

    python -m bench.engines [--pages 1000] [--rounds 5] [--hosts 50] [--at-once 100] [--python PATH]

    client       one httpx.AsyncClient a host over a guarded httpcore pool, over anyio
    pool         the same pool, asked without a client
    connection   one guarded httpcore connection a request, over anyio
    used         h11 over asyncio's own transports, one guarded connection a request
    aiohttp      an aiohttp connector that resolves through the guard and checks the peer; needs aiohttp in --python

Every engine runs in a process of its own; rounds take turns; what a process of one page costs is taken off.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final

import httpcore
import httpx

from bench.pages import address_path
from worker.fetching.engine import GuardedTransport, trusting
from worker.fetching.guarding import GuardedBackend
from worker.fetching.limits import Limits
from worker.fetching.receiving import read_body
from worker.fetching.resolving import LoopbackWeb
from worker.fetching.streams import AsyncioBackend
from worker.fetching.urls import host_of

Get = Callable[[httpx.URL], Awaitable[bytes]]
HEADERS: Final = {"user-agent": "Kanalkoll/0.1 (+https://almestad.example/kanalkoll)", "accept-encoding": "gzip"}
LIMITS: Final = Limits()
TRUST: Final = trusting()


def guard(sites: Mapping[str, tuple[str, int]], inner: httpcore.AsyncNetworkBackend) -> GuardedBackend:
    return GuardedBackend(LoopbackWeb(sites), inner, plain=True)


class Pooled(httpx.AsyncBaseTransport):
    """httpcore's pool, as it was used before it was found to have nothing to pool."""

    def __init__(self, sites: Mapping[str, tuple[str, int]]) -> None:
        backend = guard(sites, httpcore.AnyIOBackend())
        given: dict[str, Any] = {"max_connections": 8, "max_keepalive_connections": 0, "network_backend": backend}
        self.pool = httpcore.AsyncConnectionPool(ssl_context=TRUST, **given)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answer = await self.pool.handle_async_request(for_httpcore(request))
        return httpx.Response(answer.status, headers=answer.headers, stream=_Chunks(answer))

    async def aclose(self) -> None:
        await self.pool.aclose()


class Connected(httpx.AsyncBaseTransport):
    """httpcore's connections without the pool."""

    def __init__(self, sites: Mapping[str, tuple[str, int]]) -> None:
        self.backend = guard(sites, httpcore.AnyIOBackend())

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        asked = for_httpcore(request)
        connection = httpcore.AsyncHTTPConnection(asked.url.origin, TRUST, network_backend=self.backend)
        answer = await connection.handle_async_request(asked)
        return httpx.Response(answer.status, headers=answer.headers, stream=_Chunks(answer, connection))


def for_httpcore(request: httpx.Request) -> httpcore.Request:
    url = request.url
    core = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
    return httpcore.Request(request.method, core, headers=request.headers.raw, extensions=request.extensions)


class _Chunks(httpx.AsyncByteStream):
    def __init__(self, answer: httpcore.Response, connection: httpcore.AsyncHTTPConnection | None = None) -> None:
        self.answer = answer
        self.closes = connection or answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self.answer.aiter_stream():
            yield chunk

    async def aclose(self) -> None:
        await self.closes.aclose()


@asynccontextmanager
async def by_transport(make: Callable[[], httpx.AsyncBaseTransport]) -> AsyncIterator[Get]:
    """One transport a host, asked directly."""
    transports: dict[str, httpx.AsyncBaseTransport] = {}

    async def get(url: httpx.URL) -> bytes:
        host = host_of(url)
        if host not in transports:
            transports[host] = make()
        request = httpx.Request("GET", url, headers=HEADERS, extensions={"timeout": LIMITS.timeouts})
        answer = await transports[host].handle_async_request(request)
        body = await read_body(answer.stream, "", LIMITS)  # type: ignore[arg-type]  # an asynchronous one
        await answer.aclose()
        return body.data

    yield get
    for transport in transports.values():
        await transport.aclose()


@asynccontextmanager
async def by_client(sites: Mapping[str, tuple[str, int]]) -> AsyncIterator[Get]:
    """One httpx.AsyncClient a host."""
    clients: dict[str, httpx.AsyncClient] = {}

    async def get(url: httpx.URL) -> bytes:
        host = host_of(url)
        if host not in clients:
            given: dict[str, Any] = {"headers": HEADERS, "trust_env": False, "verify": TRUST}
            clients[host] = httpx.AsyncClient(transport=Pooled(sites), **given)
        async with clients[host].stream("GET", url) as answer:
            return (await read_body(answer.aiter_raw(), "", LIMITS)).data

    yield get
    for client in clients.values():
        await client.aclose()


@asynccontextmanager
async def by_aiohttp(sites: Mapping[str, tuple[str, int]]) -> AsyncIterator[Get]:
    """aiohttp under the same guard: names by its resolver, literal addresses refused apart, the peer checked."""
    import aiohttp  # type: ignore[import-not-found]  # a contender, and no dependency
    from aiohttp.abc import AbstractResolver  # type: ignore[import-not-found]  # the same

    where = LoopbackWeb(sites)
    dialled = set(sites.values())

    class Guarded(AbstractResolver):  # type: ignore[misc]  # the same
        async def resolve(self, host: str, port: int = 0, **_: Any) -> list[Any]:
            targets = await where.targets(host, port)
            told = {"hostname": host, "family": 2, "proto": 0, "flags": 0}
            return [{**told, "host": each.host, "port": each.port} for each in targets]

        async def close(self) -> None: ...

    connector = aiohttp.TCPConnector(resolver=Guarded(), use_dns_cache=False, force_close=True, limit_per_host=8)
    async with aiohttp.ClientSession(
        connector=connector, cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=False, headers=HEADERS
    ) as session:

        async def get(url: httpx.URL) -> bytes:
            async with session.get(str(url), allow_redirects=False) as answer:
                httpx.Response(answer.status, headers=answer.raw_headers)  # what httpx's interface hands on
                connection = answer.connection
                peer = connection.transport.get_extra_info("peername") if connection and connection.transport else None
                if peer is not None and tuple(peer[:2]) not in dialled:
                    raise ConnectionError(peer)
                return (await read_body(answer.content.iter_any(), "", LIMITS)).data

        yield get


ENGINES: Final[Mapping[str, Any]] = {
    "client": by_client,
    "pool": lambda sites: by_transport(lambda: Pooled(sites)),
    "connection": lambda sites: by_transport(lambda: Connected(sites)),
    "used": lambda sites: by_transport(lambda: GuardedTransport(guard(sites, AsyncioBackend()), TRUST)),
    "aiohttp": by_aiohttp,
}


async def fetch_all(engine: str, port: int, pages: int, hosts: int, at_once: int) -> int:
    """Fetch the pages, `at_once` together; how many bytes came."""
    sites = {f"h{number}.example": (f"127.0.0.{number}", port) for number in range(1, hosts + 1)}
    urls = [httpx.URL(f"http://h{number % hosts + 1}.example{address_path(number)}") for number in range(pages)]
    places = asyncio.Semaphore(at_once)
    async with ENGINES[engine](sites) as get:

        async def one(url: httpx.URL) -> int:
            async with places:
                return len(await get(url))

        return sum(await asyncio.gather(*(one(url) for url in urls)))


def cpu_of(options: argparse.Namespace, engine: str, port: int, pages: int) -> float | None:
    """Seconds of CPU of a process that fetches so many pages; None where it cannot."""
    words = [options.python, "-m", "bench.engines", "--run", engine, "--port", str(port), "--pages", str(pages)]
    given = ["--hosts", str(options.hosts), "--at-once", str(options.at_once)]
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    child = subprocess.Popen([*words, *given], stdout=pipe, stderr=nowhere)  # noqa: S603 - this very module
    said = child.stdout.read() if child.stdout else b""
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = status
    return used.ru_utime + used.ru_stime if status == 0 and int(said) > 40_000 * pages else None


def compare(options: argparse.Namespace, port: int) -> None:
    taken: dict[str, list[float]] = {engine: [] for engine in ENGINES}
    for number in range(options.rounds + 1):
        for engine in ENGINES:
            one, all_of_them = (cpu_of(options, engine, port, pages) for pages in (1, options.pages))
            if number and one is not None and all_of_them is not None:  # the first round warms up
                taken[engine].append((all_of_them - one) * 1000 / (options.pages - 1))
    for engine, seconds in taken.items():
        if not seconds:
            sys.stdout.write(f"{engine:11} not here\n")
            continue
        ratio = statistics.median(a / b for a, b in zip(seconds, taken["used"], strict=True))
        middle, low, high = statistics.median(seconds), min(seconds), max(seconds)
        span = f"{middle:.2f} [{low:.2f}-{high:.2f}] CPU-s per 1,000 pages"
        sys.stdout.write(f"{engine:11} {span}, {ratio:.2f} times what is used\n")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.engines")
    for name, default in (("pages", 1000), ("rounds", 5), ("hosts", 50), ("at-once", 100), ("port", 0)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--run", choices=ENGINES)
    options = parser.parse_args()
    if options.run:
        asked = (options.run, options.port, options.pages, options.hosts, options.at_once)
        sys.stdout.write(str(asyncio.run(fetch_all(*asked))))
        return
    serving = [sys.executable, "-m", "bench.serving", "--hosts", str(options.hosts), "--delay", "0.05"]
    server = subprocess.Popen(serving, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 - our own module
    try:
        compare(options, int(server.stdout.readline() if server.stdout else 0))
    finally:
        server.communicate()  # closes its standard input, at which it ends


if __name__ == "__main__":
    main()
