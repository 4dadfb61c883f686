"""What came back, before anybody reads what it says: its text, its markup, and whether it is one whole page.

Page ─▶ Answer ─┬ text, document       decoded and read once, when somebody asks
                ├ for people or for machines
                └ cut short, cut up, or two in one: what such a page does not show proves nothing
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from audits.model import Page
from audits.reading.charsets import Decoded, decoded
from audits.reading.guarded_json import NotJson, names_twice
from audits.reading.html import Document, read_html
from audits.reading.urls import path_parts
from audits.reading.viewed import as_served

_LONGEST_ERROR = 1000  # characters
_ROOT = re.compile(r"<(html|rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)  # the element that holds a page or a feed
_BEGINNING = re.compile(r"[\s\ufeff]*+(?:[<{\[]|[\w.$]{1,60}\(|\)\]\}|for ?\(;;\)|/[/*])")  # markup, JSON, a script's
_WITHIN = re.compile(r"</(?:html|body|head|script)\b", re.IGNORECASE)  # the end of what a page has begun with
_TELLING = re.compile(  # where a page begins, and what it calls itself: both in one go
    r"<(?=[hrfm])(?:(?:html|rss|feed|rdf:RDF)[\s>]|meta\s[^<>]{0,500}[\"']og:url[\"'][^<>]{0,500}>)", re.IGNORECASE
)
_BEGUN = re.compile(  # where a page begins or ends; comments and scripts are passed over as one piece each
    r"<!--(?:.*?-->|.*)|<script\b(?:.*?</script|.*)|<!\[CDATA\[(?:.*?\]\]>|.*)|"
    r"(?P<begins><(?:html|rss|feed|rdf:RDF)[\s>])|(?P<ends></(?:html|rss|feed|rdf:RDF)\b)",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"<[a-z!/]", re.IGNORECASE)  # the beginning of any
_PROLOGUE = 2000  # characters in which an XML document says what it is
_LONGEST_END = 4000  # characters behind the end of a page that are looked at
_BEFORE_ROOT = re.compile(r"\A(?>(?:\s++|<\?[^>]*+>|<!--.*?-->)*)", re.DOTALL)  # what may stand before it
_NO_WORDS = re.compile(  # comments, code and tags: what a page holds beside its words
    r"<!--.*?-->|<(?P<code>script|style|noscript)\b.*?</(?P=code)\b[^<>]*>|<[^<>]*+>", re.IGNORECASE | re.DOTALL
)
_CONTENT = re.compile(r"\bcontent=[\"']([^\"']{1,500})", re.IGNORECASE)  # of a meta element
_JSON = re.compile(  # what stands before JSON: nothing, a function that it is handed to, a guard against scripts
    r"[\s\ufeff]*+(?:/\*\*/\s*+)?(?:[\w.$]{1,60}\(|for ?\(;;\);|\)\]\}',?)?\s*+(?=[{\[])"
)
_NAME = re.compile(r'"(\w+)"\s*:')  # of a field of JSON
_BRACKET = re.compile(r"[\[\]{}]")  # of JSON: between two of them stand fields of one object
_EARLIER = re.compile(  # a page before this one: as GraphQL says it, as Google does, and by links of cursors or numbers
    r"\"has_previous_page\"\s*:\s*true|\"prevPageToken\"\s*:\s*\"|"
    r"\"previous\"\s*:\s*\"[^\"\s]{0,2000}(?:[?&]|\\\\u0026)(?:before|offset|page)="
)
_NARROWEST = 60  # characters: letters are broken at 72 or 76 of them
_CHUNK = re.compile(r"[0-9a-f]{1,8}\r\n")  # RFC 9112, section 7.1


def _ends(text: str, closing: str) -> bool:
    """Whether the tag stands there, as it was opened or in letters of another size, which take longer to fold."""
    return closing in text or closing.lower() in text.lower()


@dataclass(frozen=True)
class Answer:
    """A page with its text decoded and its markup read, each at most once."""

    page: Page

    @cached_property
    def decoded(self) -> Decoded:
        """The body as text, by the character set that it is really written in."""
        return decoded(self.page.body, self.page.headers.get("content-type"))

    @cached_property
    def text(self) -> str:
        """The text as the server gave it out, also where a browser has made a page of it."""
        return as_served(self.decoded.text)

    @cached_property
    def document(self) -> Document:
        """The markup, read; of JSON, which has none, a document that holds the text as its words."""
        return Document(source=self.text, said=self.text) if self.looks_like_json else read_html(*self.decoded)

    @property
    def looks_like_json(self) -> bool:
        return self.text[:64].lstrip("\ufeff \t\r\n").startswith(("{", "["))

    @property
    def breaks_off(self) -> bool:
        """Whether the end is missing; a fragment that never began as a whole page has no end to miss."""
        began = _ROOT.search(self.text[:1000])
        return self.page.truncated or bool(began and not _ends(self.text[-1000:], f"</{began[1]}"))

    @property
    def lacks_its_beginning(self) -> bool:
        """Whether a page starts within itself: what is left may be of a second one, whose it may not be to tell."""
        begins = _BEGINNING.match(self.text) or _ROOT.search(self.text)
        return not begins and _WITHIN.search(self.text) is not None

    @property
    def goes_on(self) -> bool:
        """Whether words stand behind its end: then it came inside an answer that may be newer than itself."""
        small = self.text.rfind("</html")
        end = max(small, self.text.rfind("</HTML", max(small, 0)))
        return end >= 0 and bool(_NO_WORDS.sub("", self.text[end : end + _LONGEST_END]).strip())

    @property
    def continues_a_list(self) -> bool:
        """Whether it says that something stands before what it lists: a later page does, whose address may be lost."""
        return ('"prev' in self.text or '"has_prev' in self.text) and _EARLIER.search(self.text) is not None

    @cached_property
    def is_two(self) -> bool:
        """Whether it begins more than once, scripts and comments aside, or calls itself by two addresses.

        These count wherever they stand: a page that begins inside a script that broke off is swallowed by it.
        """
        tags = _TELLING.findall(self.text)
        metas = [tag for tag in tags if tag[1:5].lower() == "meta"]
        begun = len(tags) - len(metas) > 1 and self._begins_or_ends_twice
        stated = filter(None, map(_CONTENT.search, metas))
        return begun or len({path_parts(found[1].lower()) for found in stated}) > 1

    @property
    def _begins_or_ends_twice(self) -> bool:
        """The same, scripts and comments aside: a page may begin inside one of them, but ends outside."""
        found = [each.lastgroup for each in _BEGUN.finditer(self.text)]
        return max(found.count("begins"), found.count("ends")) > 1

    @property
    def names_twice(self) -> bool:
        """Whether one object of JSON has two fields of one name: none is written so, a piece of it came again, or the
        rest of another. Of what no longer is JSON, only the names between two brackets are known to be of one object.
        """
        begins = _JSON.match(self.text)
        found = names_twice(self.text[begins.end() :]) if begins else False
        return self._names_twice_between_brackets if isinstance(found, NotJson) else found

    @property
    def _names_twice_between_brackets(self) -> bool:
        return any(len(names) != len({*names}) for names in map(_NAME.findall, _BRACKET.split(self.text)))

    @property
    def is_cut_up(self) -> bool:
        """Whether its lines were broken at one length, or the marks of the pieces it was sent in stand in it: within
        names and numbers as well. Two lines may be of one length by chance, but then one that follows is longer.
        """
        first = self.text.find("\n")
        second = self.text.find("\n", first + 1)
        alike = second - first == first + 1 > _NARROWEST
        broken = alike and max(map(len, self.text.split("\n"))) <= first
        return broken or _CHUNK.match(self.text) is not None

    @property
    def is_for_machines(self) -> bool:
        """Whether it is JSON or XML, by its beginning or by what it holds: what is left of one may begin anywhere."""
        debris = '":' in self.text and not _TAG.search(self.text)
        return self.looks_like_json or self.looks_like_xml or debris

    @property
    def may_be_an_error(self) -> bool:
        """Whether it is short and whole, as a machine's word for what went wrong is."""
        return len(self.text) < _LONGEST_ERROR and self.text.rstrip().endswith(("}", "]", ">"))

    @property
    def looks_like_xml(self) -> bool:
        """Whether it is XML for machines: XHTML begins as XML does, and is a page for people."""
        start = self.text[:_PROLOGUE].lstrip("\ufeff \t\r\n")
        if not start[:5].lower().startswith(("<?xml", "<rss", "<feed", "<rdf")):
            return False
        return not _BEFORE_ROOT.sub("", start.lower(), count=1).startswith(("<!doctype html", "<html"))
