"""Permission comes before the request.

    platform's terms, recorded decisions ─▶ robots.txt of the host (fetched at the host's pace, kept for a day) ─▶ Leave

Raises `NoPage` (`terms`, `robots`, `robots_unreachable`): a transport failure is never told as a refusal.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

import httpx

from audits.days import day_of
from audits.model import Page, Probe, Route
from config.permissions import Pace, Permissions
from worker.fetching.credentials import Credentials
from worker.fetching.exchanging import Ask, Exchange, redirect_of
from worker.fetching.limits import Budget
from worker.fetching.outcomes import Failure, NoPage, failure_of
from worker.fetching.robots import Copies, Copy, copy_of
from worker.fetching.urls import host_of, next_hop, refuse_inside


@dataclass(frozen=True, slots=True)
class Leave:
    """Leave to ask, at `pace`. `basis` names the recorded decision that gave it, where one was needed.

    `choice` is the cookie that states our choice to the host's consent page, "" where none is known.
    """

    pace: Pace
    basis: str = ""
    choice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Stands before every request, redirect hops included. A decision holds to the end of its last day in `zone`."""

    permissions: Permissions
    credentials: Credentials
    copies: Copies
    exchange: Exchange
    clock: Callable[[], datetime]
    zone: tzinfo
    own_internal_hosts: frozenset[str] = frozenset()

    async def leave(self, probe: Probe, url: httpx.URL, budget: Budget) -> Leave:
        """Leave to ask for `url` on behalf of `probe`; raises `NoPage`."""
        host = host_of(url)
        verdict = self.permissions.verdict(
            probe.platform,
            probe.route,
            host,
            url.raw_path.decode("ascii"),
            keyed=probe.key is not None,
            connected=self.credentials.connected(probe.platform),
            day=day_of(self.clock(), self.zone),
        )
        if not verdict.allowed:
            raise NoPage(Failure.TERMS, verdict.why)
        pace = self.permissions.pace_of(host)
        if verdict.obeys_robots:
            pace = slower(pace, await self._robots(url, pace, budget))
        return Leave(pace, verdict.basis, self.permissions.choice_for(host))

    def sitemaps(self, url: httpx.URL) -> tuple[str, ...]:
        """What the host's robots.txt names, as far as it has been read."""
        known = self.copies.get(_robots_of(url))
        return known.sitemaps if known else ()

    async def _robots(self, url: httpx.URL, pace: Pace, budget: Budget) -> float:
        """Seconds between requests that the host's robots.txt wants; `NoPage` where it closes `url` or is not had."""
        product = self.exchange.agent.product
        copy = await self._copy(url, pace, budget)
        if copy.unread is not None:
            raise copy.unread
        if not copy.allows(str(url), product):
            raise NoPage(Failure.ROBOTS, _robots_of(url))
        return copy.pause(product)

    async def _copy(self, url: httpx.URL, pace: Pace, budget: Budget) -> Copy:
        origin = _robots_of(url)
        known = self.copies.get(origin)
        if known is None or known.until <= self.clock():
            page = await self._fetched(httpx.URL(origin), pace, budget)
            known = copy_of(page, self.exchange.agent.product, self.clock())
            if failure_of(page) not in {Failure.STOPPED, Failure.OWN_PACE}:  # then it was not even asked for
                self.copies[origin] = known
        return known

    async def _fetched(self, url: httpx.URL, pace: Pace, budget: Budget) -> Page:
        """robots.txt, over as many redirects as `Limits.hops` allows; RFC 9309 wants five followed (section 2.3.1.2).

        None of them leads inside, or from a host that may be asked to what a platform's terms close.
        """
        start = url
        page = await self.exchange.answer(Ask(url=url, accept="text/plain, */*;q=0.1", pace=pace), budget)
        for _ in range(self.exchange.limits.hops):
            location = redirect_of(page)
            if location is None:
                break
            try:
                url = self._hop_of_robots(start, url, location)
            except NoPage as none:
                return self.exchange.blank(str(url), none)
            ask = Ask(url=url, accept="text/plain, */*;q=0.1", pace=self.permissions.pace_of(host_of(url)))
            page = await self.exchange.answer(ask, budget)
        return page

    def _hop_of_robots(self, start: httpx.URL, base: httpx.URL, location: str) -> httpx.URL:
        """Raises `NoPage` where it is not to be followed."""
        ahead = next_hop(base, location)
        refuse_inside(str(start), ahead, self.own_internal_hosts)
        if self._is_closed(ahead) and not self._is_closed(start):
            raise NoPage(Failure.ROBOTS_UNREACHABLE, host_of(ahead))
        return ahead

    def _is_closed(self, url: httpx.URL) -> bool:
        """Whether the terms that bind pages on this host close this one."""
        path, day = url.raw_path.decode("ascii"), day_of(self.clock(), self.zone)
        return not self.permissions.verdict(
            "", Route.PAGE, host_of(url), path, keyed=False, connected=False, day=day
        ).allowed


def slower(pace: Pace, seconds: float) -> Pace:
    """The pace with at least so many seconds between two requests."""
    return replace(pace, seconds=seconds) if seconds > pace.seconds else pace


def _robots_of(url: httpx.URL) -> str:
    return f"{url.scheme}://{url.netloc.decode('ascii')}/robots.txt"
