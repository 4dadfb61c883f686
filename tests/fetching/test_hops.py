"""Redirects are followed hop by hop, in the open: what was asked, where it landed, what it cost."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from audits.model import Page
from config.permissions import Pace, Permissions
from tests.fetching.webs import (
    Answer,
    Heard,
    ScriptedServer,
    VirtualTime,
    a_conduct,
    a_pacer,
    a_probe,
    a_site,
    always,
    response,
)
from worker.fetching.limits import Limits
from worker.fetching.making import loopback_fetcher
from worker.fetching.outcomes import Failure, failure_of

HOSTS = ("pub.example", "www.pub.example", "other.example")


def leading(**moves: str) -> Answer:
    """A web whose paths lead on as told (`a="/b"`); the rest says hej."""

    async def answer(heard: Heard, writer: asyncio.StreamWriter) -> None:
        move = moves.get(heard.target.strip("/"))
        said = response(301, location=move) if move else response(200, b"hej")
        writer.write(response(404) if heard.target == "/robots.txt" else said)

    return answer


async def asked(answer: Answer, url: str, **conduct: Any) -> tuple[Page, list[Heard]]:
    async with ScriptedServer(answer) as server:
        sites = dict.fromkeys(HOSTS, ("127.0.0.1", server.port))
        async with loopback_fetcher(sites, a_conduct(**conduct)) as fetcher:
            return await fetcher.fetch(a_probe(url)), server.heard


def test_the_page_keeps_what_was_asked_and_where_it_landed() -> None:
    page, _ = asyncio.run(asked(leading(a="https://www.pub.example/b?x=1#y"), "http://pub.example/a"))
    assert (page.url, page.landed) == ("http://pub.example/a", "https://www.pub.example/b?x=1#y")
    assert page.body == b"hej"


def test_a_page_that_did_not_move_has_no_other_address() -> None:
    page, _ = asyncio.run(asked(leading(), "http://pub.example/a"))
    assert page.final_url is None


def test_the_fragment_stays_here() -> None:
    _, heard = asyncio.run(asked(leading(), "http://pub.example/a?b=c#d"))
    assert heard[0].target == "/a?b=c"


def test_five_hops_are_followed_and_a_sixth_is_not() -> None:
    moves = {"a": "/b", "b": "/c", "c": "/d", "d": "/e", "e": "/f"}
    page, heard = asyncio.run(asked(leading(**moves), "http://pub.example/a"))
    assert page.body == b"hej"
    assert len(heard) == 6
    page, heard = asyncio.run(asked(leading(**moves, f="/g"), "http://pub.example/a"))
    assert failure_of(page) is Failure.TOO_MANY_HOPS
    assert len(heard) == 6


def test_a_circle_is_left_at_once() -> None:
    page, heard = asyncio.run(asked(leading(a="/b", b="/a"), "http://pub.example/a"))
    assert failure_of(page) is Failure.REDIRECT_LOOP
    assert len(heard) == 2


def test_https_is_never_downgraded() -> None:
    page, heard = asyncio.run(asked(leading(a="http://pub.example/b"), "https://pub.example/a"))
    assert failure_of(page) is Failure.DOWNGRADE
    assert len(heard) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_every_kind_of_redirect_is_followed_with_a_get(status: int) -> None:
    async def answer(heard: Heard, writer: asyncio.StreamWriter) -> None:
        moved = response(status, location="/b")
        writer.write(moved if heard.target == "/a" else response(200, b"hej"))

    page, _ = asyncio.run(asked(answer, "http://pub.example/a"))
    assert page.body == b"hej"


@pytest.mark.parametrize("status", [300, 304, 305, 306, 399])
def test_what_is_no_redirect_is_not_followed(status: int) -> None:
    _, heard = asyncio.run(asked(always(response(status, location="/b")), "http://pub.example/a"))
    assert len(heard) == 1


def test_a_space_in_an_address_is_read_as_browsers_read_it() -> None:
    page, heard = asyncio.run(asked(leading(a="/b c"), "http://pub.example/a"))
    assert page.body == b"hej"
    assert heard[1].target == "/b%20c"


def test_every_hop_takes_its_turn_at_its_host() -> None:
    time = VirtualTime()
    paced = Permissions(pace=Pace(seconds=10))
    asyncio.run(
        asked(
            leading(a="/b", b="http://other.example/c"), "http://pub.example/a", permissions=paced, pacer=a_pacer(time)
        )
    )
    assert time.seconds == pytest.approx(30, abs=0.5)  # robots, a, b at one host; robots, c at the other


def test_no_cookie_comes_back() -> None:
    async def answer(heard: Heard, writer: asyncio.StreamWriter) -> None:
        here = "/b" if heard.target == "/a" else ""
        writer.write(response(302 if here else 200, b"hej", location=here, set_cookie="id=1"))

    _, heard = asyncio.run(asked(answer, "http://pub.example/a"))
    assert [each.headers.get("cookie") for each in heard] == [None, None]


def test_waiting_for_a_turn_does_not_count_against_the_time_of_a_visit() -> None:
    async def slowly(seconds: float) -> tuple[Page, float]:
        pacer = a_pacer(clock=asyncio.get_running_loop().time, sleep=asyncio.sleep)
        given = {
            "permissions": Permissions(pace=Pace(seconds=seconds + 0.1)),
            "limits": Limits(total_seconds=seconds),
            "pacer": pacer,
        }
        async with a_site(leading(a="/b"), **given) as (fetcher, _):
            began = asyncio.get_running_loop().time()
            page = await fetcher.fetch(a_probe("http://pub.example/a"))
            return page, asyncio.get_running_loop().time() - began

    seconds = 0.3
    page, took = asyncio.run(slowly(seconds))
    while failure_of(page) is Failure.DEADLINE and seconds < 60:  # a machine too busy to answer within that
        seconds *= 10
        page, took = asyncio.run(slowly(seconds))
    assert page.body == b"hej"
    assert took > 2 * seconds


def test_a_broken_connection_is_tried_once_more_and_not_twice() -> None:
    async def broken(heard: Heard, writer: asyncio.StreamWriter) -> None:
        if heard.target == "/robots.txt":
            writer.write(response(404))
        else:
            writer.transport.abort()

    page, heard = asyncio.run(asked(broken, "http://pub.example/a"))
    assert failure_of(page) is Failure.RESET
    assert len(heard) == 2


def test_a_second_try_that_succeeds_is_the_answer() -> None:
    tries: list[str] = []

    async def shaky(heard: Heard, writer: asyncio.StreamWriter) -> None:
        tries.append(heard.target)
        if tries.count("/a") == 1 and heard.target == "/a":
            writer.transport.abort()
        else:
            writer.write(response(404 if heard.target == "/robots.txt" else 200, b"hej"))

    page, _ = asyncio.run(asked(shaky, "http://pub.example/a"))
    assert page.body == b"hej"
    assert tries == ["/robots.txt", "/a", "/a"]


def test_one_fetcher_serves_one_event_loop_after_another() -> None:
    async def visit(fetcher: Any) -> Page:
        async with ScriptedServer(leading()) as server:
            sites["pub.example"] = ("127.0.0.1", server.port)
            page: Page = await fetcher.fetch(a_probe())
            return page

    sites: dict[str, tuple[str, int]] = {}
    fetcher = loopback_fetcher(sites, a_conduct())
    assert [asyncio.run(visit(fetcher)).body for _ in range(3)] == [b"hej"] * 3
