"""Scrapy as its tutorial has it: a spider, its selectors, a feed; quiet, one request at a time a host."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterator
from typing import Any

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.http import TextResponse

from bench.contenders.lines import hosts, urls


class Profiles(scrapy.Spider):
    """Asks for every address of the list, and hands on what each page says."""

    name = "profiles"

    async def start(self) -> AsyncIterator[scrapy.Request]:
        for url in urls():
            yield scrapy.Request(url)

    def parse(self, response: TextResponse) -> Iterator[dict[str, Any]]:
        metas = response.css("meta[property^='og:']")
        yield {
            "url": response.url,
            "title": response.css("title::text").get(""),
            "og": {each.attrib["property"]: each.attrib["content"] for each in metas},
            "links": response.css("a::attr(href)").getall(),
        }


if __name__ == "__main__":
    crawler = CrawlerProcess(
        {
            "CONCURRENT_REQUESTS": len(hosts(urls())),
            "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
            "DOWNLOAD_DELAY": 0,
            "LOG_ENABLED": False,
            "TELNETCONSOLE_ENABLED": False,
            "FEEDS": {sys.argv[2]: {"format": "jsonlines", "encoding": "utf8", "overwrite": True}},
        }
    )
    crawler.crawl(Profiles)
    crawler.start()
