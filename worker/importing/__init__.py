"""A register's file, whatever made it, to a plan of changes.

bytes ─decoding▶ text ─tables▶ lines ─columns, rows▶ stated accounts ─plan▶ ImportPlan
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from audits.addresses import identify
from audits.columns import folded, recognise
from audits.model import Address
from audits.platforms import GRAMMARS
from audits.register_plan import ImportPlan, plan_import
from audits.register_rows import Line, Read, read_rows
from audits.registering import RegisterRow
from worker.importing.tables import Table, read_table

_PLATFORMS = {
    folded(name): grammar.platform for grammar in GRAMMARS for name in (grammar.platform or "", *grammar.names)
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A file read and planned; nothing has been written."""

    table: Table
    read: Read
    plan: ImportPlan


def prepare(
    path: Path, standing: Mapping[int, RegisterRow], stated: Mapping[str, str] | None = None, *, partial: bool = False
) -> Prepared:
    """Read a register file and plan its changes.

    Raises `BadTable` or `BadColumns` where the file as a whole cannot be read; single rows never raise.
    """
    table = read_table(path)
    columns = recognise(table.header, platform_named, stated)
    read = read_rows((Line(number, cells) for number, cells in table.lines), columns, _identify, platform_named)
    plan = plan_import(standing, [each.row for each in read.stated], partial=partial)
    return Prepared(table=table, read=read, plan=plan)


def platform_named(word: str) -> str | None:
    """The platform that a word names, such as a column's heading; None for any other word."""
    return _PLATFORMS.get(folded(word))


def _identify(raw: str, context: str | None) -> Address:
    return identify(raw, context, GRAMMARS)
