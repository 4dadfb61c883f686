"""`kanalkoll register import`: a register of any making, looked at first, taken whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from worker.cli.history import cell_in_words, told_of
from worker.cli.naming import on_the_word_of
from worker.cli.numbers import NUMBER
from worker.cli.showing import (
    BadInput,
    NothingDone,
    as_json,
    has_register,
    print_json,
    print_table,
    progress,
    refuse,
    register_store,
    say,
)
from worker.cli.speaking import headings, in_language, in_words, label, word_for, words

if TYPE_CHECKING:
    from audits.model import Occasion
    from audits.recipients import PlaceChange
    from audits.register_lines import Rejected, Stated
    from audits.register_plan import ImportPlan
    from audits.registering import RegisterChange
    from worker.importing.preparing import Prepared
    from worker.storage import SqlStore

_SHOWN = 20
_A_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_NEW_FILE = click.Path(dir_okay=False, writable=True, path_type=Path)


@click.command("import")
@click.argument("file", type=_A_FILE)
@click.option("--dry-run", is_flag=True, help="Show what would change; write nothing.")
@click.option("--partial", is_flag=True, help="The file is not the whole register: remove nothing.")
@click.option("--map", "columns", multiple=True, metavar="MEANING=HEADING", help="Say which column means what.")
@click.option("--mapping", type=_A_FILE, help="A mapping kept by --save-mapping.")
@click.option("--save-mapping", type=_NEW_FILE, help="Keep the mapping that was used, to be given again.")
@click.option("--confirm-removals", type=NUMBER, metavar="N", help="Yes, this many accounts are to be removed.")
@click.option("--quiet", is_flag=True, help="Say only how many accounts were taken.")
@click.option("--by", default="", help="Who imports: a name or a role.")
@click.option("--why", default="", help="Why the register changes.")
@in_language
@as_json
def import_file(
    *,
    file: Path,
    dry_run: bool,
    partial: bool,
    columns: Sequence[str],
    mapping: Path | None,
    save_mapping: Path | None,
    confirm_removals: int | None,
    quiet: bool,
    by: str,
    why: str,
    json_out: bool,
) -> Prepared:
    """Import a register: CSV, XLSX, ODS, XLS, YAML or JSON, in any layout.

    All of it is taken or nothing; rows that cannot be taken are told one by one. Columns are recognised in Swedish and
    English by their headings, and by what stands below them; --dry-run shows how they were understood.
    """
    from worker.wiring import utc_now

    store = None if dry_run and not has_register() else register_store(begins=True)
    last = store.last_import() if store else 0
    prepared = looked_at(file, store, _stated(columns, mapping), partial, confirm_removals)
    if save_mapping:
        _keep_mapping(prepared, save_mapping)
    held = prepared.plan.held and confirm_removals != len(prepared.plan.of(_kind("remove")))
    stopped = held or prepared.is_no_register
    written = None
    if store is not None and not dry_run and not stopped:
        written = _taken(store, prepared, last, on_the_word_of(by, why, utc_now()), file.name)
    if json_out:
        print_json(_answer(prepared, written, held, dry_run))
    else:
        _say_making(file, prepared.table.making)
        show(prepared, dry_run or stopped, quiet=quiet)
    refuse_no_register(prepared)
    if held:
        _refuse_removals(prepared.plan)
    return prepared


def looked_at(
    file: Path,
    store: SqlStore | None,
    stated: dict[str, list[str]],
    partial: bool = False,
    confirmed: int | None = None,
) -> Prepared:
    """The file, read and held against the register of the store. Raises `BadInput` where it cannot be read."""
    from audits.columns import BadColumns
    from worker.importing.preparing import BadTable, known_to, prepare

    try:
        with progress() as bar:
            bar.add_task(words("import.reading"), total=None)
            return prepare(file, known_to(store) if store else None, stated, partial=partial, confirmed=confirmed)
    except (BadColumns, BadTable) as error:
        refuse(error)


def refuse_no_register(prepared: Prepared) -> None:
    """Raises `BadInput` where the file is hardly a register, with the headings that are known."""
    if prepared.is_no_register:
        from audits.wording.said import said

        bare = len(prepared.read.bare)
        raise BadInput(words("import.no_register", count=bare, known=said("import.headings")))


def _refuse_removals(plan: ImportPlan) -> NoReturn:
    removals = len(plan.of(_kind("remove")))
    raise NothingDone(words("import.held", count=removals, total=removals + _kept(plan)))


def _stated(columns: Sequence[str], mapping: Path | None) -> dict[str, list[str]]:
    """What was kept, and over it what was given here."""
    from worker.importing.mapping import BadMapping, given, read_mapping

    try:
        return {**(read_mapping(mapping) if mapping else {}), **given(columns)}
    except BadMapping as error:
        refuse(error)


def _keep_mapping(prepared: Prepared, path: Path) -> None:
    from config.files import write
    from worker.importing.mapping import written

    stated: dict[str, list[str]] = {}
    for columns in prepared.columns.values():
        for word, named in columns.stated().items():
            stated[word] = list(dict.fromkeys([*stated.get(word, []), *named]))
    write(path, written(stated))
    say(words("import.mapping", file=path))


def _taken(store: SqlStore, prepared: Prepared, last: int, occasion: Occasion, source: str) -> int | None:
    """The number of the change, None where the file changes nothing; what was not taken is remembered either way."""
    from worker.wiring.refused import refused_rows

    written = _written(store, prepared, last, occasion, source) if prepared.changes_anything else None
    refused_rows(store).keep_refused(source, prepared.read.rejected, occasion.at)
    return written


def _written(store: SqlStore, prepared: Prepared, last: int, occasion: Occasion, source: str) -> int:
    from worker.ports import RegisterMoved

    changes, mailboxes = prepared.plan.changes, prepared.mailboxes
    try:
        with progress() as bar:
            task = bar.add_task(words("import.writing"), total=sum(each.kind.value != "same" for each in changes))
            return store.apply_changes(
                changes, occasion, source=source, mailboxes=mailboxes, after_import=last, told=lambda: bar.advance(task)
            )
    except RegisterMoved as error:
        raise BadInput(words("import.moved", why=error.args[0])) from error


def _kept(plan: ImportPlan) -> int:
    return sum(change.before is not None and change.after is not None for change in plan.changes)


def _kind(name: str) -> Any:
    from audits.registering import ChangeKind

    return ChangeKind(name)


def _counts(plan: ImportPlan) -> dict[str, int]:
    return {kind: len(plan.of(_kind(kind))) for kind in ("add", "change", "remove", "same")}


# --- for scripts


def _answer(prepared: Prepared, written: int | None, held: bool, dry_run: bool) -> dict[str, Any]:
    plan, read, table = prepared.plan, prepared.read, prepared.table
    sheets = {
        name: {"columns": each.shown(), "left_over": each.left_over, "unread": each.unread}
        for name, each in prepared.columns.items()
    }
    first = next(iter(prepared.columns.values()))
    return {
        "written": written is not None,
        "import": written,
        "dry_run": dry_run,
        "held": held,
        "no_register": prepared.is_no_register,
        **_counts(plan),
        "emptied": plan.emptied,
        "making": table.making,
        "columns": first.shown(),
        "left_over": list(first.left_over),
        "sheets": sheets,
        "passed_over": dict(prepared.passed_over),
        "encoding": table.encoding,
        "delimiter": table.delimiter,
        "mojibake_mended": table.mended,
        "rejected": [each.told() for each in read.rejected],
        "spared": list(plan.spared),
        "withheld": list(plan.withheld),
        "remarks": [{"line": each.line, "remarks": list(each.remarks)} for each in read.stated if each.remarks],
        "changes": [_change(each) for each in plan.changes if each.kind != "same"],
        "mailboxes": [asdict(each) for each in prepared.mailboxes],
    }


def _change(each: RegisterChange) -> dict[str, Any]:
    return {
        "kind": each.kind.value,
        "account": each.account_id,
        "before": asdict(each.before) if each.before else None,
        "after": asdict(each.after) if each.after else None,
    }


# --- for people


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
    say(words("import.would" if only_looked else "import.did", **_counts(plan)))
    if emptied := plan.emptied:
        say(words("import.empties" if only_looked else "import.emptied", count=emptied))
    if refused := rows_of(read.refused):
        say(words("import.refused_then" if only_looked else "import.refused", count=refused))
    if plan.spared:
        say(words("import.spared", count=len(plan.spared)))
    if plan.withheld:
        say(words("import.withheld", count=len(plan.withheld)))
    if cells := len(read.left_out):
        say(words("import.cells", count=cells))
    _say_unread(prepared)


def _say_unread(prepared: Prepared) -> None:
    """The columns that are not used, though accounts stand in them."""
    for sheet, columns in prepared.columns.items():
        for heading in columns.unread:
            say(words("import.unread_in" if sheet else "import.unread", heading=heading, sheet=sheet))


def rows_of(told: Sequence[Rejected]) -> int:
    """On how many rows of the file these stand."""
    return len({(each.sheet, each.line) for each in told})


def _say_making(file: Path, making: str) -> None:
    """What the file is, where its name says something else."""
    named = {"yml": "yaml", "txt": "csv", "tsv": "csv"}.get(ending := file.suffix.lower().removeprefix("."), ending)
    if named and named != making:
        say(words("import.named_otherwise", name=file.name, making=making.upper()))


def _show_columns(prepared: Prepared) -> None:
    for sheet, columns in prepared.columns.items():
        meant = {heading: understood(meaning) for heading, meaning in columns.shown().items()}
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
        _show_some(title, ("where", "value", "why", "remedy"), cells, len(cells))
    remarked = [each for each in read.stated if each.remarks]
    said = [(where(each), each.row.raw or each.row.name, "; ".join(map(in_words, each.remarks))) for each in remarked]
    _show_some("import.remarked", ("where", "value", "remark"), said, len(said))


def _show_some(title: str, columns: Sequence[str], cells: Sequence[Sequence[object]], total: int) -> None:
    if cells:
        print_table(f"{words(title)} ({total})", headings(*columns), cells[:_SHOWN])
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
    return "; ".join(f"{cell_in_words(name)}: {before[name] or '–'} → {after[name] or '–'}" for name in changed)
