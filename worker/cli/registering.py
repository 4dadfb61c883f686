"""The register in and out: import with a preview, export, check."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from audits.languages import LANGUAGES
from worker.cli.findings import titles_in
from worker.cli.history import history
from worker.cli.importing import import_file
from worker.cli.recipients import recipients
from worker.cli.refused import refused
from worker.cli.reorganising import merge, planned, rename, split
from worker.cli.showing import (
    BadInput,
    Listing,
    as_json,
    deployed,
    print_json,
    print_json_lines,
    print_table,
    register_store,
    say,
)
from worker.cli.speaking import evidence, headings, in_language, words
from worker.cli.undoing import undo


@click.group(cls=Listing, lists="export")
def register() -> None:
    """Import, export and check the register of accounts."""


for command in (history, import_file, merge, planned, recipients, refused, rename, split, undo):
    register.add_command(command)


@register.command()
@click.option("--to", type=click.Path(dir_okay=False, path_type=Path), help="A file; otherwise standard output.")
@click.option(
    "--format", "making", type=click.Choice(["csv", "xlsx", "json", "yaml"]), help="Otherwise by the file's name."
)
@click.option("--delimiter", default=";", show_default=True, help="Swedish Excel expects semicolons.")
@click.option("--language", type=click.Choice(LANGUAGES), help="Language of the headings; otherwise as set.")
@as_json
def export(to: Path | None, making: str | None, delimiter: str, language: str | None, json_out: bool) -> None:
    """Export the register as CSV, XLSX, JSON or YAML. What is exported can be imported again, and changes nothing."""
    from audits.exporting import register_table
    from config.stated import load_settings
    from worker.exporting import register_file
    from worker.replacing import write_whole

    store = register_store()
    rows = dict(store.register_rows())
    if json_out:
        for account_id, row in rows.items():
            print_json({"account": account_id, **asdict(row)})
        return
    table = register_table(rows, store.places())
    data = register_file(making or _making(to), table, language or load_settings().language, delimiter)
    if to is None:
        sys.stdout.buffer.write(data)
    else:
        write_whole(to, data)
        say(words("register.exported", count=len(rows), file=to))


def _making(to: Path | None) -> str:
    """By the file's name; CSV where there is none."""
    ends = to.suffix.lower().removeprefix(".") if to else "csv"
    making = {"csv": "csv", "xlsx": "xlsx", "json": "json", "yaml": "yaml", "yml": "yaml"}.get(ends)
    if making is None:
        raise BadInput(words("register.bad_name", file=to))
    return making


@register.command()
@in_language
@as_json
def check(json_out: bool) -> None:
    """Look for faults in the register: missing addresses, duplicate accounts, no administration or months.

    It asks about people's own profiles, end dates before start dates, unknown languages, and administrations whose
    names are abbreviated or spelt almost like another.
    """
    from worker.checking import REMARKS, check_register
    from worker.wiring.refused import refused_rows

    with deployed(asks=False) as deployment:
        rows = check_register(deployment.store, deployment.instruments, deployment.clock)
        titles = {**titles_in(deployment), **{each: words(f"register.{each}") for each in REMARKS}}
        waiting = len(refused_rows(deployment.store).refused())
    if json_out:
        print_json_lines(rows)
        return
    if rows:
        cells = (_remark_cells(row, titles.get(row["rule"], row["rule"])) for row in rows)
        print_table(words("register"), headings("number", "account", "rule", "value"), cells)
    else:
        say(words("register.well"))
    if waiting:
        say(words("refused.waiting", count=waiting))


def _remark_cells(row: Mapping[str, Any], title: str) -> tuple[object, ...]:
    from audits.reporting import value_of

    return row["account"], row["name"], title, evidence(value_of(row["value"], row["seen"]))
