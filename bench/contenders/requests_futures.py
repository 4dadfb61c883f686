"""requests in threads, as requests-futures has it and name checkers such as sherlock use it, and lexbor."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import as_completed
from typing import Any

from requests_futures.sessions import FuturesSession

from bench.contenders.by_lexbor import extract
from bench.contenders.lines import hosts, tell, urls


def fetched(addresses: list[str]) -> Iterator[dict[str, Any]]:
    with FuturesSession(max_workers=min(20, len(hosts(addresses)))) as session:
        asked = {session.get(url): url for url in addresses}
        for done in as_completed(asked):
            answer = done.result()
            answer.raise_for_status()
            yield extract(asked[done], answer.content)


if __name__ == "__main__":
    tell(fetched(urls()))
