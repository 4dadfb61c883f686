"""A file's table: sheets of numbered rows of cells, and how CSV of any delimiter becomes one.

bytes ─read_csv▶ Table
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import dropwhile, islice

from audits.wording.said import said
from worker.importing.decoding import decode

_DELIMITERS = ",;\t|"
# The first line of some spreadsheets, which names the separator: "sep=;".
_SEP_LINE = re.compile(r"\Asep=(.)(?:\r\n?|\n)", re.IGNORECASE)
_SAMPLE = 100
_COLUMNS = 2  # that a table has at least
MOST_ROWS, MOST_CELLS = 200_000, 5_000_000
MOST_COLUMNS = 16_384  # as many as the widest spreadsheet has (Excel specifications and limits)


class BadTable(ValueError):
    """The file holds no table; the message says what was found and what would do."""


Row = tuple[int, tuple[str, ...]]  # its number as a spreadsheet counts rows, from 1, and its cells


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows that are not empty; only a spreadsheet's sheets have names, and may be hidden."""

    name: str
    rows: tuple[Row, ...]
    is_hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A file's sheets, and how it was made."""

    sheets: tuple[Sheet, ...]
    making: str
    encoding: str = ""
    delimiter: str = ""
    mended: bool = False

    @property
    def has_cells(self) -> bool:
        """Whether people merge cells in it; a structure says what it means in every record."""
        return self.making not in ("yaml", "json")


def read_csv(data: bytes, name: str) -> Table:
    """Read a CSV file. Raises `BadTable`."""
    decoded = decode(data)
    declared = _SEP_LINE.match(decoded.text)
    body = decoded.text[declared.end() :] if declared else decoded.text
    delimiter = declared.group(1) if declared else likely_delimiter(body)
    rows = tuple(islice(_numbered(body, delimiter, 1 if declared else 0, name), MOST_ROWS + 1))
    if len(rows) > MOST_ROWS:
        raise BadTable(said("table.in_file", name=name, why=said("table.rows", rows=MOST_ROWS)))
    if not rows:
        raise BadTable(said("table.empty", name=name))
    return Table(
        sheets=(Sheet("", rows),),
        making="csv",
        encoding=decoded.encoding,
        delimiter=delimiter,
        mended=decoded.mended,
    )


def likely_delimiter(text: str) -> str:
    """The one that parts the header into most columns and the rows below into as many."""
    return max(_DELIMITERS, key=lambda each: _fit(text, each))


def _fit(text: str, delimiter: str) -> tuple[float, int]:
    sample = text[:100_000]
    try:
        widths = [len(row) for row in islice(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), _SAMPLE)]
    except csv.Error:
        return (0.0, 0)
    parted = [*dropwhile(lambda width: width < _COLUMNS, widths)]  # titles above are one cell each
    (width, times), *_ = Counter(filter(None, parted)).most_common(1) or [(0, 0)]
    is_table = width >= _COLUMNS and (len(parted) == len(widths) or times > 1)
    return (times / len(widths), width) if is_table else (0.0, width)


def _numbered(text: str, delimiter: str, skipped: int, name: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    try:
        for at, row in enumerate(reader, skipped + 1):  # a cell of several lines makes no further row
            if any(cell.strip() for cell in row):
                yield at, tuple(row)
    except csv.Error as error:
        line = skipped + reader.line_num
        is_long = "field limit" in str(error)  # `csv` has one kind of error for all that is wrong
        why = (
            said("table.long_cell", line=line, most=csv.field_size_limit())
            if is_long
            else said("table.line", line=line, why=str(error))
        )
        raise BadTable(said("table.in_file", name=name, why=why)) from error
