"""What reading a profile page costs, to lexbor's own parse and select of the same things.

recorded live profile pages ─┬▶ lexbor: title, metas, links, scripts, anchors, words      the floor
                             ├▶ `read_html`: the same as a `Document`                     the bar
                             └▶ the platform's whole reader, embedded JSON and all        told beside it

That the `Document` says what BeautifulSoup says is `tests/reading/test_html.py`'s to show.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser

from audits.model import Page
from audits.platform import Subject
from audits.platforms import PLATFORMS
from audits.reading.charsets import decode
from audits.reading.html import read_html
from tests.corpus import Recording, have_corpus, recordings
from worker.wiring import reading_instruments, utc_now

ROUNDS: Final = 7  # the quickest counts: whatever else the machine does only adds


@dataclass(slots=True)
class Cost:
    """Seconds of CPU over all pages."""

    pages: int = 0
    floor: float = 0.0
    document: float = 0.0
    reader: float = 0.0


def parsing() -> dict[str, Any]:
    """The costs, and what they are to the floor's; no figure where the recorded pages are not here."""
    if not have_corpus():
        return {"fault": "the recorded pages are not here: set KANALTEST_CORPUS"}
    _, packs = reading_instruments(utc_now())
    cost = Cost()
    for recording, page, text in profile_pages():
        subject = Subject(platform=recording.platform, key=None, url=page.url)
        cost.pages += 1
        cost.floor += cpu_of(partial(by_lexbor, text))
        cost.document += cpu_of(partial(read_html, text))
        cost.reader += cpu_of(partial(PLATFORMS[recording.platform].read, page, subject, packs))
    return {
        "pages": cost.pages,
        "lexbor_ms": round(cost.floor * 1000, 1),
        "document_to_lexbor": round(cost.document / cost.floor, 2),
        "whole_reader_to_lexbor": round(cost.reader / cost.floor, 2),
    }


def profile_pages() -> Iterator[tuple[Recording, Page, str]]:
    """Every recorded profile page of a living account that is markup, with its text."""
    for recording in recordings(*PLATFORMS):
        if recording.label == "live" and "profile" in (recording.kind or "profile"):
            page = recording.page()
            text = decode(page.body, page.headers.get("content-type"))
            if "<html" in text[:3000].lower():
                yield recording, page, text


def by_lexbor(text: str) -> object:
    """Parse and select, nothing more."""
    tree = LexborHTMLParser(text)
    title, body = tree.css_first("title"), tree.body
    return (
        title.text() if title else "",
        [node.attributes for node in tree.css("meta")],
        [node.attributes for node in tree.css("link[href]")],
        [(node.attributes, node.text()) for node in tree.css("script")],
        [(node.attributes["href"], node.text()) for node in tree.css("a[href]")],
        body.text() if body else "",
    )


def cpu_of(work: Callable[[], object]) -> float:
    """Seconds of CPU of the quickest of some rounds."""
    return min(_once(work) for _ in range(ROUNDS))


def _once(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began
