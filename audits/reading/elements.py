"""What only attributes and single elements say: a second reading of a page, for those who need more than a `Document`.

source, selector ─lexbor─▶ (Element, …)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from audits.reading.html import Document


@dataclass(frozen=True, slots=True)
class Element:
    """One element: its attributes, and its words in one line."""

    attributes: Mapping[str, str]
    text: str = ""

    def get(self, name: str) -> str:
        """The attribute, empty where it is missing."""
        return self.attributes.get(name, "")


def elements(document: Document, selector: str) -> tuple[Element, ...]:
    """Everything the CSS selector finds, in document order. `selector` is the reader's own, never a page's."""
    return tuple(_within(document.tree, selector, room=2 * len(document.source)))


def _within(tree: LexborHTMLParser, selector: str, room: int) -> Iterator[Element]:
    """Elements may lie in each other, so that a page could have the same words told over and over."""
    for node in tree.css(selector):
        words = " ".join(node.text(separator=" ").split()) if room > 0 else ""
        room -= len(words)
        yield Element({name: value or "" for name, value in node.attributes.items()}, words)


def first(document: Document, selector: str) -> Element | None:
    """The first element that the CSS selector finds; None where there is none."""
    return next(iter(elements(document, selector)), None)


def said_at(document: Document, selector: str, attribute: str | None = None) -> str | None:
    """The words of the first element that the CSS selector finds, or its attribute; None where it says nothing."""
    found = first(document, selector)
    said = found and (found.get(attribute) if attribute else found.text)
    return said or None
