"""Whatever a server does, the visit ends in time, in bounds and with a named outcome."""

from __future__ import annotations

import asyncio
import sys
import time
from dataclasses import dataclass

import pytest

from audits.model import Page, Transport
from tests.fetching.bombs import BOMBS, Bomb
from tests.fetching.vectors import PUBLIC_4
from tests.fetching.webs import PATIENT, Dials, RawServer, TableResolver, a_conduct, a_probe
from tests.memory import memory, wipe_mark
from tests.quickness import fits
from worker.fetching.engine import trusting
from worker.fetching.guarding import GuardedBackend
from worker.fetching.limits import Limits
from worker.fetching.making import guarded_fetcher
from worker.fetching.outcomes import Failure, failure_of, worth_a_retry
from worker.fetching.resolving import PublicInternet
from worker.fetching.robots import Copy, read_rules

TRUST = trusting()
IMPATIENT = Limits(total_seconds=0.6, read_seconds=0.4)  # for those who let us wait for ever
UNGREETED = Limits(total_seconds=0.6, connect_seconds=0.4)  # likewise, before a word is said
WAITING = {Failure.DEADLINE, Failure.READ_TIMEOUT, Failure.CONNECT_TIMEOUT}
LATE = 200  # seconds by which a busy machine may wake us too late; the bombs wait ten minutes, or for ever
MOST_WORK = 1.6  # seconds of this thread, the bomb's own included
MOST_MEMORY = 80 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Visited:
    page: Page
    seconds: float
    work: float
    memory: int


def limits(bomb: Bomb) -> Limits:
    if not bomb.may_be & WAITING:
        return PATIENT
    return UNGREETED if bomb.tls else IMPATIENT


async def visit(bomb: Bomb) -> Visited:
    url = "https://pub.example/" if bomb.tls else "http://pub.example/"
    rules = {f"{url}robots.txt": Copy(a_conduct().clock().replace(year=2027), read_rules("", "kanalkoll"))}
    async with RawServer(bomb.serve) as server:
        dials = Dials(lambda _address, _port: server.port)
        backend = GuardedBackend(PublicInternet(TableResolver({"pub.example": (PUBLIC_4,)})), dials)
        conduct = a_conduct(limits=limits(bomb), copies=rules)
        async with guarded_fetcher(backend, TRUST, conduct) as fetcher:
            wipe_mark()
            before, began, idle = memory("VmRSS"), asyncio.get_running_loop().time(), time.thread_time()
            page = await fetcher.fetch(a_probe(url))
            seconds, work = asyncio.get_running_loop().time() - began, time.thread_time() - idle
            return Visited(page, seconds, work, memory("VmHWM") - before)


def test_there_are_at_least_60_bombs() -> None:
    assert len(BOMBS) >= 60


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_ends_in_time_in_bounds_and_with_a_name(name: str) -> None:
    bomb = BOMBS[name]
    visited = asyncio.run(visit(bomb))
    assert visited.seconds <= limits(bomb).total_seconds + LATE
    assert fits(visited.work, MOST_WORK)
    assert visited.memory <= MOST_MEMORY
    assert len(visited.page.body) <= PATIENT.inflated_bytes
    assert failure_of(visited.page) in (bomb.may_be or {None}), visited.page.reason
    assert (visited.page.transport is Transport.OK) == (bomb.may_be <= {Failure.TOO_BIG})


def test_a_page_that_is_cut_says_so_and_keeps_its_beginning() -> None:
    page = asyncio.run(visit(BOMBS["a gigabyte in gzip"])).page
    assert page.truncated
    assert len(page.body) == PATIENT.inflated_bytes


def test_no_cookie_is_handed_on() -> None:
    page = asyncio.run(visit(BOMBS["150 cookies"])).page
    assert "set-cookie" not in page.headers
    assert page.body == b"hej"


@pytest.mark.parametrize("failure", Failure)
def test_only_broken_connections_and_time_outs_are_worth_a_second_try(failure: Failure) -> None:
    page = Page(url="http://pub.example/", fetched_at=a_conduct().clock(), reason=f"{failure}: why")
    again = {Failure.RESET, Failure.CONNECT_TIMEOUT, Failure.READ_TIMEOUT, Failure.DNS_TIMEOUT}
    assert worth_a_retry(page) == (failure in again)


def test_a_page_is_not_worth_a_second_try() -> None:
    assert not worth_a_retry(Page(url="http://pub.example/", fetched_at=a_conduct().clock(), status=500))
