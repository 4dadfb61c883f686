"""The engine under httpx's transport interface: one request at a time, over connections that the guard opened.

    httpx.Request ─▶ GuardedTransport ─┬ the kept connection, quiet since its last answer ─┐
                                       └ a new one, through the guard ─────────────────────┴▶ h11 ─▶ httpx.Response

A connection that brought a whole answer is kept for the next request to the same place: to shake hands anew for every
account of a host costs both sides more than the page. It is kept for a minute, alone, and only while nothing comes in
unasked. A pool and its locks, which is what httpcore's connections add to h11, double the time of a request
(docs/performance.md). Nothing is followed, decoded, remembered or logged here.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from pathlib import Path
from typing import Final, NamedTuple, Protocol, TypeAlias

import h11
import httpcore
import httpx

from audits.wording.reasons import quoted
from worker.fetching.outcomes import Failure, NoPage

_HEAD: Final = 102_400  # bytes that the head of an answer may take
_READ: Final = 262_144  # bytes: as many as asyncio takes in at a time
_KEPT: Final = 60.0  # seconds; most servers let go of a quiet connection after a minute or more

Origin: TypeAlias = tuple[str, str, int]
"""Scheme, host and port."""


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


class _Line(NamedTuple):
    """A connection to one place, and the event loop's time at which it is let go."""

    stream: httpcore.AsyncNetworkStream
    origin: Origin
    until: float = 0.0

    def serves(self, request: httpx.Request) -> bool:
        """Whether it may be asked this: same place, not too old, nothing come in since its last answer."""
        fresh = asyncio.get_running_loop().time() < self.until
        return fresh and self.origin == _origin(request) and not self.stream.get_extra_info("is_readable")


class GuardedTransport(httpx.AsyncBaseTransport):
    """Of one event loop; raises `NoPage` where httpx's own transport raises httpx's errors."""

    def __init__(self, backend: httpcore.AsyncNetworkBackend, trust: ssl.SSLContext) -> None:
        self._backend = backend
        self._trust = trust
        self._kept: _Line | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        kept, self._kept = self._kept, None
        answer = await self._answered_over(kept, request) if kept is not None else None
        if answer is not None:
            return answer
        try:
            line = await self._connected(request)
        except _GOES_WRONG as wrong:
            raise _outcome(wrong) from wrong
        return await self._answered(line, request)

    async def aclose(self) -> None:
        kept, self._kept = self._kept, None
        if kept is not None:
            await kept.stream.aclose()

    async def _answered_over(self, kept: _Line, request: httpx.Request) -> httpx.Response | None:
        """None where a new connection is to be asked: the kept one does not serve, or was let go of at that moment."""
        if request.method != "GET" or not kept.serves(request):  # whoever only reads may ask twice
            await kept.stream.aclose()
            return None
        try:
            return await self._answered(kept, request)
        except NoPage as none:
            if none.failure is Failure.RESET:
                return None
            raise

    async def _answered(self, line: _Line, request: httpx.Request) -> httpx.Response:
        talk = _Talk(line, request.extensions["timeout"], self._keep)
        try:
            head = await talk.told(request)
        except BaseException:  # a deadline arrives as a cancellation
            await line.stream.aclose()
            raise
        return httpx.Response(head.status_code, headers=head.headers.raw_items(), stream=talk)

    async def _connected(self, request: httpx.Request) -> _Line:
        seconds = request.extensions["timeout"]["connect"]
        scheme, host, port = origin = _origin(request)
        stream = await self._backend.connect_tcp(host, port, seconds)
        secured = await stream.start_tls(self._trust, host, seconds) if scheme == "https" else stream
        return _Line(secured, origin)

    async def _keep(self, line: _Line) -> None:
        """For the next request; of two that end side by side, the later is kept."""
        before, self._kept = self._kept, line._replace(until=asyncio.get_running_loop().time() + _KEPT)
        if before is not None:
            await before.stream.aclose()


def _origin(request: httpx.Request) -> Origin:
    url = request.url
    return url.scheme, url.raw_host.decode("ascii"), url.port or (443 if url.scheme == "https" else 80)


