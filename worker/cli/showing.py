"""What a terminal shows: tables and progress for people, JSON for scripts.

Text from outside is stripped of control characters before it reaches a terminal.
"""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias

import click

from worker.cli.helping import Group
from worker.cli.speaking import in_words, words

if TYPE_CHECKING:
    from rich.progress import Progress
    from rich.table import Table

    from worker.storage import SqlStore
    from worker.wiring import Deployment

_FOLDED = 12  # letters a line, at the least, of a word that has to be folded
_OF_AN_ADDRESS = 24  # letters a line, at the least, of the address of a page
_TALLEST = 4  # lines of a cell: a taller one is a column of single words, which nobody reads

Entry: TypeAlias = tuple[str, Sequence[str]]
"""What has more to tell than a row has room for: its first line, and those below it."""

as_json = click.option("--json", "json_out", is_flag=True, help="Print JSON on standard output.")


class Listing(Group):
    """A group that takes `--json` before its command as well, and alone answers as the command that `lists`."""

    def __init__(self, *given: Any, lists: str = "list", **more: Any) -> None:
        more.setdefault("epilog", f"With --json and no command: the same as {lists} --json.")
        super().__init__(*given, **more)
        self.lists = lists

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Hand a `--json` that stands before the command on to it; `--language` may stand before or behind it."""
        ahead = _options_ahead(args)
        if "--json" in args[:ahead]:
            language = [each for each in args[:ahead] if each != "--json"]
            args = [*language, *(args[ahead:] or [self.lists]), "--json"]
        return super().parse_args(ctx, args)


def _options_ahead(args: Sequence[str]) -> int:
    """How many words are `--json` and `--language` with its value, before anything else."""
    at = 0
    while at < len(args) and (args[at] == "--json" or args[at].startswith("--language")):
        at += 2 if args[at] == "--language" else 1
    return at


class BadInput(click.ClickException):
    """Exit 2: what was given cannot be used; the message says what and where."""

    exit_code = 2

    def __init__(self, message: str) -> None:
        super().__init__(plain(in_words(message)))
        self.told = words("error", why=self.message)

    def show(self, file: object = None) -> None:
        del file
        click.echo(self.told, err=True)


class NothingDone(click.ClickException):
    """Exit 1: there was nothing that the command could do."""

    exit_code = 1

    def __init__(self, message: str) -> None:
        super().__init__(_begun(plain(in_words(message))))

    def show(self, file: object = None) -> None:
        del file
        click.echo(self.format_message(), err=True)


def _begun(sentence: str) -> str:
    """With a capital, where it begins with a word: what follows on "Error:" begins small."""
    first = sentence.partition(" ")[0]
    return f"{sentence[:1].upper()}{sentence[1:]}" if first.isalpha() else sentence


def print_json(value: object) -> None:
    """One JSON document, or one object of a stream, on a line of its own."""
    import orjson

    sys.stdout.buffer.write(orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE | orjson.OPT_NON_STR_KEYS))


def print_json_lines(values: Iterable[object]) -> None:
    """One JSON object a line; of none, nothing."""
    for value in values:
        print_json(value)


def say(text: str) -> None:
    """A remark for people, on standard error."""
    click.echo(plain(in_words(text)), err=True)


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table on standard output, as wide as the terminal; where that is too narrow, entry by entry."""
    if not print_tables(columns, {title: list(rows)}):
        click.echo(words("empty", title=plain(title)))


def print_tables(
    columns: Sequence[str],
    tables: Mapping[str, Sequence[Sequence[object]]],
    entry: Callable[[Sequence[str], Sequence[str]], Entry] | None = None,
) -> bool:
    """Tables of the same columns below each other, all of one width, or all of them entry by entry, each as `entry` has
    it; False where there is no row.
    """
    from rich.console import Console

    cells = {plain(title): [[plain(in_words(cell)) for cell in row] for row in rows] for title, rows in tables.items()}
    every, console = [row for rows in cells.values() for row in rows], Console()
    widths = _widths(columns, every, console.width) if every else None
    for place, (title, rows) in enumerate(cells.items()):
        if rows and widths is None:
            click.echo("\n" * bool(place), nl=False)
            print_entries(title, ((entry or _entry)(columns, row) for row in rows))
        elif rows and widths:
            console.print(_table(title, columns, widths, rows))
    return bool(every)


