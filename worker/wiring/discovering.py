"""The walk over the city's own sites, wired: declaration, store, and the one way out.

discover.toml, rules.toml's domains ─▶ Discovery ─┐
SqlStore ─▶ SqlWalks, SqlSightings ───────────────┼▶ Discovering: begin, due, on, close
guarded fetcher that follows no redirect ─────────┘
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from audits.discovering.frontier import Guide
from audits.discovering.plan import Plan, from_json
from audits.discovering.unlisted import Channel, channels
from audits.model import Source
from audits.platforms import GRAMMARS
from audits.refusal import Refused
from audits.wording.said import said
from config.discover import PATH, BadDiscovery, Discovery, load_discovery, site_at
from config.exclusions import load_exclusions
from worker.ports.walks import EndedBy, SiteAsker, Walk, WalkKind
from worker.schedule import due_week
from worker.steps.discovering import MARGIN, Slice, Told, Walking, begin_walk, walk_on
from worker.steps.linked import Following, look_at_linked, profile_looks
from worker.steps.short_links import follow_hiding
from worker.storage.linked import SqlLinked
from worker.storage.short_links import SqlShortLinks
from worker.storage.sightings import SqlSightings
from worker.storage.walk_store import SqlWalks
from worker.wiring import Deployment, alone, with_nobody_beside
from worker.wiring.short_links import short_links

if TYPE_CHECKING:
    from config.settings import Settings

WIRE_BYTES, INFLATED_BYTES = 10_000_000, 52_428_800  # a sitemap may be as long as that


class NotSetUp(Refused):
    """Nobody can be asked yet; the message says what is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Advanced:
    """What a slice came to: whether this worker may go on at once, the hosts that want to be left alone for now, with
    why, and whether another worker is at the walk, or was until it was killed: then there is nothing to go on with.
    """

    more: bool
    waits: Mapping[str, str] = field(default_factory=dict)
    beside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovering:
    """What commands, tasks and pages call."""

    deployment: Deployment
    discovery: Discovery
    walks: SqlWalks
    sightings: SqlSightings
    asker: SiteAsker

    def begin(self, kind: WalkKind, day: date) -> tuple[Walk, bool]:
        """Begin a walk over the declared sites, or return the one that is under way, and False."""
        return begin_walk(self.walks, self.guide(self.discovery.plan), kind, day, self.deployment.clock())

    def on(self, walk: Walk, told: Told | None = None, seconds: float | None = None) -> Slice | None:
        """One slice of the asking; None while another worker is at it."""
        return walk_on(self.walking(walk), walk, seconds or self.deployment.settings.lane_seconds, told)

    def advance(self, walk: Walk, told: Told | None = None) -> Advanced:
        """One slice of a walk: its pages, then the channels that they link to, then its end."""
        if walk.ended_by is not None:
            return self._follow(walk)
        done = self.on(walk, told)
        if done is None:
            return Advanced(more=False, beside=True)
        return Advanced(more=done.settled > 0 or self.latest(walk).ended_by is not None, waits=done.waits)

    def _follow(self, walk: Walk) -> Advanced:
        """More while there are linked channels to look at; else the walk is closed."""
        seconds = self.deployment.settings.lane_seconds
        token = self.walks.lease_walk(walk.id, self.deployment.clock(), seconds + MARGIN)
        if token is None:
            return Advanced(more=False, beside=True)
        following = self.following()
        try:
            if follow_hiding(short_links(self.deployment), walk.started_at, seconds):
                return Advanced(more=True)
            if look_at_linked(following, walk, seconds):
                return Advanced(more=True)
            self.walks.close_walk(walk.id, self.deployment.clock(), profile_looks(following))
        finally:
            self.walks.release_walk(walk.id, token)
        return Advanced(more=False)

    def latest(self, walk: Walk) -> Walk:
        """The walk as it is now."""
        return self.walks.walk(walk.id)

    def replace_open(self) -> bool:
        """Close the walk that is open, so that another may begin; False while a worker is at it."""
        walk = self.walks.open_walk()
        if walk is None:
            return True
        if self.walks.lease_walk(walk.id, self.deployment.clock(), MARGIN) is None:
            return False
        self.walks.end_asking(walk.id, EndedBy.REPLACED)
        self.walks.close_walk(walk.id, self.deployment.clock())
        return True

    def begin_due(self) -> Walk | None:
        """The walk that is open, after beginning this week's where it is due."""
        discovery, settings = self.discovery, self.deployment.settings
        begun = self.walks.begun_weeks()
        day = due_week(self.deployment.clock(), settings.zone, discovery.weekday, discovery.begins, begun)
        if day is not None and discovery.plan.sites:
            self.begin(WalkKind.WEEKLY, day)
        return self.walks.open_walk()

    def channels(self) -> Iterator[Channel]:
        """Every channel that stands linked on the sites, and whether it is registered."""
        registered = {account.key for account in self.deployment.store.each_account() if account.key}
        return channels(self.sightings.each_sighting(source=Source.SITE), registered)

    def following(self) -> Following:
        return Following(
            store=self.deployment.store,
            sightings=self.sightings,
            linked=SqlLinked(self.deployment.store.db),
            asker=self.deployment.asker,
            instruments=self.deployment.instruments,
            grammars=GRAMMARS,
            clock=self.deployment.clock,
            looks=self.discovery.looks,
        )

    def walking(self, walk: Walk) -> Walking:
        return Walking(
            walks=self.walks,
            sightings=self.sightings,
            short_links=SqlShortLinks(self.deployment.store.db),
            asker=self.asker,
            guide=self.guide_of(walk),
            clock=self.deployment.clock,
            looks=self.discovery.looks,
        )

    def guide_of(self, walk: Walk) -> Guide:
        """What a walk decides by: the sites and limits that it began with."""
        return self.guide(from_json(walk.plan))

    def guide(self, plan: Plan) -> Guide:
        """All that a walk decides by. Raises `BadExclusions`."""
        return Guide(
            plan=plan,
            grammars=GRAMMARS,
            exclusions=load_exclusions(),
            hygiene=self.discovery.hygiene,
            traps=self.discovery.traps,
        )

    def alone(self) -> AbstractContextManager[bool]:
        return alone(self.deployment.settings)

    def with_nobody_beside(self) -> AbstractContextManager[bool]:
        return with_nobody_beside(self.deployment.settings)

    def today(self) -> date:
        return self.deployment.now.today


