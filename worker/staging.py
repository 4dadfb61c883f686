"""The invented city's deployment, wired: everything as in a real one, but for where the web is and what time it is.

    demo (register, rules, permissions, little web) + a database in a folder ─staged▶ Stage(deployment, clock)

The little web is served on loopback and asked by the very fetcher that asks the internet; pauses between requests
are taken in virtual time, so that nights of minutes pass at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from pydantic import SecretStr

import demo
from config.permissions import load_permissions
from config.settings import Settings
from demo.moments import MOMENTS
from demo.serving import served
from demo.web import read_web
from worker.fetching.credentials import HeldKeys, Key
from worker.fetching.limits import Agent, Limits
from worker.fetching.making import Conduct, loopback_fetcher
from worker.pacing import InProcessPacer
from worker.wiring import Deployment, make_instruments, open_store

DATABASE: Final = "almestad.sqlite3"
CONTACT: Final = "https://almestad.example/kanalkoll"
_KEYS: Final = {  # the one credential that the invented city holds
    "youtube": Key(
        platform="youtube", hosts=frozenset({"www.googleapis.com"}), value="an invented key", header="x-goog-api-key"
    )
}
_PATIENCE: Final = Limits(total_seconds=4, connect_seconds=3, read_seconds=3)  # everything is on this machine


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


@dataclass(frozen=True, slots=True)
class Stage:
    """The deployment, and the clock that decides what the little web answers."""

    deployment: Deployment
    clock: StillClock


@contextmanager
def staged(folder: Path) -> Iterator[Stage]:
    """A deployment of the invented city with an empty database in `folder`, which replaces an earlier demo's.

    Raises `OSError` where the folder cannot be written.
    """
    settings = _settings(folder)
    clock = StillClock(MOMENTS[0])
    instruments = make_instruments(settings, clock.now.date())
    with served(read_web(), clock) as sites:
        asker = loopback_fetcher(sites, _conduct(clock))
        store = open_store(settings)
        try:
            yield Stage(Deployment(settings, store, replace(instruments, keys=frozenset(_KEYS)), asker, clock), clock)
        finally:
            store.close()


def _settings(folder: Path) -> Settings:
    """The defaults, whatever is set for a real deployment, with the invented city's own files."""
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(f"{DATABASE}*"):
        left.unlink()
    url = SecretStr(f"sqlite:///{folder / DATABASE}")
    return Settings.model_construct(database_url=url, rules_file=demo.RULES, permissions_file=demo.PERMISSIONS)


def _conduct(clock: StillClock) -> Conduct:
    return Conduct(
        permissions=load_permissions(demo.PERMISSIONS),
        pacer=InProcessPacer(clock=clock.seconds, sleep=clock.sleep),
        agent=Agent(contact=CONTACT),
        clock=clock,
        credentials=HeldKeys(_KEYS),
        limits=_PATIENCE,
    )
