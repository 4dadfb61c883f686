"""What a `Document` tells of a page, by another hand: BeautifulSoup over lxml."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bs4 import BeautifulSoup
from bs4.element import Tag

from audits.reading.html import Anchor, Link, Script
from audits.reading.scrub import straight

_META_KEYS = ("property", "name", "itemprop", "http-equiv")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class SlowlyRead:
    title: str
    metas: tuple[tuple[str, str], ...]
    links: tuple[Link, ...]
    scripts: tuple[Script, ...]
    anchors: tuple[Anchor, ...]


def read_slowly(text: str) -> SlowlyRead:
    """Title, metas, links, scripts and anchors of a page."""
    soup = BeautifulSoup(text, "lxml")
    title = soup.select_one("head > title, body > title")
    scripts = tuple(
        Script(_of(node, "type").lower(), _of(node, "id"), node.string or "") for node in _all(soup, "script")
    )
    for node in soup(["script", "style", "template"]):
        node.decompose()
    return SlowlyRead(
        title=re.sub(r"\A[(][0-9]{1,3}[+]?[)] (?=[^ ])", "", straight(_words(title))) if title else "",
        metas=tuple(_metas(soup)),
        links=tuple(
            Link(_of(node, "rel").lower(), _of(node, "href"), _of(node, "type"), _of(node, "title"))
            for node in _all(soup, "link")
            if node.has_attr("href")
        ),
        scripts=tuple(script for script in scripts if script.text.strip()),
        anchors=tuple(
            Anchor(_of(node, "href"), _words(node), _of(node, "rel").lower(), _of(node, "title"))
            for node in _all(soup, "a")
            if node.has_attr("href")
        ),
    )


def _metas(soup: BeautifulSoup) -> list[tuple[str, str]]:
    return [
        (_of(node, key).lower(), straight(_of(node, "content")).strip())
        for node in _all(soup, "meta")
        for key in _META_KEYS
        if _of(node, "content") and _of(node, key)
    ]


def _all(soup: BeautifulSoup, name: str) -> list[Tag]:
    return list(soup.find_all(name))


def _of(node: Tag, name: str) -> str:
    value = node.get(name) or ""
    return " ".join(value) if isinstance(value, list) else str(value)


def _words(node: Tag) -> str:
    return _SPACE.sub(" ", node.get_text(" ")).strip()
