"""Connections by asyncio's own transports, under httpcore's interface and with its errors.

    AsyncioBackend.connect_tcp(address) ─▶ AsyncioStream: read, write, start_tls, aclose

httpcore's own go through anyio, which is there for event loops that are not used here and takes a quarter of the time
of a request (docs/performance.md). asyncio's streams would do, but for one thing: what they have read before a
handshake they hand out as if it had come after it.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable
from typing import Any, Final, TypeAlias, TypeVar

import httpcore

from worker.fetching.guarding import Options

T = TypeVar("T")
_NetworkErrors: TypeAlias = type[httpcore.NetworkError]
_Late: TypeAlias = type[httpcore.TimeoutException]
_ENOUGH: Final = 131_072  # bytes: when so many wait to be read, the other side waits too


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
        opened = asyncio.get_running_loop().create_connection(AsyncioStream, host, port, local_addr=local)
        _, stream = await _in_time(opened, timeout, httpcore.ConnectTimeout, httpcore.ConnectError)
        return stream


class AsyncioStream(httpcore.AsyncNetworkStream, asyncio.Protocol):
    """One connection, and what has come in and was not yet read. Nothing waits for the other side when it is closed."""

    def __init__(self) -> None:
        self._transport = asyncio.Transport()
        self._held = b""
        self._ended = False
        self._wrong: Exception | None = None
        self._waiting: asyncio.Future[None] | None = None

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if not self._held:
            await _in_time(self._filled(), timeout, httpcore.ReadTimeout, httpcore.ReadError)
        taken, self._held = self._held[:max_bytes], self._held[max_bytes:]  # no copy, where all of it is taken
        self._transport.resume_reading()
        return taken

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - httpcore's interface
        """Nobody waits: a request is short, and whether it arrived is told by the answer."""
        self._transport.write(buffer)

    async def aclose(self) -> None:
        self._transport.abort()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> AsyncioStream:
        shaken = self._shaken_hands(ssl_context, server_hostname)
        await _in_time(shaken, timeout, httpcore.ConnectTimeout, httpcore.ConnectError)
        return self

    def get_extra_info(self, info: str) -> Any:
        if info == "is_readable":  # httpcore's word: for a stream that nobody reads, closed or out of turn
            return bool(self._held) or self._ended
        return self._transport.get_extra_info("peername" if info == "server_addr" else info)

    async def _shaken_hands(self, ssl_context: ssl.SSLContext, name: str | None) -> None:
        if self._held:
            raise ssl.SSLError("spoke before the handshake")
        loop, plain = asyncio.get_running_loop(), self._transport
        self._transport = await loop.start_tls(plain, self, ssl_context, server_hostname=name) or plain

    async def _filled(self) -> None:
        """Wait until there is something to take, or never will be; raises what broke the connection."""
        if not self._ended:
            self._waiting = asyncio.get_running_loop().create_future()
            await self._waiting
        if self._wrong is not None and not self._held:
            raise self._wrong

    # --- what asyncio tells

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._held += data
        if len(self._held) > _ENOUGH:
            self._transport.pause_reading()
        self._wake()

    def eof_received(self) -> None:
        self._ended = True
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        self._ended, self._wrong = True, exc
        self._wake()

    def _wake(self) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)


async def _in_time(work: Awaitable[T], seconds: float | None, late: _Late, wrong: _NetworkErrors) -> T:
    """What takes too long or breaks, by httpcore's names; ssl.SSLError is an OSError."""
    try:
        async with asyncio.timeout(seconds):
            return await work
    except TimeoutError as error:
        raise late from error
    except OSError as error:
        raise wrong(str(error)) from error
