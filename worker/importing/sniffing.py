"""What a file is, by what stands in it: its name may say anything.

bytes, name ─making_of▶ Making | BadTable
"""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from enum import StrEnum
from typing import Final

from audits.wording.said import said
from worker.importing.decoding import wide
from worker.importing.tables import BadTable


class Making(StrEnum):
    """What a file is."""

    CSV = "csv"
    JSON = "json"
    ODS = "ods"
    XLS = "xls"
    XLSX = "xlsx"
    YAML = "yaml"


SPREADSHEETS = frozenset({Making.ODS, Making.XLS, Making.XLSX})

_ENTRY: Final = b"PK\x01\x02"  # APPNOTE.TXT 4.3.12
_MOST_ENTRIES: Final = 10_000  # a workbook has some dozens; each takes half a kilobyte of memory to list
_ZIP, _COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # APPNOTE.TXT 4.3.7; [MS-CFB] 2.2
_OTHERS: Final = {
    b"%PDF": "document", b"{\\rtf": "document",
    b"\x89PNG": "picture", b"\xff\xd8\xff": "picture", b"GIF8": "picture", b"RIFF": "picture",
    b"\x1f\x8b": "packed", b"BZh": "packed", b"7z\xbc\xaf": "packed", b"Rar!": "packed", b"\xfd7zXZ": "packed",
    b"(\xb5/\xfd": "packed",
    b"\x7fELF": "program", b"MZ": "program", b"#!": "program",
    b"SQLite format 3": "database",
}  # fmt: skip
_LETTERS: Final = (b"MZ", b"RIFF", b"GIF8")  # a heading may begin so too: headers hold zeros, text does not
_HEADER: Final = 64  # bytes: the longest header of those three, which is that of MZ
_BEGINNING: Final = 4_000  # bytes, by which text is told from other files
_DOCUMENTS: Final = ("word/", "ppt/")  # of Office, in the same kind of archive as a workbook
# A page or a table of HTML, which some systems call .xls.
_WEB: Final = re.compile(r"\A\s*(?:<!doctype html|<html|<table)", re.IGNORECASE)
_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)  # text in which every other byte may be zero
_STRUCTURE = re.compile(
    r"\A(?>(?:[^\S\n]*+(?:#[^\n]*+)?\n|---[^\n]*+\n|%YAML[^\n]*+\n)*)"  # each line is gone through once
    r"\s*+(?:- |-\n|[\w .:/åäöÅÄÖ\"'-]+:[ \t]*(?:#[^\n]*)?\n)"
)


def making_of(data: bytes, name: str) -> Making:
    """What made this file. Raises `BadTable` where no register can be in it."""
    if not data.strip(b"\0 \r\n\t"):
        raise BadTable(said("table.empty", name=name))
    for start, what in _OTHERS.items():
        if data.startswith(start) and (start not in _LETTERS or b"\0" in data[:_HEADER]):
            raise BadTable(said(f"table.{what}", name=name))
    if data.startswith(_ZIP):
        return _zipped(data, name)
    return Making.XLS if data.startswith(_COMPOUND) else _text(data, name)


def _zipped(data: bytes, name: str) -> Making:
    if data.count(_ENTRY) > _MOST_ENTRIES:
        raise BadTable(said("table.unreadable", name=name))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = set(packed.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise BadTable(said("table.damaged", name=name, why=str(error))) from error
    if "xl/workbook.xml" in names:
        return Making.XLSX
    if "content.xml" in names:
        return Making.ODS
    is_document = any(each.startswith(_DOCUMENTS) for each in names)
    raise BadTable(said("table.document" if is_document else "table.archive", name=name))


def _text(data: bytes, name: str) -> Making:
    """By how it begins, and only where that says nothing by its name: a mapping on one line could be anything."""
    start = data[:_BEGINNING].decode("utf-8-sig", "replace").lstrip()
    if _WEB.match(start):
        raise BadTable(said("table.web", name=name))
    if b"\0" in data[:_BEGINNING] and not _is_wide(data):
        raise BadTable(said("table.binary", name=name))
    if start.startswith(("{", "[{", "[\n", "[ ", "[[")) and not name.lower().endswith((".yaml", ".yml")):
        return Making.JSON
    if _STRUCTURE.match(start) or name.lower().endswith((".yaml", ".yml")):
        return Making.YAML
    return Making.JSON if name.lower().endswith(".json") else Making.CSV


def _is_wide(data: bytes) -> bool:
    """Whether every character takes two bytes: it says so, or every other byte of its beginning is zero."""
    return data.startswith(_MARKS) or wide(data) is not None
