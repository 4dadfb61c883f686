"""`kanalkoll register refused`: the rows of registers that no import took, as long as they stand in their files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from worker.cli.import_told import where
from worker.cli.showing import as_json, print_json_lines, print_table, register_store, say
from worker.cli.speaking import clock, headings, in_language, words

if TYPE_CHECKING:
    from worker.ports.refused import RefusedRow


@click.command()
@in_language
@as_json
def refused(json_out: bool) -> None:
    """List the rows that the latest import of each file did not take: where, what stands there, why, and what would do.

    Mend the rows in the file and import it again: what is taken then leaves this list.
    """
    from config.stated import load_settings
    from worker.wiring.refused import refused_rows

    rows, zone = refused_rows(register_store()).refused(), load_settings().zone
    if json_out:
        print_json_lines(_values(each) for each in rows)
    elif rows:
        cells = (
            (
                each.source,
                clock(each.at, zone),
                where(each.row, each.row.column),
                each.row.value,
                each.row.reason,
                each.row.remedy,
            )
            for each in rows
        )
        title = f"{words('refused.title')} ({len(rows)})"
        print_table(title, headings("file", "when", "where", "value", "why", "remedy"), cells)
    else:
        say(words("refused.none"))


def _values(each: RefusedRow) -> dict[str, Any]:
    told = {name: value for name, value in each.row.told().items() if name != "beside"}  # not kept
    return {"source": each.source, "at": each.at.isoformat(), **told}
