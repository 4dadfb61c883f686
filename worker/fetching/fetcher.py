"""A probe in, a page out.

    Probe ─vetted─▶ leave (terms, robots) ─▶ exchange (pace, guard, bounds) ─┬─ redirect: again, at most 5 times
                                                                             └▶ Page

Every failure is a value: `Page.transport`, and a `Page.reason` that begins with a word of `outcomes.Failure`.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self

import httpx

from audits.model import Page, Probe, Transport
from worker.fetching.credentials import Applied, Credentials
from worker.fetching.exchanging import Ask, Exchange, redirect_of
from worker.fetching.heeding import STOPPING, STOPPING_TRANSPORTS, wall_ahead
from worker.fetching.limits import Budget
from worker.fetching.outcomes import Failure, NoPage, failure_of, transport_of, worded
from worker.fetching.permitting import Gate
from worker.fetching.urls import host_of, next_hop, refuse_inside, vetted

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Journey:
    """One probe on its way: the hops behind it, and the time it has left."""

    probe: Probe
    key: Applied | None
    trail: list[httpx.URL]
    budget: Budget
    basis: str = ""

    def ahead(self, location: str) -> httpx.URL:
        """Where a redirect leads; raises `NoPage`."""
        if self.key is not None:
            raise NoPage(Failure.BAD_REDIRECT, "keyed")
        return next_hop(self.trail[-1], location)


_FOUND = {
    Transport.BLOCKED: Failure.CHALLENGE,
    Transport.RATE_LIMITED: Failure.RATE_LIMITED,
    Transport.WALLED: Failure.LOGIN_REDIRECT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetcher:
    """Answers probes. Enter it once per event loop: `async with fetcher: page = await fetcher.fetch(probe)`.

    One that does not follow (`follows`) answers with a redirect as with any other page.
    """

    gate: Gate
    exchange: Exchange
    credentials: Credentials
    follows: bool = True

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections of this event loop; the next loop opens its own."""
        await self.exchange.aclose()

    async def fetch(self, probe: Probe) -> Page:
        """The page that a probe asks for, or why there is none. Raises nothing but cancellation."""
        try:
            return await self._visit(probe)
        except NoPage as none:
            return self.exchange.blank(probe.url, none)
        except Exception as unforeseen:  # noqa: BLE001 - the last line: one odd page must not end a night
            where = "".join(traceback.format_tb(unforeseen.__traceback__))  # the message might hold a key
            _log.error("unforeseen %s while fetching for %s\n%s", type(unforeseen).__name__, probe.platform, where)
            return self.exchange.blank(probe.url, NoPage(Failure.UNFORESEEN, type(unforeseen).__name__))

    async def heed(self, page: Page, transport: Transport, reason: str) -> None:
        """Tell what reading a page found: after a wall that only its words showed, the host is left alone as well.

        A page that was not asked for, since its host is left alone already, finds nothing anew.
        """
        if transport in STOPPING_TRANSPORTS and failure_of(page) is not Failure.STOPPED:
            await self.exchange.stop(host_of(httpx.URL(page.landed)), _FOUND[transport], reason)

    def sitemaps(self, url: str) -> Sequence[str]:
        """The sitemaps that the robots.txt of the address names, where it has been read; nobody is asked."""
        return self.gate.sitemaps(vetted(url))

    async def _visit(self, probe: Probe) -> Page:
        journey = self._setting_out(probe)
        while True:
            page = await self._asked(journey)
            location = redirect_of(page)
            if location is None or page.transport is not Transport.OK or not self.follows:
                return page
            ahead = journey.ahead(location)
            wall = wall_ahead(journey.trail[0], ahead)
            if wall is not None:
                return await self._walled(page, host_of(journey.trail[-1]), ahead, wall)
            journey.trail.append(self._permitted_hop(journey.trail, ahead))

    def _setting_out(self, probe: Probe) -> _Journey:
        start = vetted(probe.url)
        if probe.named_by is not None:
            refuse_inside(probe.named_by, start, self.gate.own_internal_hosts)
        self.exchange.agent.check()
        return _Journey(probe, self._key(probe), [start], Budget(self.exchange.limits.total_seconds))

    async def _asked(self, journey: _Journey) -> Page:
        here = journey.trail[-1]
        leave = await self.gate.leave(journey.probe, here, journey.budget)
        journey.basis = journey.basis or leave.basis
        ask = Ask(url=here, accept=journey.probe.accept, pace=leave.pace, key=journey.key, choice=leave.choice)
        answer = await self.exchange.answer(ask, journey.budget)
        landed = str(here) if len(journey.trail) > 1 else None
        return replace(answer, url=journey.probe.url, final_url=landed, basis=journey.basis)

    def _key(self, probe: Probe) -> Applied | None:
        if probe.key is None:
            return None
        applied = self.credentials.apply(probe)
        if applied is None:
            raise NoPage(Failure.NO_KEY, probe.key)
        return applied

    def _permitted_hop(self, trail: list[httpx.URL], ahead: httpx.URL) -> httpx.URL:
        if ahead in trail:
            raise NoPage(Failure.REDIRECT_LOOP)
        if len(trail) > self.exchange.limits.hops:
            raise NoPage(Failure.TOO_MANY_HOPS, str(self.exchange.limits.hops))
        refuse_inside(str(trail[0]), ahead, self.gate.own_internal_hosts)
        return ahead

    async def _walled(self, page: Page, host: str, ahead: httpx.URL, wall: Failure) -> Page:
        """The wall itself is not fetched: where it stands is all that there is to know of it."""
        if wall in STOPPING:
            await self.exchange.stop(host, wall, host_of(ahead))
        where = str(ahead.copy_with(query=None, fragment=None))
        reason = worded(wall, where)
        return replace(page, transport=transport_of(wall), reason=reason, final_url=where, body=b"")
