"""Canada's list of its departments' accounts, 162 versions of it, replayed as a public list.

version counts (when) + events (added, removed, changed) ─▶ Version(at, keys) … ─follow▶ what a follower tells

A key is the account where its address names one, else the address itself. The first four versions are the register's
own setting up (the source says so) and are the ground that the replay begins on.
"""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from pathlib import Path

from audits.addresses import identify
from audits.model import Own, Sighted, Sighting, SightingKind, Source
from audits.platforms import GRAMMARS
from audits.reconciling import Followed, follow, notice_is_new

SETTING_UP = 4
LOSS = datetime.fromisoformat("2026-06-01T05:01:27+00:00")


@dataclass(frozen=True, slots=True)
class Version:
    at: datetime
    keys: frozenset[str]


@cache
def key_of(platform: str, url: str) -> str:
    address = identify(url, platform, GRAMMARS)
    return address.key or f"{platform.casefold()} {url}"


def versions(folder: Path) -> tuple[Version, ...]:
    """Every version of the list, in order."""
    with (folder / "ca-gc-socials-version-counts.csv").open(encoding="utf-8", newline="") as file:
        times = [datetime.fromisoformat(row["version_at"]) for row in csv.DictReader(file)]
    with gzip.open(folder / "ca-gc-socials-events.csv.gz", "rt", encoding="utf-8", newline="") as file:
        events = list(csv.DictReader(file))
    return tuple(_replayed(times, events))


def _replayed(times: Iterable[datetime], events: Iterable[dict[str, str]]) -> Iterator[Version]:
    by_time: dict[datetime, list[dict[str, str]]] = {}
    for event in events:
        by_time.setdefault(datetime.fromisoformat(event["version_at"]), []).append(event)
    standing: Counter[str] = Counter()  # several rows may name one account
    for at in times:
        for event in by_time.get(at, ()):
            key = key_of(event["platform"], event["url"])
            standing[key] += {"added": 1, "removed": -1}.get(event["event"], 0)
        yield Version(at, frozenset(key for key, rows in standing.items() if rows > 0))


# --- a follower


@dataclass
class Follower:
    """Follows a list from version to version, in memory, as a store would."""

    known: dict[str, Sighted] = field(default_factory=dict)
    told: list[tuple[datetime, str, str]] = field(default_factory=list)  # when, what, key
    notices: list[datetime] = field(default_factory=list)
    last_look: datetime | None = None
    was_held: bool = False

    def read(self, version: Version) -> None:
        found = follow(
            tuple(self.known.values()), map(named, sorted(version.keys)), version.at, last_look=self.last_look
        )
        if notice_is_new(found.held, self.was_held):
            self.notices.append(version.at)
        self._tell(found, version.at)
        self._keep(found, version.at)
        self.last_look, self.was_held = version.at, found.held is not None

    def _tell(self, found: Followed, at: datetime) -> None:
        self.told += [(at, "added", each.key or "") for each in found.added]
        self.told += [(at, "returned", each.sighting.key or "") for each in found.returned]
        self.told += [(at, "removed", each.sighting.key or "") for each in found.removed]

    def _keep(self, found: Followed, at: datetime) -> None:
        by_id = {each.id: key for key, each in self.known.items()}
        for id_ in found.look.missed:
            was = self.known[by_id[id_]]
            gone_at = at if id_ in found.look.gone else None
            self.known[by_id[id_]] = replace(was, missed=was.missed + 1, missed_at=at, gone_at=gone_at)
        for each in found.look.seen:
            key = each.key or ""
            was = self.known.get(key) or a_new(each, len(self.known) + 1, at)
            self.known[key] = replace(was, last_seen_at=at, missed=0, missed_at=None, gone_at=None)


def a_new(sighting: Sighting, number: int, at: datetime) -> Sighted:
    return Sighted(id=number, source=Source.LIST, sighting=sighting, first_seen_at=at, last_seen_at=at)


def named(key: str) -> Sighting:
    return Sighting(
        page="",
        url=key,
        kind=SightingKind.PROFILE,
        place="list",
        key=key,
        platform=key.partition(":")[0],
        own=Own.LIKELY,
    )
