"""What stands around every page.

    request ─▶ known host? small enough? ours, if it acts? ─▶ page ─▶ headers that forbid what no page needs

A form's own secret is the token in its address, which no other site knows; whoever comes from another site is turned
away all the same. Mail programs press the way out without an Origin (RFC 8058), so only a wrong one is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeAlias
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response

from console.asking import page

Scope: TypeAlias = Any  # ASGI's own types are as loose
Receive: TypeAlias = Callable[..., Any]
Send: TypeAlias = Callable[..., Any]

LARGEST_FORM: Final = 64_000  # bytes
_READS, _ACTS = "GET", "POST"
HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # no-referrer would make browsers send `Origin: null` with our own forms
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
}
_TRANSPORT: Final = "max-age=31536000"


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where the pages are. `url` is the address in the letters; this machine's own names are known beside it."""

    url: str

    @property
    def secure(self) -> bool:
        return self.url.startswith("https://")

    def knows_host(self, host: str) -> bool:
        """Whether a Host header names us; a name is compared whole, with its port."""
        name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
        return host.casefold() == urlsplit(self.url).netloc.casefold() or name in ("127.0.0.1", "localhost", "[::1]")

    def knows_origin(self, origin: str, host: str) -> bool:
        """Whether an Origin header is that of our own pages."""
        own = urlsplit(self.url)
        known = f"{own.scheme}://{own.netloc}".casefold()
        here = f"http://{host}".casefold() if host.casefold() != own.netloc.casefold() else known
        return origin.casefold() in (known, here)


@dataclass(frozen=True, slots=True)
class Guard:
    """ASGI: turns away what is no request to these pages, and puts the headers on every answer."""

    app: Callable[..., Any]
    whereabouts: Whereabouts
    language: str

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Any) -> None:
            if message["type"] == "http.response.start":
                self._dress(MutableHeaders(scope=message))
            await send(message)

        if scope["method"] == "HEAD":  # of a mail scanner: the same answer as to GET, which the server sends no body of
            scope = {**scope, "method": _READS}
        refusal = self.refusal(scope["method"], Headers(scope=scope))
        answer = self.app if refusal is None else turned_off(*refusal, self.language)
        await answer(scope, receive, with_headers)

    def refusal(self, method: str, headers: Headers) -> tuple[int, str] | None:
        """Status of a request that must not reach a page, and why, as its page has words for it."""
        host, origin = headers.get("host", ""), headers.get("origin")
        if not self.whereabouts.knows_host(host):
            return 421, "elsewhere"
        if method == _READS:
            return None
        if method != _ACTS:
            return 405, "wrong_way"
        if origin is not None and not self.whereabouts.knows_origin(origin, host):
            return 403, "elsewhere"
        length = headers.get("content-length", "")
        if not (length.isascii() and length.isdigit()) or "transfer-encoding" in headers:  # chunks have no length
            return 411, "wrong_way"
        return (413, "too_long") if int(length) > LARGEST_FORM else None

    def _dress(self, headers: MutableHeaders) -> None:
        for name, value in HEADERS.items():
            headers[name] = value
        if self.whereabouts.secure:
            headers["Strict-Transport-Security"] = _TRANSPORT


def turned_off(status: int, why: str, language: str) -> Response:
    """A page that says in the deployment's language why nothing was kept; it repeats nothing of what was asked."""
    answer = page("refused.html", language, status=status, why=why, told={})
    if status == 405:  # RFC 9110, 15.5.6: says what would do; a route that knows better says so instead
        answer.headers["Allow"] = "GET, HEAD, POST"
    return answer
