"""Where the links of a workbook's cells lead: people write "Vår sida" and hide the address behind it.

    XLSX ─links_of▶ {sheet's name: {(row, column): address}}        rows and columns count from 0

Parts and relationships: ECMA-376-1, 18.3.1.47 (hyperlink), 18.3.1.40 (f) and ECMA-376-2, 8.5. The library that reads
cells gives no links. Runs only in a process of its own (`confined`).
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any, Final, TypeAlias

from lxml import etree

from worker.importing.links import address_in

_BOOK: Final = "xl/workbook.xml"
_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})(?=:|$)")  # the first cell of a range: "B7", "AA12:AB13"
Links: TypeAlias = Mapping[tuple[int, int], str]


def links_of(path: Path) -> dict[str, Links]:
    """Links to the web, by sheet and cell; {} for what is no XLSX, or one whose parts cannot be read."""
    try:
        with zipfile.ZipFile(path) as packed:
            return dict(_sheets(packed)) if _BOOK in packed.namelist() else {}
    except (zipfile.BadZipFile, etree.LxmlError):  # the cells may be readable all the same
        return {}


def _sheets(packed: zipfile.ZipFile) -> Iterator[tuple[str, Links]]:
    parts = _targets(packed, _BOOK)
    with packed.open(_BOOK) as book:
        sheets = [(each.get("name", ""), parts.get(each.get(_ID, ""), "")) for each in _each(book, "sheet")]
    for name, part in sheets:
        if part in packed.namelist():
            yield name, dict(_links(packed, part))


def _links(packed: zipfile.ZipFile, part: str) -> Iterator[tuple[tuple[int, int], str]]:
    targets = _targets(packed, part)
    with packed.open(part) as sheet:
        for element in _each(sheet, "hyperlink", "f"):
            is_link = element.tag == f"{_MAIN}hyperlink"
            said = targets.get(element.get(_ID, ""), "") if is_link else element.text or ""
            cell = _CELL.match(element.get("ref", "") if is_link else element.getparent().get("r", ""))
            if cell and (target := address_in(said)):
                yield (int(cell.group(2)) - 1, _column(cell.group(1))), target


def _targets(packed: zipfile.ZipFile, part: str) -> dict[str, str]:
    """What a part's relationships lead to, by their ids; those inside the workbook as paths from its root."""
    folder, name = posixpath.split(part)
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in packed.namelist():
        return {}
    with packed.open(relations) as file:
        found = [each for _, each in _events(file)]
    return {each.get("Id", ""): _target(each, folder) for each in found if each.get("Id")}


def _target(relation: Any, folder: str) -> str:
    target = str(relation.get("Target", ""))
    if relation.get("TargetMode") == "External":
        return target
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _each(file: IO[bytes], *names: str) -> Iterator[Any]:
    """Elements of those names, one by one; rows of cells are let go of."""
    wanted = {f"{_MAIN}{name}" for name in names}
    for _, element in _events(file):
        if element.tag in wanted:
            yield element
        elif element.tag == f"{_MAIN}row":
            element.clear()


def _events(file: IO[bytes]) -> Any:
    return etree.iterparse(file, resolve_entities=False, no_network=True)


def _column(letters: str) -> int:
    at = 0
    for letter in letters:
        at = at * 26 + ord(letter) - ord("A") + 1
    return at - 1
