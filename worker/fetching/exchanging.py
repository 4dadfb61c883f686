"""One request, one answer: in turn, in time, in bounds.

    url ─count─▶ pace ─▶ request ─client of the host─▶ response ─bounds─▶ Page
          │       └▶ a stopped host is not asked         └▶ what it says about asking further is heeded at once
          └▶ a key whose ceiling is reached is not used

Everything that fails is a `Page` with its transport and reason. Redirects are answers like any other here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

import httpx

from audits.model import Page, Transport
from config.keys import KeyUse
from config.permissions import Pace
from worker.fetching.credentials import Applied, Meter, Uncounted, hushed, hushed_bytes
from worker.fetching.engine import MakeTransport
from worker.fetching.heeding import STOPPING, Heed, heed
from worker.fetching.kept_pages import KeptPages, unchanged, worth_keeping
from worker.fetching.limits import Agent, Budget, Limits
from worker.fetching.outcomes import Failure, NoPage, transport_of, worded, worth_a_retry
from worker.fetching.receiving import read_body, read_headers
from worker.fetching.urls import host_of, without_fragment
from worker.pacing import NIGHT, Pacer, Stop

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One request to be made: where, on which terms, at which pace."""

    url: httpx.URL
    accept: str = "*/*"
    pace: Pace
    key: Applied | None = None
    choice: str = ""

    @property
    def host(self) -> str:
        return host_of(self.url)

    @property
    def use(self) -> KeyUse | None:
        return self.key.use if self.key else None


@dataclass(slots=True, kw_only=True)
class Exchange:
    """Makes requests, one client per host and event loop; no cookie is kept between them."""

    make_transport: MakeTransport
    pacer: Pacer
    kept_pages: KeptPages
    agent: Agent
    limits: Limits
    clock: Callable[[], datetime]
    meter: Meter = field(default_factory=Uncounted)
    _clients: dict[str, httpx.AsyncBaseTransport] = field(default_factory=dict)
    _loop: asyncio.AbstractEventLoop | None = None

    async def answer(self, ask: Ask, budget: Budget) -> Page:
        """The answer to one request, asked a second time only where that is decent."""
        page = await self._in_turn(ask, budget)
        return await self._in_turn(ask, budget) if worth_a_retry(page) and budget.seconds > 0 else page

    async def aclose(self) -> None:
        clients, self._clients = self._clients, {}
        for client in clients.values():
            await client.aclose()

    def blank(self, url: str, none: NoPage) -> Page:
        """No page, and why."""
        return Page(
            url=url,
            fetched_at=self.clock(),
            transport=none.transport,
            reason=none.reason,
            truncated=none.failure is Failure.CUT_SHORT,
        )

    async def stop(self, host: str, failure: Failure, detail: str, seconds: float = 0) -> None:
        """Leave a host alone for the night, or longer where it asked for that."""
        stop = Stop(transport_of(failure), worded(failure, detail))
        await self.pacer.stop(host, stop, max(NIGHT, seconds))

    async def _in_turn(self, ask: Ask, budget: Budget) -> Page:
        spent = await self.meter.take(ask.use) if ask.use else None
        if spent is not None:
            return self.blank(str(ask.url), NoPage(Failure.KEY_SPENT, spent.reason, spent.transport))
        stop = await self._turn(ask)
        if stop is not None:
            failure = Failure.OWN_PACE if stop.own else Failure.STOPPED
            return self.blank(str(ask.url), NoPage(failure, stop.reason, stop.transport))
        try:
            return await self._heeded(ask, await self._exchanged(ask, budget))
        finally:
            await self.pacer.give_back(ask.host, ask.pace)

    async def _turn(self, ask: Ask) -> Stop | None:
        """Wait for a turn; the use of a key that does not get one is uncounted, also where the wait is broken off."""
        gone = False
        try:
            stop = await self.pacer.take(ask.host, ask.pace)
            gone = stop is None
            return stop
        finally:
            if ask.use and not gone:
                await self.meter.give_back(ask.use)

    async def _exchanged(self, ask: Ask, budget: Budget) -> Page:
        try:
            return await budget.spend_on(self._exchange(ask))
        except NoPage as none:
            return self.blank(str(ask.url), none)

    async def _exchange(self, ask: Ask) -> Page:
        address = str(ask.url)
        kept = self.kept_pages.get(address) if ask.key is None else None
        request = self._request(ask, kept.conditional if kept else {})
        response = await self._client(ask.host).handle_async_request(request)
        try:
            page = await self._received(address, ask.key, response)
        finally:
            await response.aclose()
        if page.status != 304:
            return page if ask.key else self._remembered(page)
        if kept is None:
            raise NoPage(Failure.NOT_ASKED_FOR, "HTTP 304")
        return unchanged(page, kept)

    async def _received(self, address: str, key: Applied | None, response: httpx.Response) -> Page:
        headers = read_headers(response, self.limits)
        if not isinstance(response.stream, httpx.AsyncByteStream):
            raise TypeError("a transport for asyncio answers with a stream for asyncio")
        body = await read_body(response.stream, headers.get("content-encoding", ""), self.limits)
        return Page(
            url=address,
            fetched_at=self.clock(),
            status=response.status_code,
            headers={name: hushed(value, key) for name, value in headers.items()},
            body=hushed_bytes(body.data, key),
            truncated=bool(body.cut),
            reason=body.cut,
        )

    def _remembered(self, page: Page) -> Page:
        kept = worth_keeping(page)
        if kept is not None:
            self.kept_pages.put(page.url, kept)
        return page

    async def _heeded(self, ask: Ask, page: Page) -> Page:
        said = heed(page)
        if said.failure in STOPPING:
            await self.stop(ask.host, said.failure, said.detail, said.pause)
        elif said.pause:
            await self.pacer.postpone(ask.host, said.pause)
        return judged(page, said)

    def _request(self, ask: Ask, conditional: Mapping[str, str]) -> httpx.Request:
        url = without_fragment(ask.key.onto(ask.url) if ask.key else ask.url)
        headers = {
            "Host": url.netloc.decode("ascii"),
            "user-agent": self.agent.line,
            "accept": ask.accept,
            "accept-encoding": "gzip",
            **({"cookie": ask.choice} if ask.choice else {}),
            **conditional,
            **(ask.key.headers if ask.key else {}),
        }
        extensions = {"timeout": self.limits.timeouts}  # an empty stream: httpx leaves the head as it is given
        return httpx.Request("GET", url, headers=headers, stream=httpx.ByteStream(b""), extensions=extensions)

    def _client(self, host: str) -> httpx.AsyncBaseTransport:
        loop = asyncio.get_running_loop()
        if loop is not self._loop:  # a client belongs to one loop, and is closed before that ends
            self._loop, self._clients = loop, {}
        if host not in self._clients:
            self._clients[host] = self.make_transport()
        return self._clients[host]


def judged(page: Page, said: Heed) -> Page:
    """The page with what is known of its transport without reading it."""
    if said.failure is not None:
        return replace(page, transport=transport_of(said.failure), reason=said.reason)
    if page.status is not None and page.status >= 500 and page.transport is Transport.OK:
        failure = Failure.SERVER_ERROR
        return replace(page, transport=transport_of(failure), reason=worded(failure, f"HTTP {page.status}"))
    return page


def redirect_of(page: Page) -> str | None:
    """Where an answer sends us on to, if it does."""
    return page.headers.get("location") if page.status in _REDIRECTS else None
