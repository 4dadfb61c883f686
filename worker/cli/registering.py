"""The register in and out: import with a preview, export, check."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

import click

from worker.cli.recipients import recipients
from worker.cli.showing import BadInput, NothingDone, as_json, print_json, print_table, refuse, say

if TYPE_CHECKING:
    from audits.recipients import PlaceChange
    from audits.register_plan import ImportPlan
    from audits.register_rows import Read
    from audits.registering import RegisterChange, RegisterRow
    from worker.importing import Prepared
    from worker.ports import RegisterStore
    from worker.storage import SqlStore

_SHOWN = 20


class Words(TypedDict):
    """Who changes the register, why, and from what."""

    by: str
    why: str
    source: str


@click.group()
def register() -> None:
    """Import, export and check the register of accounts."""


register.add_command(recipients)


@register.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Show what would change; write nothing.")
@click.option("--partial", is_flag=True, help="The file is not the whole register: remove nothing.")
@click.option("--column", "columns", multiple=True, metavar="HEADING=MEANING", help="Say what a column means.")
@click.option("--confirm-removals", type=int, metavar="N", help="Yes, this many accounts are to be removed.")
@click.option("--by", default="", help="Who imports: a name or a role.")
@click.option("--why", default="", help="Why the register changes.")
@as_json
def import_file(
    file: Path,
    dry_run: bool,
    partial: bool,
    columns: Sequence[str],
    confirm_removals: int | None,
    by: str,
    why: str,
    json_out: bool,
) -> None:
    """Import a register. All of it is taken or nothing; rows that cannot be taken are told one by one."""
    store = _store()
    last = store.last_import()
    prepared = _prepared(file, store, columns, partial)
    removals = len(prepared.plan.of(_kind("remove")))
    held = prepared.plan.held and confirm_removals != removals
    written = None
    if not dry_run and not held and prepared.changes_anything:
        written = _written(store, prepared, last, Words(by=by or "command line", why=why, source=file.name))
    _show_import(prepared, written, held, dry_run, json_out)
    if held:
        raise NothingDone(
            f"Held for a person: {removals} of {removals + _kept(prepared.plan)} accounts would vanish. Nothing was "
            f"written. If that is right, run again with --confirm-removals {removals}; if the file is only a part of "
            "the register, with --partial."
        )


def _prepared(file: Path, store: SqlStore, columns: Sequence[str], partial: bool) -> Prepared:
    from audits.columns import BadColumns
    from worker.importing import known_to, prepare
    from worker.importing.tables import BadTable

    stated = {}
    for given in columns:
        title, parted, meaning = given.rpartition("=")
        if not parted:
            raise BadInput(f"--column {given!r}: write it as 'heading=meaning', such as 'Ägare=administration'")
        stated[title] = meaning
    try:
        return prepare(file, known_to(store), stated, partial=partial)
    except (BadColumns, BadTable) as error:
        refuse(error)


def _written(store: RegisterStore, prepared: Prepared, last: int, words: Words) -> int:
    from worker.ports import RegisterMoved

    changes, mailboxes = prepared.plan.changes, prepared.mailboxes
    try:
        return store.apply_changes(changes, mailboxes=mailboxes, now=_now(), after_import=last, **words)
    except RegisterMoved as error:
        raise BadInput(f"Nothing was written: {error}. Look again with --dry-run.") from error


def _kept(plan: ImportPlan) -> int:
    return sum(change.before is not None and change.after is not None for change in plan.changes)


def _show_import(prepared: Prepared, written: int | None, held: bool, dry_run: bool, json_out: bool) -> None:
    plan, read = prepared.plan, prepared.read
    counts = {kind: len(plan.of(_kind(kind))) for kind in ("add", "change", "remove", "same")}
    if json_out:
        print_json(
            {
                "written": written is not None,
                "import": written,
                "dry_run": dry_run,
                "held": held,
                **counts,
                "columns": read.columns.shown(),
                "left_over": list(read.columns.left_over),
                "encoding": prepared.table.encoding,
                "delimiter": prepared.table.delimiter,
                "mojibake_mended": prepared.table.mended,
                "rejected": [_rejected(each) for each in read.rejected],
                "remarks": [{"line": each.line, "remarks": list(each.remarks)} for each in read.stated if each.remarks],
                "changes": [_change(each) for each in plan.changes if each.kind != "same"],
                "mailboxes": [_mailbox(each) for each in prepared.mailboxes],
            }
        )
        return
    _show_diff(read, plan)
    _show_mailboxes(prepared.mailboxes)
    verb = "Would be" if dry_run or held else "Were"
    say(f"{verb} added {counts['add']}, changed {counts['change']}, removed {counts['remove']}; same {counts['same']}.")
    say("Columns: " + ", ".join(f"{title} → {meaning}" for title, meaning in read.columns.shown().items()))


def _show_diff(read: Read, plan: ImportPlan) -> None:
    changing = [each for each in plan.changes if each.kind != "same"]
    rows = [(each.kind.value, *_named(each), _differences(each)) for each in changing[:_SHOWN]]
    if rows:
        print_table(f"Changes ({len(changing)})", ("", "Account", "Address", "What changes"), rows)
    if read.rejected:
        cells = [(each.line, each.value, each.reason, each.remedy) for each in read.rejected]
        print_table(f"Not taken ({len(cells)})", ("Line", "Value", "Why", "Remedy"), cells)
    remarked = [
        (each.line, each.row.raw or each.row.name, "; ".join(each.remarks)) for each in read.stated if each.remarks
    ]
    if remarked:
        print_table(f"Taken, with a remark ({len(remarked)})", ("Line", "Value", "Remark"), remarked[:_SHOWN])
    for title, total in (("changes", len(changing)), ("remarks", len(remarked))):
        if total > _SHOWN:
            say(f"… and {total - _SHOWN} more {title}; --json shows them all.")


def _show_mailboxes(changes: Sequence[PlaceChange]) -> None:
    cells = [
        (str(each.place), each.before.recipient or "", each.after.recipient or "", each.after.language or "")
        for each in changes
    ]
    if cells:
        print_table(f"Mailboxes ({len(cells)})", ("Of", "Was", "Becomes", "Language"), cells[:_SHOWN])


def _mailbox(each: PlaceChange) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(each)


def _named(change: RegisterChange) -> tuple[str, str]:
    row = change.after or change.before
    return (row.name, row.address or "no address") if row else ("", "")


def _differences(change: RegisterChange) -> str:
    if change.before is None or change.after is None:
        return ""
    before, after = _plain(change.before), _plain(change.after)
    return "; ".join(f"{name}: {before[name]} → {after[name]}" for name in after if before[name] != after[name])


def _rejected(each: Any) -> dict[str, Any]:
    return {"line": each.line, "value": each.value, "reason": each.reason, "remedy": each.remedy}


def _change(each: RegisterChange) -> dict[str, Any]:
    return {
        "kind": each.kind.value,
        "account": each.account_id,
        "before": _plain(each.before) if each.before else None,
        "after": _plain(each.after) if each.after else None,
    }


def _plain(row: RegisterRow) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(row)


@register.command()
@click.option("--to", type=click.Path(dir_okay=False, path_type=Path), help="A file; otherwise standard output.")
@click.option("--delimiter", default=";", show_default=True, help="Swedish Excel reads semicolons.")
@as_json
def export(to: Path | None, delimiter: str, json_out: bool) -> None:
    """Export the register: CSV with a byte order mark, or JSON. What is exported can be imported again."""
    from worker.exporting import register_csv

    rows = dict(_store().register_rows())
    if json_out:
        for account_id, row in rows.items():
            print_json({"account": account_id, **_plain(row)})
        return
    data = register_csv(rows, delimiter)
    if to is None:
        sys.stdout.buffer.write(data)
    else:
        to.write_bytes(data)
        say(f"{len(rows)} accounts written to {to}.")


@register.command()
@as_json
def check(json_out: bool) -> None:
    """Hold the register against itself: addresses missing, accounts twice, no administration."""
    from worker.checking import check_register
    from worker.wiring import wired

    with wired() as deployment:
        rows = check_register(deployment.store, deployment.instruments, deployment.clock)
    if json_out:
        for row in rows:
            print_json(row)
    elif rows:
        columns = ("account", "name", "rule", "value")
        print_table("Register", columns, ([row[column] for column in columns] for row in rows))
    else:
        say("Nothing to remark on.")


@register.command()
@click.option("--by", default="", help="Who undoes: a name or a role.")
@click.option("--why", default="", help="Why it is undone.")
@as_json
def undo(by: str, why: str, json_out: bool) -> None:
    """Undo the last import."""
    undone = _store().undo_last_import(by=by or "command line", why=why, now=_now())
    if undone is None:
        raise NothingDone("There is no import to undo.")
    print_json({"import": undone}) if json_out else say(f"Import undone; it stands in the history as import {undone}.")


def _store() -> SqlStore:
    from config.settings import Settings
    from worker.wiring import open_store

    return open_store(Settings())


def _now() -> Any:
    from worker.wiring import utc_now

    return utc_now()


def _kind(name: str) -> Any:
    from audits.registering import ChangeKind

    return ChangeKind(name)
