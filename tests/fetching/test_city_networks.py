"""A city's network has a proxy, authorities and sites of its own: each is set by name, and named when missing."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
import trustme

from audits.model import Page
from audits.wording import LANGUAGES, phrase
from tests.fetching.proxies import ProxyServer, serving
from tests.fetching.vectors import PUBLIC_4
from tests.fetching.webs import (
    Dials,
    RawServer,
    ScriptedServer,
    TableResolver,
    a_conduct,
    a_probe,
    a_site,
    always,
    pipe,
    response,
)
from worker.fetching.diagnosing import declared_obstacles, obstacle_of, try_hosts
from worker.fetching.engine import trusting
from worker.fetching.guarding import GuardedBackend
from worker.fetching.limits import Agent
from worker.fetching.making import guarded_fetcher, proxy_of, public_fetcher, trust_of
from worker.fetching.networks import BadNetwork, Network
from worker.fetching.outcomes import Failure, NoPage, failure_of
from worker.fetching.resolving import ByProxy, LoopbackWeb, PublicInternet, Target, Whereabouts
from worker.fetching.streams import AsyncioBackend
from worker.fetching.tunnelling import Proxy, TunnelBackend

CONTACT = Agent(contact="https://almestad.example/kanalkoll")
RESOLVER = TableResolver(
    {"pub.example": (PUBLIC_4,), "inside.example": ("10.1.2.3",), "mixed.example": (PUBLIC_4, "::1")}
)


async def through(
    where: Whereabouts, url: str, *, refusing: int = 0, password: str = "", login: str = ""
) -> tuple[Page, list[str]]:
    """The page as had through a proxy, and whom the proxy was asked for."""
    async with (
        ScriptedServer(always(response(200, b"hej"))) as server,
        ProxyServer(server.port, refusing=refusing, password=password) as proxy,
    ):
        own = proxy_of(f"http://{login}127.0.0.1:{proxy.port}")
        backend = GuardedBackend(where, TunnelBackend(own, AsyncioBackend()))
        async with guarded_fetcher(backend, trusting(), a_conduct()) as fetcher:
            return await fetcher.fetch(a_probe(url)), proxy.asked


# --- the proxy


def test_the_proxy_is_asked_for_the_address_that_was_checked() -> None:
    page, asked = asyncio.run(through(PublicInternet(RESOLVER), "http://pub.example/"))
    assert page.body == b"hej"
    assert set(asked) == {f"{PUBLIC_4}:80"}


@pytest.mark.parametrize("host", ["inside.example", "mixed.example", "10.0.0.1", "[::1]", "169.254.169.254"])
def test_what_lies_inside_is_not_reached_through_the_proxy_either(host: str) -> None:
    for where in (PublicInternet(RESOLVER), ByProxy(PublicInternet(RESOLVER))):
        page, asked = asyncio.run(through(where, f"http://{host}/"))
        assert failure_of(page) is Failure.NOT_PUBLIC
        assert asked == []


def test_a_name_that_only_the_proxy_knows_is_left_to_it_where_that_was_said() -> None:
    unknown = "http://unknown.example/"
    page, asked = asyncio.run(through(PublicInternet(TableResolver({"unknown.example": ()})), unknown))
    assert failure_of(page) is Failure.DNS
    assert asked == []
    page, asked = asyncio.run(through(ByProxy(PublicInternet(TableResolver({"unknown.example": ()}))), unknown))
    assert page.body == b"hej"
    assert set(asked) == {"unknown.example:80"}


@pytest.mark.parametrize(
    "host", ["intranet", "metadata.google.internal", "nas.local", "a.b.localhost", "dc1.corp", "x.home.arpa", "x.lan."]
)
def test_a_name_that_only_a_network_of_its_own_can_know_is_not_left_to_the_proxy(host: str) -> None:
    nowhere = TableResolver({host: ()})
    page, asked = asyncio.run(through(ByProxy(PublicInternet(nowhere)), f"http://{host}/"))
    assert (failure_of(page), asked) == (Failure.NOT_PUBLIC, [])
    page, asked = asyncio.run(through(ByProxy(PublicInternet(nowhere, frozenset({host}))), f"http://{host}/"))
    assert (page.body, set(asked)) == (b"hej", {f"{host}:80"})


def test_the_proxy_may_want_a_password() -> None:
    page, _ = asyncio.run(through(PublicInternet(RESOLVER), "http://pub.example/", password="a:b%c", login="a:b%25c@"))
    assert page.body == b"hej"
    page, _ = asyncio.run(through(PublicInternet(RESOLVER), "http://pub.example/", password="a:b"))
    assert page.reason == "proxy: no_tunnel: 127.0.0.1, HTTP 407"


@pytest.mark.parametrize("status", [302, 400, 403, 407, 502, 503])
def test_a_proxy_that_refuses_is_named(status: int) -> None:
    page, _ = asyncio.run(through(PublicInternet(RESOLVER), "http://pub.example/", refusing=status))
    assert failure_of(page) is Failure.PROXY


@pytest.mark.parametrize("said", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 200", b"x" * 100_000])
def test_a_proxy_that_speaks_nonsense_is_named(said: bytes) -> None:
    async def mutter(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(said)

    async def go() -> None:
        async with RawServer(mutter) as server:
            backend = TunnelBackend(Proxy("127.0.0.1", server.port), AsyncioBackend())
            await backend.connect_tcp(PUBLIC_4, 80, 60)

    with pytest.raises(NoPage, match="proxy"):
        asyncio.run(go())


def test_tls_inside_the_tunnel_is_checked_against_the_name(tmp_path: Path) -> None:
    city = trustme.CA()
    bundle = tmp_path / "city.pem"
    city.cert_pem.write_to_path(str(bundle))

    async def visit(name: str) -> Page:
        async with (
            ScriptedServer(always(response(200, b"hej")), ssl=serving(city.issue_cert("pub.example"))) as server,
            ProxyServer(server.port) as proxy,
        ):
            table = {"pub.example": (PUBLIC_4,), "other.example": (PUBLIC_4,)}
            backend = TunnelBackend(Proxy("127.0.0.1", proxy.port), AsyncioBackend())
            guard = GuardedBackend(PublicInternet(TableResolver(table)), backend)
            async with guarded_fetcher(guard, trusting(bundle), a_conduct()) as fetcher:
                return await fetcher.fetch(a_probe(f"https://{name}/"))

    assert asyncio.run(visit("pub.example")).body == b"hej"
    assert failure_of(asyncio.run(visit("other.example"))) is Failure.CERTIFICATE


def test_what_follows_the_proxys_word_before_the_handshake_is_no_part_of_the_answer(tmp_path: Path) -> None:
    """Whoever sits before the proxy may add to its reply, and then pass the true server's handshake on."""
    city = trustme.CA()
    bundle = tmp_path / "city.pem"
    city.cert_pem.write_to_path(str(bundle))

    async def go(padding: int) -> Page:
        true = ScriptedServer(always(response(200, b"hej")), ssl=serving(city.issue_cert("pub.example")))

        async def between(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            opened = b"HTTP/1.1 200 Connection established\r\n\r\n"
            writer.write(opened.ljust(padding) + response(200, b"injected"))
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", true.port)
            await asyncio.gather(pipe(reader, far_writer), pipe(far_reader, writer))

        async with true, RawServer(between) as proxy:
            backend = TunnelBackend(Proxy("127.0.0.1", proxy.port), AsyncioBackend())
            guard = GuardedBackend(PublicInternet(RESOLVER), backend)
            async with guarded_fetcher(guard, trusting(bundle), a_conduct()) as fetcher:
                return await fetcher.fetch(a_probe("https://pub.example/"))

    for padding in (0, 4096, 8192):
        assert asyncio.run(go(padding)).body in {b"", b"hej"}


def test_a_proxy_of_the_environment_is_not_followed() -> None:
    """In a process of its own, with every variable set that other programs follow."""
    code = (
        "import asyncio\n"
        "from tests.fetching.test_city_networks import visited_directly\n"
        "print(asyncio.run(visited_directly()))\n"
    )

    async def go() -> tuple[str, int]:
        async with RawServer(lambda _reader, writer: _closed(writer)) as proxy:
            address = f"http://127.0.0.1:{proxy.port}"
            names = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")
            child = await asyncio.create_subprocess_exec(
                sys.executable,
                "-c",
                code,
                stdout=asyncio.subprocess.PIPE,
                env={**dict.fromkeys(names, address), "PYTHONPATH": os.environ["PYTHONPATH"]},
            )
            said, _ = await child.communicate()
            return said.decode().strip(), proxy.connections

    assert asyncio.run(go()) == ("b'hej'", 0)


async def _closed(writer: asyncio.StreamWriter) -> None:
    writer.close()


async def visited_directly() -> bytes:
    async with ScriptedServer(always(response(200, b"hej"))) as server:
        dials = Dials(lambda _address, _port: server.port)
        async with guarded_fetcher(GuardedBackend(PublicInternet(RESOLVER), dials), trusting(), a_conduct()) as fetcher:
            return (await fetcher.fetch(a_probe())).body


# --- settings


@pytest.mark.parametrize("address", ["p", "p:1", "https://p:1", "socks5://p:1", "http://:1", "http://p", "http://p:x"])
def test_a_proxy_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(BadNetwork, match="egress_proxy: give http://host:port"):
        proxy_of(address)


def test_a_proxy_that_is_refused_is_not_repeated() -> None:
    with pytest.raises(BadNetwork) as refused:
        proxy_of("https://a:hemligt@proxy:3128")
    assert "hemligt" not in str(refused.value)


def test_a_password_of_the_proxy_is_not_shown() -> None:
    assert "hemligt" not in repr(Network(egress_proxy="http://a:hemligt@proxy:3128"))


def test_the_public_fetcher_cannot_be_led_to_loopback() -> None:
    """Whatever its settings say: only `loopback_fetcher`, which no setting reaches, dials this machine."""
    every = Network(own_internal_hosts=frozenset({"localhost", "127.0.0.1", "here.example"}))

    async def go() -> list[Page]:
        resolver = TableResolver({"localhost": ("127.0.0.1",), "here.example": ("::1",)})
        async with public_fetcher(every, a_conduct(), resolver) as fetcher:
            urls = ("http://localhost/", "http://127.0.0.1/", "http://here.example/")
            return [await fetcher.fetch(a_probe(url)) for url in urls]

    assert {failure_of(page) for page in asyncio.run(go())} == {Failure.NOT_PUBLIC}


def test_the_loopback_web_leads_nowhere_else() -> None:
    web = LoopbackWeb({"here.example": ("127.0.0.1", 8080), "there.example": ("10.0.0.1", 80)})
    assert asyncio.run(web.targets("here.example", 443)) == [Target("127.0.0.1", 8080)]
    for host, failure in (("there.example", "not_public"), ("elsewhere.example", "dns")):
        with pytest.raises(NoPage, match=failure):
            asyncio.run(web.targets(host, 80))


# --- the doctor


def trial(reason: str) -> Page:
    return Page(url="https://pub.example/robots.txt", fetched_at=a_conduct().clock(), reason=reason)


@pytest.mark.parametrize(
    ("reason", "name", "culprit"),
    [
        ("dns: pub.example", "names_unknown", "egress_proxy_resolves"),
        ("dns_timeout: x", "names_unknown", "egress_proxy_resolves"),
        ('not_public: pub.example, 10.1.2.3, "private"', "resolves_inside", "own_internal_hosts"),
        ("connect", "no_way_out", "egress_proxy"),
        ("connect_timeout", "no_way_out", "egress_proxy"),
        ("reset: no_answer", "no_way_out", "egress_proxy"),
        ('certificate: "self-signed certificate in certificate chain"', "unknown_authority", "ca_bundle"),
        ('tls: "wrong version number"', "unknown_authority", "ca_bundle"),
        ("proxy: no_tunnel: p, HTTP 407", "proxy_refuses", "egress_proxy"),
    ],
)
def test_what_keeps_us_from_a_page_is_named_with_its_setting(reason: str, name: str, culprit: str) -> None:
    obstacle = obstacle_of(trial(reason))
    assert obstacle is not None
    assert (obstacle.name, obstacle.culprit) == (name, culprit)
    assert reason in obstacle.told
    assert all(culprit.upper() in phrase(f"doctor.network.{name}", language) for language in LANGUAGES)


@pytest.mark.parametrize("reason", ["", "unchanged", "server_error: HTTP 503", "rate_limited: HTTP 429", "own_pace: x"])
def test_what_the_network_is_not_to_blame_for_is_no_obstacle(reason: str) -> None:
    assert obstacle_of(trial(reason)) is None


def test_a_trial_asks_each_host_for_its_robots_alone() -> None:
    async def go() -> tuple[list[str], int]:
        async with a_site(always(response(200))) as (fetcher, server):
            pages = await try_hosts(fetcher, ["pub.example", "unserved.example", "not a host"])
            return [each.name for each in map(obstacle_of, pages) if each], server.connections

    assert asyncio.run(go()) == (["names_unknown"], 1)


@pytest.mark.parametrize(
    ("network", "agent", "environment", "names"),
    [
        (Network(), CONTACT, {}, set()),
        (Network(), Agent(contact=""), {}, {"no_contact"}),
        (Network(egress_proxy="proxy:3128"), CONTACT, {}, {"bad_egress_proxy"}),
        (Network(ca_bundle=Path("/nowhere.pem")), CONTACT, {}, {"bad_ca_bundle"}),
        (Network(), CONTACT, {"HTTPS_PROXY": "http://p:1"}, {"egress_proxy_only_in_environment"}),
        (Network(egress_proxy="http://p:1"), CONTACT, {"HTTPS_PROXY": "http://p:1"}, set()),
        (Network(), CONTACT, {"HTTPS_PROXY": ""}, set()),
        (Network(), CONTACT, {"SSL_CERT_FILE": "/x.pem"}, {"ca_bundle_only_in_environment"}),
    ],
)
def test_settings_that_cannot_work_are_named(
    network: Network, agent: Agent, environment: Mapping[str, str], names: set[str]
) -> None:
    found = declared_obstacles(network, agent, environment)
    assert {each.name for each in found} == names
    assert not any("http://p:1" in each.told for each in found)


def test_the_usual_authorities_are_trusted_without_a_bundle() -> None:
    assert trust_of(Network()).cert_store_stats()["x509_ca"] > 50
