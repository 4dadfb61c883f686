"""What stands where in a page's markup: one table for the layouts of many years, the likeliest place first.

    {"name": (".card .fullname", "a.name[title]@title")} ─▶ {"name": "Hamnstads hamn"}

A place is a CSS selector of the reader's own, before an `@` the element, behind it an attribute in place of its words;
`{}` stands for the account's handle.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from audits.reading.elements import Element, elements
from audits.reading.html import Document

_WORD: Final = re.compile(r"[\w-]+")


def placed(document: Document, places: Mapping[str, Iterable[str]], handle: str = "") -> dict[str, str]:
    """What the first place of each name that says anything says; without those that say nothing."""
    said = ((name, (told_at(document, each, handle) for each in listed)) for name, listed in places.items())
    first = ((name, next(filter(None, told), "")) for name, told in said)
    return {name: words for name, words in first if words}


def told_at(document: Document, place: str, handle: str = "") -> str:
    """The words or the attribute of the first element at a place; empty where there is none."""
    selector, _, attribute = place.partition("@")
    element = next(iter(found(document, selector, handle)), None)
    return (element.get(attribute) if attribute else element.text) if element else ""


def found(document: Document, selector: str, handle: str = "") -> tuple[Element, ...]:
    """Every element there. Looked for only where the text has the selector's longest word, which costs far less."""
    word = max(_WORD.findall(selector.partition(":not")[0]), key=len)
    return elements(document, selector.format(handle)) if word in document.source else ()
