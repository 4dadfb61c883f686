"""A file to a table: a header and numbered lines of cells.

CSV of any delimiter ─▶ Table
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from worker.importing.decoding import decode

_DELIMITERS = ",;\t|"
_SEP_LINE = re.compile(r"\Asep=(.)\r?\n", re.IGNORECASE)
_SAMPLE = 100


class BadTable(ValueError):
    """The file holds no table; the message says what was found and what would do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Line numbers count from 1 in the file."""

    header: tuple[str, ...]
    lines: tuple[tuple[int, tuple[str, ...]], ...]
    encoding: str
    delimiter: str
    mended: bool = False


def read_table(path: Path) -> Table:
    """Read a register file. Raises `BadTable`, or `OSError` where it cannot be opened."""
    decoded = decode(path.read_bytes())
    return read_csv(decoded.text, path.name, decoded.encoding, mended=decoded.mended)


def read_csv(text: str, name: str, encoding: str = "", *, mended: bool = False) -> Table:
    """Read the text of a CSV file. Raises `BadTable`."""
    declared = _SEP_LINE.match(text)
    body = text[declared.end() :] if declared else text
    delimiter = declared.group(1) if declared else likely_delimiter(body)
    skipped = 1 if declared else 0
    rows = list(_numbered(body, delimiter, skipped, name))
    if not rows:
        raise BadTable(f"{name}: the file is empty")
    (_, header), *lines = rows
    titles = tuple(title.strip() for title in header)
    return Table(header=titles, lines=tuple(lines), encoding=encoding, delimiter=delimiter, mended=mended)


def likely_delimiter(text: str) -> str:
    """The one that parts the header into most columns and the rows below into as many."""
    return max(_DELIMITERS, key=lambda each: _fit(text, each))


def _fit(text: str, delimiter: str) -> tuple[float, int]:
    sample = text[:100_000]
    try:
        widths = [len(row) for row in islice(csv.reader(io.StringIO(sample), delimiter=delimiter), _SAMPLE)]
    except csv.Error:
        return (0.0, 0)
    width = widths[0] if widths else 0
    if width < 2:
        return (0.0, width)
    return (Counter(widths)[width] / len(widths), width)


def _numbered(text: str, delimiter: str, skipped: int, name: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    at = skipped + 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield at, tuple(row)
            at = skipped + reader.line_num + 1
    except csv.Error as error:
        raise BadTable(f"{name}, line {skipped + reader.line_num}: {error}") from error
