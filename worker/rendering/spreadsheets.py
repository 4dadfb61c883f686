"""A report's rows as files that Swedish Excel opens right, and in which no cell is a formula.

Rows ─as_csv▶ semicolons, a byte order mark        ─as_xlsx▶ a sheet a table, filters, dates as dates
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from audits.exporting import harmless
from worker.rendering.rows import Rows, Sheet, Value

LONGEST_NAME: Final = 31  # of a sheet, in Excel
_FORBIDDEN: Final = str.maketrans("", "", "[]:*?/\\'")
_WIDEST: Final = 48  # characters
_TEXT_ALONE: Final = {
    "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False, "in_memory": True,
}  # fmt: skip


def as_csv(rows: Rows) -> bytes:
    """The accounts with what is told of them."""
    sheet = rows.findings()
    return csv_of(sheet.columns, sheet.rows)


def csv_of(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """Any table: UTF-8 with a byte order mark, semicolons between cells."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def _cell(value: Value) -> str:
    if value is None:
        return ""
    return harmless(value) if isinstance(value, str) else str(value)


def as_xlsx(rows: Rows) -> bytes:
    """A workbook with a sheet a table; the same report gives the same bytes."""
    out = io.BytesIO()
    with Workbook(out, _TEXT_ALONE) as book:
        report = rows.report
        book.set_properties({"title": report.terms.city, "comments": report.terms.note, "created": report.made_at})
        heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"})
        words = book.add_format({"text_wrap": True, "valign": "top"})
        names: set[str] = set()
        for sheet in rows.sheets():
            _fill(book.add_worksheet(_name(sheet.name, names)), sheet, heading, {date: day, str: words, int: words})
    return out.getvalue()


def _fill(page: Worksheet, sheet: Sheet, heading: Format, formats: Mapping[type, Format]) -> None:
    page.write_row(0, 0, sheet.columns, heading)
    for number, row in enumerate(sheet.rows, 1):
        for at, value in enumerate(row):
            _write(page, number, at, value, formats)
    page.freeze_panes(1, 0)
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    for at, width in enumerate(_widths(sheet)):
        page.set_column(at, at, width)


def _write(page: Worksheet, row: int, column: int, value: Value, formats: Mapping[type, Format]) -> None:
    if isinstance(value, date):
        page.write_datetime(row, column, datetime.combine(value, time()), formats[date])
    elif isinstance(value, str):
        page.write_string(row, column, value, formats[str])
    elif value is not None:
        page.write_number(row, column, value, formats[int])


def _widths(sheet: Sheet) -> Sequence[int]:
    columns = zip(sheet.columns, *sheet.rows, strict=True)
    return [min(max(len(str(value or "")) for value in column) + 2, _WIDEST) for column in columns]


def _name(wanted: str, taken: set[str]) -> str:
    """A name that Excel allows and no other sheet has."""
    plain = wanted.translate(_FORBIDDEN)[:LONGEST_NAME] or "-"
    name, number = plain, 2
    while name.casefold() in taken:
        end = f" {number}"
        name, number = plain[: LONGEST_NAME - len(end)] + end, number + 1
    taken.add(name.casefold())
    return name
