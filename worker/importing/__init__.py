"""A register's file, whatever made it, to a plan of changes.

bytes ─decoding▶ text ─tables▶ lines ─columns, rows▶ stated accounts, mailboxes ─plan▶ ImportPlan, PlaceChange …
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from audits.addresses import identify
from audits.columns import Columns, folded, recognise
from audits.model import Address
from audits.platforms import GRAMMARS
from audits.recipients import Mailbox, Place, PlaceChange, plan_places
from audits.register_places import read_places
from audits.register_plan import ImportPlan, plan_import
from audits.register_rows import Line, Read, read_rows, with_administration
from audits.registering import RegisterRow
from worker.importing.tables import Table, read_table
from worker.ports import RecipientStore, RegisterStore

_PLATFORMS = {
    folded(name): grammar.platform for grammar in GRAMMARS for name in (grammar.platform or "", *grammar.names)
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A file read and planned; nothing has been written."""

    table: Table
    read: Read
    plan: ImportPlan
    mailboxes: tuple[PlaceChange, ...] = ()

    @property
    def changes_anything(self) -> bool:
        return self.plan.changes_anything or bool(self.mailboxes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What stands before an import: accounts by id, the mailboxes of places, administrations by short form."""

    rows: Mapping[int, RegisterRow] = field(default_factory=dict)
    places: Mapping[Place, Mailbox] = field(default_factory=dict)
    short_forms: Mapping[str, str] = field(default_factory=dict)


class Standing(RecipientStore, RegisterStore, Protocol):
    """A store that tells everything that an import is held against."""


def known_to(store: Standing) -> Known:
    """What a store knows of the register today."""
    return Known(rows=dict(store.register_rows()), places=store.places(ended=True), short_forms=store.short_forms())


def prepare(
    path: Path, known: Known | None = None, stated: Mapping[str, str] | None = None, *, partial: bool = False
) -> Prepared:
    """Read a register file and plan what it changes of what is known.

    Raises `BadTable` or `BadColumns` where the file as a whole cannot be read; single rows never raise.
    """
    known = known or Known()
    table = read_table(path)
    columns = recognise(table.header, platform_named, stated)
    lines = [Line(number, cells) for number, cells in table.lines]
    read, places = _read(lines, columns, known.short_forms)
    plan = plan_import(known.rows, [each.row for each in read.stated], partial=partial)
    return Prepared(table=table, read=read, plan=plan, mailboxes=plan_places(known.places, places))


def _read(
    lines: Sequence[Line], columns: Columns, short_forms: Mapping[str, str]
) -> tuple[Read, Mapping[Place, Mailbox]]:
    """What the lines say of accounts and of places, each administration by its whole name."""
    read = read_rows(lines, columns, _identify, platform_named)
    places, wrong = read_places(with_administration(lines, columns), columns)
    whole = {Place(short_forms.get(at.administration, at.administration), at.unit): said for at, said in places.items()}
    return read.in_full(short_forms).without(wrong), whole


def platform_named(word: str) -> str | None:
    """The platform that a word names, such as a column's heading; None for any other word."""
    return _PLATFORMS.get(folded(word))


def _identify(raw: str, context: str | None) -> Address:
    return identify(raw, context, GRAMMARS)
