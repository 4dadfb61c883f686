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
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final
from unicodedata import normalize
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from audits.addresses.cleaning import clean, visible
from audits.addresses.grammar import Strangers
from audits.addresses.hosts import ascii_host, is_host_name, named_host
from audits.addresses.patterns import Atlas, Book

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]{1,15}):")
_LATER_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_FEDIVERSE = re.compile(r"(@?)([A-Za-z0-9_.\-]+)@([^\s@/:]+)")
_WORD_FIRST = re.compile(r"([^:@/]{1,40}?)\s*(?::(?!//)\s*|\s-\s|\s(?=@))(.+)")
_WORD_LAST = re.compile(r"(\S+)\s+(?:\((.{1,40})\)|(?:på|on)\s+(.{1,40}))")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_NOTHING: Final = frozenset({
    "-", "–", "—", "n/a", "na", "none", "null", "nil", "saknas", "nej", "no", "ingen", "inget", "inga", "ej",
    "tbd", "ja", "yes", "finns",
})  # fmt: skip
_CONTACTS: Final = {"mailto": "mail-address", "tel": "phone-number", "sms": "phone-number"}
_HOSTLIKE_ENDINGS: Final = frozenset({
    "se", "nu", "com", "org", "net", "eu", "no", "dk", "fi", "de", "uk", "fr", "ca", "es", "it", "nl", "pl", "ch",
    "at", "be", "ie", "us", "edu", "gov", "info", "io", "app", "dev", "social",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Target:
    """Where a text points. `book` is set, and `host` empty, where words and no host say which platform."""

    segments: tuple[str, ...]
    host: str = ""
    scheme: str = "https"
    query: str = ""
    book: Book | None = None
    bare: bool = False
    doubtful: bool = False  # it may be a handle, or a host
    notes: tuple[str, ...] = ()

    @property
    def parameters(self) -> Mapping[str, str]:
        """The query's parameters; of a repeated one the first."""
        return dict(reversed(parse_qsl(self.query, errors="replace"))) if self.query else {}


@dataclass(frozen=True, slots=True)
class Unclear:
    """Why a text points nowhere."""

    note: str
    book: Book | None = None


Spot = Target | Unclear


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
        return web(text) if rest.startswith("//") else Unclear("broken-scheme")
    if scheme in atlas.schemes:
        return _app_uri(*atlas.schemes[scheme], rest)
    if scheme == "acct":
        return _fediverse(f"@{rest.removeprefix('@')}", None)
    reason = _CONTACTS.get(scheme) or ("broken-scheme" if rest.startswith("//") else None)
    return Unclear(reason) if reason else None


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
        return Unclear("several-addresses" if found else "broken-scheme")
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
    segments, notes = _segments(path)
    return Target(segments, query=query, book=named, bare=True, notes=notes)


def web(text: str, *notes: str) -> Spot:
    """A web address taken apart. Paths are decoded once, or twice where they were encoded twice."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return Unclear("unreadable-address")
    host = _host(parts.netloc)
    if host is None:
        return Unclear("userinfo" if "@" in parts.netloc else "unreadable-address")
    path, query = _hashbang(parts)
    segments, path_notes = _segments(path)
    found = (*notes, *_host_notes(parts, notes), *_tail_notes(parts, path, query), *path_notes)
    return Target(segments, host=host, scheme=parts.scheme, query=query, notes=found)


def _host(netloc: str) -> str | None:
    """The host in ASCII, with a port only where it is an unusual one."""
    if netloc.isascii() and is_host_name(name := netloc.lower()):
        return name
    host = ascii_host(re.sub(r":(?:80|443)?\Z", "", netloc))
    return host if host and not re.search(r"[@\s\[\]\\]", host) else None


def _hashbang(parts: SplitResult) -> tuple[str, str]:
    """The path and query; what follows `#!` was the page's real address on sites of the time."""
    if not parts.fragment.startswith("!"):
        return parts.path, parts.query
    path, _, query = parts.fragment[1:].partition("?")
    return path, query


def _host_notes(parts: SplitResult, known: tuple[str, ...]) -> tuple[str, ...]:
    marks = (
        ("http", parts.scheme == "http"),
        ("uppercase-host", parts.netloc != parts.netloc.lower()),
        ("idn-host", not parts.netloc.isascii()),
        ("punycode-host", "xn--" in parts.netloc),
    )
    return tuple(note for note, holds in marks if holds and note not in known)


def _tail_notes(parts: SplitResult, path: str, query: str) -> tuple[str, ...]:
    marks = (
        ("query", bool(query)),
        ("hashbang", parts.fragment.startswith("!")),
        ("fragment", bool(parts.fragment) and not parts.fragment.startswith("!")),
        ("trailing-slash", len(path) > 1 and path.endswith("/")),
        ("double-slash", "//" in path),
    )
    return tuple(note for note, holds in marks if holds)


def _segments(path: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The path's parts: decoded, composed, trimmed, empty ones dropped."""
    if path.isascii() and "%" not in path and " " not in path:
        return tuple(part for part in path.split("/") if part), ()
    decoded = [_decoded(part) for part in path.split("/")]
    trimmed = tuple(visible(normalize("NFC", part)).strip() for part in decoded)
    marks = (
        ("double-encoded", any(_ESCAPE.search(unquote(part)) for part in path.split("/"))),
        ("percent-encoded", "%" in path),
        ("raw-non-ascii", not path.isascii()),
        ("inner-space", any(part != part.strip() for part in decoded[1:])),
    )
    return tuple(part for part in trimmed if part), tuple(note for note, holds in marks if holds)


def _decoded(part: str) -> str:
    """One segment, decoded; a slash inside it stays apart from those between segments."""
    once = unquote(part)
    twice = unquote(once) if _ESCAPE.search(once) else once
    return twice.replace("/", "\x00")