def _widths(columns: Sequence[str], cells: Sequence[Sequence[str]], width: int) -> Sequence[int] | None:
    """How wide each column is to be; None where a word would have to be broken (of a name, a number or a mailbox half
    is read or copied for the whole), an address of a page but into a few long pieces, and where a cell would be
    stacked up.
    """
    room = width - 2 * len(columns)  # two signs of each column are its margins
    columns_of = [[column, *(row[place] for row in cells)] for place, column in enumerate(columns)]
    longest = [max((len(word) for text in texts for word in text.split()), default=0) for texts in columns_of]
    if room < sum(min(each, _FOLDED) for each in longest):
        return None
    whole = [max(len(line) for text in texts for line in text.splitlines() or [""]) for texts in columns_of]
    least = shares(longest, room)
    if any(kept > had for had, texts in zip(least, columns_of, strict=True) for kept in map(_unbroken, _words(texts))):
        return None
    more = shares([each - had for each, had in zip(whole, least, strict=True)], room - sum(least))
    widths = [max(1, had + added) for had, added in zip(least, more, strict=True)]
    stacked = any(
        _height(text, had) > _TALLEST for had, texts in zip(widths, columns_of, strict=True) for text in texts
    )
    return None if stacked else widths


def _height(text: str, width: int) -> int:
    """How many lines a cell takes in a column of this width."""
    return sum(len(textwrap.wrap(line, width)) for line in text.splitlines())


def _words(texts: Iterable[str]) -> Iterator[str]:
    return (word for text in texts for word in text.split())


def _unbroken(word: str) -> int:
    """How many letters of a word must stand on one line."""
    return min(len(word), _OF_AN_ADDRESS) if "://" in word else len(word)


def _table(title: str, columns: Sequence[str], widths: Sequence[int], cells: Sequence[Sequence[str]]) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(title, "bold"), title_justify="left", header_style="bold", box=SIMPLE_HEAD,
                  padding=(0, 1, 0, 0), pad_edge=False)  # fmt: skip
    for column, width in zip(columns, widths, strict=True):
        table.add_column(column, overflow="fold", width=width)
    for row in cells:
        table.add_row(*map(Text, row))
    return table


def _entry(columns: Sequence[str], row: Sequence[str]) -> Entry:
    """A row below its first cell: each other cell behind the heading of its column, each line of it as a line."""
    named = (_named(column, cell) for column, cell in zip(columns, row, strict=True) if cell.strip())
    first, *more = [*chain.from_iterable(named)] or ["–"]
    return first, more


def _named(column: str, cell: str) -> list[str]:
    first, *more = [" ".join(line.split()) for line in cell.splitlines() if line.strip()]
    return [f"{column}: {first}" if column else first, *(f"  {line}" for line in more)]


