"""Where a page names something, and what stands around it there.

    text, wanted ─lexbor─▶ Outline ── headings, words
                                   └─ placed ─▶ Placed(tag, attributes, words) ─▶ Box ─▶ Box ─▶ … outwards

Only elements that `wanted` asks for are told. The boxes around them are made once and shared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from audits.reading.guard import guarded

FEW_WORDS = 600  # characters: a box that holds more says little about any one link in it
_MOST = 1500  # a page on which more elements are wanted is no page for people
_UNSEEN = ["script", "style", "template"]
_SPACE = re.compile(r"\s+")

Wanted = Callable[[str, Mapping[str, str]], bool]


@dataclass(frozen=True, slots=True)
class Box:
    """One element around others. `names` are its classes, id and itemprop, in lower case."""

    number: int
    tag: str
    role: str = ""
    names: str = ""
    itemtype: str = ""
    words: str = ""  # empty where it holds more than FEW_WORDS
    is_small: bool = True  # holds no more than that
    outer: Box | None = None

    def outwards(self) -> Iterator[Box]:
        """This box, then each around it."""
        box: Box | None = self
        while box is not None:
            yield box
            box = box.outer


@dataclass(frozen=True, slots=True)
class Placed:
    """One element. `words` is what it shows: its text, or the text that stands in for its picture."""

    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    words: str = ""
    box: Box | None = None

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")


@dataclass(frozen=True, slots=True)
class Outline:
    """The headings of a page, and the elements that were asked for."""

    headings: tuple[str, ...] = ()  # of the first rank
    placed: tuple[Placed, ...] = ()


def read_outline(text: str, wanted: Wanted) -> Outline:
    """What on the page `wanted(tag, attributes)` asks for: scripts first, then in document order.

    Raises nothing on any markup. At most 1,500 elements; what lies beyond the limits of `guarded` is not read.
    """
    tree = LexborHTMLParser(guarded(text).text)
    shelf = _Shelf(room=2 * len(text) + FEW_WORDS)
    scripts = [Placed("script", found) for _, found in _wanted(tree, "script", wanted)]
    tree.strip_tags(_UNSEEN)  # or their code would count as words
    placed = [shelf.placed(node, found) for node, found in islice(_wanted(tree, "*", wanted), _MOST)]
    return Outline(tuple(shelf.words(node) for node in tree.css("h1")), (*scripts, *placed))


def _wanted(tree: LexborHTMLParser, selector: str, wanted: Wanted) -> Iterator[tuple[LexborNode, dict[str, str]]]:
    for node in tree.css(selector):
        found = {name: value or "" for name, value in node.attributes.items()}
        if found and wanted(node.tag or "", found):
            yield node, found


@dataclass(slots=True)
class _Shelf:
    """The boxes made so far. `room` is how many characters may still be read: markup can nest what should not nest,
    and would tell the same words over and over.
    """

    room: int
    boxes: dict[int, Box | None] = field(default_factory=dict)

    def placed(self, node: LexborNode, attributes: Mapping[str, str]) -> Placed:
        return Placed(node.tag or "", attributes, self.words(node) or _stand_in(node), self.box(node.parent))

    def words(self, node: LexborNode) -> str:
        text = node.text(separator=" ") if self.room > 0 else ""
        self.room -= len(text)
        return _SPACE.sub(" ", text).strip()

    def box(self, node: LexborNode | None) -> Box | None:
        """The box for an element, made together with those around it."""
        fresh: list[tuple[LexborNode, str | None]] = []
        is_small = True
        while node is not None and node.mem_id not in self.boxes:
            words = self.words(node) if is_small else ""
            is_small = is_small and len(words) <= FEW_WORDS
            fresh.append((node, words if is_small else None))
            node = node.parent
        outer = self.boxes[node.mem_id] if node is not None else None
        for each, few in reversed(fresh):
            outer = self.boxes[each.mem_id] = _box(each, few, outer)
        return outer


def _box(node: LexborNode, words: str | None, outer: Box | None) -> Box:
    found = node.attributes
    names = " ".join(value for name in ("class", "id", "itemprop") if (value := found.get(name)))
    return Box(
        number=node.mem_id,
        tag=node.tag or "",
        role=(found.get("role") or "").lower(),
        names=names.lower(),
        itemtype=found.get("itemtype") or "",
        words=words or "",
        is_small=words is not None,
        outer=outer,
    )


def _stand_in(node: LexborNode) -> str:
    picture = node.css_first("img[alt]")
    return _SPACE.sub(" ", picture.attributes.get("alt") or "").strip() if picture is not None else ""
