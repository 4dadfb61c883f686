"""Through the city's own way out.

    GuardedBackend ─checked address─▶ TunnelBackend ─CONNECT address:443─▶ proxy ─▶ stream (TLS with the name)

The proxy comes from the settings by name; nothing is taken from the environment.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from typing import Any

import h11
import httpcore

from worker.fetching.guarding import Options, WrappedStream
from worker.fetching.outcomes import Failure, NoPage
from worker.fetching.resolving import Target

_REPLY_CAP = 16_384


@dataclass(frozen=True, slots=True)
class Proxy:
    """A city's own way out, as its settings name it: `http://[name:password@]host:port`."""

    host: str
    port: int
    authorization: str = ""

    @classmethod
    def at(cls, host: str, port: int, name: str = "", password: str = "") -> Proxy:
        token = b64encode(f"{name}:{password}".encode()).decode("ascii")
        return cls(host, port, f"Basic {token}" if name else "")


class TunnelBackend(httpcore.AsyncNetworkBackend):
    """Opens every connection as a tunnel (CONNECT, RFC 9110 section 9.3.6) to a checked address through the proxy."""

    def __init__(self, proxy: Proxy, inner: httpcore.AsyncNetworkBackend) -> None:
        self._proxy = proxy
        self._inner = inner

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Options = None,
    ) -> httpcore.AsyncNetworkStream:
        try:
            stream = await self._inner.connect_tcp(
                self._proxy.host, self._proxy.port, timeout, local_address, socket_options
            )
        except (httpcore.ConnectError, httpcore.ConnectTimeout) as wrong:
            raise NoPage(Failure.PROXY, f"no_answer: {self._proxy.host}") from wrong
        await self._ask(stream, Target(host, port), timeout)
        return TunnelStream(stream, Target(host, port))

    async def _ask(self, stream: httpcore.AsyncNetworkStream, target: Target, seconds: float | None) -> None:
        try:
            status = await _open_tunnel(stream, target, self._proxy.authorization, seconds)
        except (httpcore.NetworkError, httpcore.TimeoutException, h11.ProtocolError) as wrong:
            await stream.aclose()
            raise NoPage(Failure.PROXY, f"no_tunnel: {self._proxy.host}") from wrong
        except BaseException:  # a deadline arrives as a cancellation
            await stream.aclose()
            raise
        if not 200 <= status < 300:
            await stream.aclose()
            raise NoPage(Failure.PROXY, f"no_tunnel: {self._proxy.host}, HTTP {status}")


class TunnelStream(WrappedStream):
    """What lies behind the proxy is the address that it was asked for."""

    def __init__(self, stream: httpcore.AsyncNetworkStream, target: Target) -> None:
        super().__init__(stream)
        self._target = target

    def get_extra_info(self, info: str) -> Any:
        return (self._target.host, self._target.port) if info == "server_addr" else super().get_extra_info(info)


async def _open_tunnel(
    stream: httpcore.AsyncNetworkStream, target: Target, authorization: str, seconds: float | None
) -> int:
    """The proxy's status; raises httpcore's and h11's errors."""
    authority = f"[{target.host}]:{target.port}" if ":" in target.host else f"{target.host}:{target.port}"
    headers = [("Host", authority), *([("Proxy-Authorization", authorization)] if authorization else [])]
    talk = h11.Connection(h11.CLIENT, max_incomplete_event_size=_REPLY_CAP)
    await stream.write(talk.send(h11.Request(method="CONNECT", target=authority, headers=headers)) or b"", seconds)
    while True:
        event = talk.next_event()
        if event is h11.NEED_DATA:
            talk.receive_data(await stream.read(4096, seconds))
        elif isinstance(event, h11.Response):
            return event.status_code
