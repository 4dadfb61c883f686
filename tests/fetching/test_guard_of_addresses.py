"""Only public addresses are dialled. Without its guard the same suite dials inside: so it can fail."""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Sequence
from typing import Final

import httpcore
import httpx
import pytest

from audits.model import Page, Transport
from tests.fetching import vectors
from tests.fetching.webs import Dials, Heard, ScriptedServer, TableResolver, a_conduct, a_probe, always, response
from worker.fetching.engine import GuardedTransport, trusting
from worker.fetching.guarding import GuardedBackend
from worker.fetching.limits import Limits
from worker.fetching.making import guarded_fetcher
from worker.fetching.outcomes import Failure, NoPage, failure_of
from worker.fetching.public_addresses import is_inside, why_refused
from worker.fetching.resolving import PublicInternet, Resolver, Target, Whereabouts
from worker.fetching.streams import AsyncioBackend
from worker.fetching.urls import vetted

TRUST = trusting()
A_SECOND = Limits(connect_seconds=1, read_seconds=1).timeouts
PUBLIC = {
    "pub.example": (vectors.PUBLIC_4,),
    "pub6.example": (vectors.PUBLIC_6,),
    "xn--rksmrgs-5wao1o.example": (vectors.PUBLIC_4,),
}
TABLE = {**vectors.NAMES, **PUBLIC, "inside-by-port.example": (vectors.PUBLIC_4,)}


def public(address: str) -> bool:
    return why_refused(address) is None


class Unguarded:
    """What a client does that checks nothing: dial whatever the name resolves to."""

    def __init__(self, resolver: Resolver) -> None:
        self.resolver = resolver

    async def targets(self, host: str, port: int) -> Sequence[Target]:
        return [Target(address, port) for address in await self.resolver(host)]


class ByStandardLibrary(Unguarded):
    """What a client does that trusts `ipaddress.is_global`."""

    async def targets(self, host: str, port: int) -> Sequence[Target]:
        found = await super().targets(host, port)
        if not all(ipaddress.ip_address(target.host).is_global for target in found):
            raise NoPage(Failure.NOT_PUBLIC)
        return found


async def dialled_without_vetting(urls: Sequence[str], make: type[Unguarded]) -> tuple[list[str], int]:
    """Addresses that a client with these whereabouts dials, not public, and how many requests a canary received."""
    answer = always(response(200, b"canary"))
    async with ScriptedServer(answer) as canary, ScriptedServer(answer) as outside:
        dials = Dials(lambda address, _port: outside.port if public(address) else canary.port)
        transport = GuardedTransport(GuardedBackend(make(TableResolver(TABLE)), dials), TRUST)
        for url in urls:
            await try_url(transport, url)
        await transport.aclose()
        inside = [address for address, _ in dials.dialled if not public(address)]
        return inside, len(canary.heard)


async def try_url(transport: httpx.AsyncBaseTransport, url: str) -> None:
    try:
        answer = await transport.handle_async_request(httpx.Request("GET", url, extensions={"timeout": A_SECOND}))
        await answer.aclose()
    except (NoPage, httpx.InvalidURL, httpcore.UnsupportedProtocol, ValueError, OSError):
        pass  # this control counts dials, not outcomes


async def fetched_with_guard(urls: Sequence[str]) -> tuple[list[Page], list[tuple[str, int]], int]:
    async with ScriptedServer(always(response(200, b"canary"))) as canary:
        dials = Dials(lambda _address, _port: canary.port)
        fetcher = guarded_fetcher(GuardedBackend(PublicInternet(TableResolver(TABLE)), dials), TRUST, a_conduct())
        async with fetcher:
            pages = [await fetcher.fetch(a_probe(url)) for url in urls]
        return pages, dials.dialled, len(canary.heard)


def test_there_are_at_least_180_addresses_to_refuse() -> None:
    assert len(set(vectors.REFUSED)) >= 180


def test_no_refused_address_is_dialled_and_each_has_its_reason() -> None:
    pages, dialled, heard = asyncio.run(fetched_with_guard(vectors.REFUSED))
    assert dialled == []
    assert heard == 0
    assert {page.transport for page in pages} == {Transport.UNREACHABLE}
    expected = {Failure.NOT_PUBLIC, Failure.BAD_URL, Failure.PORT, Failure.DNS}
    assert {page.url: page.reason for page in pages if failure_of(page) not in expected} == {}


