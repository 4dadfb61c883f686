"""The floor: libcurl's multi interface and lexbor, both in C, and nothing that a product needs besides."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pycurl

from bench.contenders.by_lexbor import extract
from bench.contenders.lines import hosts, tell, urls


def fetched(addresses: list[str]) -> Iterator[dict[str, Any]]:
    """Every address, one at a time a host, over as many kept connections as there are hosts."""
    multi = pycurl.CurlMulti()
    lanes = [iter(lane) for lane in hosts(addresses).values()]
    under_way = 0
    for lane in lanes:
        curl = pycurl.Curl()
        curl.lane = lane
        under_way += ask(multi, curl)
    while under_way:
        multi.select(1.0)
        multi.perform()
        _, done, failed = multi.info_read()
        if failed:
            raise OSError(failed[0][2])
        for curl in done:
            yield extract(curl.url, curl.body.getvalue())
            multi.remove_handle(curl)
            under_way += ask(multi, curl) - 1


def ask(multi: Any, curl: Any) -> int:
    """Set the next address of the handle's lane going; 0 when there is none."""
    curl.url = next(curl.lane, None)
    if curl.url is None:
        return 0
    curl.body = BytesIO()
    curl.setopt(pycurl.URL, curl.url)
    curl.setopt(pycurl.WRITEDATA, curl.body)
    multi.add_handle(curl)
    return 1


if __name__ == "__main__":
    tell(fetched(urls()))
