"""An archive's copy of a page, as the page was served when it was taken.

    Page (web.archive.org/web/2021…/https://x.com/name) ─as served▶ Page (https://x.com/name, copied, of that day)

The Wayback Machine puts its address before every link, its toolbar into the body and `x-archive-orig-` before the
headers it kept (github.com/internetarchive/wayback, URL and header rewriting); a page from Google's cache stood below a
notice of its own. A copy proves what was there on its day: its dates prove life and never today's silence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import unquote, urlsplit

from audits.model import Page

_SLASH: Final = r"(?:/|\\/|\\u002[fF]|%2[fF])"
_COLON: Final = r"(?::|%3[aA])"
_HOST: Final = r"(?:web|web-beta|wayback|replay|liveweb)\.archive\.org"
_ARCHIVE: Final = rf"(?:(?:https?{_COLON})?{_SLASH}{_SLASH}{_HOST})"
_STAMP: Final = r"\d{4,14}(?:[a-z]{2}_|\*)?"
_ORIGINAL: Final = rf"https?{_COLON}{_SLASH}"
# What the archive puts before an address in the page, plain or escaped: "https://web.archive.org/web/2026…/".
_REWRITTEN = re.compile(rf"{_ARCHIVE}?{_SLASH}web{_SLASH}{_STAMP}{_SLASH}(?={_ORIGINAL})".encode())
# The address of a copy: its moment, and the original's address.
_WAYBACK = re.compile(rf"https?://{_HOST}/web/(\d{{4,14}})[^/]*/(.+)", re.DOTALL)
# The address of a copy in Google's cache, and the original's within.
_CACHE = re.compile(r"https?://webcache\.googleusercontent\.com/search\?(?:.*&)?q=cache:(?:[\w-]{12}:)?([^+&]+)")
_ADDED: Final = (
    re.compile(rb"<!-- BEGIN WAYBACK TOOLBAR INSERT -->.*?<!-- END WAYBACK TOOLBAR INSERT -->", re.DOTALL),
    re.compile(
        rb"(?<=>)\s*<script[^>]*(?:archive\.org|/_static)/(?:(?!</head).)*?<!-- End Wayback Rewrite JS Include -->",
        re.DOTALL,
    ),
    re.compile(rb"<!--\s+FILE ARCHIVED ON .*\Z", re.DOTALL),
)  # fmt: skip
_SIGNS: Final = (
    b"<!-- BEGIN WAYBACK TOOLBAR INSERT -->", b"<!-- End Wayback Rewrite JS Include -->", b"FILE ARCHIVED ON ",
    b"google-cache-hdr",
)  # fmt: skip
# The notice that Google put before a copy, up to where the page begins.
_CACHE_NOTICE = re.compile(rb"\A.{0,2000}?<div[^>]*google-cache-hdr.*?(?=<!doctype|<html)", re.DOTALL | re.IGNORECASE)
# The moment in the comment behind a copy: "10:11:12 Nov 19, 2026".
_ARCHIVED_ON = re.compile(rb"FILE ARCHIVED ON (\d\d:\d\d:\d\d \w{3} \d\d, \d{4})")
_KEPT_HEADER: Final = "x-archive-orig-"
_COMMENT_DATE: Final = "%H:%M:%S %b %d, %Y"


def as_served(page: Page) -> Page:
    """The page as it was served on the day of its copy; a page that is no copy comes back as it is."""
    asked, landed = original_address(page.url), original_address(page.final_url or "")
    if (asked, landed) == (page.url, page.final_url or "") and not _bears_signs(page):
        return page
    return replace(
        page, url=asked, final_url=landed or None, body=_body_as_served(page),
        headers=_headers_as_served(page.headers), copied=True,
        fetched_at=min(page.fetched_at, _taken_at(page) or page.fetched_at),
    )  # fmt: skip


def _bears_signs(page: Page) -> bool:
    """Whether an archive has left its marks; a link to an archive is none, for anybody may post one."""
    kept = any(name.startswith(_KEPT_HEADER) for name in page.headers)
    return kept or any(sign in page.body for sign in _SIGNS)


def original_address(url: str) -> str:
    """The address that an archive's or a cache's address is a copy of; any other address as it is."""
    if found := _WAYBACK.match(url):
        return found[2] if "://" in found[2][:9] else f"http://{found[2]}"
    if found := _CACHE.match(url):
        address = unquote(found[1])
        return address if "://" in address else f"http://{address}"
    return url


def _body_as_served(page: Page) -> bytes:
    body = page.body
    for added in _ADDED:
        body = added.sub(b"", body)
    return _REWRITTEN.sub(b"", _own_links_shortened(_CACHE_NOTICE.sub(b"", body), page))


_OWN_LINK: Final = rb"""(<a\b[^<>]*?\bhref=["'])/web/\d{4,14}/https?://(?:www\.)?"""


def _own_links_shortened(body: bytes, page: Page) -> bytes:
    """A link that the site wrote without its host stands in the copy without the archive's host."""
    parts = urlsplit(original_address(page.landed))
    if not parts.hostname:
        return body
    host = re.escape(parts.netloc.removeprefix("www.")).encode()
    return re.sub(_OWN_LINK + host + rb"(?=/)", rb"\1", body, flags=re.IGNORECASE)


def _headers_as_served(headers: Mapping[str, str]) -> dict[str, str]:
    kept = {name.removeprefix(_KEPT_HEADER): value for name, value in headers.items() if name.startswith(_KEPT_HEADER)}
    return {**({"content-type": headers["content-type"]} if "content-type" in headers else {}), **kept}


def _taken_at(page: Page) -> datetime | None:
    """The moment of the copy, UTC. Its address comes last: it may hold the day that was only wished for."""
    return _of_comment(page.body) or _of_header(page.headers.get("memento-datetime", "")) or _of_address(page.landed)


def _of_address(url: str) -> datetime | None:
    found = _WAYBACK.match(url)
    return _parsed(found[1].ljust(14, "0"), "%Y%m%d%H%M%S") if found and len(found[1]) >= 8 else None


def _of_header(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _of_comment(body: bytes) -> datetime | None:
    found = _ARCHIVED_ON.search(body)
    return _parsed(found[1].decode("ascii"), _COMMENT_DATE) if found else None


def _parsed(text: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(text, form).replace(tzinfo=UTC)
    except ValueError:
        return None
