"""The register as a file: CSV and XLSX that Swedish Excel opens right and safely, YAML and JSON for programs.

register_table ─register_file▶ bytes        what is exported can be imported again and changes nothing
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeAlias

import orjson
import xlsxwriter
import yaml

from audits.column_meanings import Meaning
from audits.exporting import COLUMNS, NOBODY, harmless, kept_whole
from audits.wording import phrase

_Rows: TypeAlias = Sequence[Mapping[Meaning, str]]
_WIDTHS: Final = {Meaning.ADDRESS: 48, Meaning.PURPOSE: 40, Meaning.NAME: 32, Meaning.ADMINISTRATION: 30}


def register_file(making: str, rows: _Rows, language: str = "sv", delimiter: str = ";") -> bytes:
    """The rows in one of `MAKINGS`, headings in that language."""
    return MAKINGS[making](rows, language, delimiter)


def _headings(language: str) -> list[str]:
    return [phrase(f"register.column.{meaning.value}", language) for meaning in COLUMNS]


def _cell(row: Mapping[Meaning, str], meaning: Meaning, language: str) -> str:
    """What a person reads there: a kind by its word in the language, all else as it stands."""
    return phrase(f"register.kind.{row[meaning]}", language) if meaning is Meaning.KIND else row[meaning]


def _csv(rows: _Rows, language: str, delimiter: str) -> bytes:
    """UTF-8 with a byte order mark, which Excel needs, and semicolons, which a Swedish Excel expects."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(_headings(language))
    writer.writerows([harmless(_cell(row, meaning, language)) for meaning in COLUMNS] for row in rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def _xlsx(rows: _Rows, language: str, _: str) -> bytes:
    """Every cell is text; one that looks like a formula stays text also when somebody edits it (quotePrefix)."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet(phrase("register.sheet", language))
        bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        quoted = book.add_format({"num_format": "@", "quote_prefix": True})
        for at, heading in enumerate(_headings(language)):
            sheet.write_string(0, at, heading, bold)
            sheet.set_column(at, at, _WIDTHS.get(COLUMNS[at], 18), text)
        for line, row in enumerate(rows, 1):
            for at, meaning in enumerate(COLUMNS):
                cell = _cell(row, meaning, language)
                sheet.write_string(line, at, kept_whole(cell), quoted if harmless(cell) != cell else text)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(rows), len(COLUMNS) - 1)
    return out.getvalue()


def _said(rows: _Rows) -> list[dict[str, str]]:
    """Without what is empty."""
    return [
        {meaning.value: kept_whole(cell) for meaning, cell in row.items() if cell not in ("", NOBODY)} for row in rows
    ]


def _json(rows: _Rows, _: str, __: str) -> bytes:
    return orjson.dumps(_said(rows), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _yaml(rows: _Rows, _: str, __: str) -> bytes:
    return yaml.safe_dump(_said(rows), allow_unicode=True, sort_keys=False, width=120).encode()


MAKINGS: Final[Mapping[str, Callable[[_Rows, str, str], bytes]]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "json": _json,
    "yaml": _yaml,
}
