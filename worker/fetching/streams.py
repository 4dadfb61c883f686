"""Connections by asyncio's own streams, under httpcore's interface and with its errors.

    AsyncioBackend.connect_tcp(address) ─▶ AsyncioStream: read, write, start_tls, aclose

httpcore's own goes through anyio, which is there for event loops that are not used here and takes a quarter of the
time of a request (docs/performance.md).
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final, TypeAlias

import httpcore

from worker.fetching.guarding import Options

_NetworkErrors: TypeAlias = type[httpcore.NetworkError]
_Late: TypeAlias = type[httpcore.TimeoutException]
_HELD: Final = 65_536  # bytes: beyond twice as many, the other side waits


class AsyncioBackend(httpcore.AsyncNetworkBackend):
    """Raises `ConnectTimeout` and `ConnectError`."""

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Options = None,  # noqa: ARG002 - httpcore's interface; nothing here sets any
    ) -> AsyncioStream:
        local = (local_address, 0) if local_address else None
        async with _named(timeout, httpcore.ConnectTimeout, httpcore.ConnectError):
            return AsyncioStream(*await asyncio.open_connection(host, port, limit=_HELD, local_addr=local))

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class AsyncioStream(httpcore.AsyncNetworkStream):
    """One connection; nothing waits for the other side when it is closed."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        async with _named(timeout, httpcore.ReadTimeout, httpcore.ReadError):
            return await self._reader.read(max_bytes)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        async with _named(timeout, httpcore.WriteTimeout, httpcore.WriteError):
            self._writer.write(buffer)
            await self._writer.drain()

    async def aclose(self) -> None:
        self._writer.transport.abort()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> AsyncioStream:
        async with _named(timeout, httpcore.ConnectTimeout, httpcore.ConnectError):
            await self._writer.start_tls(ssl_context, server_hostname=server_hostname)
        return self

    def get_extra_info(self, info: str) -> Any:
        return self._writer.get_extra_info("peername" if info == "server_addr" else info)


@asynccontextmanager
async def _named(seconds: float | None, late: _Late, wrong: _NetworkErrors) -> AsyncIterator[None]:
    """What takes too long or breaks, by httpcore's names; ssl.SSLError is an OSError."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError as error:
        raise late from error
    except OSError as error:
        raise wrong(str(error)) from error
