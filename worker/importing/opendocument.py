"""What the library that reads cells leaves out of an ODS: merged cells, the links behind words, and what stands in
cells that do not say of which type they are.

    content.xml ─sheets_of▶ {sheet's name: Beside(links, spans, texts)}        rows and columns count from 0

OpenDocument 1.3 part 3: 9.1.4 (table:table-cell), 19.675-678 (repeated, spanned), 6.1.8 (text:a), 19.642 (formula),
19.387 (office:value-type, which is optional), 5.1.3 (text:p).
Runs only in a process of its own (`confined`).
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any, Final, TypeAlias

from lxml import etree

from worker.importing.links import address_in

Cell: TypeAlias = tuple[int, int]
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TYPE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value-type"
_MOST: Final = 1_000  # cells that one repeated cell may fill
_HREF: Final = "{http://www.w3.org/1999/xlink}href"
_CELLS: Final = frozenset({f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"})


@dataclass(slots=True)
class Beside:
    """Where the links of one sheet's cells lead, which cells are merged (from the first to the last of each), and the
    words in cells without a type.
    """

    links: dict[Cell, str] = field(default_factory=dict)
    spans: list[tuple[Cell, Cell]] = field(default_factory=list)
    texts: dict[Cell, str] = field(default_factory=dict)


def sheets_of(path: Path) -> dict[str, Beside]:
    """By sheet; {} for what is no ODS, or one that cannot be read."""
    try:
        with zipfile.ZipFile(path) as packed:
            if "content.xml" not in packed.namelist():
                return {}
            with packed.open("content.xml") as content:
                return _read(etree.iterparse(content, events=("start", "end"), resolve_entities=False, no_network=True))
    except (zipfile.BadZipFile, etree.LxmlError):  # the cells may be readable all the same
        return {}


def _read(events: Any) -> dict[str, Beside]:
    found: dict[str, Beside] = {}
    name, at = "", 0
    for event, element in events:
        if element.tag == f"{_TABLE}table" and event == "start":
            name, at = element.get(f"{_TABLE}name", ""), 0
            found[name] = Beside()
        elif element.tag == f"{_TABLE}table-row" and event == "end":
            _note(found[name], element, at)
            at += _number(element, "number-rows-repeated")
            element.clear()
    return found


def _note(beside: Beside, row: Any, at: int) -> None:
    beside.texts.update(_untyped(row, at))
    for column, cell in _placed(row):
        if target := _target(cell):
            beside.links[at, column] = target
        down, right = _number(cell, "number-rows-spanned"), _number(cell, "number-columns-spanned")
        if down > 1 or right > 1:
            beside.spans.append(((at, column), (at + down - 1, column + right - 1)))


def _untyped(row: Any, at: int) -> Iterator[tuple[Cell, str]]:
    """What stands in the cells of a row that do not say of which type they are, wherever they are repeated."""
    for column, cell in _placed(row):
        text = "\n".join("".join(each.itertext()) for each in cell.iterfind(f"{_TEXT}p"))
        if _TYPE in cell.attrib or not text.strip():
            continue
        down, right = _number(row, "number-rows-repeated"), _number(cell, "number-columns-repeated")
        across = product(range(down), range(right)) if down * right <= _MOST else [(0, 0)]
        yield from (((at + below, column + beyond), text) for below, beyond in across)


def _placed(row: Any) -> Iterator[tuple[int, Any]]:
    """Each cell of a row with its column."""
    column = 0
    for cell in row:
        if cell.tag in _CELLS:
            yield column, cell
            column += _number(cell, "number-columns-repeated")


def _target(cell: Any) -> str:
    """Where the first link in a cell leads; "" where there is none to the web."""
    targets = (each.get(_HREF, "") for each in cell.iter(f"{_TEXT}a"))
    return next(filter(None, map(address_in, targets)), "") or address_in(cell.get(f"{_TABLE}formula", ""))


def _number(element: Any, name: str) -> int:
    said = element.get(f"{_TABLE}{name}", "")
    return int(said) if said.isascii() and said.isdigit() else 1