def discovering(deployment: Deployment, sites: Sequence[str] = (), pages: int | None = None) -> Discovering:
    """The walk of this deployment; `sites` and `pages` stand in for the declared ones.

    Raises `BadDiscovery`, `BadPermissions`, `BadKeys`, `BadNetwork`, and `NotSetUp` where nobody may be asked.
    """
    discovery = declared(deployment)
    plan = discovery.plan
    if sites:
        plan = replace(plan, sites=tuple(site_at(each, subdomains=False) for each in sites))
    if pages is not None:
        plan = replace(plan, limits=replace(plan.limits, pages=pages))
    walks = SqlWalks(deployment.store.db)
    return Discovering(
        deployment=deployment,
        discovery=replace(discovery, plan=plan),
        walks=walks,
        sightings=SqlSightings(deployment.store.db),
        asker=site_asker(deployment, discovery, walks),
    )


def open_walks(deployment: Deployment) -> Sequence[int]:
    """The walk to work on, after beginning the one that is due; none where nobody may be asked."""
    if may_walk(deployment.settings):
        return ()
    found = discovering(deployment).begin_due()
    return [found.id] if found else []


def advance_walk(deployment: Deployment, walk_id: int) -> bool:
    """One slice of a walk; True while this worker may go on at once."""
    if may_walk(deployment.settings):
        return False
    found = discovering(deployment)
    walk = found.walks.walk(walk_id)
    return walk.is_open and found.advance(walk).more


def declared(deployment: Deployment) -> Discovery:
    """Raises `BadDiscovery`."""
    path = deployment.settings.discover_file or PATH
    try:
        return load_discovery(path, deployment.instruments.rulebook.city.domains)
    except OSError as wrong:
        raise BadDiscovery(f"{path}: {wrong.strerror}; mend KANALKOLL_DISCOVER_FILE") from wrong


def may_walk(settings: Settings) -> str:
    """Why this deployment asks for no page of a site; "" where it may."""
    if not settings.live or settings.replay_folder is not None:
        return said("refused.not_live")
    if not settings.agent_contact:
        return said("refused.contact")
    return ""


def site_asker(deployment: Deployment, discovery: Discovery, walks: SqlWalks) -> SiteAsker:
    """Asks the city's own hosts at their own pace; follows no redirect, since where it leads is a page of its own."""
    from worker.fetching.limits import Limits
    from worker.fetching.making import public_fetcher
    from worker.fetching.resolving import SystemResolver
    from worker.walking import WalkedPages
    from worker.wiring.asking import conduct_of, held_keys, network_of

    settings = deployment.settings
    if why := may_walk(settings):
        raise NotSetUp(why)
    conduct = conduct_of(settings, held_keys(settings), deployment.store)
    pace = replace(conduct.permissions.pace, seconds=discovery.seconds, nightly=max(discovery.plan.limits.pages, 1))
    conduct = replace(
        conduct,
        permissions=replace(conduct.permissions, pace=pace),
        kept_pages=WalkedPages(walks),
        limits=Limits(total_seconds=60, wire_bytes=WIRE_BYTES, inflated_bytes=INFLATED_BYTES),
        follows=False,
    )
    return public_fetcher(network_of(settings), conduct, SystemResolver())
