"""What the sites and the profiles link to, followed once a walk has asked for its pages.

    look_at_linked    linked and unregistered channels, by the routes that are open ─▶ watches: freed, taken over
    profile_looks     the links of registered profiles, as they were last observed ─▶ what the walk's end keeps of them

Looking may be killed anywhere and called again: what was looked at since the walk began is not asked for anew. What
profiles link to is kept in the transaction that ends the walk, so that one look never counts as two.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from audits import visiting
from audits.addresses import Grammar, identify
from audits.controls import Trust, trust_in
from audits.discovering.comparing import compared
from audits.discovering.ring import ring_of
from audits.discovering.unlisted import Channel, channels
from audits.freed import Watch, watched
from audits.model import Account, Look, Observation, Own, Source
from worker.ports import Asker, Clock, RunKind, Store
from worker.ports.linked import LinkedStore
from worker.ports.sightings import SightingStore
from worker.ports.walks import Walk
from worker.steps.instruments import Instruments
from worker.steps.night import PATIENCE, lane_of, visit_of

MOST = 200  # channels of one slice


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """What following works with."""

    store: Store
    sightings: SightingStore
    linked: LinkedStore
    asker: Asker
    instruments: Instruments
    grammars: tuple[Grammar, ...]
    clock: Clock
    looks: int = 2


def profile_looks(following: Following) -> Mapping[str, Look]:
    """What each registered profile that could be read changes of the sightings there, by its address."""
    looks: dict[str, Look] = {}
    for account in following.store.each_account():
        ring = ring_of(account, following.store.last_observation(account.id), following.grammars)
        if ring is None or account.address is None:
            continue
        known = following.sightings.sightings_on(Source.PROFILE, account.address)
        looks[account.address] = compared(known, ring.sightings, following.clock(), following.looks, whole=ring.whole)
    return looks


def look_at_linked(following: Following, walk: Walk, seconds: float) -> bool:
    """Look at linked channels that nobody registered, for at most `seconds`; True while there may be more."""
    some = list(islice(to_look_at(following, walk.started_at), MOST))
    looking = _Looking(following, some)
    if some:
        asyncio.run(looking.through(seconds))
    return looking.kept > 0


def to_look_at(following: Following, since: datetime) -> Iterator[Channel]:
    """The channels that seem to be the city's, are not registered and were not looked at since then."""
    registered = frozenset(account.key for account in following.store.each_account() if account.key)
    done = following.linked.looked_since(since)
    for channel in channels(following.sightings.each_sighting(), registered):
        if not channel.registered and channel.own is not Own.UNLIKELY and channel.key not in done:
            yield channel


class _Looking:
    """One slice: lanes side by side, one request at a time within each."""

    def __init__(self, following: Following, some: Sequence[Channel]) -> None:
        self.following = following
        self.channels = dict(enumerate(some))
        self.watches = following.linked.watches([each.key for each in some])
        self.trust = _trust(following.store)
        self.kept = 0

    async def through(self, seconds: float) -> None:
        ends = asyncio.get_running_loop().time() + seconds
        lanes: dict[str, list[Account]] = {}
        for number, channel in self.channels.items():
            account = _as_account(number, channel, self.watches, self.following.grammars)
            lanes.setdefault(lane_of(account), []).append(account)
        try:
            async with asyncio.timeout(seconds + PATIENCE):
                await asyncio.gather(*(self._lane(accounts, ends) for accounts in lanes.values()))
        except TimeoutError:
            pass  # what was not looked at is looked at by the next slice
        finally:
            await self.following.asker.aclose()

    async def _lane(self, accounts: Collection[Account], ends: float) -> None:
        now = self.following.clock()
        visits = {account.id: visit_of(account, self.following.instruments, now) for account in accounts}
        stage = visiting.Play(visits)
        self._keep(stage.observations())
        waiting = deque(stage.questions())
        while waiting and asyncio.get_running_loop().time() < ends:
            question = waiting.popleft()
            page = await self.following.asker.fetch(question.probe)
            stage.answer(question, page)
            waiting.extendleft(reversed(stage.questions()))
            seen = stage.observations()
            for _, observation in seen:
                await self.following.asker.heed(page, observation.transport, observation.reason)
            self._keep(seen)

    def _keep(self, seen: Sequence[tuple[int, Observation]]) -> None:
        for number, observation in seen:
            channel = self.channels[number]
            believed = self.trust.believed(channel.platform, observation)
            watch = watched(self.watches.get(channel.key), channel.key, channel.url, believed)
            self.following.linked.save_watch(watch)
            self.kept += 1


def _as_account(number: int, channel: Channel, watches: Mapping[str, Watch], grammars: tuple[Grammar, ...]) -> Account:
    """The channel as the register would hold it, with the id that it first showed."""
    watch = watches.get(channel.key)
    return Account(
        id=number,
        platform=channel.platform,
        name=watch.name if watch else "",
        address=identify(channel.url, None, grammars).canonical_url or channel.url,
        key=channel.key,
        pinned=watch.pinned if watch else (),
    )


def _trust(store: Store) -> Trust:
    """How far what is said against a channel may be believed: by the controls of the latest night."""
    night = store.latest_run(RunKind.NIGHTLY)
    return trust_in(store.control_readings(night.id)) if night else Trust()
