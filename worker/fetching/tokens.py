"""Access tokens that a client fetches in its own name (OAuth 2.0 client credentials, RFC 6749, 4.4).

ClientCredentials ─POST by the one guarded way out─▶ token, kept until shortly before it ends

Microsoft 365: https://learn.microsoft.com/en-us/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

import httpx
import orjson

from worker.fetching.engine import MakeTransport
from worker.fetching.limits import Limits
from worker.fetching.outcomes import NoPage
from worker.fetching.receiving import read_body

_EARLY: Final = timedelta(minutes=5)  # a token that is about to end is fetched anew
_MICROSOFT: Final = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token"
_OUTLOOK: Final = "https://outlook.office365.com/.default"


class NoToken(OSError):
    """No token could be had; the message says why, and never what was sent. To a sender it is a fault of the line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientCredentials:
    """Who asks, and where."""

    url: str
    client: str
    secret: str = field(repr=False)
    scope: str


def microsoft_365(tenant: str, client: str, secret: str) -> ClientCredentials:
    """The credentials of an application that may send as its mailbox."""
    return ClientCredentials(url=_MICROSOFT.format(tenant=tenant), client=client, secret=secret, scope=_OUTLOOK)


@dataclass(slots=True)
class TokenDesk:
    """Gives a token that is good for now. `clock` is UTC; runs an event loop of its own while it asks."""

    credentials: ClientCredentials
    transport: MakeTransport
    clock: Callable[[], datetime]
    limits: Limits = field(default_factory=Limits)
    _token: str = field(default="", repr=False)
    _until: datetime | None = None

    def __call__(self) -> str:
        """Raises `NoToken`."""
        now = self.clock()
        if self._until is None or now >= self._until:
            answer = asyncio.run(self._asked())
            self._token, seconds = _token_of(answer)
            self._until = now + max(timedelta(seconds=seconds) - _EARLY, timedelta())
        return self._token

    async def _asked(self) -> bytes:
        try:
            async with asyncio.timeout(self.limits.total_seconds):
                return await self._exchanged()
        except NoPage as none:
            raise NoToken(f"no access token: {none}") from none
        except TimeoutError as late:
            raise NoToken("no access token: no answer in time") from late

    async def _exchanged(self) -> bytes:
        own = self.credentials
        form = {
            "grant_type": "client_credentials",
            "client_id": own.client,
            "client_secret": own.secret,
            "scope": own.scope,
        }
        limits = self.limits
        times = {"connect": limits.connect_seconds, "read": limits.read_seconds, "write": limits.read_seconds}
        request = httpx.Request(
            "POST",
            own.url,
            content=urlencode(form).encode(),
            headers={"content-type": "application/x-www-form-urlencoded", "accept": "application/json"},
            extensions={"timeout": times},
        )
        response = await self.transport().handle_async_request(request)
        try:
            body = await read_body(response.aiter_raw(), response.headers.get("content-encoding", ""), self.limits)
        finally:
            await response.aclose()
        return body.data


def _token_of(answer: bytes) -> tuple[str, float]:
    """The token and its seconds. Raises `NoToken` with the error's name, such as invalid_client."""
    try:
        read: Any = orjson.loads(answer)
    except orjson.JSONDecodeError as wrong:
        raise NoToken("no access token: the answer is no JSON") from wrong
    told: Mapping[str, Any] = read if isinstance(read, dict) else {}
    token, seconds = told.get("access_token"), told.get("expires_in", 0)
    if not isinstance(token, str) or not token or not isinstance(seconds, int | float):
        raise NoToken(f"no access token: {str(told.get('error', 'none was given'))[:80]}")
    return token, float(seconds)
