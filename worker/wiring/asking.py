"""Who asks other people's hosts here: keys, conduct and network, as the settings name them.

settings ─▶ Keyring, Conduct (permissions, pace, agent, kept pages), Network ─live_asker▶ the guarded fetcher
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from worker.wiring import utc_now

if TYPE_CHECKING:
    from config.permissions import Permissions
    from config.settings import Settings
    from worker.fetching.keyring import Keyring
    from worker.fetching.making import Conduct
    from worker.fetching.networks import Network
    from worker.fetching.robots import Copies
    from worker.pacing import Pacer
    from worker.ports import Asker
    from worker.storage import SqlStore


def held_keys(settings: Settings) -> Keyring:
    """The declared keys, and where their values are. Raises `BadKeys`."""
    import os

    from config.keys import PATH, load_keys
    from config.safe import Safe
    from worker.fetching.keyring import Keyring

    return Keyring(load_keys(settings.keys_file or PATH), Safe(os.environ), utc_now)


def live_asker(settings: Settings, keyring: Keyring, store: SqlStore) -> Asker:
    """Asks the internet: guarded, permitted, paced, counted. Raises `BadPermissions` or `BadNetwork`."""
    from worker.fetching.making import public_fetcher
    from worker.fetching.resolving import SystemResolver

    return public_fetcher(network_of(settings), conduct_of(settings, keyring, store), SystemResolver())


def conduct_of(settings: Settings, keyring: Keyring, store: SqlStore) -> Conduct:
    """How this deployment behaves towards others. Raises `BadPermissions`."""
    from worker.fetching.limits import Agent
    from worker.fetching.making import Conduct
    from worker.keeping import StoredPages
    from worker.metering import StoreMeter

    return Conduct(
        permissions=permissions_of(settings),
        pacer=_pacer(settings),
        agent=Agent(contact=settings.agent_contact),
        clock=utc_now,
        zone=settings.zone,
        credentials=keyring,
        meter=StoreMeter(store),
        copies=_robots_copies(),
        kept_pages=StoredPages(store, utc_now),
    )


def permissions_of(settings: Settings) -> Permissions:
    """What may be asked for, and at which pace. Raises `BadPermissions`."""
    from config.permissions import PATH, load_permissions

    permissions = load_permissions(settings.permissions_file or PATH)
    return permissions.paced(settings.pace_seconds) if settings.pace_seconds else permissions


@cache
def _robots_copies() -> Copies:
    """The robots.txt files that this process has read; they outlive a slice of a night and are read anew in a day."""
    return {}


def network_of(settings: Settings) -> Network:
    """What this city's network needs, as the settings name it. Raises `BadSettings`."""
    from worker.fetching.networks import Network
    from worker.wiring.forms import held

    held(settings, ("own_internal_hosts",))
    return Network(
        egress_proxy=settings.egress_proxy.get_secret_value(),
        egress_proxy_resolves=settings.egress_proxy_resolves,
        ca_bundle=settings.ca_bundle,
        own_internal_hosts=settings.own_internal_hosts,
    )


def _pacer(settings: Settings) -> Pacer:
    """One pace for all processes where there is a Redis, else one for this process."""
    import asyncio

    from worker.shared_pacing import RedisPacer

    if settings.redis_url is None:
        return _own_pacer()
    return RedisPacer(settings.redis_url.get_secret_value(), asyncio.sleep, jitter)


@cache
def _own_pacer() -> Pacer:
    """It outlives a tick: a host that does not want us is left alone for the night, whoever is wired anew meanwhile."""
    import asyncio
    import time

    from worker.pacing import InProcessPacer

    return InProcessPacer(time.monotonic, asyncio.sleep, jitter)


def jitter() -> float:
    """A little more than the pace, never less, so that hosts are not asked in step."""
    import random

    return 0.04 * random.random()  # noqa: S311  # spreads requests, hides nothing
