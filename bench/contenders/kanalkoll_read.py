"""Kanalkoll's way out and its reader: permission, robots.txt, pace, guard, bounds, walls, facts; nothing written."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

from audits.model import Probe, Route
from audits.platform import Subject
from audits.platforms import PLATFORMS
from audits.reading.markers import Packs
from bench.contenders.kanalkoll import PLATFORM, fetcher_for, key_of, named, told
from bench.contenders.lines import hosts, tell, urls
from worker.fetching.fetcher import Fetcher
from worker.wiring import reading_instruments, settle, utc_now


async def lane(addresses: list[str], fetcher: Fetcher, packs: Packs) -> list[dict[str, Any]]:
    return [await look(url, fetcher, packs) for url in addresses]


async def look(url: str, fetcher: Fetcher, packs: Packs) -> dict[str, Any]:
    address = named(url)
    page = await fetcher.fetch(Probe(url=address, platform=PLATFORM, route=Route.PAGE))
    subject = Subject(platform=PLATFORM, key=key_of(url), url=address)
    return told(url, PLATFORMS[PLATFORM].read(page, subject, packs).facts)


async def work(addresses: list[str]) -> list[dict[str, Any]]:
    settle()
    _, packs = reading_instruments(utc_now())
    by_host = hosts(addresses).values()
    async with fetcher_for(each[0] for each in by_host) as fetcher:
        lanes = await asyncio.gather(*map(partial(lane, fetcher=fetcher, packs=packs), by_host))
    return [page for pages in lanes for page in pages]


if __name__ == "__main__":
    tell(asyncio.run(work(urls())))