class _Talk(httpx.AsyncByteStream):
    """One request and its answer; iterating gives the body. A line that brought all of it is handed to `keep`."""

    def __init__(self, line: _Line, seconds: Mapping[str, float], keep: Callable[[_Line], Awaitable[None]]) -> None:
        self._line = line
        self._seconds = seconds
        self._keep = keep
        self._state = h11.Connection(h11.CLIENT, max_incomplete_event_size=_HEAD)

    async def told(self, request: httpx.Request) -> h11.Response:
        """The head of the answer to this."""
        try:
            await self._ask(request)
            return await self._head()
        except _GOES_WRONG as wrong:
            raise _outcome(wrong) from wrong

    async def _ask(self, request: httpx.Request) -> None:
        asked = h11.Request(method=request.method, target=request.url.raw_path, headers=request.headers.raw)
        body = (h11.Data(data=request.content),) if request.method != "GET" and request.content else ()
        sent = [self._state.send(event) or b"" for event in (asked, *body, h11.EndOfMessage())]
        await self._line.stream.write(b"".join(sent), self._seconds["write"])

    async def _head(self) -> h11.Response:
        while isinstance(event := await self._next(), h11.InformationalResponse):
            pass
        if isinstance(event, h11.Response):
            return event
        raise NoPage(Failure.PROTOCOL)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            while isinstance(event := await self._next(), h11.Data):
                yield bytes(event.data)
        except _GOES_WRONG as wrong:
            raise _outcome(wrong) from wrong

    async def aclose(self) -> None:
        if self._is_over:
            await self._keep(self._line)
        else:
            await self._line.stream.aclose()

    @property
    def _is_over(self) -> bool:
        """Both sides have said all, neither wants to part, and nothing was said beyond."""
        said_all = self._state.our_state is h11.DONE and self._state.their_state is h11.DONE
        return said_all and self._state.trailing_data == (b"", False)

    async def _next(self) -> object:
        """The next event of the answer, or h11's word for having no more."""
        while (event := self._state.next_event()) is h11.NEED_DATA:
            data = await self._line.stream.read(_READ, self._seconds["read"])
            if not data and self._state.their_state is h11.SEND_RESPONSE:
                raise NoPage(Failure.RESET, "no_answer")
            self._state.receive_data(data)
        return event


# What the stream and h11 raise. ValueError: ssl's word for a host's name that none can have.
_GOES_WRONG: Final = (httpcore.TimeoutException, httpcore.NetworkError, h11.ProtocolError, OSError, ValueError)


def _outcome(wrong: Exception) -> NoPage:
    """The same as an outcome."""
    match wrong:
        case httpcore.ConnectTimeout():
            return NoPage(Failure.CONNECT_TIMEOUT)
        case httpcore.TimeoutException():
            return NoPage(Failure.READ_TIMEOUT)
        case httpcore.NetworkError():
            is_connecting = isinstance(wrong, httpcore.ConnectError) or _tls_fault(wrong)
            return _not_connected(wrong) if is_connecting else NoPage(Failure.RESET)
        case h11.ProtocolError():
            return _ill_spoken(str(wrong))
        case _:
            return NoPage(Failure.RESET, type(wrong).__name__)


def _tls_fault(wrong: BaseException | None) -> ssl.SSLError | None:
    while wrong is not None:
        if isinstance(wrong, ssl.SSLError):
            return wrong
        wrong = wrong.__cause__ or wrong.__context__
    return None


def _not_connected(wrong: Exception) -> NoPage:
    fault = _tls_fault(wrong)
    if isinstance(fault, ssl.SSLCertVerificationError):
        return NoPage(Failure.CERTIFICATE, quoted(fault.verify_message))
    if fault is not None:
        return NoPage(Failure.TLS, quoted(fault.reason.replace("_", " ").lower()) if fault.reason else "")
    return NoPage(Failure.CONNECT)


def _ill_spoken(message: str) -> NoPage:
    if "without sending complete message body" in message:
        return NoPage(Failure.CUT_SHORT)
    return NoPage(Failure.PROTOCOL)
