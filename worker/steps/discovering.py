"""The walk over the city's own sites: hosts side by side, one page at a time within each.

    begin ─▶ walk_on: lease ─▶ take a page ─▶ ask ─▶ found ─▶ settle (what it names, where it leads) … ─▶ asking ended

It may be killed anywhere and called again. A page is settled in one transaction with all that it adds, so that nothing
is lost and nothing settled is asked for again; only a request that was under way is made once more.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from audits.discovering.comparing import compared, unchanged
from audits.discovering.finding import Found, Outcome, found
from audits.discovering.frontier import Guide, Spot, sitemaps_of, starts
from audits.discovering.plan import as_json
from audits.discovering.short_links import Leads
from audits.discovering.traps import room
from audits.model import Look, Page, Probe, Route, Sighting, Source
from worker.ports.night import Clock
from worker.ports.short_links import ShortLinkStore
from worker.ports.sightings import SightingStore
from worker.ports.walks import EndedBy, NewWalk, Settled, SiteAsker, Waiting, Walk, WalkKind, WalkStore

PATIENCE = 25  # seconds for requests that are under way when the time is up
MARGIN = PATIENCE + 10  # seconds of the lease beyond the work
ATTEMPTS = 3  # after which a page is left alone: it may be what broke the work off
AT_ONCE = 24  # hosts
_NOT_ASKED = ("own_pace", "stopped", "robots_unreachable", "no_contact")  # first words of why no request was made
_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.8,*/*;q=0.5"

Told = Callable[[Spot, Settled], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Walking:
    """What a walk works with."""

    walks: WalkStore
    sightings: SightingStore
    short_links: ShortLinkStore
    asker: SiteAsker
    guide: Guide
    clock: Clock
    looks: int = 2


@dataclass(slots=True)
class Slice:
    """What one slice of a walk came to. `waits` are hosts that want to be left alone for now, and why."""

    asked: int = 0
    settled: int = 0
    waits: dict[str, str] = field(default_factory=dict)


def begin_walk(walks: WalkStore, guide: Guide, kind: WalkKind, day: date, now: datetime) -> tuple[Walk, bool]:
    """Begin a walk over the guide's sites, or return the one that is open or that this week already had, and False."""
    before = walks.latest_walk()
    plan = {**as_json(guide.plan), "reading": guide.reading}
    anew = before is not None and before.plan.get("reading") != guide.reading
    return walks.begin_walk(NewWalk(kind=kind, due_on=day, plan=plan, starts=starts(guide.plan), anew=anew), now)


def walk_on(walking: Walking, walk: Walk, seconds: float, told: Told | None = None) -> Slice | None:
    """Ask for pages for at most `seconds`; None while another worker does. Ends the asking when nothing is left to ask.

    A host that wants to be left alone is passed over until the next slice.
    """
    now = walking.clock()
    token = walking.walks.lease_walk(walk.id, now, seconds + MARGIN)
    if token is None:
        return None
    work = _Work(walking, walk, token, told)
    try:
        asyncio.run(work.through(seconds))
    finally:
        walking.walks.release_walk(walk.id, token)
    if ended := work.ended_by():
        walking.walks.end_asking(walk.id, ended)
    return work.slice


