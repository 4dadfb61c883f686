"""Files that may be far larger inside than outside are read by a process of their own, with little room and time.

    Making, path ─▶ python -m worker.importing.confined ─▶ one JSON document a sheet or row ─▶ Sheet …

A bomb ends that process and nothing else; what it had said until then is thrown away.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

import orjson

from audits.wording.said import as_values, from_values, said
from worker.importing.sniffing import SPREADSHEETS, Making
from worker.importing.tables import MOST_CELLS, MOST_ROWS, BadTable, Row, Sheet

_MEMORY: Final = 2_000_000_000  # bytes of address space; a register of 100,000 rows takes about 500 MB of it
_SECONDS: Final = 30  # of processor time
_WAITS: Final = 20 * _SECONDS  # by the clock: for what waits and does not work; a busy machine is not the file's fault
_SAID: Final = 200_000_000  # bytes that may be answered
_ROOT: Final = Path(__file__).parents[2]
_REFUSED: Final = 3


def read_confined(path: Path, making: Making) -> tuple[Sheet, ...]:
    """Every sheet of a spreadsheet, or the one table of a YAML or JSON file. Raises `BadTable`."""
    command = [sys.executable, "-m", "worker.importing.confined", making.value, str(path.absolute())]
    with tempfile.TemporaryFile() as answers:
        try:
            ended = subprocess.run(  # noqa: S603  # our own interpreter and module; the path is one argument
                command, stdout=answers, stderr=subprocess.PIPE, timeout=_WAITS, check=False, cwd=_ROOT
            )
        except subprocess.TimeoutExpired as error:
            raise BadTable(said("table.slow", name=path.name)) from error
        if ended.returncode == _REFUSED:
            raise BadTable(said("table.in_file", name=path.name, why=from_values(orjson.loads(ended.stderr))))
        if ended.returncode:
            raise BadTable(said("table.unreadable", name=path.name))
        answers.seek(0)
        return tuple(_sheets(answers))


def _sheets(answers: IO[bytes]) -> Iterator[Sheet]:
    name, is_hidden, rows = "", False, list[Row]()
    for line in answers:
        at, what = orjson.loads(line)
        if at == 0 and rows:
            yield Sheet(name, tuple(rows), is_hidden)
        if at == 0:
            (name, is_hidden), rows = what, []
        else:
            rows.append((at, tuple(what)))
    yield Sheet(name, tuple(rows), is_hidden)


def main(making: str, path: str) -> None:
    """In the process of its own: answer the rows, or end with the reason."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_SAID, _SAID))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        for name, is_hidden, rows in read_here(Making(making), Path(path)):
            _say([0, [name, is_hidden]])
            for row in _bounded(rows):
                _say(row)
    except (BadTable, MemoryError, RecursionError) as error:
        why = error.args[0] if isinstance(error, BadTable) else said("table.inside")
        sys.stderr.write(orjson.dumps(as_values(why)).decode())
        sys.stdout.buffer.flush()
        sys.exit(_REFUSED)


def read_here(making: Making, path: Path) -> Iterator[tuple[str, bool, Iterator[Row]]]:
    """Each sheet's name, whether it is hidden, and its rows, read by this process: only for files that are no bombs."""
    if making in SPREADSHEETS:
        from worker.importing.spreadsheets import sheets

        yield from sheets(path)
    else:
        from worker.importing.structures import rows_of

        yield "", False, rows_of(path.read_bytes(), making)


def _bounded(rows: Iterator[Row]) -> Iterator[Row]:
    cells = 0
    for count, row in enumerate(rows, 1):
        cells += len(row[1])
        if count > MOST_ROWS or cells > MOST_CELLS:
            raise BadTable(said("table.cells", rows=MOST_ROWS, cells=MOST_CELLS))
        yield row


def _say(what: object) -> None:
    sys.stdout.buffer.write(orjson.dumps(what, option=orjson.OPT_APPEND_NEWLINE))


if __name__ == "__main__":
    main(*sys.argv[1:])
