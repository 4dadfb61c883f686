"""A register's file, whatever made it, to a plan of changes.

bytes ─sniffing▶ CSV ─decoding, tables──────────────┐
                 XLSX, ODS, XLS, YAML, JSON ─confined▶ Table ─reading▶ accounts, mailboxes ─plan▶ changes
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

from audits.columns import Columns, refuse_unknown
from audits.columns import Stated as StatedColumns
from audits.recipients import Mailbox, Place, PlaceChange, plan_places
from audits.register_lines import Read
from audits.register_names import with_near_names
from audits.register_plan import ImportPlan, plan_import
from audits.register_put_back import PutBack
from audits.registering import RegisterRow
from audits.wording.said import said
from worker.importing.confined import read_confined
from worker.importing.reading import platform_named, read_told
from worker.importing.sniffing import Making, making_of
from worker.importing.tables import BadTable, Table, read_csv
from worker.ports import RecipientStore, RegisterStore

__all__ = ["BadTable", "Known", "Prepared", "known_to", "platform_named", "prepare", "prepare_table", "read_table"]

_ANYBODYS: Final = RegisterRow(platform="", name="")  # what a sheet that was not read leaves to tell
_LARGEST: Final = 50_000_000  # bytes; a register of 100,000 accounts takes about 15 MB


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A file read and planned; nothing has been written."""

    table: Table
    read: Read
    plan: ImportPlan
    mailboxes: tuple[PlaceChange, ...] = ()
    columns: Mapping[str, Columns] = field(default_factory=dict)  # by sheet
    passed_over: Mapping[str, str] = field(default_factory=dict)  # sheets, and why
    put_back: tuple[PutBack, ...] = ()  # what others changed lately, and the file would undo
    is_stated: bool = False  # whether a person said which columns mean what

    @property
    def is_no_register(self) -> bool:
        """Whether most rows hold no account, and no person has said how to read them."""
        return not self.is_stated and self.read.is_mostly_bare

    @property
    def changes_anything(self) -> bool:
        return self.plan.changes_anything or bool(self.mailboxes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What stands before an import: accounts by id, and those gone; mailboxes by place; names by short form."""

    rows: Mapping[int, RegisterRow] = field(default_factory=dict)
    gone: Mapping[int, RegisterRow] = field(default_factory=dict)
    places: Mapping[Place, Mailbox] = field(default_factory=dict)
    short_forms: Mapping[str, str] = field(default_factory=dict)


class Standing(RecipientStore, RegisterStore, Protocol):
    """A store that tells everything that an import is held against."""


def known_to(store: Standing) -> Known:
    """What a store knows of the register today."""
    return Known(
        rows=dict(store.register_rows()),
        gone=dict(store.removed_rows()),
        places=store.places(ended=True),
        short_forms=store.short_forms(),
    )


def prepare(
    path: Path,
    known: Known | None = None,
    stated: StatedColumns | None = None,
    *,
    partial: bool = False,
    confirmed: int | None = None,
) -> Prepared:
    """Read a register file and plan what it changes of what is known; `stated` is a person's mapping of columns.

    `confirmed` is how many removals a person has said yes to.

    Raises `BadTable` or `BadColumns` where the file as a whole cannot be read; single rows never raise.
    """
    return prepare_table(read_table(path), known or Known(), stated, partial=partial, confirmed=confirmed)


def prepare_table(
    table: Table,
    known: Known,
    stated: StatedColumns | None = None,
    *,
    partial: bool = False,
    confirmed: int | None = None,
) -> Prepared:
    """Plan what a table changes of what is known. Raises `BadColumns`."""
    told = read_told(table, stated or {}, known.short_forms)
    if known.rows:
        refuse_unknown(told.columns.values())
    return Prepared(
        table=table,
        read=with_near_names(told.read, known.rows.values()),
        plan=plan_import(
            known.rows,
            [each.row for each in told.read.stated],
            partial=partial,
            gone=known.gone,
            claims=(*told.read.claims, *[_ANYBODYS] * told.unread),
            confirmed=confirmed,
        ),
        mailboxes=plan_places(known.places, told.places),
        columns=told.columns,
        passed_over=told.passed_over,
        is_stated=bool(stated),
    )


def read_table(path: Path) -> Table:
    """The table of a file of any making. Raises `BadTable`, or `OSError` where it cannot be opened."""
    if path.stat().st_size > _LARGEST:
        raise BadTable(said("table.large", name=path.name, megabytes=_LARGEST // 1_000_000))
    data = path.read_bytes()
    making = making_of(data, path.name)
    if making is Making.CSV:
        return read_csv(data, path.name)
    sheets = tuple(sheet for sheet in read_confined(path, making) if sheet.rows)
    if not sheets:
        raise BadTable(said("table.empty", name=path.name))
    return Table(sheets=sheets, making=making.value)
