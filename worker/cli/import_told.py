"""What a register's file holds and changes, told to people: columns, changes, mailboxes, and what was not taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from worker.cli.history import cell_in_words, told_of, value_in_words
from worker.cli.showing import print_table, say
from worker.cli.speaking import clock, headings, in_words, label, word_for, words

if TYPE_CHECKING:
    from pathlib import Path

    from audits.recipients import PlaceChange
    from audits.register_lines import Rejected, Stated
    from audits.register_plan import ImportPlan
    from audits.registering import RegisterChange
    from worker.importing.preparing import Prepared

_SHOWN = 20
_NOTES, _NOTED = 3, 60  # cells that are named, and letters of each


def show(prepared: Prepared, only_looked: bool, *, quiet: bool) -> None:
    """Everything that the file holds and changes; with `quiet` only in figures."""
    if not quiet:
        _show_columns(prepared)
        if not prepared.is_no_register:
            _show_changes(prepared.plan)
        _show_mailboxes(prepared.mailboxes)
        show_what_was_said(prepared)
    show_in_figures(prepared, only_looked)


def show_in_figures(prepared: Prepared, only_looked: bool) -> None:
    """How many accounts the file adds, changes and removes, how many rows were not taken, and whose accounts stay."""
    plan, read = prepared.plan, prepared.read
    if prepared.is_no_register:
        return
    say(words("import.would" if only_looked else "import.did", **plan.counts))
    if emptied := plan.emptied:
        say(words("import.empties" if only_looked else "import.emptied", count=emptied))
    _say_put_back(prepared, only_looked)
    if refused := len(read.lost_rows):
        say(words("import.refused_then" if only_looked else "import.refused", count=refused))
    if beside := len(read.lost_beside):
        say(words("import.lost_beside_then" if only_looked else "import.lost_beside", count=beside))
    if plan.spared:
        say(words("import.spared", count=len(plan.spared)))
    if plan.withheld:
        say(words("import.withheld", count=len(plan.withheld)))
    if cells := len(read.left_out):
        say(words("import.cells", count=cells))
    _say_unread(prepared)
    _say_published(prepared)


def _say_published(prepared: Prepared) -> None:
    """That what stands as purpose is published as it is written, and which cells read like notes to oneself."""
    from audits.column_meanings import Meaning

    heading = next(filter(None, (each.heading(Meaning.PURPOSE) for each in prepared.columns.values())), "")
    if purposes := [each.row.purpose for each in prepared.read.stated if heading and each.row.purpose]:
        say(words("import.published", heading=heading, named=notes_among(purposes)))


def notes_among(purposes: Sequence[str]) -> str:
    """Which of the purposes read like notes, in words; "" where none does."""
    from audits.listing.noting import reads_like_a_note

    notes = list(dict.fromkeys(filter(reads_like_a_note, purposes)))
    if not notes:
        return ""
    shown = ", ".join(words("import.note", text=each[:_NOTED]) for each in notes[:_NOTES])
    return " " + words("import.notes", count=len(notes), named=shown + ", …" * (len(notes) > _NOTES))


def _say_put_back(prepared: Prepared, only_looked: bool) -> None:
    """Whose changes of late the file takes back: it may be an older copy."""
    from config.stated import load_settings

    for each in prepared.put_back:
        at, by = clock(each.at, load_settings().zone), word_for("who", each.by)
        key = "import.puts_back" if only_looked else "import.put_back"
        say(words(key, count=len(each.accounts), number=each.number, by=by, at=at))


def _say_unread(prepared: Prepared) -> None:
    """The columns that are not used, though accounts stand in them."""
    for sheet, columns in prepared.columns.items():
        for heading in columns.unread:
            say(words("import.unread_in" if sheet else "import.unread", heading=heading, sheet=sheet))


def say_making(file: Path, making: str) -> None:
    """What the file is, where its name says something else."""
    named = {"yml": "yaml", "txt": "csv", "tsv": "csv"}.get(ending := file.suffix.lower().removeprefix("."), ending)
    if named and named != making:
        say(words("import.named_otherwise", name=file.name, making=making.upper()))


def _show_columns(prepared: Prepared) -> None:
    for sheet, columns in prepared.columns.items():
        meant = {heading: understood(meaning) for heading, meaning in columns.shown().items()}
        meant |= {each: words("import.by_content", what=meant[each]) for each in columns.by_content}
        cells = [*meant.items(), *((heading, words("import.unused")) for heading in columns.left_over)]
        title = words("import.columns_of", sheet=sheet) if sheet else words("import.columns")
        print_table(title, headings("in_file", "understood"), cells)
    for sheet, why in prepared.passed_over.items():
        say(words("import.passed_over", sheet=sheet, why=why))


def understood(meaning: str) -> str:
    """What a column was understood as: "address on facebook" is what scripts read."""
    what, _, platform = meaning.partition(" on ")
    return words("import.on", what=cell_in_words(what), platform=label(platform)) if platform else cell_in_words(what)


def _show_changes(plan: ImportPlan) -> None:
    changing = [each for each in plan.changes if each.kind != "same"]
    rows = [(word_for("import", each.kind.value), *_named(each), differences(each)) for each in changing[:_SHOWN]]
    _show_some("import.changes", ("act", "account", "address", "changes"), rows, len(changing))


def _show_mailboxes(changes: Sequence[PlaceChange]) -> None:
    cells = [
        (str(each.place), each.before.recipient or "", each.after.recipient or "", each.after.language or "")
        for each in changes
    ]
    _show_some("import.mailboxes", ("whose", "was", "becomes", "language"), cells, len(cells))


def show_what_was_said(prepared: Prepared) -> None:
    """What was not taken of a list, what was left out of rows that were, and what was remarked on."""
    read = prepared.read
    for title, told in (("import.rejected", read.refused), ("import.left_out", read.left_out)):
        cells = [(where(each, each.column), each.value, each.reason, each.remedy) for each in told]
        rows = len({(each.sheet, each.line) for each in told})
        _show_some(title, ("where", "value", "why", "remedy"), cells, len(cells), rows)
    remarked: dict[str, list[Stated]] = {}
    for each in read.stated:
        remarked.setdefault("; ".join(map(in_words, each.remarks)), []).append(each)
    remarked.pop("", None)
    said = [(_where_all(rows), rows[0].row.raw or rows[0].row.name, remark) for remark, rows in remarked.items()]
    lines = {(each.sheet, each.line) for rows in remarked.values() for each in rows}
    _show_some("import.remarked", ("where", "value", "remark"), said, len(said), len(lines))


def _where_all(rows: Sequence[Stated]) -> str:
    """Where the same is said of several: a column that is wrong in every row is one thing to mend, and which accounts
    may be closed has to be looked up one by one.
    """
    places = [*dict.fromkeys(map(where, rows))]
    more = f" (+{len(places) - _SHOWN})" if len(places) > _SHOWN else ""
    return "; ".join(places[:_SHOWN]) + more


def _show_some(
    title: str, columns: Sequence[str], cells: Sequence[Sequence[object]], total: int, rows: int | None = None
) -> None:
    """A table and how much it is of; where that stands on fewer `rows` of the file, on how many."""
    if cells:
        of = total if rows in (None, total) else words("import.on_rows", count=rows, total=total)
        print_table(f"{words(title)} ({of})", headings(*columns), cells[:_SHOWN])
    if total > _SHOWN:
        say(words("more", count=total - _SHOWN))


def where(each: Rejected | Stated, column: str = "") -> str:
    """Sheet and line of what is told, and the column where one cell is meant."""
    parts = (each.sheet, words("import.line", number=each.line), column)
    return ", ".join(part for part in parts if part)


def _named(change: RegisterChange) -> tuple[str, str]:
    row = change.after or change.before
    return (row.name, row.address or words("import.no_address")) if row else ("", "")


def differences(change: RegisterChange) -> str:
    """What a change changes, field by field."""
    if change.before is None or change.after is None:
        return ""
    before, after = asdict(change.before), asdict(change.after)
    changed = told_of(name for name in after if before[name] != after[name])
    return "; ".join(
        f"{cell_in_words(name)}: {value_in_words(name, before[name])} → {value_in_words(name, after[name])}"
        for name in changed
    )
