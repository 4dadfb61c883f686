"""A page as plain values: no parser object leaves this file, but for `elements` beside it.

    text ─lexbor─▶ Document(title, metas, links, scripts) ─where somebody asks─▶ anchors, text

Platforms read profile pages from this; the oracle in the tests reads the same with BeautifulSoup over lxml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from audits.reading.guard import guarded
from audits.reading.scrub import straight

_NOTICES = re.compile(r"^\(\d{1,3}\+?\) (?=\S)")


class Link(NamedTuple):
    """A `<link>`: `rel` lower case."""

    rel: str
    href: str
    type: str = ""
    title: str = ""


class Script(NamedTuple):
    """A script element: its type, its id and what stands in it."""

    type: str
    id: str
    text: str


class Anchor(NamedTuple):
    """A link, and the words that are shown for it."""

    href: str
    text: str
    rel: str = ""
    title: str = ""


@dataclass(frozen=True)
class Document:
    """What a page holds, in document order. Keys of `metas` are lower case; neither they nor the title hold the marks
    of direction that sites put around names when either is in Arabic or Hebrew, nor the title how many notices wait for
    the visitor ("(3) …", as a browser's page says it).

    Anchors and words take a third of a page's reading, and most profiles are read without them.
    """

    title: str = ""
    language: str = ""
    metas: tuple[tuple[str, str], ...] = ()
    links: tuple[Link, ...] = ()
    scripts: tuple[Script, ...] = ()
    source: str = ""
    said: str = ""  # its words, where it never was markup
    shown: LexborHTMLParser | None = field(default=None, repr=False, compare=False)  # without scripts and styles

    def meta(self, *names: str) -> str | None:
        """The first non-empty content among `names`, tried in the order given."""
        for name in names:
            if content := self._first_metas.get(name):
                return content
        return None

    def link(self, rel: str) -> str | None:
        """The address of the first `<link>` with this relation."""
        return next((link.href for link in self.links if rel in link.rel.split()), None)

    @property
    def titles(self) -> tuple[str, ...]:
        """Its titles, for those who share it and for those who see it, as far as there are any."""
        return tuple(filter(None, (self.meta("og:title"), self.meta("twitter:title"), self.title)))

    @property
    def own_address(self) -> str | None:
        """The address that it gives itself, to be shared or found by."""
        return self.meta("og:url") or self.link("canonical")

    @property
    def app_address(self) -> str | None:
        """The address by which the platform's own app opens it."""
        return self.meta("al:ios:url", "al:android:url", "twitter:app:url:iphone")

    def related(self, rel: str) -> Iterator[str]:
        """The addresses of the anchors with this relation, a word of the reader's own."""
        nodes = self.shown.css(f'a[href][rel~="{rel}" i]') if self.shown else ()
        return (_attribute(node, "href") for node in nodes)

    def shows(self, selector: str) -> bool:
        """Whether the selector, a word of the reader's own, finds anything; quicker than to search the source."""
        return self.shown is not None and self.shown.css_first(selector) is not None

    @cached_property
    def anchors(self) -> tuple[Anchor, ...]:
        return tuple(_anchors(self.shown, _room(self.source))) if self.shown else ()

    @cached_property
    def text(self) -> str:
        """The words that a reader sees, in one line."""
        return _visible(self.shown) if self.shown else self.said

    @property
    def of_its_own(self) -> Document:
        """Its title and the words of its main part, where it marks one: without menus, footers and banners."""
        main = _text_of(self.shown.css_first("main, [role=main]")) if self.shown else ""
        return Document(title=self.title, said=main or self.text)

    @cached_property
    def folded_title(self) -> str:
        return self.title.lower()

    @cached_property
    def folded_text(self) -> str:
        return self.text.lower()

    @cached_property
    def folded_source(self) -> str:
        """Lower case, made once however many markers are looked for."""
        return self.source.lower()

    @cached_property
    def tree(self) -> LexborHTMLParser:
        """The whole page, scripts and all, parsed once more for `elements`, however many of them are asked for."""
        return LexborHTMLParser(guarded(self.source).text)

    @cached_property
    def _first_metas(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for name, content in self.metas:
            found.setdefault(name, content)
        return found


_META_KEYS = ("property", "name", "itemprop", "http-equiv")


def read_html(text: str, utf_8: bytes | None = None) -> Document:
    """Read markup that may be anything; never raises on what it finds there.

    `text` is already decoded and within the caps of the fetcher; `utf_8` is the same in UTF-8, where it came so: to
    make it anew takes a fifth of the parser's own time.
    """
    guard = guarded(text)
    tree = LexborHTMLParser(guard.text if guard.cut or utf_8 is None else utf_8)
    scripts = tuple(_scripts(tree, _room(text)))
    tree.strip_tags(["script", "style", "template"])  # or their code would count as words
    title = straight(_text_of(tree.css_first("head > title") or tree.css_first("body > title")))  # not a drawing's
    return Document(
        title=_NOTICES.sub("", title),
        language=_attribute(tree.root, "lang"),
        metas=tuple(_metas(tree)),
        links=tuple(_links(tree)),
        scripts=scripts,
        source=text,
        shown=tree,
    )


def _room(source: str) -> int:
    """Foreign content nests what should not nest, and would tell the same words over and over."""
    return 2 * len(source)


def _metas(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    for node in tree.tags("meta"):
        attributes = node.attributes
        content = attributes.get("content")
        if content is not None:
            said = straight(content).strip()
            for key in _META_KEYS:
                if name := attributes.get(key):
                    yield name.lower(), said


def _links(tree: LexborHTMLParser) -> Iterator[Link]:
    for node in tree.tags("link"):
        a = node.attributes
        if "href" in a:
            yield Link((a.get("rel") or "").lower(), a["href"] or "", a.get("type") or "", a.get("title") or "")


def _scripts(tree: LexborHTMLParser, room: int) -> Iterator[Script]:
    for node in tree.tags("script"):
        text = node.text(deep=True) if room > 0 else ""
        room -= len(text)
        if text.strip():
            yield Script((node.attributes.get("type") or "").lower(), node.attributes.get("id") or "", text)


def _anchors(tree: LexborHTMLParser, room: int) -> Iterator[Anchor]:
    for node in tree.css("a[href]"):
        a = node.attributes
        words = node.text(separator=" ") if room > 0 else ""
        room -= len(words)
        yield Anchor(a.get("href") or "", _squeeze(words), (a.get("rel") or "").lower(), a.get("title") or "")


def _visible(tree: LexborHTMLParser) -> str:
    body = tree.body
    return _squeeze(body.text(separator=" ")) if body is not None else ""


def _text_of(node: LexborNode | None) -> str:
    return _squeeze(node.text(separator=" ")) if node is not None else ""


def _attribute(node: LexborNode | None, name: str) -> str:
    return (node.attributes.get(name) or "") if node is not None else ""


def _squeeze(text: str) -> str:
    return " ".join(text.split())
