"""Addresses as pages write them, taken apart without ever raising."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qs, parse_qsl, unquote, urlsplit

from audits.model import PlatformId


def path(url: str | None) -> str:
    """The path as it stands there; empty where the address cannot be read."""
    try:
        return urlsplit(url or "").path
    except ValueError:
        return ""


@lru_cache(16)  # one page asks of one address several times; few are kept, for they may be long
def path_parts(url: str | None) -> tuple[str, ...]:
    """The segments of the path, decoded; none where the address cannot be read."""
    return tuple(unquote(part) for part in path(url).split("/") if part)


def beside(url: str, name: str) -> str:
    """The same address with this name in place of the last in its path, as `/@name.rss` of `/@kommun.rss`; the address
    itself where it cannot be read.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    folder, _, last = parts.path.rstrip("/").rpartition("/")
    _, dot, kind = last.rpartition(".")
    own = f"{'@' if last.startswith('@') else ''}{name}{dot}{kind if dot else ''}"
    return parts._replace(path=f"{folder}/{own}", fragment="").geturl()


def name_in(url: str | None) -> str | None:
    """The name that the path opens with, without its `@`; None where the path is empty."""
    return next((part.removeprefix("@") for part in path_parts(url)), None)


def id_in(address: str | None, namespace: str, pattern: re.Pattern[str]) -> PlatformId | None:
    """The first id of this form in an address, or in another text that names one: the pattern's only group, or all."""
    found = pattern.search(address or "")
    return PlatformId(namespace, found[found.lastindex or 0]) if found else None


_NEVER_WITHIN = re.compile(r"[\r\n{}<>\"]")  # what an address always writes in per cent


def runs_on(address: str) -> bool:
    """Whether it holds signs that no address can (RFC 3986, appendix C): something else came in between."""
    return _NEVER_WITHIN.search(address) is not None


def query_value(url: str | None, name: str) -> str | None:
    """The first value of a query parameter, decoded."""
    try:
        values = parse_qs(urlsplit(url or "").query).get(name)
    except ValueError:
        return None
    return values[0] if values else None


def parameters(url: str | None) -> list[tuple[str, str]]:
    """The parameters of the query and what they say, decoded; none where the address cannot be read."""
    try:
        return parse_qsl(urlsplit(url or "").query)
    except ValueError:
        return []


def asks_beyond(url: str | None, known: frozenset[str]) -> bool:
    """Whether an address has parameters beside those known: each may leave something out of the list it asks for."""
    return any(name not in known for name, _ in parameters(url))


@lru_cache(16)
def host(url: str | None) -> str:
    """The host, lower case; empty where there is none."""
    try:
        return urlsplit(url or "").hostname or ""
    except ValueError:
        return ""


_ONWARD: Final = frozenset({
    "__paging_token", "after", "before", "bookmark", "bookmarks", "continuation", "cursor", "end_cursor", "end_time",
    "last_id", "max_cursor", "max_id", "max_time", "max_timestamp", "maxcursor", "maxid", "min_id", "next_cursor",
    "next_token", "offset_id", "pagetoken", "page_token", "pagination_token", "published_before",
    "publishedbefore", "until", "until_id",
})  # fmt: skip
_NUMBERED: Final = frozenset({"offset", "page", "paged", "skip", "start", "start-index"})
_FIRST: Final = frozenset({"", "0", "1", "true"})
# A field of JSON that says something: not null, false, empty, or the "-end-" of a list.
_IN_JSON: Final = re.compile(r"\"(\w{2,20})\":\s*(?!null|false|\"\"|\[\s*\]|\[?\"(?:-end-)?\")[^\s,}]")
_IN_FIELDS: Final = re.compile(r"\.(?:after|before|offset|until)\(")  # as Graph interfaces are asked for lists in lists
_LATER_PAGE: Final = re.compile(r"/page[/-]?(?!1?/?$)\d{1,6}/?$")  # "/page/2" at the end, and not "/page" or "/page/1"


def is_continued(url: str) -> bool:
    """Whether an address asks for what follows the first page of a list: the newest things stand before it."""
    asked = [(name.lower(), value.lower()) for name, value in parameters(url)]
    onward = any(name in _ONWARD or (name in _NUMBERED and value not in _FIRST) for name, value in asked)
    return onward or any(_goes_onward(value) for _, value in asked) or _LATER_PAGE.search(path(url)) is not None


def _goes_onward(value: str) -> bool:
    """Whether a parameter is JSON that names a place, as scripts ask (`variables={"after":"…"}`), or fields that do."""
    in_json = value.startswith("{") and any(name in _ONWARD for name in _IN_JSON.findall(value))
    return in_json or _IN_FIELDS.search(value) is not None
