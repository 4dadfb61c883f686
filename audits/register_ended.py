"""Accounts of which a sheet's name, or a column of states, says that they are closed, or may be.

sheet's name, cells of "Status" ─with_ended▶ "Avslutade": taken as closed, and asked about; "Vilande": asked about alone

What a row says of its account, a kind or a last day, stands: only where it says nothing these speak.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Final

from audits.columns import folded
from audits.model import Kind
from audits.register_lines import Read, Stated
from audits.wording.said import said

STATES: Final = frozenset({"status", "kontostatus", "lage", "tillstand", "state"})
"""Headings, folded, of columns that say whether an account is in use."""

_CLOSED: Final = frozenset(
    {"avslutad", "avslutade", "avslutat", "avvecklad", "avvecklade", "avvecklat", "nedlagd", "nedlagda", "nedlagt"}
    | {"stangd", "stangda", "stangt", "borttagen", "borttagna", "borttaget", "raderad", "raderade", "raderat"}
    | {"upphord", "upphorda", "upphort", "closed", "deleted", "removed", "discontinued"}
)
_PERHAPS: Final = frozenset(
    {"inaktiv", "inaktiva", "inaktivt", "vilande", "pausad", "pausade", "pausat", "gamla", "tidigare", "arkiv"}
    | {"arkiverad", "arkiverade", "arkiverat", "inactive", "old", "former", "archive", "archived", "dormant", "paused"}
)
_OTHERWISE: Final = frozenset({"aktiv", "aktiva", "pagaende", "ej", "inte", "active", "current", "not", "och", "and"})


def with_ended(read: Read, speaking: Collection[int], states: Mapping[int, str]) -> Read:
    """The same, each account as its cell of states or its sheet's name says.

    The lines `speaking` of it say themselves what it is; `states` are the cells, by line.
    """
    return replace(
        read,
        stated=tuple(
            each if each.line in speaking else _as_said(each, states.get(each.line, "")) for each in read.stated
        ),
    )


def _as_said(each: Stated, state: str) -> Stated:
    word = state or each.sheet
    words = set(folded(word).split())
    if each.row.ends_on is not None or not words & (_CLOSED | _PERHAPS):
        return each
    is_plain = bool(words & _CLOSED) and not words & (_OTHERWISE | _PERHAPS)
    remark = said(f"import.{'state' if state else 'sheet'}_{'closed' if is_plain else 'perhaps'}", word=word)
    row = replace(each.row, kind=Kind.SIGNPOSTED_CLOSED) if is_plain else each.row
    return replace(each, row=row, remarks=(*each.remarks, remark))
