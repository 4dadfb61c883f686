"""The invented city's deployment, wired: everything as in a real one, but for where the web is and what time it is.

    demo (register, rules, permissions, little web) + a database in a folder ─staged▶ Stage(deployment, clock)

The little web is served on loopback and asked by the very fetcher that asks the internet; pauses between requests
are taken in virtual time, so that nights of minutes pass at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from pydantic import SecretStr

import demo
from audits.days import day_of
from config.controls import load_controls
from config.keys import DeclaredKey, load_keys
from config.permissions import load_permissions
from config.rules import read_rules
from config.safe import Safe
from config.settings import Settings
from demo.moments import MOMENTS
from demo.serving import served
from demo.story import read_web
from worker.fetching.keyring import Keyring
from worker.fetching.limits import Agent, Limits
from worker.fetching.making import Conduct, loopback_fetcher
from worker.metering import StoreMeter
from worker.pacing import InProcessPacer
from worker.storage import SqlStore
from worker.storage.sightings import SqlSightings
from worker.storage.walk_store import SqlWalks
from worker.walking import WalkedPages
from worker.wiring import Deployment, make_instruments, open_store
from worker.wiring.discovering import Discovering, declared
from worker.wiring.ruling import Ruling

DATABASE: Final = "almestad.sqlite3"
CONTACT: Final = "https://almestad.example/kanalkoll"
OFFICER: Final = "kommunikation@almestad.example"
_VALUES: Final = {  # which the little web asks for, as an interface would
    "KANALKOLL_KEY_LINKEDIN_COMMUNITY": "an invented key", "KANALKOLL_KEY_META": "an invented key",
    "KANALKOLL_KEY_YOUTUBE": "an invented key",
}  # fmt: skip
_PATIENCE: Final = Limits(total_seconds=300, connect_seconds=300, read_seconds=300)  # all answer, however busy we are
_NO_HURRY: Final = 86_400.0  # virtual seconds: they pass while an answer is under way


@dataclass(slots=True)
class StillClock:
    """Stands at the moment it is set to; only sleeping passes, and only for those who pace."""

    now: datetime
    slept: float = 0.0

    def __call__(self) -> datetime:
        return self.now

    def seconds(self) -> float:
        return self.now.timestamp() + self.slept

    async def sleep(self, seconds: float) -> None:
        self.slept += seconds
        await asyncio.sleep(0)


@dataclass(slots=True)
class Stage:
    """The deployment, the clock that decides what the web answers, the city's keys, and the walk over its sites."""

    deployment: Deployment
    clock: StillClock
    keyring: Keyring
    discovering: Discovering

    def put_in_place(self, rules: str) -> None:
        """Go by other rules from now on, as where somebody has changed the rules file. Raises `BadRules`."""
        instruments = replace(self.deployment.instruments, rulebook=read_rules(rules))
        self.deployment = replace(self.deployment, instruments=instruments)
        Ruling(self.deployment).note()

    def ending_keys(self) -> tuple[DeclaredKey, ...]:
        """The keys that must be renewed within the month."""
        held = (self.keyring.declared[name] for name in sorted(self.keyring.names))
        return tuple(key for key in held if key.expires_soon(day_of(self.clock.now, key.zone)))


@contextmanager
def staged(folder: Path) -> Iterator[Stage]:
    """A deployment of the invented city with an empty database in `folder`, which replaces an earlier demo's.

    Raises `OSError` where the folder cannot be written.
    """
    settings = _settings(folder)
    clock = StillClock(MOMENTS[0])
    instruments = make_instruments(settings, clock.now)
    keyring = Keyring(load_keys(demo.KEYS), Safe(_VALUES), clock)
    with served(read_web(), clock) as sites, closing(open_store(settings)) as store:
        conduct = _conduct(clock, keyring, store)
        asker = loopback_fetcher(sites, conduct)
        wired = Deployment(
            settings,
            store,
            replace(instruments, keys=keyring.names, controls=load_controls(demo.CONTROLS)),
            asker,
            clock,
        )
        yield Stage(wired, clock, keyring, _discovering(wired, sites, conduct))


def _settings(folder: Path) -> Settings:
    """The defaults, whatever is set for a real deployment, with the invented city's own files."""
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(f"{DATABASE}*"):
        left.unlink()
    url = SecretStr(f"sqlite:///{folder / DATABASE}")
    return Settings.model_construct(
        database_url=url,
        rules_file=demo.RULES,
        permissions_file=demo.PERMISSIONS,
        controls_file=demo.CONTROLS,
        keys_file=demo.KEYS,
        discover_file=demo.DISCOVER,
        public_list_file=demo.PUBLIC_LIST,
        officer_recipient=OFFICER,
    )


def _discovering(deployment: Deployment, sites: Mapping[str, tuple[str, int]], conduct: Conduct) -> Discovering:
    """As `worker.wiring.discovering` has it, but that it asks the little web."""
    walks = SqlWalks(deployment.store.db)
    return Discovering(
        deployment=deployment,
        discovery=declared(deployment),
        walks=walks,
        sightings=SqlSightings(deployment.store.db),
        asker=loopback_fetcher(sites, replace(conduct, follows=False, kept_pages=WalkedPages(walks))),
    )


def _conduct(clock: StillClock, keyring: Keyring, store: SqlStore) -> Conduct:
    return Conduct(
        permissions=load_permissions(demo.PERMISSIONS),
        pacer=InProcessPacer(clock=clock.seconds, sleep=clock.sleep, patience=_NO_HURRY),
        agent=Agent(contact=CONTACT),
        clock=clock,
        credentials=keyring,
        meter=StoreMeter(store),
        limits=_PATIENCE,
    )
