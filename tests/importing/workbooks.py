"""Spreadsheets made by hand: XLSX by its library, ODS by its few parts, and both as bombs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import xlsxwriter

Rows = Sequence[Sequence[Any]]
_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
)
_MIME = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_MIME}"/></manifest:manifest>'
)


def xlsx(
    sheets: dict[str, Rows],
    merged: Sequence[tuple[str, int, int, int, int, str]] = (),
    links: dict[tuple[int, int], str] | None = None,
) -> bytes:
    """`merged`: sheet, first row, first column, last row, last column, text; `links` by cell; all count from 0."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
            for (at, column), target in (links or {}).items():
                sheet.write_url(at, column, target, string=str(rows[at][column]))
            for of, *corners, text in merged:
                if of == name:
                    sheet.merge_range(*corners, text)
    return out.getvalue()


def ods(rows: Rows) -> bytes:
    cells = "".join(
        "<table:table-row>" + "".join(f"{_ods_cell(cell)}" for cell in row) + "</table:table-row>" for row in rows
    )
    return ods_of(f'<table:table table:name="Blad1">{cells}</table:table>')


def _ods_cell(cell: object) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'


def ods_of(tables: str) -> bytes:
    content = (
        f"<office:document-content {_NAMES}><office:body><office:spreadsheet>{tables}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped({"mimetype": _MIME, "content.xml": content, "META-INF/manifest.xml": _MANIFEST})


def zipped(files: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in files.items():
            packed.writestr(name, text)
    return out.getvalue()


def replaced(workbook: bytes, name: str, text: str | bytes) -> bytes:
    """The same workbook with another part of that name."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as packed:
        parts: dict[str, str | bytes] = {each: packed.read(each) for each in packed.namelist()}
    return zipped({**parts, name: text})
