"""Short links followed to the accounts that they hide: one request to the shortener, none to the platform.

    addresses that hide their account ─▶ lanes, one a host ─▶ where each leads ─▶ kept, with the sightings it names

It may be killed anywhere and called again: what was asked for since `since` is not asked for anew. A shortener that
refuses, or names no target, is asked again by the next walk.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from audits.addresses import Grammar, host_of
from audits.discovering.short_links import Lead, Leads, ahead_of, is_short
from audits.model import Page, Probe, Route
from worker.ports import Asker, Clock
from worker.ports.short_links import ShortLinkStore

MOST = 200  # short links of one slice
_LISTED = 5_000  # addresses that hide an account, of which the short ones are followed
PLATFORM = "short_links"  # as permissions.toml may name them
_HOPS = 3  # a short link may lead to another one
_PATIENCE = 25  # seconds for requests that are under way when the time is up


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortLinks:
    """What following short links works with. `asker` follows no redirect: where it leads is all that is asked for."""

    store: ShortLinkStore
    asker: Asker
    grammars: tuple[Grammar, ...]
    clock: Clock

    def leads(self, urls: Collection[str]) -> Leads:
        """What is known of these addresses; nobody is asked."""
        return Leads(self.grammars, self.store.leads(urls))


def follow_hiding(links: ShortLinks, since: datetime, seconds: float) -> bool:
    """Follow what hides an account and was not asked for since then, for at most `seconds`; True if any was."""
    return follow(links, links.store.hiding(since, _LISTED), seconds) > 0


def follow(links: ShortLinks, urls: Sequence[str], seconds: float) -> int:
    """Follow those of these that are short links, for at most `seconds`; how many were asked for."""
    some = [url for url in urls if is_short(url, links.grammars)][:MOST]
    return asyncio.run(_through(links, some, seconds)) if some else 0


async def _through(links: ShortLinks, urls: Sequence[str], seconds: float) -> int:
    ends = asyncio.get_running_loop().time() + seconds
    lanes: dict[str, list[str]] = {}
    for url in urls:
        lanes.setdefault(host_of(url) or "", []).append(url)
    done: list[str] = []
    try:
        async with asyncio.timeout(seconds + _PATIENCE):
            await asyncio.gather(*(_lane(links, lane, ends, done) for lane in lanes.values()))
    except TimeoutError:
        pass  # what was under way is asked for by the next slice
    finally:
        await links.asker.aclose()
    return len(done)


async def _lane(links: ShortLinks, urls: Sequence[str], ends: float, done: list[str]) -> None:
    for url in urls:
        if asyncio.get_running_loop().time() >= ends:
            return
        lead = await _lead(links, url)
        leads = Leads(links.grammars, {url: lead.leads_to})
        links.store.keep_lead(lead, leads.account(url))
        done.append(url)


async def _lead(links: ShortLinks, url: str) -> Lead:
    """Where it leads, over at most a few further short links."""
    here = url
    for _ in range(_HOPS):
        page = await links.asker.fetch(Probe(url=here, platform=PLATFORM, route=Route.PAGE))
        here = ahead_of(page)
        if not here:
            return Lead(url=url, asked_at=links.clock(), reason=_why(page))
        if not is_short(here, links.grammars):
            return Lead(url=url, asked_at=links.clock(), leads_to=here)
    return Lead(url=url, asked_at=links.clock(), reason=f"too_many_hops: {_HOPS}")


def _why(page: Page) -> str:
    return page.reason or f"leads_nowhere: HTTP {page.status}"
