"""XLSX, ODS and XLS to rows of text; runs only in a process of its own (`confined`).

    workbook ─▶ (sheet's name, rows) …        a merged cell stands in every row and column that it covers

A formula is what it came to when the file was saved; nothing is computed, no macro is run, no link is followed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from audits.columns import linked
from audits.wording.said import said
from worker.importing.hyperlinks import Links, links_of
from worker.importing.opendocument import Beside, Cell, sheets_of
from worker.importing.tables import MOST_CELLS, BadTable, Row


def sheets(path: Path) -> Iterator[tuple[str, Iterator[Row]]]:
    """Every visible sheet that holds anything. Raises `BadTable`."""
    try:
        book, links, beside = CalamineWorkbook.from_path(str(path)), links_of(path), sheets_of(path)
        for about in book.sheets_metadata:
            sheet = book.get_sheet_by_name(about.name)
            if sheet.total_height * sheet.total_width > MOST_CELLS:
                raise BadTable(said("table.sheet", sheet=about.name, cells=MOST_CELLS))
            own = beside.get(about.name, Beside())
            yield about.name, _rows(sheet, links.get(about.name, own.links), own.spans)
    except CalamineError as error:
        raise BadTable(said("table.spreadsheet", why=str(error))) from error


def _rows(sheet: CalamineSheet, links: Links, spans: Sequence[tuple[Cell, Cell]]) -> Iterator[Row]:
    rows = sheet.to_python(skip_empty_area=False)
    for (at, column), target in links.items():
        if at < len(rows) and column < len(rows[at]):
            rows[at][column] = linked(_text(rows[at][column]), target)
    for (top, left), (bottom, right) in (*(sheet.merged_cell_ranges or ()), *spans):
        _spread(rows, top, left, bottom, right)
    for number, row in enumerate(rows, 1):
        cells = tuple(_text(cell) for cell in row)
        if any(cells):
            yield number, cells


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
