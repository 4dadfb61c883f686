"""Where a text points, before any platform is asked.

text ─▶ a URI of an app (at:, spotify:)   ─▶ Target with a book, no host
     ├▶ a web address, with scheme or not ─▶ Target with a host
     ├▶ @user@host                        ─▶ Target host/@user
     ├▶ "FB: name", "@name (Twitter)"     ─▶ read again with that word as the column
     ├▶ a bare handle under a column      ─▶ Target with a book, no host
     └▶ anything else                     ─▶ Unclear, with the reason
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from audits.addresses.cleaning import clean
from audits.addresses.grammar import Strangers
from audits.addresses.hosts import named_host
from audits.addresses.patterns import Atlas, Book
from audits.addresses.splitting import Spot, Target, Unclear, segments_of, web

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]{1,15}):")
_LATER_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_NEXT_ADDRESS = re.compile(r"[\s|,;]https?://", re.IGNORECASE)
_FEDIVERSE = re.compile(r"(@?)([A-Za-z0-9_.\-]+)@([^\s@/:]+)")
_WORD_FIRST = re.compile(r"([^:@/]{1,40}?)\s*(?::(?!//)\s*|\s[-–]\s|\s(?=@))(.+)")
_WORD_LAST = re.compile(r"(\S+)\s+(?:\((.{1,40})\)|(?:på|on)\s+(.{1,40}))")
SEVERAL: Final = "several-addresses"
_NOTHING: Final = frozenset({
    "-", "–", "—", "n/a", "na", "none", "null", "nil", "saknas", "nej", "no", "ingen", "inget", "inga", "ej",
    "tbd", "ja", "yes", "finns",
})  # fmt: skip
_NO_PAGES: Final = {
    "mailto": "mail-address", "tel": "phone-number", "sms": "phone-number",
    "data": "broken-scheme", "javascript": "broken-scheme",
}  # fmt: skip
_HOSTLIKE_ENDINGS: Final = frozenset({
    "se", "nu", "com", "org", "net", "eu", "no", "dk", "fi", "de", "uk", "fr", "ca", "es", "it", "nl", "pl", "ch",
    "at", "be", "ie", "us", "edu", "gov", "info", "io", "app", "dev", "social",
})  # fmt: skip


def locate(text: str, named: Book | None, atlas: Atlas) -> Spot:
    """Where the cleaned text points; `named` is the platform that its column names."""
    if text.lower() in _NOTHING or not text:
        return Unclear("empty", named)
    return _by_scheme(text, atlas) or _by_words(text, atlas) or _plain(text, named, atlas)


def _by_scheme(text: str, atlas: Atlas) -> Spot | None:
    found = _SCHEME.match(text)
    if not found:
        return None
    scheme, rest = found[1].lower(), text[found.end() :]
    if scheme in ("http", "https"):
        return _web_address(text) if rest.startswith("//") else Unclear("broken-scheme")
    if scheme in atlas.schemes:
        return _app_uri(*atlas.schemes[scheme], rest)
    if scheme == "acct":
        return _fediverse(f"@{rest.removeprefix('@')}", None)
    reason = _NO_PAGES.get(scheme) or ("broken-scheme" if rest.startswith("//") else None)
    return Unclear(reason) if reason else None


def _web_address(text: str) -> Spot:
    return Unclear(SEVERAL) if text.count("://") > 1 and _NEXT_ADDRESS.search(text) else web(text)


def _app_uri(book: Book, path: str, rest: str) -> Target:
    parts = rest[2:].split("/") if rest.startswith("//") else rest.split(":")
    return Target((path, *parts) if path else tuple(parts), book=book, notes=("uri",))


def _by_words(text: str, atlas: Atlas) -> Spot | None:
    """What is left beside a word that names the platform; words are taken off once."""
    first, last = _WORD_FIRST.fullmatch(text), _WORD_LAST.fullmatch(text)
    pairs = [(first[1], first[2])] if first else []
    pairs += [(last[2] or last[3], last[1])] if last else []
    for word, left in pairs:
        if book := atlas.named(word):
            rest = clean(left)[0]
            return _by_scheme(rest, atlas) or _plain(rest, book, atlas)
    return Unclear("no-account", book) if (book := atlas.words.get(text.lower())) else None


def _plain(text: str, named: Book | None, atlas: Atlas) -> Spot:
    if text.startswith("//"):
        return web(f"https:{text}", "no-scheme")
    if "://" in text:
        return _inside(text)
    return _fediverse(text, named) or _without_scheme(text, named, atlas) or _bare(text, named)


def _inside(text: str) -> Spot:
    """A web address at the end of other words; what follows an address may still belong to it."""
    found = _LATER_ADDRESS.findall(text)
    if len(found) != 1:
        return Unclear(SEVERAL if found else "broken-scheme")
    return web(clean(found[0])[0], "text-before") if text.endswith(found[0]) else Unclear("text-around")


def _fediverse(text: str, named: Book | None) -> Spot | None:
    found = _FEDIVERSE.fullmatch(text.rstrip("."))
    host = named_host(found[3]) if found else None
    if not found or not host:
        return None
    if not found[1] and (named is None or named.grammar.strangers is not Strangers.BY_FORM):
        return Unclear("mail-address")
    return Target((f"@{found[2]}",), host=host, notes=("fediverse-address",))


def _without_scheme(text: str, named: Book | None, atlas: Atlas) -> Spot | None:
    head = re.split(r"[/?#]", text, maxsplit=1)[0]
    host = named_host(head)
    if not host:
        return None
    if atlas.place(host) or len(head) < len(text) or named is None or named.grammar.strangers is Strangers.BY_NAME:
        return web(f"https://{text}", "no-scheme")
    is_ambiguous = host.rsplit(".", 1)[-1] in _HOSTLIKE_ENDINGS and not named.grammar.dotted
    return replace(_handle(text, named), doubtful=True) if is_ambiguous else None


def _bare(text: str, named: Book | None) -> Spot:
    if named is None:
        return Unclear("not-an-address")
    return _handle(text, named)


def _handle(text: str, named: Book) -> Target:
    path, _, query = text.partition("?")
    segments, notes = segments_of(path)
    return Target(segments, query=query, book=named, bare=True, notes=notes)
