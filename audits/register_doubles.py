"""One account on several rows of a register: the very same words are one row, other words are told.

Read of every row ─settled▶ Read, in which each row and each reference stands once
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from audits.register_cells import BadCell
from audits.register_lines import Line, Read, Rejected, Stated
from audits.register_rows import refused
from audits.registering import RegisterRow
from audits.wording.said import said


def settled(read: Read) -> Read:
    """The whole file: the very same account in the very same words is one, and a reference names one account only."""
    return _with_doubles_told(_with_unique_refs(_without_twins(read)))


def _without_twins(read: Read) -> Read:
    first: dict[tuple[object, ...], Stated] = {}
    kept: list[Stated] = []
    twins: list[Rejected] = []
    for each in read.stated:
        twin = first.setdefault(_words(each.row), each) if each.row.key else each
        if twin is each:
            kept.append(each)
        else:
            where = "import.twin_on" if twin.sheet else "import.twin"
            reason = said(where, line=twin.line, sheet=twin.sheet)
            line = Line(each.line, (), each.sheet)
            twins.append(refused(line, "", BadCell(each.row.raw or "", reason, said("import.keep_one"))))
    return replace(read, stated=tuple(kept)).with_rejected(twins)


def _with_doubles_told(read: Read) -> Read:
    """One account on several rows, each in words of its own: all are taken, and each later one names the first."""
    first: dict[str, Stated] = {}
    return replace(
        read,
        stated=tuple(
            _beside(first.setdefault(each.row.key, each), each) if each.row.key else each for each in read.stated
        ),
    )


def _beside(first: Stated, each: Stated) -> Stated:
    if each is first:
        return each
    key = "import.double_on" if first.sheet else "import.double"
    return replace(each, remarks=(*each.remarks, said(key, line=first.line, sheet=first.sheet)))


def _words(row: RegisterRow) -> tuple[object, ...]:
    return row.key, row.administration, row.unit, row.name, row.language


def _with_unique_refs(read: Read) -> Read:
    """A reference that stands on several lines names none of them."""
    times = Counter(each.row.ref for each in read.stated if each.row.ref)
    return replace(
        read, stated=tuple(_unnamed(each) if each.row.ref and times[each.row.ref] > 1 else each for each in read.stated)
    )


def _unnamed(each: Stated) -> Stated:
    remark = said("import.shared_ref", ref=each.row.ref)
    return replace(each, row=replace(each.row, ref=None), remarks=(*each.remarks, remark))
