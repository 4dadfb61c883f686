"""`kanalkoll register refused`: the rows of registers that no import took, as long as they stand in their files.

RefusedRow … ─▶ a few: each by itself │ many: by file and reason, with the rows of each │ --to: a file, a row each
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from worker.cli.import_told import where
from worker.cli.showing import as_json, print_json_lines, print_table, register_store, say
from worker.cli.speaking import clock, headings, in_language, in_words, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import tzinfo

    from worker.ports.refused import RefusedRow

_FEW: Final = 20  # told one by one
_NAMED: Final = 12  # rows named of each reason


@click.command()
@click.option("--to", type=click.Path(dir_okay=False, path_type=Path), help="Write them as CSV, one row each.")
@in_language
@as_json
def refused(to: Path | None, json_out: bool) -> None:
    """List the rows that the latest import of each file did not accept: where, the value, why, and what to do.

    Correct the rows in the file and import it again: rows that are accepted leave this list. If there are many, they
    are grouped by reason.
    """
    from config.stated import load_settings
    from worker.wiring.refused import refused_rows

    rows, zone = refused_rows(register_store()).refused(), load_settings().zone
    if to is not None:
        _write(to, rows)
    if json_out:
        print_json_lines(_values(each) for each in rows)
    elif to is not None:
        say(words("refused.written", count=len(rows), file=to))
    elif rows:
        _show(rows, zone)
    else:
        say(words("refused.none"))


def _show(rows: Sequence[RefusedRow], zone: tzinfo) -> None:
    title = f"{words('refused.title')} ({len(rows)})"
    if len(rows) > _FEW:
        print_table(title, headings("file", "how_many", "why", "remedy", "where"), _by_reason(rows))
        say(words("refused.by_reason"))
        return
    cells = (
        (each.source, clock(each.at, zone), where(each.row, each.row.column), each.row.value, *_why(each))
        for each in rows
    )
    print_table(title, headings("file", "when", "where", "value", "why", "remedy"), cells)


def _by_reason(rows: Sequence[RefusedRow]) -> Iterator[tuple[object, ...]]:
    """The commonest reason first; of each the rows in which it stands, and how many more there are."""
    alike: dict[tuple[str, ...], list[RefusedRow]] = {}
    for each in rows:
        alike.setdefault((each.source, _sort(each.row.reason), _sort(each.row.remedy)), []).append(each)
    for same in sorted(alike.values(), key=lambda same: -len(same)):
        at = [where(each.row) for each in same]
        named = [*at[:_NAMED], *(["…"] if len(at) > _NAMED else [])]
        yield same[0].source, len(same), *map(_together, zip(*map(_why, same), strict=True)), "; ".join(named)


def _sort(sentence: str) -> str:
    """What makes two reasons one: what they say of one account apart."""
    from audits.wording.said import Said

    return sentence.key if isinstance(sentence, Said) else sentence


def _together(sentences: Sequence[str]) -> str:
    """The sentence; of several that differ in what they name the first, and that there are others."""
    return sentences[0] if len(set(sentences)) == 1 else f"{sentences[0]} …"


def _why(each: RefusedRow) -> tuple[str, str]:
    return in_words(each.row.reason), in_words(each.row.remedy)


def _write(to: Path, rows: Sequence[RefusedRow]) -> None:
    from worker.rendering.spreadsheets import csv_of
    from worker.replacing import write_whole

    names = headings("file", "sheet", "line", "column", "value", "why", "remedy")
    cells = (
        (each.source, each.row.sheet, each.row.line, each.row.column, each.row.value, *_why(each)) for each in rows
    )
    write_whole(to, csv_of(names, cells))


def _values(each: RefusedRow) -> dict[str, Any]:
    told = {name: value for name, value in each.row.told().items() if name != "beside"}  # not kept
    return {"source": each.source, "at": each.at.isoformat(), **told}
