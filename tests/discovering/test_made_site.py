"""A made city of any size, served by a real server and walked by a real process, which may be killed.

KANALTEST_DISCOVER_PAGES=2000 (`make discover-deep`) walks the large sizes; without it one small city is walked.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import pytest

from audits.model import Sighted
from tests.discovering.made_site import CLOSED_KEY, HOSTS, MadeSite
from tests.discovering.planting import WAYS
from tests.discovering.serving import Served, served
from tests.discovering.walker import DAYS
from tests.empty import migrated
from tests.figures import FIGURE
from worker.storage import open_store
from worker.storage.sightings import SqlSightings

DEEP = "KANALTEST_DISCOVER_PAGES" in os.environ
PAGES = int(os.environ.get("KANALTEST_DISCOVER_PAGES", "150"))
CHANNELS = 120
SOME = PAGES // 3  # pages of a smaller city
FEW = CHANNELS // 3
KILLS = 12 if DEEP else 4
SEED = 20261126
Told: TypeAlias = dict[str, object]


@dataclass(frozen=True, slots=True)
class City:
    """A made city that is being served, and the database of whoever walks it."""

    site: MadeSite
    served: Served
    database: str

    def walk(self, week: int = 0) -> Told:
        """Walk to the end; what the walker says of it."""
        lines = self.walker(week).communicate()[0].splitlines()
        told: Told = json.loads(lines[-1])
        return told

    def walker(self, week: int = 0) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.discovering.walker", "--database", self.database]
        command += ["--port", str(self.served.port), "--week", str(week)]
        return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)

    def sightings(self) -> list[Sighted]:
        store = open_store(self.database)
        found = list(SqlSightings(store.db).each_sighting())
        store.close()
        return found

    def pages(self, heard: list[tuple[str, str, int]]) -> Counter[int]:
        """How often each page of the tree was asked for, under whatever address."""
        numbers = (self.site.number(host, target.partition("?")[0]) for host, target, _ in heard)
        return Counter(number for number in numbers if number is not None)


def a_city(folder: Path, pages: int, channels: int) -> Iterator[City]:
    database = migrated(folder / "walk.sqlite3")
    with served(pages, channels) as at:
        yield City(MadeSite(pages, channels), at, database)


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[City, list[tuple[str, str, int]], Told]]:
    """A city that was walked once, what its server heard, and what the walker said of it."""
    for city in a_city(tmp_path_factory.mktemp("walked"), PAGES, CHANNELS):
        told = city.walk()
        yield city, city.served.heard(), told


def test_every_planted_channel_is_found_and_nothing_else(walked):
    city, _, told = walked
    keys = [each.sighting.key for each in city.sightings()]
    assert told["ended_by"] == "done"
    assert set(keys) == city.site.keys
    assert len(city.site.keys) == CHANNELS
    assert {plant.way for plant in city.site.plants.values()} == set(WAYS)


def test_no_channel_is_found_twice(walked):
    city, _, _ = walked
    assert Counter(each.sighting.key for each in city.sightings()).most_common(1)[0][1] == 1


def test_every_page_is_asked_for_once_under_one_address(walked):
    city, heard, _ = walked
    assert city.pages(heard) == Counter(range(PAGES))
    assert Counter((host, target) for host, target, _ in heard).most_common(1)[0][1] == 1


def test_robots_are_obeyed_and_nothing_leads_astray(walked):
    city, heard, _ = walked
    targets = [target for _, target, _ in heard]
    assert {host for host, _, _ in heard} == set(HOSTS)
    for never in ("/intern", "/dold", "/logga-in", ".pdf", "sid=", "sort=", "utm_", "#"):
        assert not [target for target in targets if never in target], never
    assert CLOSED_KEY not in {each.sighting.key for each in city.sightings()}
    assert targets.count("/robots.txt") == len(HOSTS)


def test_a_calendar_without_end_ends(walked):
    _, heard, _ = walked
    days = [target for _, target, _ in heard if target.startswith("/kalender/")]
    assert 0 < len(days) <= 2 * DAYS * len(HOSTS)


@pytest.fixture
def city(tmp_path: Path) -> Iterator[City]:
    yield from a_city(tmp_path, SOME, FEW)


@pytest.fixture
def killed_city(tmp_path: Path) -> Iterator[City]:
    """The city whose walks are killed: the whole of it at full size."""
    yield from a_city(tmp_path, *((PAGES, CHANNELS) if DEEP else (SOME, FEW)))


def test_a_second_walk_reads_nothing_that_is_unchanged_and_forgets_no_first_day(city: City):
    city.walk()
    city.served.heard()
    before = {each.sighting.key: each.first_seen_at for each in city.sightings()}
    city.walk(week=1)
    answers = Counter(status for host, target, status in city.served.heard() if city.pages([(host, target, status)]))
    made_for_programs = sum(plant.way == "answer for programs" for plant in city.site.plants.values())
    assert answers == Counter({304: SOME - made_for_programs, 200: made_for_programs})
    after = city.sightings()
    assert {each.sighting.key: each.first_seen_at for each in after} == before
    assert all(each.last_seen_at > each.first_seen_at for each in after)
    city.served.become(edition=2)
    city.walk(week=2)
    assert 304 not in {status for _, _, status in city.served.heard()}
    assert {each.sighting.key: each.first_seen_at for each in city.sightings()} == before


def test_a_walk_that_is_killed_anywhere_loses_nothing_and_repeats_nothing(killed_city: City):
    city, site = killed_city, killed_city.site
    chance, killed = random.Random(SEED), 0  # noqa: S311  # when to kill, not a secret
    for _ in range(KILLS):
        process = city.walker()
        assert process.stdout is not None
        lines = chance.randint(1, site.pages // KILLS)
        read = [process.stdout.readline() for _ in range(lines)]
        process.kill()
        process.communicate()
        killed += not read[-1].startswith("{")
    city.walk()
    heard = city.served.heard()
    assert killed == KILLS
    assert {each.sighting.key for each in city.sightings()} == site.keys
    assert len(city.sightings()) == site.channels
    asked = Counter((host, target) for host, target, _ in heard if target != "/robots.txt")
    assert set(city.pages(heard)) == set(range(site.pages))
    again = {at: times for at, times in asked.items() if times > 1}
    assert sum(again.values()) - len(again) <= KILLS * len(HOSTS), "more than what was under way was asked for again"


def test_memory_stays_flat_however_many_pages(tmp_path: Path, walked, record_property: Callable[[str, object], None]):
    """At full size from 2,000 pages to 20,000; else from 25 to the city that was walked once."""
    _, _, told = walked
    more = PAGES * 10 if DEEP else SOME // 2
    known, another = int(str(told["peak_kb"])), peak_kilobytes(tmp_path, more)
    record_property(FIGURE, f"peak memory: {known:,} kB for {PAGES:,} pages, {another:,} kB for {more:,}")
    assert abs(known - another) < 16_000, (known, another)


def peak_kilobytes(folder: Path, pages: int) -> int:
    (folder / str(pages)).mkdir()
    for city in a_city(folder / str(pages), pages, SOME // 3):
        return int(str(city.walk()["peak_kb"]))
    raise AssertionError("no city")
