"""A key goes to its own host over https, and is found nowhere afterwards."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest

from audits.model import Page, Route, Transport
from tests.fetching.webs import Answer, Heard, ScriptedServer, a_conduct, a_probe, always, response
from worker.fetching.credentials import HeldKeys, Key, hushed
from worker.fetching.making import loopback_fetcher
from worker.fetching.outcomes import Failure, failure_of
from worker.pacing import Stop

SECRET = "hemlig-nyckel-0815"
IN_HEADER = Key(platform="x", hosts=frozenset({"api.example"}), value=SECRET, header="authorization", prefix="Bearer ")
IN_PARAM = Key(platform="youtube", hosts=frozenset({"api.example"}), value=SECRET, param="key")
KEYS = HeldKeys({"header": IN_HEADER, "param": IN_PARAM})


async def asked(answer: Answer, url: str, key: str, **conduct: Any) -> tuple[Page, list[Heard], int]:
    async with ScriptedServer(answer) as server:
        sites = dict.fromkeys(("api.example", "other.example"), ("127.0.0.1", server.port))
        async with loopback_fetcher(sites, a_conduct(credentials=KEYS, **conduct)) as fetcher:
            page = await fetcher.fetch(a_probe(url, platform="x", route=Route.API_BY_ID, key=key))
        return page, server.heard, server.connections


def test_a_key_in_a_header_arrives() -> None:
    _, heard, _ = asyncio.run(asked(always(response(200, b"{}")), "https://api.example/users?ids=1", "header"))
    assert heard[0].headers["authorization"] == f"Bearer {SECRET}"
    assert heard[0].target == "/users?ids=1"


def test_a_key_in_a_parameter_arrives_beside_the_others() -> None:
    page, heard, _ = asyncio.run(asked(always(response(200, b"{}")), "https://api.example/c?id=1&id=2", "param"))
    assert heard[0].target == f"/c?id=1&id=2&key={SECRET}"
    assert page.url == "https://api.example/c?id=1&id=2"


def test_an_interface_with_a_key_is_a_contract_and_its_robots_is_not_asked() -> None:
    page, _, connections = asyncio.run(asked(always(response(200, b"{}")), "https://api.example/", "header"))
    assert page.body == b"{}"
    assert connections == 1


@pytest.mark.parametrize("url", ["https://other.example/", "http://api.example/", "https://api.example.evil.example/"])
def test_a_key_goes_nowhere_else(url: str) -> None:
    page, heard, _ = asyncio.run(asked(always(response(200, b"{}")), url, "header"))
    assert failure_of(page) is Failure.KEY_ELSEWHERE
    assert heard == []


@pytest.mark.parametrize("location", ["https://other.example/", "https://api.example/new", "/new"])
def test_a_keyed_request_follows_no_redirect(location: str) -> None:
    page, heard, _ = asyncio.run(asked(always(response(302, location=location)), "https://api.example/", "param"))
    assert failure_of(page) is Failure.BAD_REDIRECT
    assert len(heard) == 1


def test_a_key_that_is_not_held_is_a_calm_no() -> None:
    page, heard, _ = asyncio.run(asked(always(response(200)), "https://api.example/", "missing"))
    assert page.transport is Transport.NOT_PERMITTED
    assert failure_of(page) is Failure.NO_KEY
    assert "missing" in page.reason
    assert heard == []


@pytest.mark.parametrize("key", ["header", "param"])
@pytest.mark.parametrize(
    "answer",
    [
        response(200, f'{{"error": "key {SECRET} is not valid"}}'.encode(), x_echo=SECRET),
        response(302, location=f"https://api.example/x?key={SECRET}"),
        response(429, SECRET.encode(), x_echo=SECRET),
        response(500, SECRET.encode()),
        b"nonsense " + SECRET.encode(),
        b"",
    ],
)
def test_nothing_that_is_kept_or_logged_holds_the_key(
    answer: bytes, key: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    page, _, _ = asyncio.run(asked(always(answer), "https://api.example/", key))
    assert SECRET not in repr(page)
    assert SECRET not in caplog.text


def test_no_representation_of_a_key_holds_its_value() -> None:
    assert SECRET not in repr(KEYS)
    assert SECRET not in repr(IN_PARAM.applied())


def test_a_fault_of_our_own_is_told_without_the_key(caplog: pytest.LogCaptureFixture) -> None:
    class Broken:
        """A pacer that fails in an unforeseen way, naming what it should not."""

        async def take(self, *_: object) -> Stop | None:
            raise LookupError(SECRET)

        async def give_back(self, *_: object) -> None: ...

        async def stop(self, *_: object) -> None: ...

        async def postpone(self, *_: object) -> None: ...

    page, _, _ = asyncio.run(asked(always(response(200)), "https://api.example/", "header", pacer=Broken()))
    assert page.reason == "unforeseen: LookupError"
    assert "exchanging.py" in caplog.text
    assert SECRET not in caplog.text


def test_hushing_leaves_other_words_alone() -> None:
    assert hushed("hej", IN_PARAM.applied()) == "hej"
    assert hushed("hej", None) == "hej"
