"""An address is dialled, a name is certified: dialling the checked address weakens nothing about TLS."""

from __future__ import annotations

import asyncio
import ssl
from datetime import timedelta
from pathlib import Path

import pytest
import trustme

from audits.model import Page, Transport
from tests.fetching.proxies import serving
from tests.fetching.vectors import PUBLIC_4
from tests.fetching.webs import (
    NIGHT,
    Dials,
    RawServer,
    ScriptedServer,
    TableResolver,
    a_conduct,
    a_probe,
    always,
    pipe,
    response,
)
from worker.fetching.engine import trusting
from worker.fetching.guarding import GuardedBackend
from worker.fetching.making import guarded_fetcher, trust_of
from worker.fetching.networks import BadNetwork, Network
from worker.fetching.outcomes import Failure, failure_of
from worker.fetching.resolving import PublicInternet

CITY = trustme.CA(organization_name="Almestads stad")


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("trust") / "city.pem"
    CITY.cert_pem.write_to_path(str(path))
    return path


async def visit(server_side: ssl.SSLContext, trust: ssl.SSLContext, url: str = "https://pub.example/") -> Page:
    async with ScriptedServer(always(response(200, b"hej")), ssl=server_side) as server:
        dials = Dials(lambda _address, _port: server.port)
        where = PublicInternet(TableResolver({"pub.example": (PUBLIC_4,)}))
        async with guarded_fetcher(GuardedBackend(where, dials), trust, a_conduct()) as fetcher:
            return await fetcher.fetch(a_probe(url))


def test_the_name_is_what_is_asked_for_and_certified(bundle: Path) -> None:
    names: list[str] = []
    page = asyncio.run(visit(serving(CITY.issue_cert("pub.example"), names), trusting(bundle)))
    assert page.body == b"hej"
    assert set(names) == {"pub.example"}


def test_a_certificate_for_the_address_alone_is_not_enough(bundle: Path) -> None:
    page = asyncio.run(visit(serving(CITY.issue_cert(PUBLIC_4)), trusting(bundle)))
    assert failure_of(page) is Failure.CERTIFICATE


def test_a_certificate_for_another_name_is_refused(bundle: Path) -> None:
    page = asyncio.run(visit(serving(CITY.issue_cert("other.example")), trusting(bundle)))
    assert failure_of(page) is Failure.CERTIFICATE
    assert page.transport is Transport.UNREACHABLE


def test_an_ended_certificate_is_refused(bundle: Path) -> None:
    ended = CITY.issue_cert("pub.example", not_after=NIGHT - timedelta(days=400))
    assert failure_of(asyncio.run(visit(serving(ended), trusting(bundle)))) is Failure.CERTIFICATE


def test_an_unknown_authority_is_refused(bundle: Path) -> None:
    stranger = trustme.CA(organization_name="Någon annan").issue_cert("pub.example")
    assert failure_of(asyncio.run(visit(serving(stranger), trusting(bundle)))) is Failure.CERTIFICATE


def test_the_citys_own_authority_is_unknown_until_it_is_named() -> None:
    assert failure_of(asyncio.run(visit(serving(CITY.issue_cert("pub.example")), trusting()))) is Failure.CERTIFICATE


def test_a_server_that_speaks_no_tls_is_told_as_that(bundle: Path) -> None:
    async def greet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(response(200, b"hej"))

    async def plain() -> Page:
        async with RawServer(greet) as server:
            dials = Dials(lambda _address, _port: server.port)
            where = PublicInternet(TableResolver({"pub.example": (PUBLIC_4,)}))
            async with guarded_fetcher(GuardedBackend(where, dials), trusting(bundle), a_conduct()) as fetcher:
                return await fetcher.fetch(a_probe("https://pub.example/"))

    assert failure_of(asyncio.run(plain())) is Failure.TLS


@pytest.mark.parametrize("pause", [0, 0.05])
def test_what_is_said_before_the_handshake_is_no_part_of_the_answer(bundle: Path, pause: float) -> None:
    """Whoever sits between may speak first, and only then pass on what the true server says."""

    async def go() -> Page:
        async with ScriptedServer(always(response(200, b"hej")), ssl=serving(CITY.issue_cert("pub.example"))) as true:

            async def between(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
                writer.write(response(200, b"injected"))
                await asyncio.sleep(pause)
                far_reader, far_writer = await asyncio.open_connection("127.0.0.1", true.port)
                try:
                    await asyncio.gather(pipe(reader, far_writer), pipe(far_reader, writer))
                finally:
                    far_writer.close()

            async with RawServer(between) as server:
                dials = Dials(lambda _address, _port: server.port)
                where = PublicInternet(TableResolver({"pub.example": (PUBLIC_4,)}))
                async with guarded_fetcher(GuardedBackend(where, dials), trusting(bundle), a_conduct()) as fetcher:
                    return await fetcher.fetch(a_probe("https://pub.example/"))

    assert failure_of(asyncio.run(go())) is Failure.TLS


def test_old_versions_of_tls_are_not_spoken() -> None:
    assert trusting().minimum_version >= ssl.TLSVersion.TLSv1_2


def test_a_bundle_that_is_none_is_named(tmp_path: Path) -> None:
    junk = tmp_path / "junk.pem"
    junk.write_text("no certificate")
    for path in (junk, tmp_path / "missing.pem"):
        with pytest.raises(BadNetwork, match="ca_bundle"):
            trust_of(Network(ca_bundle=path))