def test_without_the_guard_the_same_addresses_are_dialled() -> None:
    inside, heard = asyncio.run(dialled_without_vetting(vectors.REFUSED, Unguarded))
    assert len(inside) >= 90
    assert heard >= 30


def test_the_standard_librarys_word_is_not_enough() -> None:
    inside, _ = asyncio.run(dialled_without_vetting(vectors.REFUSED, ByStandardLibrary))
    assert len(inside) >= 10


@pytest.mark.parametrize("address", [*vectors.RESERVED_4, *vectors.RESERVED_6])
def test_what_is_not_public_is_refused_by_name(address: str) -> None:
    assert why_refused(address)


@pytest.mark.parametrize("address", vectors.NEIGHBOURS)
def test_what_lies_just_outside_is_public(address: str) -> None:
    assert why_refused(address) is None


@pytest.mark.parametrize("text", ["", "localhost", "127.1", "::1%lo", "1.2.3.4/32", "½", "fe80::1%eth0"])
def test_what_is_no_plain_address_is_not_public(text: str) -> None:
    assert why_refused(text)


def test_neighbours_are_dialled_with_and_without_brackets() -> None:
    urls = [f"http://{vectors.bracketed(address)}/" for address in vectors.NEIGHBOURS]
    pages, dialled, _ = asyncio.run(fetched_with_guard(urls))
    assert {page.reason for page in pages} == {""}
    assert {address for address, _ in dialled} == set(vectors.NEIGHBOURS)


@pytest.mark.parametrize(
    "url", ["http://pub.example/", "http://pub6.example/", "http://räksmörgås.example/", "http://PUB.example:80/#x"]
)
def test_public_names_are_fetched(url: str) -> None:
    pages, dialled, _ = asyncio.run(fetched_with_guard([url]))
    assert pages[0].body == b"canary"
    assert len(dialled) == 2  # robots.txt and the page: every connection is a new one


def test_a_citys_own_site_may_resolve_inside_when_it_is_named() -> None:
    where = PublicInternet(TableResolver({"www.almestad.example": ("10.1.2.3",)}), frozenset({"www.almestad.example"}))
    assert asyncio.run(where.targets("www.almestad.example", 443)) == [Target("10.1.2.3", 443)]


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "::1", "169.254.169.254", "fe80::1", vectors.ANYONE, "224.0.0.1", "168.63.129.16"]
)
def test_but_never_to_the_machine_itself_or_a_clouds_credentials(address: str) -> None:
    assert not is_inside(address)
    where = PublicInternet(TableResolver({"www.almestad.example": (address,)}), frozenset({"www.almestad.example"}))
    with pytest.raises(NoPage, match="not_public"):
        asyncio.run(where.targets("www.almestad.example", 443))


def test_a_host_below_or_beside_a_named_one_is_not_named() -> None:
    for other in ("x.www.almestad.example", "evilwww.almestad.example", "almestad.example"):
        where = PublicInternet(TableResolver({other: ("10.1.2.3",)}), frozenset({"www.almestad.example"}))
        with pytest.raises(NoPage, match="not_public"):
            asyncio.run(where.targets(other, 443))


async def redirected(where: Whereabouts, own: frozenset[str], status: int, location: str) -> tuple[Page, list[str]]:
    """The page at a public address that answers with this redirect, and all addresses that were dialled."""

    async def answer(heard: Heard, writer: asyncio.StreamWriter) -> None:
        robots = heard.target == "/robots.txt"
        writer.write(response(404) if robots else response(status, b"", location=location))

    async with ScriptedServer(answer) as server:
        dials = Dials(lambda _address, _port: server.port)
        async with guarded_fetcher(GuardedBackend(where, dials), TRUST, a_conduct(), own) as fetcher:
            page = await fetcher.fetch(a_probe())
        return page, [address for address, _ in dials.dialled]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_leads_inside(status: int) -> None:
    async def all_of_them() -> list[tuple[str, Page, list[str]]]:
        where = PublicInternet(TableResolver(TABLE))
        return [(each, *await redirected(where, frozenset(), status, each)) for each in vectors.REDIRECTS]

    assert len(set(vectors.REDIRECTS)) >= 40
    for location, page, dialled in asyncio.run(all_of_them()):
        assert {address for address in dialled if not public(address)} == set(), location
        assert page.transport is Transport.UNREACHABLE, location
        assert failure_of(page) in {Failure.NOT_PUBLIC, Failure.BAD_REDIRECT, Failure.PORT}, (location, page.reason)


