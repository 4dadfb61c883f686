"""The register as a file that Swedish Excel opens right and that can be imported again.

A cell that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV Injection).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from audits.registering import RegisterRow

_HEADER = ("Nr", "Förvaltning", "Enhet", "Namn", "Plattform", "Adress", "Typ", "Syfte", "Språk", "Startdatum",
           "Slutdatum", "Månader", "Mottagare")  # fmt: skip
_FORMULA = tuple("=+-@\t\r\n\0＝＋－＠")


def register_csv(rows: Mapping[int, RegisterRow], delimiter: str = ";") -> bytes:
    """UTF-8 with a byte order mark, one row an account, in the order of their numbers."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(_HEADER)
    writer.writerows([harmless(cell) for cell in _cells(number, row)] for number, row in sorted(rows.items()))
    return out.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """The same text, which no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell


def _cells(number: int, row: RegisterRow) -> tuple[str, ...]:
    return (
        row.ref or str(number),
        row.administration or "",
        row.unit or "",
        row.name,
        row.platform,
        row.address or row.raw or "",
        row.kind.value,
        row.purpose or "",
        row.language or "",
        row.registered_on.isoformat() if row.registered_on else "",
        row.ends_on.isoformat() if row.ends_on else "",
        ", ".join(map(str, row.season_months)),
        row.recipient or "",
    )
