"""What a file is, by what stands in it: its name may say anything.

bytes, name ─making_of▶ Making | BadTable
"""

from __future__ import annotations

import io
import re
import zipfile
from enum import StrEnum

from worker.importing.tables import BadTable


class Making(StrEnum):
    CSV = "csv"
    JSON = "json"
    ODS = "ods"
    XLS = "xls"
    XLSX = "xlsx"
    YAML = "yaml"


SPREADSHEETS = frozenset({Making.ODS, Making.XLS, Making.XLSX})

_ZIP, _COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # APPNOTE.TXT 4.3.7; [MS-CFB] 2.2
_OTHERS = {
    b"%PDF": "a PDF document: save the list as XLSX, ODS or CSV",
    b"\x1f\x8b": "packed with gzip: unpack it first",
    b"\x89PNG": "a picture: save the list as XLSX, ODS or CSV",
}
_STRUCTURE = re.compile(
    r"\A(?:[^\S\n]*+(?:#[^\n]*+)?+\n|---[^\n]*+\n|%YAML[^\n]*+\n)*+"  # each line is gone through once
    r"\s*+(?:- |-\n|[\w .:/åäöÅÄÖ\"'-]+:[ \t]*(?:#[^\n]*)?\n)"
)


def making_of(data: bytes, name: str) -> Making:
    """What made this file. Raises `BadTable` where no register can be in it."""
    if not data.strip(b"\0 \r\n\t"):
        raise BadTable(f"{name}: the file is empty")
    for start, what in _OTHERS.items():
        if data.startswith(start):
            raise BadTable(f"{name} is {what}")
    if data.startswith(_ZIP):
        return _zipped(data, name)
    return Making.XLS if data.startswith(_COMPOUND) else _text(data, name)


def _zipped(data: bytes, name: str) -> Making:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = set(packed.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise BadTable(f"{name} is damaged: {error}; save it again") from error
    if "xl/workbook.xml" in names:
        return Making.XLSX
    if "content.xml" in names:
        return Making.ODS
    raise BadTable(f"{name} is a ZIP archive without a spreadsheet; unpack it and give the list in it")


def _text(data: bytes, name: str) -> Making:
    """By how it begins, and only where that says nothing by its name: a mapping on one line could be anything."""
    start = data[:4000].decode("utf-8-sig", "replace").lstrip()
    if start.startswith(("{", "[{", "[\n", "[ ", "[[")) and not name.lower().endswith((".yaml", ".yml")):
        return Making.JSON
    if _STRUCTURE.match(start) or name.lower().endswith((".yaml", ".yml")):
        return Making.YAML
    return Making.JSON if name.lower().endswith(".json") else Making.CSV
