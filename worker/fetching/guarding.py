"""The one place where connections are opened.

    engine ─connect_tcp(name)─▶ Whereabouts.targets ─▶ dial the literal address ─▶ peer as dialled? ─▶ stream

The engine calls this for every new connection, so every redirect hop passes here. It starts TLS with the name, so the
certificate is checked against the name although an address was dialled.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn, TypeAlias

import httpcore

from worker.fetching.outcomes import Failure, NoPage
from worker.fetching.resolving import Target, Whereabouts

_MOST_DIALS = 4
Options: TypeAlias = Iterable[Any] | None


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Dials what `where` allows, through `inner`. Sockets of the file system are refused."""

    def __init__(self, where: Whereabouts, inner: httpcore.AsyncNetworkBackend, *, plain: bool = False) -> None:
        self._where = where
        self._inner = inner
        self._plain = plain

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Options = None,
    ) -> httpcore.AsyncNetworkStream:
        targets = await self._where.targets(host, port)
        stream = await self._dial_in_turn(targets[:_MOST_DIALS], timeout, local_address, socket_options)
        return PlainStream(stream) if self._plain else TidyStream(stream)

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002 - httpcore's interface
        socket_options: Options = None,  # noqa: ARG002 - httpcore's interface
    ) -> NoReturn:
        raise NoPage(Failure.NOT_PUBLIC, path)

    async def _dial_in_turn(
        self, targets: Sequence[Target], seconds: float | None, local_address: str | None, options: Options
    ) -> httpcore.AsyncNetworkStream:
        """The first that answers; together they have `seconds`."""
        ends = asyncio.get_running_loop().time() + (seconds or 5)
        for left, target in zip(range(len(targets), 0, -1), targets, strict=True):
            share = max(ends - asyncio.get_running_loop().time(), 0.1) / left
            try:
                return await self._dial(target, share, local_address, options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if left == 1:
                    raise
        raise NoPage(Failure.DNS)

    async def _dial(
        self, target: Target, seconds: float, local_address: str | None, options: Options
    ) -> httpcore.AsyncNetworkStream:
        stream = await self._inner.connect_tcp(target.host, target.port, seconds, local_address, options)
        peer = stream.get_extra_info("server_addr")
        if not peer or tuple(peer[:2]) != (target.host, target.port):
            await stream.aclose()
            raise NoPage(Failure.NOT_PUBLIC, f"another_answered: {peer[0] if peer else '–'}")
        return stream


class WrappedStream(httpcore.AsyncNetworkStream):
    """A stream that passes everything on; what differs is said by those derived from it."""

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return await self._stream.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.AsyncNetworkStream:
        return await self._stream.start_tls(ssl_context, server_hostname, timeout)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class TidyStream(WrappedStream):
    """Closes its connection when a handshake is broken off, which httpcore leaves to the garbage collector."""

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        try:
            return await super().start_tls(ssl_context, server_hostname, timeout)
        except BaseException:  # a deadline arrives as a cancellation
            await self.aclose()
            raise


class PlainStream(WrappedStream):
    """Speaks no TLS even where the address says https: the little web on loopback holds no certificates."""

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,  # noqa: ARG002 - httpcore's interface
        server_hostname: str | None = None,  # noqa: ARG002 - httpcore's interface
        timeout: float | None = None,  # noqa: ARG002 - httpcore's interface
    ) -> httpcore.AsyncNetworkStream:
        return self
