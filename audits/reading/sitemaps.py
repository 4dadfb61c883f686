"""What a site itself lists of its pages (sitemaps.org protocol, version 0.9).

    bytes ─unpacked, where they are gzip─▶ <urlset>, lines ─▶ pages        <sitemapindex> ─▶ further sitemaps

Entities are never expanded and nothing is fetched. One that breaks off is read as far as it goes.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from lxml import etree

from audits.reading.charsets import decode

MOST_URLS: Final = 50_000  # the protocol's own limits, of one file
MOST_BYTES: Final = 52_428_800
_GZIP: Final = b"\x1f\x8b"
_WITH_HEADER: Final = 31  # zlib: gzip alone, the largest window


@dataclass(frozen=True, slots=True)
class Sitemap:
    """Addresses as they stand there."""

    pages: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()


def read_sitemap(body: bytes) -> Sitemap | None:
    """None where the body is no sitemap; never raises. At most 50,000 addresses and 50 MB unpacked."""
    plain = _unpacked(body)
    start = plain.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<"):
        return _xml(start)
    lines = decode(start, "text/plain").split()[:MOST_URLS]
    return Sitemap(tuple(lines)) if lines and all(each.startswith(("http://", "https://")) for each in lines) else None


def _unpacked(body: bytes) -> bytes:
    if not body.startswith(_GZIP):
        return body
    try:
        return zlib.decompressobj(_WITH_HEADER).decompress(body, MOST_BYTES)
    except zlib.error:
        return b""


_DEEPEST: Final = 16  # elements in one another; the protocol and its extensions know five
_ROOTS: Final = frozenset({"urlset", "sitemapindex"})


def _xml(text: bytes) -> Sitemap | None:
    """Streamed: every element is let go of once it is read."""
    found: dict[str, list[str]] = {"url": [], "sitemap": []}
    root, depth = "", 0
    events = etree.iterparse(
        BytesIO(_whole(text)), events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False,
        huge_tree=False, recover=True, remove_comments=True,
    )  # fmt: skip
    try:
        for event, element in events:
            root = root or _name(element)
            depth += 1 if event == "start" else -1
            if event == "end" and _name(element) in found:
                found[_name(element)] += _location(element)
                element.clear()
            if root not in _ROOTS or depth > _DEEPEST or len(found["url"]) >= MOST_URLS:
                break
    except etree.XMLSyntaxError:
        pass  # it breaks off here; what came before is whole
    return Sitemap(tuple(found["url"]), tuple(found["sitemap"])) if root in _ROOTS else None


# libxml2 takes in at once all that stands before the next ">", and closes what it opened in the square of its time
_HEAP: Final = re.compile(rb"(?:<[^<>]*+){16}")


def _whole(text: bytes) -> bytes:
    """Without the address in which it breaks off: half an address is another page's. Nor with tags that never end."""
    heap = _HEAP.search(text)
    text = text[: heap.start()] if heap else text
    end = text.rfind(b"loc>")
    return text if end < 0 else text[: end + 4]


def _location(element: etree._Element) -> list[str]:
    texts = (_words(child) for child in element if _name(child) == "loc")
    return [text for text in texts if text]


def _words(element: etree._Element) -> str:
    try:
        return "".join(str(part) for part in element.itertext()).strip()
    except UnicodeDecodeError:  # half a letter, by its number: lxml takes it in and cannot give it out
        return ""


def _name(element: etree._Element) -> str:
    tag: object = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""
