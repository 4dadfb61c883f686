"""A web address, taken apart.

    https://www.Example.se/a%20b//c/?v=1#x ─▶ Target: host example, segments decoded, query, and notes on what was odd

Decoding, composing and trimming happen here, once, so that forms compare clean segments.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from unicodedata import normalize
from urllib.parse import SplitResult, parse_qsl, unquote, urljoin, urlsplit

from audits.addresses.cleaning import visible
from audits.addresses.hosts import ascii_host, is_host_name
from audits.addresses.patterns import Book

_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")


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
    path = _walked(path)
    segments, path_notes = segments_of(path)
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


def _walked(path: str) -> str:
    """The path that a browser asks for: `a/../b` is b, also where the stops are encoded (RFC 3986, 5.2.4)."""
    plain = re.sub("%2e", ".", path, flags=re.IGNORECASE) if "%2" in path else path
    return urlsplit(urljoin("https://host", plain)).path if "/." in plain else path


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


def segments_of(path: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
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
