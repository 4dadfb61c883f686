"""Accounts of which a sheet's name says that they are closed, or may be.

sheet's name ─with_ended▶ "Avslutade": taken as closed, and asked about; "Vilande": asked about alone

What a row says of its account, a kind, a state or a last day, stands: only where it says nothing the sheet speaks.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from audits.model import Kind
from audits.register_lines import Read, Stated
from audits.register_states import is_closed, is_perhaps_closed
from audits.wording.said import said


def with_ended(read: Read, speaking: Collection[int]) -> Read:
    """The same, each account as its sheet's name says; the lines `speaking` of it say themselves what it is."""
    return replace(
        read, stated=tuple(each if each.line in speaking else _as_its_sheet_says(each) for each in read.stated)
    )


def _as_its_sheet_says(each: Stated) -> Stated:
    if each.row.ends_on is not None or not is_perhaps_closed(each.sheet):
        return each
    is_plain = is_closed(each.sheet)
    remark = said(f"import.sheet_{'closed' if is_plain else 'perhaps'}", word=each.sheet)
    row = replace(each.row, kind=Kind.SIGNPOSTED_CLOSED) if is_plain else each.row
    return replace(each, row=row, remarks=(*each.remarks, remark))
