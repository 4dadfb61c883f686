"""What the demo shows on a terminal, in one language, at 80 columns and wider.

opening ─▶ night … (what changed) ─▶ administrations (a table each) ─▶ ending (files, what to try)
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table
from rich.text import Text

import demo
from audits.news import Night
from audits.reporting import Line, Report, Section
from audits.wording import phrase
from config import rules
from worker.cli.showing import plain
from worker.importing import Prepared

_MARKS: Final = {"told": "!", "fixed": "✓", "suspected": "?", "calmed": "·", "held": "‖"}
_STYLES: Final = {
    "told": "bold red", "fixed": "green", "suspected": "yellow", "calmed": "dim", "held": "bold magenta",
    "critical": "bold red", "high": "red", "medium": "yellow", "low": "cyan", "notice": "cyan",
}  # fmt: skip
_PROGRAM: Final = "kanalkoll"
_SHOWN: Final = ("days", "to", "handle")  # of what was seen, where it fits beside the title


@dataclass(frozen=True, slots=True)
class _Row:
    """One account's line in a table."""

    number: int
    account: str
    platform: str
    degree: str
    what: str
    style: str = "dim"


class Terminal:
    """Prints on standard output, as wide as the terminal."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.console = Console(highlight=False)

    def opening(self, prepared: Prepared) -> None:
        """What this is, and the register it begins with."""
        rows = [each.row for each in prepared.read.stated]
        owners = {row.administration for row in rows if row.administration}
        file = f"{demo.REGISTER.parent.name}/{demo.REGISTER.name}"
        self._line(self._say("demo.note"), "bold")
        self._line(self._say("demo.waited"))
        self._line(self._say("demo.register", accounts=len(rows), administrations=len(owners), file=file))
        self._line(self._say("turn.legend"))

    def night(self, night: Night, zone: ZoneInfo) -> None:
        """One line for the night, and one for each thing it changed."""
        local = night.at.astimezone(zone)
        when = f"{local:%Y-%m-%d %H:%M}" if night.recheck else f"{local:%Y-%m-%d}"
        headline = self._say("night.recheck" if night.recheck else "night.night", day=when)
        self._line()
        self._line(f"{headline} · {self._say('night.read', read=night.read, accounts=night.accounts)}", "bold")
        grid = _grid(1, 13, 3)
        for each in night.told:
            style = _STYLES[each.turn]
            number = Text(str(each.number or ""), "dim", justify="right")
            grid.add_row("", Text(_MARKS[each.turn], style), Text(each.label, style), number, plain(each.sentence))
        self.console.print(grid if night.told else Text(f"   {self._say('night.nothing')}", "dim"))

    def administrations(self, report: Report) -> None:
        """A table an administration, every account in it."""
        for section in report.sections:
            self._line()
            self._line(plain(section.administration), "bold")
            grid = _grid(3, 27, 10, 13)
            for row in self._rows(section):
                number = Text(str(row.number), "dim", justify="right")
                degree, what = Text(row.degree, row.style), Text(row.what, "dim" if row.style == "dim" else "")
                grid.add_row("", number, plain(row.account), row.platform, degree, what)
            self.console.print(grid)
        self._line()
        self._line(self._say("report.seen_of", seen=report.read, total=report.accounts), "bold")
        self._line(self._say("report.unseen_calm"))

    def ending(self, files: Mapping[str, Path]) -> None:
        """Where the files are, and three things to try."""
        self._line()
        self._line(self._say("demo.files"), "bold")
        grid = _grid(max(len(str(path)) for path in files.values()))
        for what, path in files.items():
            grid.add_row("", str(path), self._say(f"demo.file_{what}"))
        self.console.print(grid)
        self._line()
        self._line(self._say("demo.next"), "bold")
        for number, (key, command) in enumerate(_to_try(files["database"]), 1):
            self._line(f" {number}. {self._say(key)}")
            self.console.print(f"    {command}", markup=False, soft_wrap=True, style="cyan")

    def _rows(self, section: Section) -> Iterator[_Row]:
        """The gravest first; then what was mended, what could not be seen, and what is well."""
        told = {line.account.id for line in section.lines} | {each.account.id for each in section.mended}
        for line in section.lines:
            yield self._told(line)
        for mended in section.mended:
            yield _Row(mended.account.id, mended.account.name, mended.platform, self._say("report.mended"),
                       mended.title, "green")  # fmt: skip
        for unread in (each for each in section.unread if each.account.id not in told):
            yield _Row(unread.account.id, unread.account.name, unread.platform, self._say("report.unread"),
                       self._say(f"short.{unread.why}"))  # fmt: skip
        for well in (each for each in section.well if each.account.id not in told):
            yield _Row(well.account.id, well.account.name, well.platform, "–", self._say("report.well"))

    def _told(self, line: Line) -> _Row:
        level = f" ({self._say(f'level.{line.level}')})" if line.level else ""
        degree = self._say(f"severity.{line.severity.value}")
        fact = next((name for name in _SHOWN if name in line.seen), None)
        more = f". {self._say(f'seen.{fact}')}: {plain(line.seen[fact])}" if fact else ""
        what = plain(line.title) + level + more
        return _Row(line.account.id, line.account.name, line.platform, degree, what, _STYLES[line.severity])

    def _say(self, key: str, **facts: object) -> str:
        return plain(phrase(key, self.language, **facts))

    def _line(self, text: str = "", style: str = "") -> None:
        self.console.print(Text(text, style))


def _grid(*widths: int) -> Table:
    """Columns of these widths behind an indent, and one that takes the rest of the line."""
    grid = Table.grid(padding=(0, 1, 0, 0), pad_edge=True)
    grid.add_column(width=1)
    for width in widths:
        grid.add_column(width=width, overflow="fold")
    grid.add_column(ratio=1, overflow="fold")
    return grid


def _to_try(database: Path) -> Sequence[tuple[str, str]]:
    kanalkoll = sys.argv[0] if Path(sys.argv[0]).name == _PROGRAM else _PROGRAM
    settings = f"KANALKOLL_DATABASE_URL=sqlite:///{database} KANALKOLL_RULES_FILE={_short(demo.RULES)}"
    template = _short(rules.PATH.with_name("register-template.csv"))
    return (
        ("demo.next_case", f"{settings} {kanalkoll} case acknowledge 9 taken-over --by Konsthallen"),
        ("demo.next_import", f"{kanalkoll} register import {template} --dry-run"),
        ("demo.next_identify", f"echo 'm.facebook.com/almestad?ref=ts' | {kanalkoll} identify"),
    )


def _short(path: Path) -> Path:
    """As it can be written from where we are."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