OWN: Final = frozenset({"www.almestad.example"})
INSIDE: Final = "http://www.almestad.example/"
SPLIT: Final = PublicInternet(TableResolver({**TABLE, "www.almestad.example": ("10.1.2.3",)}), OWN)


def test_anothers_page_may_not_lead_to_a_site_of_ours_that_is_inside() -> None:
    page, dialled = asyncio.run(redirected(SPLIT, OWN, 301, INSIDE))
    assert failure_of(page) is Failure.NOT_PUBLIC
    assert "10.1.2.3" not in dialled


def test_nor_may_anothers_robots_txt() -> None:
    async def away(_heard: Heard, writer: asyncio.StreamWriter) -> None:
        writer.write(response(301, b"", location=f"{INSIDE}forget?all"))

    async def led() -> tuple[Page, list[tuple[str, int]]]:
        async with ScriptedServer(away) as server:
            dials = Dials(lambda _address, _port: server.port)
            async with guarded_fetcher(GuardedBackend(SPLIT, dials), TRUST, a_conduct(), OWN) as fetcher:
                return await fetcher.fetch(a_probe()), dials.dialled

    page, dialled = asyncio.run(led())
    assert page.reason == "not_public: led_inside: www.almestad.example"
    assert dialled == [(vectors.PUBLIC_4, 80)]


@pytest.mark.parametrize(
    ("named_by", "is_asked"),
    [
        (None, True),  # the register, or a declaration
        (INSIDE, True),
        ("https://pub.example/a", False),
        ("https://www.almestad.example.pub.example/", False),
        ("", False),
    ],
)
def test_an_address_inside_is_asked_where_nobody_else_has_named_it(named_by: str | None, is_asked: bool) -> None:
    async def asked() -> tuple[Page, int]:
        async with ScriptedServer(always(response(200, b"hej"))) as server:
            dials = Dials(lambda _address, _port: server.port)
            async with guarded_fetcher(GuardedBackend(SPLIT, dials), TRUST, a_conduct(), OWN) as fetcher:
                return await fetcher.fetch(a_probe(INSIDE, named_by=named_by)), len(dials.dialled)

    page, dials = asyncio.run(asked())
    assert (page.transport is Transport.OK, dials > 0) == (is_asked, is_asked)


def test_a_connection_that_ends_elsewhere_is_closed() -> None:
    class Astray(Dials):
        """Connects somewhere else than it was told, and says so."""

        async def connect_tcp(self, host: str, port: int, *_: object) -> httpcore.AsyncNetworkStream:
            return await AsyncioBackend().connect_tcp("127.0.0.1", self.to(host, port), 60)

    async def go() -> Page:
        async with ScriptedServer(always(response(200))) as server:
            backend = GuardedBackend(PublicInternet(TableResolver(TABLE)), Astray(lambda _address, _port: server.port))
            async with guarded_fetcher(backend, TRUST, a_conduct()) as fetcher:
                return await fetcher.fetch(a_probe())

    assert failure_of(asyncio.run(go())) is Failure.NOT_PUBLIC


def test_a_file_socket_is_refused() -> None:
    backend = GuardedBackend(PublicInternet(TableResolver({})), AsyncioBackend())
    with pytest.raises(NoPage, match="not_public"):
        asyncio.run(backend.connect_unix_socket("/var/run/docker.sock"))


def test_the_host_that_is_checked_is_the_host_that_is_named_to_the_server() -> None:
    assert vetted("http://RÄKSMÖRGÅS.example/å?ä#ö").raw_host == b"xn--rksmrgs-5wao1o.example"
