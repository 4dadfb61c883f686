"""The register as a table that can be read back: what is exported and imported again changes nothing.

{account id: RegisterRow}, {Place: Mailbox} ─register_table▶ rows by Meaning
cell ─harmless▶ a cell that no spreadsheet takes for a formula ─as_meant▶ cell
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from audits.column_meanings import Meaning
from audits.reading.scrub import straight
from audits.recipients import NO_MAILBOX, Mailbox, Place
from audits.registering import RegisterRow

COLUMNS: Final = (
    Meaning.REF, Meaning.ADMINISTRATION, Meaning.UNIT, Meaning.NAME, Meaning.PLATFORM, Meaning.ADDRESS, Meaning.KIND,
    Meaning.PURPOSE, Meaning.LANGUAGE, Meaning.REGISTERED_ON, Meaning.ENDS_ON, Meaning.SEASON, Meaning.RECIPIENT,
    Meaning.UNIT_RECIPIENT, Meaning.UNIT_LANGUAGE, Meaning.ADMINISTRATION_RECIPIENT, Meaning.ADMINISTRATION_LANGUAGE,
)  # fmt: skip
NOBODY: Final = "–"  # an empty cell below an administration would be taken for a merged one
_FORMULA: Final = re.compile(r"(?s)('*)[ \u00a0]*[=+\-@\t\r\n\0＝＋－＠]")


def register_table(
    rows: Mapping[int, RegisterRow], places: Mapping[Place, Mailbox] | None = None
) -> list[dict[Meaning, str]]:
    """One row an account, in the order of their numbers."""
    return [_cells(number, row, places or {}) for number, row in sorted(rows.items())]


def own_number(number: int) -> str:
    """How an account without a reference of its own is named, so that it is known again when all else has changed."""
    return f"#{number}"


def harmless(cell: str) -> str:
    """The same text, which no spreadsheet takes for a formula (OWASP, CSV Injection)."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def as_meant(cell: str) -> str:
    """What a cell said before it was made harmless."""
    formula = _FORMULA.match(cell)
    return cell[1:] if formula and formula.group(1) else cell


def kept_whole(cell: str) -> str:
    """The same text where nothing must be made harmless; one whose apostrophe reading would take away gets another."""
    return cell if as_meant(cell) == cell else harmless(cell)


def _cells(number: int, row: RegisterRow, places: Mapping[Place, Mailbox]) -> dict[Meaning, str]:
    whole = places.get(Place(row.administration), NO_MAILBOX) if row.administration else NO_MAILBOX
    part = (
        places.get(Place(row.administration, row.unit), NO_MAILBOX) if row.administration and row.unit else NO_MAILBOX
    )
    said = {
        Meaning.REF: row.ref or own_number(number),
        Meaning.ADMINISTRATION: row.administration or NOBODY,
        Meaning.UNIT: row.unit,
        Meaning.NAME: row.name,
        Meaning.PLATFORM: row.platform,
        Meaning.ADDRESS: row.address or row.raw,
        Meaning.KIND: row.kind.value,
        Meaning.PURPOSE: row.purpose,
        Meaning.LANGUAGE: row.language,
        Meaning.REGISTERED_ON: row.registered_on.isoformat() if row.registered_on else None,
        Meaning.ENDS_ON: row.ends_on.isoformat() if row.ends_on else None,
        Meaning.SEASON: ", ".join(map(str, row.season_months)),
        Meaning.RECIPIENT: row.recipient,
        Meaning.UNIT_RECIPIENT: part.recipient,
        Meaning.UNIT_LANGUAGE: part.language,
        Meaning.ADMINISTRATION_RECIPIENT: whole.recipient,
        Meaning.ADMINISTRATION_LANGUAGE: whole.language,
    }
    return {meaning: straight(said[meaning] or "") for meaning in COLUMNS}