def shares(longest: Sequence[int], room: int) -> Sequence[int]:
    """Room for each of several lengths: the short ones have all they want before a longer one has."""
    given, left = [0] * len(longest), room
    for done, place in enumerate(sorted(range(len(longest)), key=longest.__getitem__)):
        columns = len(longest) - done
        kept = min(_FOLDED, left // columns) * (columns - 1)
        given[place] = min(longest[place], left - kept)
        left -= given[place]
    return given


def print_entries(title: str, entries: Iterable[Entry]) -> None:
    """What has more to tell than a row has room for: a line each, below it what else there is; no word is broken."""
    width = min(shutil.get_terminal_size().columns, 120)
    wrapped = textwrap.TextWrapper(width, break_long_words=False, break_on_hyphens=False)
    click.secho(wrapped.fill(plain(title)), bold=True)
    for first, more in entries:
        for line, indent in ((first, ""), *((each, "    ") for each in more if each)):
            within = line[: len(line) - len(line.lstrip())]
            wrapped.initial_indent, wrapped.subsequent_indent = indent, (indent or "  ") + within
            click.echo(wrapped.fill(plain(line)))


def print_facts(facts: Mapping[str, object]) -> None:
    """One fact a line on standard output, fit for any terminal."""
    for name, value in facts.items():
        click.echo(f"{name}: {plain(str(value))}")


def progress() -> Progress:
    """A progress bar on standard error; silent where that is no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


def print_whatever_the_encoding() -> None:
    """A terminal that lacks a sign shows ? in its place, and the rest all the same; JSON is UTF-8 everywhere."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and not stream.encoding.lower().startswith("utf"):
            stream.reconfigure(errors="replace")


def plain(text: str) -> str:
    """Without control characters: a terminal obeys some of them."""
    from audits.reading.scrub import scrub

    return scrub(text, 20_000)


@contextmanager
def deployed(
    replay: Path | None = None, *, asks: bool = True, begins: bool = False, goes_on: bool = False
) -> Iterator[Deployment]:
    """The wired deployment; what is wrong in a declaration, a folder or the database is bad input.

    With `asks` false it asks nobody, and need not load what asking takes. Where there is no database yet, nothing is
    done, unless the command is one that `begins` it. One that `goes_on` by itself takes the last rules that could be
    used where the file's cannot be.
    """
    from config.unusable import Unusable
    from worker.ports import NoDatabase, StoreUnavailable
    from worker.wiring import wired

    try:
        with wired(replay=replay, asks=asks, begins=begins, goes_on=goes_on) as deployment:
            _say_unknown_keys(deployment)
            yield deployment
    except NoDatabase as error:
        raise NothingDone(error.args[0]) from error
    except (Unusable, StoreUnavailable) as error:
        refuse(error)


def _say_unknown_keys(deployment: Deployment) -> None:
    """A mistyped key opens nothing, and says so to whoever set it."""
    import os

    if not any(name.startswith("KANALKOLL_KEY_") for name in os.environ):
        return
    from config.keys import PATH, load_keys
    from config.safe import Safe
    from worker.cli.naming import nearest
    from worker.cli.speaking import words

    keys, safe = load_keys(deployment.settings.keys_file or PATH), Safe(os.environ)
    for name in safe.unknown(keys):
        near = nearest(name, safe.known(keys))
        say(words("key.unknown", name=name, near=near) if near else words("key.unknown_far", name=name))


def register_store(*, begins: bool = False) -> SqlStore:
    """The store alone: reading and changing the register needs no rules, keys or network.

    Where there is no database yet, nothing is done, unless the command is one that `begins` it.
    """
    from config.stated import load_settings
    from worker.ports import NoDatabase
    from worker.wiring import open_store

    try:
        return open_store(load_settings(), begins=begins)
    except NoDatabase as error:
        raise NothingDone(error.args[0]) from error


def has_register() -> bool:
    """Whether there is a database to read: opening one that is not there would make it, which a dry run must not."""
    from config.stated import load_settings
    from worker.wiring import has_database

    return has_database(load_settings())


def refuse(error: Exception) -> NoReturn:
    """Tell what could not be used. Raises `BadInput`; `NothingDone` of a full disk, of which no input is to blame."""
    from worker.ports import NoRoom

    told = error.args[0] if error.args and isinstance(error.args[0], str) else error
    raise (NothingDone if isinstance(error, NoRoom) else BadInput)(plain(in_words(told))) from error


def refuse_file(error: OSError, path: Path | None = None) -> NoReturn:
    """Tell a file's error, as `refuse` does."""
    from config.files import is_of_the_disk, told

    raise (NothingDone if is_of_the_disk(error) else BadInput)(told(error, path)) from error
