"""Files made to harm: each is refused in words, and soon; none takes this process with it."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from contextlib import nullcontext
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audits.columns import BadColumns
from tests.importing.workbooks import ods, ods_of, replaced, xlsx, zipped
from tests.memory import memory, wipe_mark
from tests.quickness import fits
from worker.importing.preparing import BadTable, prepare
from worker.importing.reading import read_told
from worker.importing.sniffing import Making, making_of
from worker.importing.tables import read_csv

PLAIN = xlsx({"Blad1": [["Adress"], ["https://x.com/almestad"]]})
SHEET = "xl/worksheets/sheet1.xml"
_START = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def far_apart() -> bytes:
    """Two cells at the corners of the largest sheet: 17 thousand million cells between them."""
    cells = "".join(
        f'<row r="{row}"><c r="{column}{row}" t="inlineStr"><is><t>Adress</t></is></c></row>'
        for column, row in (("A", 1), ("XFD", 1048576))
    )
    return replaced(PLAIN, SHEET, f"{_START}<sheetData>{cells}</sheetData></worksheet>")


def inflating() -> bytes:
    """Three gigabytes of one letter in a few megabytes."""
    return replaced(PLAIN, "xl/sharedStrings.xml", b"<sst>" + b" " * 300_000_000)


def repeating() -> bytes:
    """One cell, a million times a thousand times."""
    letter = '<table:table-cell office:value-type="string" table:number-columns-repeated="1024"><text:p>A</text:p>'
    row = f'<table:table-row table:number-rows-repeated="1048576">{letter}</table:table-cell></table:table-row>'
    return ods_of(f'<table:table table:name="Blad1">{row}</table:table>')


def far_away() -> bytes:
    """Two words a million rows apart, in cells that do not say of which type they are."""
    word = "<table:table-row><table:table-cell><text:p>Adress</text:p></table:table-cell></table:table-row>"
    gap = '<table:table-row table:number-rows-repeated="1048574"><table:table-cell/></table:table-row>'
    wide = (
        '<table:table-row><table:table-cell table:number-columns-repeated="900"/><table:table-cell><text:p>A</text:p>'
    )
    return ods_of(
        f'<table:table table:name="Blad1">{word}{gap}{wide}</table:table-cell></table:table-row></table:table>'
    )


def laughing() -> bytes:
    """Ten aliases of ten aliases of …"""
    lines = ["a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    lines += [f"a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * 10)}]" for at in range(1, 10)]
    return "\n".join(lines).encode()


def merging() -> bytes:
    """Merge keys that double at every step."""
    lines = ["a0: &a0 {x: 1}"] + [f"a{at}: &a{at} {{<<: [*a{at - 1}, *a{at - 1}]}}" for at in range(1, 40)]
    return "\n".join(lines).encode()


def crowded() -> bytes:
    """An archive that lists a hundred thousand files and holds none."""
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 46 * 100_000, 4, 0)
    return b"PK\x03\x04" + (b"PK\x01\x02" + b"\0" * 42) * 100_000 + end


HOSTILE = {
    "crowded.xlsx": crowded,
    "far-apart.xlsx": far_apart,
    "inflating.xlsx": inflating,
    "repeating.ods": repeating,
    "far.ods": far_away,
    "laughing.yaml": laughing,
    "merging.yaml": merging,
    "nested.yaml": lambda: b"[" * 100_000,
    "nested.json": lambda: b"[{" + b'"a":[{' * 100_000,
    "tag.yaml": lambda: b'- !!python/object/apply:os.system ["touch obeyed"]\n',
    "object.yaml": lambda: b"- !!python/name:os.system\n",
    "damaged.xlsx": lambda: PLAIN[: len(PLAIN) // 2],
    "archive.csv": lambda: zipped({"läsmig.txt": "hej"}),
    "picture.xlsx": lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
    "document.csv": lambda: b"%PDF-1.7\n" + b"x" * 100,
    "old.xls": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000,
    "nothing.yaml": lambda: b"--- {}\n# inget\n- \n",
    "program.xlsx": lambda: b"\x7fELF\x02\x01\x01" + b"\0" * 100,
    "old-program.csv": lambda: b"MZ\x90\0\x03\0\0\0" + b"x" * 100,
    "photo.csv": lambda: b"\xff\xd8\xff\xe0" + b"x" * 100,
    "page.xls": lambda: b"<html><table><tr><td>Adress</td></tr></table></html>",
    "letter.xlsx": lambda: zipped({"word/document.xml": "<w/>"}),
    "bytes.csv": lambda: bytes(range(256)) * 20,
    "zeros.csv": lambda: b"\0" * 10_000,
}


def worked() -> float:
    """Seconds that this process and its children have worked: what else the machine does meanwhile is not theirs."""
    return sum(os.times()[:4])


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_words_and_takes_nothing_with_it(tmp_path: Path, name: str):
    file = tmp_path / name
    file.write_bytes(HOSTILE[name]())
    wipe_mark()  # what another test held is not this file's
    began, room = worked(), memory("VmRSS")
    with pytest.raises(BadTable) as refused:
        prepare(file)
    assert name in str(refused.value)
    assert "Warning" not in str(refused.value)  # of Python, to somebody who gave a file
    assert fits(worked() - began, 20)
    assert memory("VmHWM") - room < 700_000_000  # most of it the file itself
    assert not Path("obeyed").exists()  # what a tag of a file would have made


def test_a_formula_is_what_it_came_to_and_nothing_is_computed(tmp_path: Path):
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>Adress</t></is></c></row>'
    formula = (
        '<row r="2"><c r="A2" t="str"><f>HYPERLINK("https://elak.example")</f><v>https://x.com/almestad</v></c></row>'
    )
    file = tmp_path / "formel.xlsx"
    file.write_bytes(replaced(PLAIN, SHEET, f"{_START}<sheetData>{cell}{formula}</sheetData></worksheet>"))
    assert [each.row.key for each in prepare(file).read.stated] == ["x:almestad"]


def test_an_external_entity_is_not_read(tmp_path: Path):
    secret = tmp_path / "hemligt.txt"
    secret.write_text("https://x.com/hemligt")
    content = ods([["Adress"], ["&xxe;"]])
    doctype = f'<!DOCTYPE x [<!ENTITY xxe SYSTEM "file://{secret}">]>'
    file = tmp_path / "entitet.ods"
    file.write_bytes(content)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        text = packed.read("content.xml").decode()
    file.write_bytes(replaced(content, "content.xml", doctype + text))
    try:
        keys = [each.row.key for each in prepare(file).read.stated]
    except BadTable:
        keys = []
    assert "x:hemligt" not in keys


def test_twenty_thousand_rows_are_read_in_seconds(tmp_path: Path):
    file = tmp_path / "stor.csv"
    with file.open("w") as out:
        out.write("Förvaltning;Namn;Adress\n")
        out.writelines(f"F{at % 9};Konto {at};https://x.com/konto{at}\n" for at in range(20_000))
    began = worked()
    assert len(prepare(file).read.stated) == 20_000
    assert fits(worked() - began, 10)


def test_more_rows_than_any_register_has_are_refused(tmp_path: Path):
    file = tmp_path / "för-stor.csv"
    file.write_text("Adress\n" + "https://x.com/a\n" * 200_001)
    with pytest.raises(BadTable, match="200,000 rows"):
        prepare(file)


def test_more_columns_than_any_spreadsheet_has_are_refused_and_as_many_are_read_in_seconds(tmp_path: Path):
    file, began = tmp_path / "bred.csv", worked()
    for columns, refused in ((16_385, pytest.raises(BadColumns, match="16,384 columns")), (2_000, nullcontext())):
        file.write_text(";".join(f"Adress {at}" for at in range(columns)) + "\nhttps://x.com/a" + ";" * (columns - 1))
        with refused:
            prepare(file)
    assert fits(worked() - began, 5)


@settings(max_examples=60, deadline=None)
@given(content=st.binary(max_size=400) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
def test_no_bytes_break_the_reader(content: bytes):
    try:
        if making_of(content, "något") is Making.CSV:
            read_told(read_csv(content, "något"), {}, {})
    except (BadTable, BadColumns):
        pass
