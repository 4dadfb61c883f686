"""The engine under httpx's transport interface: one connection a request, every one opened by the guard.

    httpx.Request ─▶ GuardedTransport ─GuardedBackend─▶ stream ─h11─▶ httpx.Response (raw, not decoded)

No connection is kept: at one request in ten seconds most servers would have closed it, and so every request passes
the guard. One request and one answer need no pool, no lock and no state between them, which is all that httpcore's
connections add to h11; they double the time of a request (docs/performance.md). Nothing is followed, decoded,
remembered or logged here.
"""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Protocol

import h11
import httpcore
import httpx

from worker.fetching.outcomes import Failure, NoPage

_HEAD: Final = 102_400  # bytes that the head of an answer may take
_READ: Final = 65_536


class MakeTransport(Protocol):
    """Makes the transport of one host."""

    def __call__(self) -> httpx.AsyncBaseTransport: ...


def trusting(ca_bundle: Path | None = None) -> ssl.SSLContext:
    """The usual public authorities, and those of the city's own network beside them. Raises `OSError`."""
    context = httpx.create_ssl_context(verify=True, trust_env=False)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    if ca_bundle is not None:
        context.load_verify_locations(cafile=str(ca_bundle))
    return context


class GuardedTransport(httpx.AsyncBaseTransport):
    """Raises `NoPage` where httpx's own transport raises httpx's errors."""

    def __init__(self, backend: httpcore.AsyncNetworkBackend, trust: ssl.SSLContext) -> None:
        self._backend = backend
        self._trust = trust

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        with _translated():
            talk = _Talk(await self._connected(request), request.extensions["timeout"])
            try:
                await talk.ask(request)
                head = await talk.head()
            except BaseException:  # a deadline arrives as a cancellation
                await talk.aclose()
                raise
        return httpx.Response(head.status_code, headers=head.headers.raw_items(), stream=talk)

    async def _connected(self, request: httpx.Request) -> httpcore.AsyncNetworkStream:
        url, seconds = request.url, request.extensions["timeout"]["connect"]
        host, secure = url.raw_host.decode("ascii"), url.scheme == "https"
        stream = await self._backend.connect_tcp(host, url.port or (443 if secure else 80), seconds)
        return await stream.start_tls(self._trust, host, seconds) if secure else stream


class _Talk(httpx.AsyncByteStream):
    """One request and its answer; iterating gives the body."""

    def __init__(self, stream: httpcore.AsyncNetworkStream, seconds: Mapping[str, float]) -> None:
        self._stream = stream
        self._seconds = seconds
        self._state = h11.Connection(h11.CLIENT, max_incomplete_event_size=_HEAD)

    async def ask(self, request: httpx.Request) -> None:
        asked = h11.Request(method=request.method, target=request.url.raw_path, headers=request.headers.raw)
        body = (h11.Data(data=request.content),) if request.content else ()
        sent = (self._state.send(event) for event in (asked, *body, h11.EndOfMessage()))
        await self._stream.write(b"".join(part for part in sent if part), self._seconds["write"])

    async def head(self) -> h11.Response:
        while isinstance(event := await self._next(), h11.InformationalResponse):
            pass
        if isinstance(event, h11.Response):
            return event
        raise NoPage(Failure.PROTOCOL, "not HTTP as it is agreed")

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _translated():
            while isinstance(event := await self._next(), h11.Data):
                yield bytes(event.data)

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def _next(self) -> object:
        """The next event of the answer, or h11's word for having no more."""
        while (event := self._state.next_event()) is h11.NEED_DATA:
            data = await self._stream.read(_READ, self._seconds["read"])
            if not data and self._state.their_state is h11.SEND_RESPONSE:
                raise NoPage(Failure.RESET, "closed without an answer")
            self._state.receive_data(data)
        return event


@contextmanager
def _translated() -> Iterator[None]:
    """What the stream and h11 raise, as outcomes."""
    try:
        yield
    except httpcore.TimeoutException as late:
        connecting = isinstance(late, httpcore.ConnectTimeout)
        raise NoPage(Failure.CONNECT_TIMEOUT if connecting else Failure.READ_TIMEOUT) from late
    except httpcore.ConnectError as wrong:
        raise _not_connected(wrong) from wrong
    except httpcore.NetworkError as wrong:
        raise _not_connected(wrong) if _tls_fault(wrong) else NoPage(Failure.RESET, "the connection broke") from wrong
    except h11.ProtocolError as wrong:
        raise _ill_spoken(str(wrong)) from wrong
    except (OSError, ValueError) as wrong:
        raise NoPage(Failure.RESET, type(wrong).__name__) from wrong


def _tls_fault(wrong: BaseException | None) -> ssl.SSLError | None:
    while wrong is not None:
        if isinstance(wrong, ssl.SSLError):
            return wrong
        wrong = wrong.__cause__ or wrong.__context__
    return None


def _not_connected(wrong: Exception) -> NoPage:
    fault = _tls_fault(wrong)
    if isinstance(fault, ssl.SSLCertVerificationError):
        return NoPage(Failure.CERTIFICATE, fault.verify_message)
    if fault is not None:
        return NoPage(Failure.TLS, (fault.reason or "no agreement").replace("_", " ").lower())
    return NoPage(Failure.CONNECT, "nobody answers there")


def _ill_spoken(message: str) -> NoPage:
    if "without sending complete message body" in message:
        return NoPage(Failure.CUT_SHORT, "closed before the end")
    return NoPage(Failure.PROTOCOL, "not HTTP as it is agreed")
