"""What a deployment declares and holds, as the fetcher asks for it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from audits.model import Page, Probe, Route, Transport
from config.keys import KeyUse, read_keys
from config.safe import Safe
from tests.fetching.webs import (
    NIGHT,
    Heard,
    ScriptedServer,
    VirtualTime,
    a_conduct,
    a_pacer,
    a_probe,
    always,
    response,
)
from worker.fetching.keyring import Keyring, guises
from worker.fetching.making import loopback_fetcher
from worker.fetching.outcomes import Failure, failure_of
from worker.pacing import InProcessPacer, Stop

SECRET = "hemlig-nyckel-0815"
DECLARED = """
[x]
platforms = ["x"]
hosts = ["api.example"]
header = "authorization"
prefix = "Bearer "
headers = { "Api-Version" = "202607" }
companions = { "Client-Id" = "CLIENT_ID" }
owner = "redaktionen"
expires_on = 2026-11-03

[meta]
platforms = ["facebook", "instagram"]
hosts = ["api.example"]
param = "access_token"
owner = "redaktionen"
"""
HELD = {"KANALKOLL_KEY_X": SECRET, "KANALKOLL_KEY_X_CLIENT_ID": "klient-4711", "KANALKOLL_KEY_META": SECRET}


def a_keyring(environ: dict[str, str] = HELD, now: datetime = NIGHT) -> Keyring:
    return Keyring(read_keys(DECLARED), Safe(environ), lambda: now)


def a_keyed_probe(**changes: Any) -> Probe:
    return a_probe("https://api.example/users", **{"platform": "x", "route": Route.API_BY_ID, "key": "x", **changes})


async def asked(keyring: Keyring, probe: Probe, body: bytes = b"{}") -> tuple[Page, list[Heard]]:
    async with ScriptedServer(always(response(200, body))) as server:
        sites = {"api.example": ("127.0.0.1", server.port)}
        async with loopback_fetcher(sites, a_conduct(credentials=keyring)) as fetcher:
            return await fetcher.fetch(probe), server.heard


def test_a_key_arrives_with_all_that_goes_beside_it() -> None:
    _, heard = asyncio.run(asked(a_keyring(), a_keyed_probe()))
    assert heard[0].headers["authorization"] == f"Bearer {SECRET}"
    assert heard[0].headers["api-version"] == "202607"
    assert heard[0].headers["client-id"] == "klient-4711"


def test_an_expired_key_is_not_sent_and_the_page_says_who_renews_it() -> None:
    late = a_keyring(now=datetime(2026, 11, 4, 2, 15, tzinfo=UTC))
    page, heard = asyncio.run(asked(late, a_keyed_probe()))
    assert heard == []
    assert page.transport is Transport.NOT_PERMITTED
    assert failure_of(page) is Failure.KEY_EXPIRED
    assert page.reason == "key_expired: x, 2026-11-03"


def test_a_key_file_that_has_vanished_is_a_calm_no() -> None:
    page, heard = asyncio.run(asked(a_keyring({"KANALKOLL_KEY_META_FILE": "/no/such"}), a_keyed_probe(key="meta")))
    assert heard == []
    assert page.transport is Transport.NOT_PERMITTED
    assert page.reason == "no_key: unusable: meta"


def test_an_expired_key_still_keeps_its_platforms_pages_closed_where_both_are_forbidden() -> None:
    """Whoever has chosen the interface has not chosen the pages by letting the key run out."""
    late = a_keyring(now=datetime(2026, 11, 4, 2, 15, tzinfo=UTC))
    assert late.connected("x")
    assert "x" in late.names


def test_only_keys_that_are_wholly_held_open_a_route() -> None:
    half = a_keyring({"KANALKOLL_KEY_X": SECRET})
    assert half.names == frozenset()
    assert not half.connected("x")
    assert a_keyring({"KANALKOLL_KEY_META": SECRET}).connected("instagram")


@pytest.mark.parametrize("told", [SECRET, "klient-4711"])
def test_what_an_answer_repeats_of_a_key_is_blotted_out(told: str) -> None:
    page, _ = asyncio.run(
        asked(a_keyring(), a_keyed_probe(), f'{{"next": "https://api.example/?token={told}"}}'.encode())
    )
    assert told.encode() not in page.body


def test_a_key_is_known_again_inside_an_address_and_inside_json() -> None:
    assert {"a|b/c", "a%7Cb%2Fc", "a|b\\/c"} <= guises("a|b/c")
    assert "a|b" in guises("a%7Cb")


def test_no_representation_of_the_keyring_holds_a_value() -> None:
    assert SECRET not in repr(a_keyring())
    assert SECRET not in repr(a_keyring().apply(a_keyed_probe()))


# --- counting


@dataclass(slots=True)
class Tally:
    """Counts in memory, and refuses what would pass `most`."""

    most: int = 1_000_000
    used: int = 0

    async def take(self, use: KeyUse) -> Stop | None:
        if self.used + use.cost > self.most:
            return Stop(Transport.NOT_PERMITTED, "enough", own=True)
        self.used += use.cost
        return None

    async def give_back(self, use: KeyUse) -> None:
        self.used -= use.cost


async def counted(meter: Tally, pacer: InProcessPacer, probe: Probe, answer: bytes = response(200, b"{}")) -> Page:
    async with ScriptedServer(always(answer)) as server:
        sites = {"api.example": ("127.0.0.1", server.port)}
        conduct = a_conduct(credentials=a_keyring(), meter=meter, pacer=pacer)
        async with loopback_fetcher(sites, conduct) as fetcher:
            return await fetcher.fetch(probe)


def test_a_request_is_counted_once() -> None:
    meter = Tally()
    asyncio.run(counted(meter, a_pacer(), a_keyed_probe()))
    assert meter.used == 1_000


def test_a_request_that_fails_has_been_used_all_the_same() -> None:
    meter = Tally()
    asyncio.run(counted(meter, a_pacer(), a_keyed_probe(), response(500)))
    assert meter.used == 1_000


def test_a_request_without_a_key_costs_nothing() -> None:
    meter = Tally()
    asyncio.run(counted(meter, a_pacer(), a_keyed_probe(key=None)))
    assert meter.used == 0


def test_a_spent_key_waits_for_no_turn() -> None:
    """The pace is for those who ask."""
    time = VirtualTime()
    page = asyncio.run(counted(Tally(most=0), a_pacer(time), a_keyed_probe()))
    assert page.reason == "key_spent: enough"
    assert time.seconds == 0


def test_what_a_stopped_host_was_not_asked_is_given_back() -> None:
    async def stopped(meter: Tally) -> Page:
        pacer = a_pacer()
        await pacer.stop("api.example", Stop(Transport.RATE_LIMITED, "HTTP 429"))
        return await counted(meter, pacer, a_keyed_probe())

    meter = Tally()
    page = asyncio.run(stopped(meter))
    assert page.transport is Transport.RATE_LIMITED
    assert meter.used == 0


def test_what_was_broken_off_while_it_waited_for_its_turn_is_given_back() -> None:
    async def broken_off(meter: Tally) -> None:
        waits = asyncio.Event()

        async def for_ever(_seconds: float) -> None:
            waits.set()
            await asyncio.Event().wait()

        pacer = InProcessPacer(clock=VirtualTime(), sleep=for_ever)
        await pacer.postpone("api.example", 60)
        visit = asyncio.create_task(counted(meter, pacer, a_keyed_probe()))
        await waits.wait()
        taken = meter.used
        visit.cancel()
        with pytest.raises(asyncio.CancelledError):
            await visit
        assert taken == 1_000

    meter = Tally()
    asyncio.run(broken_off(meter))
    assert meter.used == 0
