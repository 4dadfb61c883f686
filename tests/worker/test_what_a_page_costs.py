"""What an audit costs for each page, from the request to the closed run.

some accounts ──┐
more accounts ──┴▶ a whole audit of each, counted ─▶ the difference, by page ─▶ no more than it was

A transport in memory answers for the web. What a call itself takes is not seen here: `python -m bench --only fetch`
measures it, and docs/performance.md tells of it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import httpx
import pytest

from bench.contenders.kanalkoll import fetcher_for
from bench.contenders.kanalkoll_audit import audit, prepare
from bench.pages import address_path, number_in, profile_page
from tests.counted import Cost, counted
from tests.empty import migrated

BEFORE: Final = Cost(calls=3580, steps=6675)  # of one page, on CPython 3.11; later ones make fewer calls
RISE: Final = 1.15  # so much dearer is told
HOSTS: Final = 5
FEW, MANY = 10, 50


class InMemory(httpx.AsyncBaseTransport):
    """Every profile is there, and no robots.txt."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        number = number_in(request.url.path)
        if number is None:
            return httpx.Response(404)
        headers = {"content-type": "text/html; charset=utf-8"}
        return httpx.Response(200, headers=headers, stream=httpx.ByteStream(profile_page(number)))


def cost_of(folder: Path, accounts: int) -> Cost:
    """What a whole audit of so many new accounts takes."""
    folder.mkdir()
    urls = [f"http://127.0.0.{number % HOSTS + 1}{address_path(number)}" for number in range(accounts)]
    asked, database = folder / "urls.txt", folder / "urls.sqlite3"
    asked.write_text("\n".join(urls), encoding="ascii")
    migrated(database)
    prepare(asked)
    fetcher = fetcher_for(urls)
    fetcher.exchange.make_transport = InMemory
    return counted(lambda: audit(urls, database, fetcher))


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Cost:
    """What one page more costs, once all that lasts has been made."""
    folder = tmp_path_factory.mktemp("costs")
    cost_of(folder / "first", 2)
    few, many = cost_of(folder / "few", FEW), cost_of(folder / "many", MANY)
    return Cost((many.calls - few.calls) // (MANY - FEW), (many.steps - few.steps) // (MANY - FEW))


def test_a_page_takes_no_more_calls_than_it_did(page: Cost) -> None:
    assert page.calls <= BEFORE.calls * RISE


def test_a_page_takes_no_more_steps_of_the_database_than_it_did(page: Cost) -> None:
    assert page.steps <= BEFORE.steps * RISE
