"""A register's file, prepared as an import prepares it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from audits.registering import RegisterRow
from worker.importing.preparing import Prepared, prepare


def prepared(tmp_path: Path, text: str | bytes, **options: object) -> Prepared:
    file = tmp_path / "register.csv"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return prepare(file, **options)  # type: ignore[arg-type]  # a test names the option it changes


def a_row(number: int, **changes: Any) -> RegisterRow:
    row = RegisterRow(platform="x", name=f"Konto {number}", key=f"x:konto{number}", administration="KF")
    return replace(row, **changes)
