"""The walk over the city's own sites, wired: declaration, store, and the one way out.

discover.toml, rules.toml's domains ─▶ Discovery ─┐
SqlStore ─▶ SqlWalks, SqlSightings ───────────────┼▶ Discovering: begin, due, on, close
guarded fetcher that follows no redirect ─────────┘
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from audits.discovering.frontier import Guide
from audits.discovering.plan import Plan, from_json
from audits.platforms import GRAMMARS
from config.discover import PATH, Discovery, load_discovery, site_at
from config.exclusions import load_exclusions
from worker.ports.walks import SiteAsker, Walk, WalkKind
from worker.steps.discovering import Slice, Told, Walking, begin_walk, walk_on
from worker.storage.sightings import SqlSightings
from worker.storage.walk_store import SqlWalks
from worker.wiring import Deployment, alone

if TYPE_CHECKING:
    from config.settings import Settings

WIRE_BYTES, INFLATED_BYTES = 10_000_000, 52_428_800  # a sitemap may be as long as that


class NotSetUp(ValueError):
    """Nobody can be asked yet; the message says what is missing."""


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

    def walking(self, walk: Walk) -> Walking:
        return Walking(
            walks=self.walks,
            sightings=self.sightings,
            asker=self.asker,
            guide=self.guide(from_json(walk.plan)),
            clock=self.deployment.clock,
            looks=self.discovery.looks,
        )

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

    def today(self) -> date:
        return self.deployment.clock().astimezone(self.deployment.settings.zone).date()


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


def declared(deployment: Deployment) -> Discovery:
    """Raises `BadDiscovery`."""
    path = deployment.settings.discover_file or PATH
    return load_discovery(path, deployment.instruments.rulebook.city.domains)


def may_walk(settings: Settings) -> str:
    """Why this deployment asks for no page of a site; "" where it may."""
    if not settings.live or settings.replay_folder is not None:
        return "this deployment makes no requests; set KANALKOLL_LIVE=true and no replay folder"
    if not settings.agent_contact:
        return "set KANALKOLL_AGENT_CONTACT to the address of a page that says who asks, and why"
    return ""


def site_asker(deployment: Deployment, discovery: Discovery, walks: SqlWalks) -> SiteAsker:
    """Asks the city's own hosts at their own pace; follows no redirect, since where it leads is a page of its own."""
    from worker.fetching.limits import Limits
    from worker.fetching.making import public_fetcher
    from worker.fetching.resolving import SystemResolver
    from worker.walking import WalkValidators
    from worker.wiring import conduct_of, held_keys, network_of

    settings = deployment.settings
    if why := may_walk(settings):
        raise NotSetUp(why)
    conduct = conduct_of(settings, held_keys(settings), deployment.store)
    pace = replace(conduct.permissions.pace, seconds=discovery.seconds, nightly=max(discovery.plan.limits.pages, 1))
    conduct = replace(
        conduct,
        permissions=replace(conduct.permissions, pace=pace),
        validators=WalkValidators(walks),
        limits=Limits(total_seconds=60, wire_bytes=WIRE_BYTES, inflated_bytes=INFLATED_BYTES),
        follows=False,
    )
    return public_fetcher(network_of(settings), conduct, SystemResolver())
