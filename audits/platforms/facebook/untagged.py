"""What Facebook's pages without a preview say: those of until 2014, and those for simple telephones (mbasic).

    title ─▶ the name, where the page says it once more: in its description, below its picture, in a link to itself
    tabs ──▶ handle and number (/name?v=timeline&lst=viewer:number:moment)

A title alone is nobody's: log-ins and errors have one as well.
snarfed/granary, facebook.py and its pages of mbasic; gazay/ids_please, grabbers/facebook.rb; recorded pages of 2013.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from audits.reading.elements import elements, first
from audits.reading.html import Document

_TITLE = re.compile(r"(?P<name>.{1,200}?)(?: - (?P<tab>[^|]{1,60}))?(?: \| Facebook)?")
_COUNTED = re.compile(r"[.。,]\s[^\d]{0,120}\d")
_TAB = re.compile(
    r"/(?P<handle>[A-Za-z0-9.]{1,60})\?v=timeline&(?:amp;)?lst=\d{1,20}(?:%3A|:)(?P<id>[1-9]\d{4,19})(?:%3A|:)"
)
_LONGEST_HEAD = 1000
_HEADINGS = "#profile_name, #m-timeline-cover-section h1"  # of 2010, and of mbasic until 2023 (DIYgod/RSSHub)
_MAY_BE_HEADED = re.compile("profile_name|m-timeline-cover-section")
_PICTURES = "#root img[alt], #m-timeline-cover-section img[alt]"


class Tab(NamedTuple):
    """Whose page it is, by the link to its own timeline."""

    handle: str
    number: str


def own_tabs(document: Document) -> Iterator[Tab]:
    """Every link to a timeline by somebody's name."""
    yield from (Tab(found["handle"], found["id"]) for found in _TAB.finditer(document.source))


def untagged_name(document: Document) -> str | None:
    """The name that the title holds and the page says again; a tab's word may follow it there."""
    found = _TITLE.fullmatch(document.title[:_LONGEST_HEAD])
    if found is None:
        return None
    whole = f"{found['name']} - {found['tab']}" if found["tab"] else found["name"]
    names = (whole, whole.rpartition(" - ")[0], found["name"])
    return next((name for name in names if name and _says_again(document, name)), None)


def _says_again(document: Document, name: str) -> bool:
    described = (document.meta("description") or "")[:_LONGEST_HEAD]
    counted = described.startswith(name) and _COUNTED.match(described, len(name)) is not None
    twice = described.startswith(name) and described.count(name) > 1
    return counted or twice or _is_headed(document, name)


def _is_headed(document: Document, name: str) -> bool:
    """A heading, or a picture that is called as whoever is on it: "Name, profile picture"."""
    heading = first(document, _HEADINGS) if _MAY_BE_HEADED.search(document.source) else None
    pictures = elements(document, _PICTURES) if 'id="root"' in document.source else ()
    called = any(each.get("alt").startswith(f"{name}, ") for each in pictures)
    return called or (heading is not None and heading.text == name)
