"""A page that lists things: its tables, and the links of one part of it under their headings.

    text ─lexbor─▶ tables  Row(line, cells), merged cells told again in every row they cover
                 ├▶ links   LinkedUnder(href, words, heading)
                 └▶ lines   Line(words, words of links, heading)

A selector chooses the part that is read, so that a page's menus and footers are no part of its list.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from audits.reading.guard import guarded

_MOST_ROWS: Final = 20_000
_WIDEST: Final = 60  # cells: whatever claims more is no table for people
_LONGEST_SPAN: Final = 1000
_DEEPEST: Final = 12  # levels of marks within an item of a list
_LONGEST_ITEM: Final = 300  # letters
_ITEMS: Final = frozenset({"li", "tr", "p", "dd"})
_BLOCKS: Final = _ITEMS | {"div", "section", "article", "main", "body"}
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "caption", "summary", "legend", "dt"})


class BadSelector(ValueError):
    """The selector is none; the message says which."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table, with the links in it."""

    words: str = ""
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `number` counts the rows of the part that is read, from 1."""

    number: int
    cells: tuple[Cell, ...]
    is_header: bool = False

    @property
    def is_one_cell(self) -> bool:
        """Whether one cell reaches from end to end, as above a group of rows."""
        return len(self.cells) > 1 and all(cell is self.cells[0] for cell in self.cells)


@dataclass(frozen=True, slots=True)
class LinkedUnder:
    """A link, and the last heading before it."""

    number: int
    href: str
    words: str
    heading: str = ""
    around: str = ""  # the item, paragraph or row that it stands in


@dataclass(frozen=True, slots=True)
class Line:
    """What stands in one item, paragraph or row: piece by piece, outside of links and in them."""

    number: int
    words: tuple[str, ...]
    linked: tuple[str, ...] = ()
    heading: str = ""


def read_rows(text: str, within: str = "body") -> tuple[Row, ...]:
    """The rows of every table in the parts that the selector `within` names. Raises `BadSelector`."""
    numbered = enumerate(_rows(_parts(text, within)), 1)
    return tuple(Row(number, cells, is_header) for number, (cells, is_header) in numbered)


def read_links(text: str, within: str = "body") -> tuple[LinkedUnder, ...]:
    """Every link in the parts that the selector `within` names. Raises `BadSelector`."""
    return tuple(_links(_parts(text, within)))


def read_lines(text: str, within: str = "body") -> tuple[Line, ...]:
    """The words in the parts that the selector `within` names, in order. Raises `BadSelector`."""
    return tuple(_lines(_parts(text, within)))


def _parts(text: str, within: str) -> list[LexborNode]:
    """The outermost parts: a selector may name both a part and what lies inside it."""
    tree = LexborHTMLParser(guarded(text).text)
    tree.strip_tags(["script", "style", "template"])
    try:
        found = tree.css(within)
    except (SelectolaxError, ValueError, RuntimeError) as error:
        raise BadSelector(f"{within!r} is no CSS selector: {error}") from error
    numbers = {node.mem_id for node in found}
    return [node for node in found if not numbers & {outer.mem_id for outer in _outwards(node)}]


def _outwards(node: LexborNode) -> Iterator[LexborNode]:
    outer = node.parent
    while outer is not None:
        yield outer
        outer = outer.parent


def _rows(parts: list[LexborNode]) -> Iterator[tuple[tuple[Cell, ...], bool]]:
    told = 0
    for part in parts:
        merged: dict[int, tuple[int, Cell]] = {}  # column → rows that it still covers, and what it says
        for row in part.css("tr"):
            told += 1
            if told > _MOST_ROWS:
                return
            given = row.css("td, th")
            yield _cells(given, merged), bool(given) and all(cell.tag == "th" for cell in given)


def _cells(given: list[LexborNode], merged: dict[int, tuple[int, Cell]]) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for node in given[:_WIDEST]:
        _told_again(cells, merged)
        cell = Cell(_words(node), tuple(href for a in node.css("a[href]") if (href := a.attributes.get("href"))))
        rows = min(_number(node, "rowspan"), _LONGEST_SPAN)
        for _ in range(min(_number(node, "colspan"), _WIDEST - len(cells))):
            if rows > 1:
                merged[len(cells)] = (rows - 1, cell)
            cells.append(cell)
    _told_again(cells, merged)
    return tuple(cells)


def _told_again(cells: list[Cell], merged: dict[int, tuple[int, Cell]]) -> None:
    """What a merged cell above says stands here as well."""
    while len(cells) in merged and len(cells) < _WIDEST:
        left, cell = merged.pop(len(cells))
        if left > 1:
            merged[len(cells)] = (left - 1, cell)
        cells.append(cell)


def _number(node: LexborNode, name: str) -> int:
    said = (node.attributes.get(name) or "").strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) < len("100000") and int(said) else 1


def _links(parts: list[LexborNode]) -> Iterator[LinkedUnder]:
    number = 0
    for part in parts:
        heading = ""
        for node in part.css("*"):
            if node.tag in _HEADINGS:
                heading = _words(node)
            elif node.tag == "a" and (href := node.attributes.get("href")):
                number += 1
                words = _words(node) or (node.attributes.get("title") or "").strip()
                yield LinkedUnder(number, href, words, heading, _around(node))


def _around(node: LexborNode) -> str:
    block = next((each for each in islice(_outwards(node), _DEEPEST) if each.tag in _ITEMS), None)
    return _words(block)[:_LONGEST_ITEM] if block else ""


def _lines(parts: list[LexborNode]) -> Iterator[Line]:
    number = 0
    for part in parts:
        heading = ""
        for block, pieces in groupby(_pieces(part), key=lambda piece: piece[0]):
            told = [(words, is_linked) for _, words, is_linked in pieces]
            number += 1
            words = tuple(words for words, is_linked in told if not is_linked)
            yield Line(number, words, tuple(words for words, is_linked in told if is_linked), heading)
            if block[1] in _HEADINGS:
                heading = " ".join(words)


def _pieces(part: LexborNode) -> Iterator[tuple[tuple[int, str], str, bool]]:
    """Each piece of text with the block that it stands in, and whether in a link."""
    for node in part.traverse(include_text=True):
        words = " ".join((node.text_content or "").split()) if node.tag == "-text" else ""
        if words:
            outer = [each.tag or "" for each in (node, *islice(_outwards(node), _DEEPEST))]
            block = next((each for each in islice(_outwards(node), _DEEPEST) if each.tag in _BLOCKS | _HEADINGS), part)
            yield (block.mem_id, block.tag or ""), words, "a" in outer


def _words(node: LexborNode) -> str:
    return " ".join(node.text(separator=" ").split())