class _Work:
    """One slice being worked."""

    def __init__(self, walking: Walking, walk: Walk, token: str, told: Told | None) -> None:
        self.walking, self.walk, self.token, self.told = walking, walk, token, told
        self.slice = Slice()
        self.ends = 0.0  # on the event loop's own clock
        self.stale = False

    async def through(self, seconds: float) -> None:
        self.ends = asyncio.get_running_loop().time() + seconds
        try:
            async with asyncio.timeout(seconds + PATIENCE):
                while hosts := self._hosts():
                    await asyncio.gather(*map(self._lane, hosts))
        except TimeoutError:
            pass  # what was under way still waits
        finally:
            await self.walking.asker.aclose()

    def ended_by(self) -> EndedBy | None:
        """What ends the asking, if anything does."""
        if self.stale:
            return None
        if self._spent():
            return EndedBy.PAGES
        if self._late():
            return EndedBy.HOURS
        return None if self.walking.walks.waiting_hosts() else EndedBy.DONE

    def _hosts(self) -> Sequence[str]:
        if self._stops():
            return ()
        return [host for host in self.walking.walks.waiting_hosts() if host not in self.slice.waits][:AT_ONCE]

    def _stops(self) -> bool:
        is_over = asyncio.get_running_loop().time() >= self.ends
        return is_over or self.stale or self._spent() or self._late()

    def _spent(self) -> bool:
        return self.walk.asked + self.slice.asked >= self.walking.guide.plan.limits.pages

    def _late(self) -> bool:
        return self.walking.clock() >= self.walk.started_at + timedelta(hours=self.walking.guide.plan.limits.hours)

    async def _lane(self, host: str) -> None:
        while not self._stops() and host not in self.slice.waits:
            page = self.walking.walks.take_page(self.walk.id, self.token, host)
            if page is None:
                return
            try:
                await self._visit(page)
            except BaseException:
                self.walking.walks.put_back(page)
                raise

    async def _visit(self, page: Waiting) -> None:
        if refusal := self._refusal(page):
            self._settle(page, Settled(outcome=Outcome.NOT_HAD, asked=False, reason=refusal))
            return
        self.slice.asked += 1
        answer = await self.walking.asker.fetch(_probe(page.spot))
        if answer.reason.startswith(_NOT_ASKED):
            self.slice.asked -= 1
            self.slice.waits[page.spot.host] = answer.reason
            self.walking.walks.put_back(page)
        else:
            self._settle(page, self._settled(page.spot, answer))

    def _refusal(self, page: Waiting) -> str:
        if page.attempts > ATTEMPTS:
            return f"the work broke off {ATTEMPTS} times at this page"
        return "" if self.walking.guide.plan.holds(page.spot.url) else "no longer one of the city's sites"

    def _settled(self, spot: Spot, answer: Page) -> Settled:
        told = found(answer, spot, self.walking.guide, self.walking.clock())
        sitemaps = sitemaps_of(spot, self.walking.asker.sitemaps(spot.url), self.walking.guide)
        return Settled(
            outcome=told.outcome,
            asked=not answer.reason.startswith("robots"),
            spots=self._with_room((*told.spots, *sitemaps)),
            look=self._look(spot, told),
            status=answer.status,
            transport=answer.transport.value,
            reason=told.reason,
            digest=told.digest,
            etag=answer.headers.get("etag", "") if told.digest and told.whole else "",
            last_modified=answer.headers.get("last-modified", "") if told.digest and told.whole else "",
        )

    def _look(self, spot: Spot, told: Found) -> Look | None:
        if told.outcome is Outcome.NOT_HAD:
            return None
        known, now = self.walking.sightings.sightings_on(Source.SITE, spot.url), self.walking.clock()
        if told.outcome is Outcome.UNCHANGED:
            return unchanged(known, now, self.walking.looks)
        return compared(known, self._named(told.sightings), now, self.walking.looks, whole=told.whole)

    def _named(self, sightings: tuple[Sighting, ...]) -> tuple[Sighting, ...]:
        """With the accounts that short links are known to lead to."""
        hiding = [each.url for each in sightings if each.key is None]
        leads = Leads(self.walking.guide.grammars, self.walking.short_links.leads(hiding))
        return tuple(map(leads.named, sightings)) if leads.known else sightings

    def _with_room(self, spots: tuple[Spot, ...]) -> tuple[Spot, ...]:
        """Without those of which there are enough of the same shape."""
        shapes = {spot.shape.text for spot in spots if spot.shape}
        known = dict(self.walking.walks.count_shapes(shapes))
        kept = []
        for spot in spots:
            if room(known, spot.shape):
                kept.append(spot)
                if spot.shape:
                    known[spot.shape.text] = known.get(spot.shape.text, 0) + 1
        return tuple(kept)

    def _settle(self, page: Waiting, settled: Settled) -> None:
        if not self.walking.walks.settle_page(self.walk.id, self.token, page, settled, self.walking.clock()):
            self.stale = True
            return
        self.slice.settled += 1
        if self.told:
            self.told(page.spot, settled)


def _probe(spot: Spot) -> Probe:
    return Probe(url=spot.url, platform="website", route=Route.PAGE, accept=_ACCEPT)
