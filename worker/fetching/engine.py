"""The engine under httpx's transport interface: one connection a request, every one opened by the guard.

    httpx.Request ─▶ GuardedTransport ─▶ httpcore connection ─▶ GuardedBackend ─▶ httpx.Response (raw, not decoded)

No connection is kept: at one request in ten seconds most servers would have closed it, and so every request passes
the guard. So there is nothing to pool either, and a pool costs as much as the rest of the request
(docs/performance.md). Nothing is followed, decoded, remembered or logged here.
"""

from __future__ import annotations

import logging
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import httpcore
import httpx

from worker.fetching.outcomes import Failure, NoPage

logging.getLogger("httpcore").setLevel(logging.INFO)  # its debug lines hold whole headers, and so keys and cookies


class MakeTransport(Protocol):
    """Makes the transport of one host."""

    def __call__(self) -> httpx.AsyncBaseTransport: ...


def trusting(ca_bundle: Path | None = None) -> ssl.SSLContext:
    """The usual public authorities, and those of the city's own network beside them. Raises `OSError`."""
    context = httpx.create_ssl_context(verify=True, trust_env=False)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
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
            asked = _for_httpcore(request)
            connection = httpcore.AsyncHTTPConnection(asked.url.origin, self._trust, network_backend=self._backend)
            try:
                response = await connection.handle_async_request(asked)
            except BaseException:  # a deadline arrives as a cancellation
                await connection.aclose()
                raise
        return httpx.Response(response.status, headers=response.headers, stream=_Stream(connection, response))


class _Stream(httpx.AsyncByteStream):
    def __init__(self, connection: httpcore.AsyncHTTPConnection, response: httpcore.Response) -> None:
        self._connection = connection
        self._response = response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _translated():
            async for chunk in self._response.aiter_stream():
                yield chunk

    async def aclose(self) -> None:
        await self._connection.aclose()


def _for_httpcore(request: httpx.Request) -> httpcore.Request:
    return httpcore.Request(
        method=request.method,
        url=httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        ),
        headers=request.headers.raw,
        extensions=request.extensions,
    )


@contextmanager
def _translated() -> Iterator[None]:
    """httpcore's errors, and what slips through it, as outcomes."""
    try:
        yield
    except httpcore.TimeoutException as late:
        connecting = isinstance(late, httpcore.ConnectTimeout)
        raise NoPage(Failure.CONNECT_TIMEOUT if connecting else Failure.READ_TIMEOUT) from late
    except httpcore.ConnectError as wrong:
        raise _not_connected(wrong) from wrong
    except httpcore.NetworkError as wrong:
        raise _not_connected(wrong) if _tls_fault(wrong) else NoPage(Failure.RESET, "the connection broke") from wrong
    except httpcore.ProtocolError as wrong:
        raise _ill_spoken(str(wrong)) from wrong
    except (OSError, ValueError, KeyError) as wrong:  # KeyError: httpcore's word for a scheme that it does not know
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
    if "without sending a response" in message:
        return NoPage(Failure.RESET, "closed without an answer")
    if "without sending complete message body" in message:
        return NoPage(Failure.CUT_SHORT, "closed before the end")
    return NoPage(Failure.PROTOCOL, "not HTTP as it is agreed")
