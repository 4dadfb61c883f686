"""Where a page leads: the addresses that a visitor of it may follow.

text ─lexbor─▶ <a>, <area>, frames, <link rel=next …>, a refresh ─▶ Leads(base, addresses), none where it says nofollow
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from audits.reading.guard import guarded

_MOST: Final = 5_000  # a page with more links is a list of everything
_PAGES: Final = frozenset({"next", "prev", "canonical", "alternate", "amphtml", "start", "home"})
_FEED: Final = re.compile(r"rss|atom|feed|json|xml", re.IGNORECASE)
# Where a refresh leads: "0; url=https://…".
_REFRESH: Final = re.compile(r"(?<!\d)\d++\s*+[;,]\s*+url\s*+=\s*+['\"]?([^'\"]++)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Leads:
    """`addresses` as they stand there, to be joined to `base`."""

    base: str
    addresses: tuple[str, ...] = ()


def read_leads(text: str, url: str) -> Leads:
    """Every address that the page at `url` leads to, each once; none where its robots meta element says nofollow."""
    tree = LexborHTMLParser(guarded(text).text)
    node = tree.css_first("base[href]")
    base = urljoin(url, (node.attributes.get("href") or "").strip()) if node is not None else url
    if any("nofollow" in said or "none" in said for said in _robots(tree)):
        return Leads(base)
    return Leads(base, tuple(dict.fromkeys(_addresses(tree)))[:_MOST])


def _robots(tree: LexborHTMLParser) -> Iterator[str]:
    for node in tree.css("meta[name][content]"):
        if (node.attributes.get("name") or "").lower() in ("robots", "kanalkoll"):
            yield (node.attributes.get("content") or "").lower()


def _addresses(tree: LexborHTMLParser) -> Iterator[str]:
    for node in tree.css("a[href], area[href]"):
        if "nofollow" not in (node.attributes.get("rel") or "").lower():
            yield node.attributes.get("href") or ""
    for node in tree.css("iframe[src], frame[src]"):
        yield node.attributes.get("src") or ""
    for node in tree.css("link[rel][href]"):
        relations = (node.attributes.get("rel") or "").lower().split()
        if _PAGES & set(relations) and not _FEED.search(node.attributes.get("type") or ""):
            yield node.attributes.get("href") or ""
    for node in tree.css("meta[http-equiv][content]"):
        found = _REFRESH.search(node.attributes.get("content") or "")
        if found and (node.attributes.get("http-equiv") or "").lower() == "refresh":
            yield found[1]
