"""XLSX, ODS and XLS to rows of text; runs only in a process of its own (`confined`).

    workbook ─▶ (sheet's name, is hidden, rows) …        a merged cell stands in every row and column that it covers

A formula is what it came to when the file was saved; nothing is computed, no macro is run, no link is followed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from audits.columns import linked
from audits.wording.said import said
from worker.importing.hyperlinks import Links, links_of
from worker.importing.opendocument import Beside, Cell, sheets_of
from worker.importing.tables import MOST_CELLS, BadTable, Row


def sheets(path: Path) -> Iterator[tuple[str, bool, Iterator[Row]]]:
    """Every sheet: its name, whether it is hidden, and its rows. Raises `BadTable`."""
    try:
        book, links, beside = CalamineWorkbook.from_path(str(path)), links_of(path), sheets_of(path)
        for about in book.sheets_metadata:
            sheet = book.get_sheet_by_name(about.name)
            own = beside.get(about.name, Beside())
            if _cells(sheet, own) > MOST_CELLS:
                raise BadTable(said("table.sheet", sheet=about.name, cells=MOST_CELLS))
            is_hidden = about.visible is not SheetVisibleEnum.Visible
            yield about.name, is_hidden, _rows(sheet, links.get(about.name, own.links), own)
    except CalamineError as error:
        raise BadTable(said("table.spreadsheet", why=str(error))) from error


def _cells(sheet: CalamineSheet, own: Beside) -> int:
    """How many cells the sheet has room for, up to the last that holds anything."""
    height = max((at + 1 for at, _ in own.texts), default=0)
    width = max((column + 1 for _, column in own.texts), default=0)
    return max(sheet.total_height, height) * max(sheet.total_width, width)


def _rows(sheet: CalamineSheet, links: Links, own: Beside) -> Iterator[Row]:
    rows = sheet.to_python(skip_empty_area=False)
    for cell, text in own.texts.items():
        _put(rows, cell, text)
    for (at, column), target in links.items():
        if at < len(rows) and column < len(rows[at]):
            rows[at][column] = linked(_text(rows[at][column]), target)
    for (top, left), (bottom, right) in (*(sheet.merged_cell_ranges or ()), *own.spans):
        _spread(rows, top, left, bottom, right)
    for number, row in enumerate(rows, 1):
        cells = tuple(_text(cell) for cell in row)
        if any(cells):
            yield number, cells


def _put(rows: list[list[Any]], cell: Cell, text: str) -> None:
    """A text where nothing was read, beyond the last row and column too."""
    at, column = cell
    rows += [[] for _ in range(at + 1 - len(rows))]
    rows[at] += [""] * (column + 1 - len(rows[at]))
    rows[at][column] = rows[at][column] or text


def _spread(rows: list[list[Any]], top: int, left: int, bottom: int, right: int) -> None:
    if top >= len(rows) or left >= len(rows[top]):
        return
    for row in rows[top : bottom + 1]:
        row[left : right + 1] = [rows[top][left]] * len(row[left : right + 1])


def _text(cell: object) -> str:
    """A cell as somebody would have typed it."""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None or isinstance(cell, timedelta) else str(cell).strip()
