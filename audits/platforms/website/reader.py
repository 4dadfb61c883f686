"""One page of a site, or its feed.

    page ─wall? parked?─▶ enough words ─▶ present
                                       └▶ undecided where another domain answered
A status of 404 alone proves nothing: regions, days and a server's own trouble make it too.
"""

from __future__ import annotations

import re
from typing import Final

from audits.model import Existence, Marker, Page, Reading
from audits.platform import Subject
from audits.reading.feeds import read_feed
from audits.reading.html import Document
from audits.reading.markers import Packs, Where, find_marker, is_existence
from audits.reading.pages import Answer, present, read_answer, undecided, walled
from audits.reading.site import feed_facts, readable, site_facts, sitemap_facts, tended
from audits.reading.urls import host

NAME: Final = "website"


def read(page: Page, subject: Subject, packs: Packs) -> Reading:
    """Read one page of a site. Any page is somebody's, so walls and parking pages are asked for first."""

    def look(answer: Answer) -> Reading | None:
        if answer.looks_like_json:
            return walled(answer, NAME, packs) or undecided("an interface, not a page")
        if answer.looks_like_xml:
            return _xml(answer, page)
        return walled(answer, NAME, packs) or _page(answer, page, subject.url or page.url, packs)

    return read_answer(page, NAME, packs, look)


def _xml(answer: Answer, page: Page) -> Reading:
    feed = read_feed(answer.text)
    if feed is None:
        return undecided("a list for machines, not a page", facts=sitemap_facts(answer.text, page.fetched_at))
    return present(feed_facts(feed, page.fetched_at))


def _page(answer: Answer, page: Page, asked: str, packs: Packs) -> Reading | None:
    """None leaves it to the words of absence, and to what the status says."""
    found = find_marker(page, answer.document, packs, NAME, is_existence)
    if found and found[0].where is Where.TEXT and not _is_for_sale(answer.document, page.landed):
        return undecided("a seller's words on a page that is not a seller's", found[1])
    if found or page.status in _REFUSING:
        return None
    if page.status is not None and page.status >= 400:
        return undecided(f"HTTP {page.status} says nothing about the site")
    if not readable(answer.document):
        return None
    facts = site_facts(answer.document, page.landed, page.fetched_at)
    if not same_site(asked, page.landed):
        marker = Marker("website.other-domain", Existence.MOVED.value, page.landed)
        return undecided(f"another domain answered: {host(page.landed)}", marker, facts=facts)
    return present(facts)


def _is_for_sale(document: Document, url: str) -> bool:
    """Sellers put what they offer into the title, and nobody publishes there; whoever quotes them does neither."""
    offered = host(url).removeprefix("www.")
    named = (offered and offered in document.folded_title) or _OFFERED.search(document.folded_title)
    return bool(named) and not tended(document, url)


_OFFERED: Final = re.compile(
    r"^(?:parked|parkerad|parkert|parkeret|geparkt)\b|(?:parked|expired) (?:domain|page)"
    r"|(?:domain|domän|domein|dominio|domene|domæne|domaine)\w*\b(?: name)?(?: \w+){0,3} "
    r"(?:for sale|parked|expired|parkera|till salu|förfall|verkauf|geparkt|abgelaufen|en venta|in vendita|vendre"
    r"|te koop|til sal)"
)  # a domain is offered, and not a house


_REFUSING: Final = frozenset({401, 403, 407, 429, 451, *range(500, 1000)})


def same_site(asked: str, landed: str) -> bool:
    """Whether the host that answered is the one asked, above it, below it or beside it under one registered name."""
    here, there = host(asked).removeprefix("www."), host(landed).removeprefix("www.")
    if not here or not there or f".{here}".endswith(f".{there}") or f".{there}".endswith(f".{here}"):
        return True
    own, other = here.split(".")[-2:], there.split(".")[-2:]
    return own == other and own[0] not in _SHARED


_SHARED: Final = frozenset({"ac", "co", "com", "edu", "go", "gob", "gouv", "gov", "ne", "net", "or", "org", "pp", "tm"})
