"""A page that did not change is not sent again, and reads as it read before."""

from __future__ import annotations

import asyncio

import pytest

from audits.model import Page, Transport
from tests.fetching.webs import NIGHT, Answer, Heard, a_probe, a_site, response
from worker.fetching.kept_pages import LARGEST, MemoryPages, unchanged, worth_keeping
from worker.fetching.outcomes import UNCHANGED, Failure, failure_of
from worker.ports import KeptPage

ETAG = '"v1"'
SINCE = "Mon, 02 Nov 2026 10:00:00 GMT"


def changing(*, validator: dict[str, str]) -> Answer:
    """A server that answers 304 to whoever asks with the validator that it gave."""

    async def answer(heard: Heard, writer: asyncio.StreamWriter) -> None:
        conditional = heard.headers.get("if-none-match") or heard.headers.get("if-modified-since")
        if heard.target == "/robots.txt":
            writer.write(response(404))
        elif conditional in validator.values():
            writer.write(b"HTTP/1.1 304 Not Modified\r\nDate: Tue, 03 Nov 2026 02:15:00 GMT\r\n\r\n")
        else:
            writer.write(response(200, b"hej", content_type="application/rss+xml", **validator))

    return answer


async def twice(answer: Answer, kept_pages: MemoryPages) -> tuple[list[Page], list[Heard]]:
    async with a_site(answer, kept_pages=kept_pages) as (fetcher, server):
        return [await fetcher.fetch(a_probe()) for _ in range(2)], server.heard


@pytest.mark.parametrize(
    "validator", [{"etag": ETAG}, {"last_modified": SINCE}, {"etag": ETAG, "last_modified": SINCE}]
)
def test_the_second_visit_asks_conditionally_and_gets_the_same_page(validator: dict[str, str]) -> None:
    (first, second), heard = asyncio.run(twice(changing(validator=validator), MemoryPages()))
    assert "if-none-match" not in heard[0].headers
    assert (heard[1].headers.get("if-none-match"), heard[1].headers.get("if-modified-since")) == (
        validator.get("etag"),
        validator.get("last_modified"),
    )
    assert second.reason == UNCHANGED
    assert second.transport is Transport.OK
    assert (second.status, second.body, second.headers["content-type"]) == (200, b"hej", "application/rss+xml")
    assert first.reason == ""


def test_a_page_that_did_not_change_is_as_old_as_the_answer_that_said_so() -> None:
    kept = KeptPage(
        status=200,
        body=b"hej",
        headers={"age": "90000", "date": "Sun, 01 Nov 2026 02:15:00 GMT", "content-type": "text/html"},
    )
    today = Page(url="https://almestad.example/", fetched_at=NIGHT, headers={"date": "Tue, 03 Nov 2026 02:15:00 GMT"})
    headers = {"date": "Tue, 03 Nov 2026 02:15:00 GMT", "content-type": "text/html"}
    assert unchanged(today, kept).headers == headers


@pytest.mark.parametrize("odd", ['"å"', '"a\tb"'])
def test_a_validator_that_no_header_may_hold_keeps_no_page_from_being_asked_for(odd: str) -> None:
    async def answer(heard: Heard, writer: asyncio.StreamWriter) -> None:
        writer.write(response(404) if heard.target == "/robots.txt" else response(200, b"hej", etag=odd))

    (_, second), heard = asyncio.run(twice(answer, MemoryPages()))
    assert (second.transport, second.body) == (Transport.OK, b"hej")
    assert "if-none-match" not in heard[1].headers


def test_a_page_without_a_validator_is_asked_for_anew() -> None:
    (_, second), heard = asyncio.run(twice(changing(validator={}), MemoryPages()))
    assert second.reason == ""
    assert "if-none-match" not in heard[1].headers


def test_without_a_store_nothing_conditional_is_asked() -> None:
    async def go() -> list[Heard]:
        async with a_site(changing(validator={"etag": ETAG})) as (fetcher, server):
            await fetcher.fetch(a_probe())
            await fetcher.fetch(a_probe())
            return server.heard

    assert all("if-none-match" not in each.headers for each in asyncio.run(go()))


def test_a_304_that_nobody_asked_for_is_unreadable() -> None:
    async def answer(heard: Heard, writer: asyncio.StreamWriter) -> None:
        missing = response(404)
        writer.write(missing if heard.target == "/robots.txt" else b"HTTP/1.1 304 Not Modified\r\n\r\n")

    (first, _), _ = asyncio.run(twice(answer, MemoryPages()))
    assert failure_of(first) is Failure.NOT_ASKED_FOR
    assert first.transport is Transport.UNREADABLE


def a_page(**changes: object) -> Page:
    given: dict[str, object] = {
        "url": "http://pub.example/",
        "fetched_at": NIGHT,
        "status": 200,
        "headers": {"etag": ETAG},
        "body": b"hej",
    }
    return Page(**{**given, **changes})  # type: ignore[arg-type]  # a builder changes what a test names


@pytest.mark.parametrize(
    "changes",
    [
        {"status": 404},
        {"truncated": True},
        {"transport": Transport.BLOCKED},
        {"headers": {}},
        {"body": b"x" * (LARGEST + 1)},
        {"reason": UNCHANGED},
    ],
)
def test_only_a_whole_page_with_a_validator_is_kept(changes: dict[str, object]) -> None:
    assert worth_keeping(a_page()) is not None
    assert worth_keeping(a_page(**changes)) is None


def test_the_oldest_are_forgotten_first() -> None:
    kept = worth_keeping(a_page())
    assert kept is not None
    kept_pages = MemoryPages(most=2)
    for name in "abc":
        kept_pages.put(name, kept)
    assert [kept_pages.get(name) is not None for name in "abc"] == [False, True, True]
