"""What becomes of addresses that the city links to and nobody has registered: freed, taken over, moved.

    observation ─┬ saw nothing (a wall, a doubt) ─▶ as it was: nothing ages
                 ├ the same as before            ─▶ seen once more
                 ├ something else                ─▶ seen once, from now on
                 └ another unchanging id         ─▶ waits until further looks show it too

The first id that an address shows on so many looks in a row as a takeover takes is the one that later looks are held
against; until then another takes its place, for the first look may have been brought somebody else's page. Whether
anything is seen often enough to be said, `LinkedChannel` tells; the pages to mend are those of its sightings.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from audits.model import ALIVE, Existence, Facts, Observation, PlatformId, Transport, is_seen
from audits.reconciling import LinkedChannel

APART: Final = timedelta(hours=12)  # looks that are closer count as one
TAKEOVER_LOOKS: Final = 3  # that must show another's id: one, and two re-checks


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """One linked channel, and how it was last looked at. `other` is an id that does not belong there, or the first one
    while it is not proven, seen `others` times in a row, last at `other_at`.
    """

    channel: LinkedChannel
    looked_at: datetime
    transport: Transport
    name: str = ""
    other: str | None = None
    others: int = 0
    other_at: datetime | None = None
    evidence: tuple[str, ...] = ()

    @property
    def pinned(self) -> tuple[PlatformId, ...]:
        """The first id that the address showed."""
        return (as_id(self.channel.pinned),) if self.channel.pinned else ()

    @property
    def waits_for_proof(self) -> bool:
        """Whether too few looks have shown the first id yet."""
        return self.other is not None and self.other == self.channel.pinned


def as_id(text: str) -> PlatformId:
    """An id as `as_text` wrote it: no namespace holds a space."""
    namespace, _, value = text.partition(" ")
    return PlatformId(namespace, value)


def as_text(given: PlatformId) -> str:
    """An id as a sighting's history keeps it: its namespace and its value."""
    return f"{given.namespace} {given.value}"


def watched(before: Watch | None, key: str, url: str, seen: Observation) -> Watch:
    """The watch after one more look. `seen` is of an account whose pin was `before.pinned`."""
    at = seen.observed_at
    channel = before.channel if before else LinkedChannel(key=key, url=url)
    looked = Watch(channel=channel, looked_at=at, transport=seen.transport)
    if before is not None:
        looked = replace(before, looked_at=at, transport=seen.transport)
    if not is_seen(seen.transport, seen.existence):
        return looked
    looked = replace(looked, channel=_existing(channel, seen), evidence=_evidence(seen), name=_name(seen.facts, looked))
    return _identified(looked, seen) if seen.existence in ALIVE else looked


def _existing(channel: LinkedChannel, seen: Observation) -> LinkedChannel:
    at = seen.observed_at
    told = replace(channel, leads_to=_leads_to(seen))
    if channel.existence is not seen.existence:
        return replace(told, existence=seen.existence, since=at, last=at, looks=1, stated=seen.stated)
    told = replace(told, stated=channel.stated or seen.stated)
    is_close = channel.last is not None and at - channel.last < APART
    return told if is_close else replace(told, last=at, looks=channel.looks + 1)


def _leads_to(seen: Observation) -> str | None:
    moved = seen.facts.moved_to
    if isinstance(moved, str):
        return moved
    handle = seen.facts.handle
    return handle if seen.existence is Existence.RENAMED and isinstance(handle, str) else None


def _identified(watch: Watch, seen: Observation) -> Watch:
    """Hold the id that was shown against the first one; another's must be seen again before it is believed."""
    shown = seen.facts.platform_id
    if not isinstance(shown, PlatformId):
        return watch
    pinned, at, ids = watch.pinned, seen.observed_at, seen.facts.ids
    if not pinned:
        return _first(watch, as_text(shown), at)
    if pinned[0] in ids:
        return _its_own(watch, seen)
    comparable = [as_text(each) for each in ids if each.namespace == pinned[0].namespace]
    if not comparable:
        return watch
    return (_first if watch.waits_for_proof else _anothers)(watch, comparable[0], at)


def _first(watch: Watch, shown: str, at: datetime) -> Watch:
    channel = replace(watch.channel, pinned=shown, shown=shown)
    return replace(watch, channel=channel, other=shown, others=1, other_at=at)


def _its_own(watch: Watch, seen: Observation) -> Watch:
    """The first id again: one more look towards its proof, unless another name stands beside it."""
    watch = replace(watch, channel=replace(watch.channel, shown=watch.channel.pinned))
    if watch.waits_for_proof and (seen.existence is Existence.RENAMED or _is_close(watch, seen.observed_at)):
        return watch
    if watch.waits_for_proof and watch.others + 1 < TAKEOVER_LOOKS:
        return replace(watch, others=watch.others + 1, other_at=seen.observed_at)
    return replace(watch, other=None, others=0, other_at=None)


def _is_close(watch: Watch, at: datetime) -> bool:
    return watch.other_at is not None and at - watch.other_at < APART


def _anothers(watch: Watch, other: str, at: datetime) -> Watch:
    if watch.other == other and _is_close(watch, at):
        return watch
    others = watch.others + 1 if watch.other == other else 1
    channel = replace(watch.channel, shown=other) if others >= TAKEOVER_LOOKS else watch.channel
    return replace(watch, channel=channel, other=other, others=others, other_at=at)


def _name(facts: Facts, before: Watch) -> str:
    return facts.display_name if isinstance(facts.display_name, str) else before.name


def _evidence(seen: Observation) -> tuple[str, ...]:
    return tuple(f"{marker.id}: {marker.excerpt}" if marker.excerpt else marker.id for marker in seen.markers)
