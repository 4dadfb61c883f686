"""httpx, a client a host, and BeautifulSoup over lxml: what a careful script would be written with."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
from bs4 import BeautifulSoup

from bench.contenders.lines import hosts, tell, urls


def extract(url: str, text: str) -> dict[str, Any]:
    soup = BeautifulSoup(text, "lxml")
    metas = soup.find_all("meta", property=True)
    return {
        "url": url,
        "title": soup.title.get_text() if soup.title else "",
        "og": {str(each["property"]): each["content"] for each in metas if str(each["property"]).startswith("og:")},
        "links": [each["href"] for each in soup.find_all("a", href=True)],
    }


async def lane(addresses: list[str]) -> list[dict[str, Any]]:
    async with httpx.AsyncClient() as client:
        return [extract(url, (await client.get(url)).raise_for_status().text) for url in addresses]


async def work(addresses: list[str]) -> list[dict[str, Any]]:
    lanes = await asyncio.gather(*map(lane, hosts(addresses).values()))
    return [page for pages in lanes for page in pages]


if __name__ == "__main__":
    tell(asyncio.run(work(urls())))
