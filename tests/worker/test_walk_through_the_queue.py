"""The weekly walk through a real Redis, real worker processes and a real PostgreSQL, to a site on loopback."""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from config.discover import WEEKDAYS
from tests.fetching.proxies import ProxyServer
from tests.fetching.webs import ScriptedServer
from tests.worker.city_sites import DECLARED, answer
from tests.worker.queue import celery, wait_until, where_it_is_noon
from worker.ports.walks import EndedBy, WalkKind
from worker.storage import SqlStore, migrate, open_store
from worker.storage.sightings import SqlSightings
from worker.storage.walk_store import SqlWalks
from worker.wiring import utc_now

pytestmark = [pytest.mark.servers, pytest.mark.long]


@pytest.fixture
def environment(postgres_url: str, redis_url: str, tmp_path: Path) -> dict[str, str]:
    declared, zone = tmp_path / "discover.toml", where_it_is_noon()
    today = WEEKDAYS[utc_now().astimezone(ZoneInfo(zone)).weekday()]
    declared.write_text(DECLARED.replace("[walk]\n", f'[walk]\nweekday = "{today}"\nbegins = 00:00:00\n'))
    return {
        **os.environ,
        "KANALKOLL_DATABASE_URL": postgres_url,
        "KANALKOLL_REDIS_URL": redis_url,
        "KANALKOLL_DISCOVER_FILE": str(declared),
        "KANALKOLL_AGENT_CONTACT": "https://almestad.example/kanalkoll",
        "KANALKOLL_EGRESS_PROXY_RESOLVES": "true",
        "KANALKOLL_TIMEZONE": zone,
        "KANALKOLL_PACE_SECONDS": "0.05",
        "KANALKOLL_TICK_SECONDS": "1",
        "KANALKOLL_LANE_SECONDS": "5",
    }


@pytest.fixture
def store(postgres_url: str) -> Iterator[SqlStore]:
    migrate.upgrade(postgres_url)
    opened = open_store(postgres_url)
    yield opened
    opened.close()


def test_beat_and_two_workers_walk_the_sites_once_in_the_week(environment, store, tmp_path):
    walks = SqlWalks(store.db)

    def closed() -> bool:
        walk = walks.latest_walk()
        return walk is not None and not walk.is_open

    async def week() -> Counter[str]:
        async with ScriptedServer(answer) as site, ProxyServer(site.port, only=":80") as proxy:
            network = {**environment, "KANALKOLL_EGRESS_PROXY": f"http://127.0.0.1:{proxy.port}"}
            await asyncio.to_thread(through, network)
            return Counter(heard.target for heard in site.heard if heard.host == "almestad.example")

    def through(network: dict[str, str]) -> None:
        with (
            celery(network, tmp_path, "worker", "-c", "2", "-O", "fair", "-Q", "nightly"),
            celery(network, tmp_path, "beat", "-s", str(tmp_path / "beat")),
        ):
            assert wait_until(closed)

    asked = asyncio.run(week())
    walk = walks.latest_walk()
    assert walk is not None
    assert (walk.kind, walk.ended_by) == (WalkKind.WEEKLY, EndedBy.DONE)
    assert len(walks.begun_weeks()) == 1
    assert asked == {"/": 1, "/kultur": 1, "/sitemap.xml": 1}
    keys = {each.sighting.key for each in SqlSightings(store.db).each_sighting()}
    assert keys == {"vimeo:almestad", "instagram:almestad", "tiktok:almestadlike"}
