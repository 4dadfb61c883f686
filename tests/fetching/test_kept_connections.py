"""A connection is kept for the next request to the same place, and given up at the first sign that it is not quiet."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final

import httpx
import pytest

from tests.fetching.webs import RawServer
from worker.fetching.engine import GuardedTransport, trusting
from worker.fetching.guarding import GuardedBackend
from worker.fetching.outcomes import Failure, NoPage
from worker.fetching.resolving import LoopbackWeb
from worker.fetching.streams import AsyncioBackend

TRUST: Final = trusting()
LIMITS: Final = {"connect": 60.0, "read": 60.0, "write": 60.0, "pool": 60.0}  # nobody here lets us wait
WHOLE: Final = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nja"
PARTING: Final = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nja"
CHATTY: Final = WHOLE + b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nnej"
OLD: Final = b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nja"

Answer = Callable[[int], bytes]
"""What is answered to a connection's first request, its second, …; nothing: it is hung up on."""


class Host(RawServer):
    """A host that goes on answering on a connection, and counts what each was asked."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(self._talk)
        self.answer = answer
        self.asked: list[int] = []

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        mine = len(self.asked)
        self.asked.append(0)
        while await reader.readuntil(b"\r\n\r\n"):
            self.asked[mine] += 1
            if not (said := self.answer(self.asked[mine])):
                return
            writer.write(said)


def asked(answer: Answer, work: Callable[[GuardedTransport], Awaitable[Any]]) -> list[int]:
    """How many requests each connection carried while `work` was done."""

    async def go() -> list[int]:
        async with Host(answer) as host:
            web = LoopbackWeb(dict.fromkeys(("a.example", "b.example"), ("127.0.0.1", host.port)))
            transport = GuardedTransport(GuardedBackend(web, AsyncioBackend(), plain=True), TRUST)
            await work(transport)
            await transport.aclose()
            return host.asked

    return asyncio.run(go())


async def get(transport: GuardedTransport, host: str = "a.example", **changes: Any) -> bytes:
    request = httpx.Request(changes.get("method", "GET"), f"http://{host}/", extensions={"timeout": LIMITS})
    response = await transport.handle_async_request(request)
    try:
        return b"".join([part async for part in response.aiter_raw()])
    finally:
        await response.aclose()


async def thrice(transport: GuardedTransport) -> None:
    for _ in range(3):
        assert await get(transport) == b"ja"


def test_one_connection_carries_one_request_after_another() -> None:
    assert asked(lambda _: WHOLE, thrice) == [3]


@pytest.mark.parametrize("said", [PARTING, OLD], ids=["says that it closes", "is of the old kind"])
def test_none_is_kept_to_a_server_that(said: bytes) -> None:
    assert asked(lambda _: said, thrice) == [1, 1, 1]


def test_what_was_said_unasked_is_nobodys_answer() -> None:
    assert asked(lambda _: CHATTY, thrice) == [1, 1, 1]


def test_a_server_that_let_go_meanwhile_is_dialled_anew() -> None:
    assert asked(lambda nth: WHOLE if nth == 1 else b"", thrice) == [2, 2, 1]


def test_a_new_connection_that_breaks_is_not_tried_again() -> None:
    async def once(transport: GuardedTransport) -> None:
        with pytest.raises(NoPage) as none:
            await get(transport)
        assert none.value.failure is Failure.RESET

    assert asked(lambda _: b"", once) == [1]


def test_another_host_has_a_connection_of_its_own() -> None:
    async def two(transport: GuardedTransport) -> None:
        await get(transport, "a.example")
        await get(transport, "b.example")

    assert asked(lambda _: WHOLE, two) == [1, 1]


def test_only_what_may_be_asked_twice_is_asked_over_a_kept_one() -> None:
    async def then_post(transport: GuardedTransport) -> None:
        await get(transport)
        await get(transport, method="POST")

    assert asked(lambda _: WHOLE, then_post) == [1, 1]


def test_an_answer_that_was_left_off_is_not_gone_on_with() -> None:
    async def leave_off(transport: GuardedTransport) -> None:
        request = httpx.Request("GET", "http://a.example/", extensions={"timeout": LIMITS})
        response = await transport.handle_async_request(request)
        await response.aclose()
        await get(transport)

    assert asked(lambda _: WHOLE, leave_off) == [1, 1]
