"""Names: one lookup a connection, every record checked, and whatever the answer, never a dial inside."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from audits.model import Page, Transport
from tests.fetching.vectors import ANYONE, PUBLIC_4, PUBLIC_6
from tests.fetching.webs import Dials, ScriptedServer, TableResolver, a_conduct, a_probe, always, response
from tests.servers.processes import held_port
from worker.fetching.engine import trusting
from worker.fetching.guarding import GuardedBackend
from worker.fetching.making import guarded_fetcher
from worker.fetching.outcomes import Failure, failure_of
from worker.fetching.public_addresses import why_refused
from worker.fetching.resolving import PublicInternet, Resolver, SystemResolver

TRUST = trusting()
MANY = tuple(f"93.184.{third}.{last}" for third in (216, 217) for last in range(1, 40))
INSIDE = ("127.0.0.1",)
OUTSIDE = (PUBLIC_4,)

GOOD = [
    (PUBLIC_4,),
    (PUBLIC_6,),
    (PUBLIC_4, PUBLIC_6),
    (PUBLIC_6, PUBLIC_4),
    (PUBLIC_4, PUBLIC_4),
    MANY,
    (PUBLIC_6.upper(),),
    ("2606:2800:0220:0001:0248:1893:25c8:1946",),
]
SPOILT = [
    (PUBLIC_4, "127.0.0.1"),
    ("127.0.0.1", PUBLIC_4),
    (PUBLIC_4, "10.0.0.1", PUBLIC_6),
    (PUBLIC_4, "::1"),
    (PUBLIC_6, "::ffff:127.0.0.1"),
    (PUBLIC_4, f"::ffff:{PUBLIC_4}"),
    (PUBLIC_4, f"64:ff9b::{PUBLIC_4}"),
    (PUBLIC_4, ANYONE),
    (PUBLIC_4, "169.254.169.254"),
    (PUBLIC_4, "fe80::1%eth0"),
    (PUBLIC_4, "fd00::1"),
    (*MANY, "192.168.1.1"),
    ("192.168.1.1", *MANY),
    (PUBLIC_4, "nonsense"),
    (PUBLIC_4, ""),
]
REBINDING = [
    ([INSIDE, OUTSIDE], 0),
    ([OUTSIDE, INSIDE], 1),
    ([OUTSIDE, (PUBLIC_4, "127.0.0.1")], 1),
    ([OUTSIDE, ("::1",)], 1),
    ([OUTSIDE, ("169.254.169.254",)], 1),
    ([OUTSIDE, OUTSIDE, INSIDE], 2),
    ([OUTSIDE, (PUBLIC_6,), INSIDE], 2),
]
TROUBLE: list[tuple[Exception, Failure]] = [
    (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), Failure.DNS),
    (socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution"), Failure.DNS),
    (socket.gaierror(socket.EAI_FAIL, "Non-recoverable failure"), Failure.DNS),
    (UnicodeError("label too long"), Failure.DNS),
    (OSError("no route"), Failure.DNS),
]


def test_there_are_at_least_30_cases() -> None:
    assert len(GOOD) + len(SPOILT) + len(REBINDING) + len(TROUBLE) + 2 >= 30


@dataclass(slots=True)
class Watched:
    """What came of some visits: pages, addresses dialled, lookups made."""

    pages: list[Page] = field(default_factory=list)
    dialled: list[str] = field(default_factory=list)

    @property
    def inside(self) -> list[str]:
        return [address for address in self.dialled if why_refused(address)]


async def watch(resolver: Resolver, visits: int = 1, seconds: float = 5) -> Watched:
    async with ScriptedServer(always(response(200, b"hej"))) as server:
        dials = Dials(lambda _address, _port: server.port)
        where = PublicInternet(resolver, seconds=seconds)
        async with guarded_fetcher(GuardedBackend(where, dials), TRUST, a_conduct()) as fetcher:
            pages = [await fetcher.fetch(a_probe(f"http://name.example/{number}")) for number in range(visits)]
        return Watched(pages, [address for address, _ in dials.dialled])


@pytest.mark.parametrize("records", GOOD)
def test_a_public_name_costs_one_lookup_a_connection(records: Sequence[str]) -> None:
    resolver = TableResolver({"name.example": records})
    seen = asyncio.run(watch(resolver, visits=20))
    assert {page.reason for page in seen.pages} == {""}
    assert len(resolver.asked) == len(seen.dialled) == 21  # robots.txt and twenty pages
    assert seen.inside == []


@pytest.mark.parametrize("records", SPOILT)
def test_one_bad_record_spoils_the_name(records: Sequence[str]) -> None:
    seen = asyncio.run(watch(TableResolver({"name.example": records}), visits=20))
    assert seen.dialled == []
    assert {failure_of(page) for page in seen.pages} == {Failure.NOT_PUBLIC}


@pytest.mark.parametrize(("answers", "dials_before"), REBINDING)
def test_a_name_that_moves_inside_is_not_followed_there(answers: list[tuple[str, ...]], dials_before: int) -> None:
    resolver = TableResolver({"name.example": answers})
    seen = asyncio.run(watch(resolver, visits=20))
    assert seen.inside == []
    assert seen.dialled[:dials_before] == [answer[0] for answer in answers[:dials_before]]
    assert failure_of(seen.pages[max(dials_before - 1, 0)]) is Failure.NOT_PUBLIC


def test_a_name_that_changes_after_the_lookup_stays_at_the_address_that_was_checked() -> None:
    """The connection is opened to the literal address: a second look at the name would get another."""
    resolver = TableResolver({"name.example": [OUTSIDE, OUTSIDE, INSIDE]})
    seen = asyncio.run(watch(resolver))
    assert seen.pages[0].body == b"hej"
    assert seen.dialled == [PUBLIC_4, PUBLIC_4]
    assert len(resolver.asked) == 2


@pytest.mark.parametrize(("trouble", "failure"), TROUBLE)
def test_a_lookup_that_fails_is_told_as_that(trouble: Exception, failure: Failure) -> None:
    async def failing(_: str) -> Sequence[str]:
        raise trouble

    seen = asyncio.run(watch(failing))
    assert failure_of(seen.pages[0]) is failure
    assert seen.pages[0].transport is Transport.UNREACHABLE
    assert "name.example" in seen.pages[0].reason


def test_a_name_without_an_address_is_told_as_that() -> None:
    seen = asyncio.run(watch(TableResolver({"name.example": ()})))
    assert failure_of(seen.pages[0]) is Failure.DNS


def test_a_lookup_that_hangs_ends_in_its_own_time() -> None:
    async def hanging(_: str) -> Sequence[str]:
        await asyncio.sleep(600)
        return OUTSIDE

    async def timed() -> tuple[Watched, float]:
        began = asyncio.get_running_loop().time()
        return await watch(hanging, seconds=0.2), asyncio.get_running_loop().time() - began

    seen, took = asyncio.run(timed())
    assert failure_of(seen.pages[0]) is Failure.DNS_TIMEOUT
    assert took < 300  # and not the ten minutes that the lookup takes


def test_the_machines_own_resolver_is_asked_in_threads_of_its_own() -> None:
    async def look_up() -> Sequence[str]:
        resolver = SystemResolver(threads=1)
        try:
            return await resolver("localhost")
        finally:
            resolver.close()

    assert set(asyncio.run(look_up())) <= {"127.0.0.1", "::1"}


def test_at_most_four_addresses_are_tried_and_the_first_that_answers_wins() -> None:
    async def go() -> tuple[Page, list[str]]:
        async with ScriptedServer(always(response(200, b"hej"))) as server:
            dials = Dials(lambda address, _port: server.port if address == MANY[2] else nobody)
            where = PublicInternet(TableResolver({"name.example": MANY}))
            async with guarded_fetcher(GuardedBackend(where, dials), TRUST, a_conduct()) as fetcher:
                page = await fetcher.fetch(a_probe("http://name.example/"))
            return page, [address for address, _ in dials.dialled]

    with held_port() as nobody:
        page, dialled = asyncio.run(go())
    assert page.body == b"hej"
    assert dialled == [*MANY[:3], *MANY[:3]]


def test_where_nobody_answers_at_any_address_that_is_the_outcome() -> None:
    async def go() -> tuple[Page, int]:
        dials = Dials(lambda _address, _port: nobody)
        where = PublicInternet(TableResolver({"name.example": MANY}))
        async with guarded_fetcher(GuardedBackend(where, dials), TRUST, a_conduct()) as fetcher:
            return await fetcher.fetch(a_probe("http://name.example/")), len(dials.dialled)

    with held_port() as nobody:
        page, dialled = asyncio.run(go())
    assert failure_of(page) is Failure.CONNECT
    assert dialled == 4
