"""What the demo shows on a terminal, in one language, at 80 columns and wider: a story of one screenful.

opening ─▶ night … (what people did, what changed) ─▶ unseen (why, what would open it) ─▶ ending (files, what to try)
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from rich.console import Console
from rich.table import Table
from rich.text import Text

import demo
from audits.languages import LOCALES
from audits.lookalikes import Likeness
from audits.model import Account, Severity
from audits.news import Piece, Turn
from audits.reconciling import Discrepancy, grouped
from audits.reporting import Report, Unread
from audits.rulebook import Routine
from audits.wording import Terms, phrase
from config import rules
from config.keys import DeclaredKey
from demo.people import Deed
from worker.cli.showing import plain
from worker.demonstration.nights import Lived
from worker.importing.preparing import Prepared

_MARKS: Final = {
    Turn.TOLD: ("!", "bold red"), Turn.FIXED: ("✓", "green"), Turn.CALMED: ("·", "dim"), Turn.RELEASED: ("·", "dim"),
    Turn.HELD: ("‖", "bold magenta"),
}  # fmt: skip
_SUSPECTED: Final = ("?", "yellow")
_DONE: Final = ("✎", "cyan")
_DARK: Final = ("○", "bold blue")
_LINKED: Final = ("→", "magenta")
_PROGRAM: Final = "kanalkoll"
_NAMED: Final = 3  # of several accounts that one line tells of
_MOST: Final = 3  # of the lines of one night, the gravest first
_MOST_LINKED: Final = 2  # kinds of what the sites and the list show


@dataclass(frozen=True, slots=True)
class Terminal:
    """Prints on standard output, as wide as the terminal. `names` fills with the register that it begins with."""

    words: Terms
    routines: Mapping[str, Routine]
    zone: ZoneInfo
    names: dict[int, str] = field(default_factory=dict)
    console: Console = field(default_factory=lambda: Console(highlight=False))

    def opening(self, prepared: Prepared) -> None:
        """What this is, and the register it begins with."""
        rows = [each.row for each in prepared.read.stated]
        owners = {row.administration for row in rows if row.administration}
        platforms = {row.platform for row in rows}
        file = f"{demo.REGISTER.parent.name}/{demo.REGISTER.name}"
        counts = {"accounts": len(rows), "administrations": len(owners), "platforms": len(platforms)}
        self.names.update({int(row.ref): row.name for row in rows if row.ref})
        self._line(self.words.note, "bold")
        self._line(self._say("demo.register", file=file, **counts))
        self._line(self._say("demo.legend"), "dim")

    def night(self, lived: Lived) -> None:
        """What people did before it, a line for the night, and one for each thing that it changed."""
        for sentence in dict.fromkeys(map(self._deed, lived.deeds)):
            self._told(_DONE, sentence)
        if lived.nightly:
            self._line(self._headline(lived), "bold")
        self._changes(lived)

    def _changes(self, lived: Lived) -> None:
        for platform in lived.misread:
            self._told(_DARK, self._say("demo.misread", platform=self.words.label(platform)))
        for platform in lived.dark:
            self._told(_DARK, self._say("demo.dark", platform=self.words.label(platform)))
        groups = _groups(each for each in lived.pieces if each.turn is not Turn.SUSPECTED)
        for pieces in groups[:_MOST]:
            self._told(_MARKS[pieces[0].turn], self._at(lived) + self._changed(pieces))
        if len(groups) > _MOST:
            self._told(("…", "dim"), self._say("demo.rest", count=len(groups) - _MOST))
        suspicions = [each for each in lived.pieces if each.turn is Turn.SUSPECTED]
        if suspicions:
            self._told(_SUSPECTED, self._at(lived) + self._suspected(suspicions))

    def _at(self, lived: Lived) -> str:
        """The time of a re-check; a night needs none."""
        return "" if lived.nightly else f"{self._day(lived.at, 'HH:mm')} "

    def linked(self, found: Sequence[Discrepancy]) -> None:
        """What the city's own sites and its register disagree about."""
        groups = list(grouped(found, self.words.language))
        for group in groups[:_MOST_LINKED]:
            self._told(_LINKED, f"{group.title}: {self._some([each.name for each in group.lines])}")
        if len(groups) > _MOST_LINKED:
            self._told(("…", "dim"), self._say("demo.rest", count=len(groups) - _MOST_LINKED))

    def alike(self, asked: Sequence[Likeness]) -> None:
        """Which accounts could be taken for the city's own: a question, never more."""
        if asked:
            names = [f"{each.theirs.url or each.theirs.key} ~ {each.ours.name}" for each in asked]
            self._told(_LINKED, self._say("demo.alike", count=len(asked), accounts=self._some(names)))

    def unseen(self, report: Report, soon: Sequence[DeclaredKey]) -> None:
        """Why some could not be read, and what would open them first; and what ends soon."""
        self._line(self._say("demo.unseen", count=report.accounts - report.read, total=report.accounts), "bold")
        unread = [each for section in report.sections for each in section.unread]
        for remedy, group in self._by_remedy(unread).items():
            self._told(("–", "dim"), f"{self._closed(group)}. {remedy}.")
        for key in soon:
            self._told(("⚷", "yellow"), self._say("demo.key_ends", name=key.name, day=key.expires_on))

    def ending(self, files: Mapping[str, Path], report: Report, unvouched: int) -> None:
        """Where the files are, and three things to try; `unvouched` accounts of the public list are not vouched for."""
        self._line()
        counts = {"count": len(report.open), "urgent": len(report.urgent)}
        self._line(self._say("demo.files", folder=files["database"].parent, **counts), "bold")
        told = {what: path.name for what, path in files.items() if path.suffix != ".json"}
        width = max(map(len, told.values()))
        for what, name in told.items():
            self.console.print(
                Text(f"  {name:<{width}}  ").append(self._say(f"demo.file_{what}", unvouched=unvouched), "dim")
            )
        data = ", ".join(path.name for path in files.values() if path.suffix == ".json")
        self.console.print(Text(f"  {data}", "dim"))
        self._line(self._say("demo.next"), "bold")
        for number, (key, command) in enumerate(_to_try(files["database"]), 1):
            self._line(f" {number}. {self._say(key)}")
            self.console.print(f"    {command}", markup=False, soft_wrap=True, style="cyan")

    def _headline(self, lived: Lived) -> str:
        key = "demo.night" if lived.pieces or lived.dark or lived.misread else "demo.quiet"
        return self._say(key, when=self._day(lived.at, "EEE d MMM"), read=lived.read, accounts=len(lived.looks))

    def _day(self, at: datetime, shape: str) -> str:
        return format_datetime(at, shape, tzinfo=self.zone, locale=LOCALES[self.words.language])

    def _deed(self, deed: Deed) -> str:
        what = self._title(deed.rule) if deed.rule else ""
        account = self.names.get(deed.account, deed.administration)
        days = {"on": deed.on, "until": deed.until}
        moved = {"units": ", ".join(deed.units), "into": deed.into}
        rules = ", ".join(deed.rules)
        return self._say(f"demo.deed_{deed.what}", account=account, what=what, rules=rules, **days, **moved)

    def _changed(self, pieces: Sequence[Piece]) -> str:
        turn, rule = _kind(pieces[0])
        if turn is Turn.HELD:
            platform = self.words.label(pieces[0].account.platform)
            return self._say("news.held", count=len(pieces), platform=platform, what=self._title(rule))
        return self._say(f"demo.{turn.value}", what=self._title(rule), accounts=self._accounts(pieces))

    def _suspected(self, pieces: Sequence[Piece]) -> str:
        rechecked = [each for each in pieces if each.finding.confirmation.gap_hours == 0 and each.looks]
        if rechecked and len(pieces) == len(rechecked):
            return self._again(rechecked)
        return self._say("demo.suspected", count=len(pieces))

    def _again(self, rechecked: Sequence[Piece]) -> str:
        one, accounts = rechecked[0], self._accounts(rechecked)
        facts = {"looks": one.looks, "wanted": one.finding.confirmation.looks}
        return self._say("demo.again", what=self._title(one.finding.rule), accounts=accounts, **facts)

    def _by_remedy(self, unread: Iterable[Unread]) -> dict[str, list[Unread]]:
        """By the first thing that would open them."""
        found: dict[str, list[Unread]] = {}
        for each in unread:
            found.setdefault(self._say(f"remedy.{each.remedies[0]}"), []).append(each)
        return found

    def _closed(self, group: Sequence[Unread]) -> str:
        """How many for which reason, and on which platforms."""
        reasons: dict[str, list[Unread]] = {}
        for each in group:
            reasons.setdefault(each.why, []).append(each)
        return "; ".join(
            f"{len(each)} × {self._say(f'short.{why}')} ({', '.join(dict.fromkeys(one.platform for one in each))})"
            for why, each in reasons.items()
        )

    def _accounts(self, pieces: Sequence[Piece]) -> str:
        named = list(dict.fromkeys(self._named(each.account) for each in pieces))
        return self._some(named)

    def _some(self, named: Sequence[str]) -> str:
        more = len(named) - _NAMED
        if more < 1:
            return ", ".join(named)
        return self._say("demo.more", named=", ".join(named[: _NAMED - 1]), count=more + 1)

    def _named(self, account: Account) -> str:
        """With its platform where the city has several of that name."""
        alone = list(self.names.values()).count(account.name) == 1
        return account.name if alone else f"{account.name} ({self.words.label(account.platform)})"

    def _title(self, rule: str) -> str:
        return self.routines[rule].title.get(self.words.language, rule)

    def _say(self, key: str, **facts: object) -> str:
        return plain(phrase(key, self.words.language, **facts))

    def _told(self, mark: tuple[str, str], sentence: str) -> None:
        """A sentence behind its mark, folded under its own beginning."""
        grid = Table.grid(padding=(0, 1, 0, 0))
        grid.add_column(width=1)
        grid.add_column(width=1)
        grid.add_column(overflow="fold")
        grid.add_row("", Text(mark[0], mark[1]), plain(sentence))
        self.console.print(grid)

    def _line(self, text: str = "", style: str = "") -> None:
        self.console.print(Text(text, style))


def _kind(piece: Piece) -> tuple[Turn, str]:
    return piece.turn, piece.finding.rule


def _groups(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """What is of one kind together; what is held first, then the gravest."""
    found: dict[tuple[Turn, str], list[Piece]] = {}
    for piece in pieces:
        found.setdefault(_kind(piece), []).append(piece)
    return sorted(found.values(), key=_weight)


def _weight(pieces: Sequence[Piece]) -> tuple[bool, bool, int]:
    turn, gravest = pieces[0].turn, min(list(Severity).index(piece.finding.severity) for piece in pieces)
    return turn is not Turn.HELD, turn is not Turn.FIXED, gravest


def _to_try(database: Path) -> Iterator[tuple[str, str]]:
    kanalkoll = sys.argv[0] if Path(sys.argv[0]).name == _PROGRAM else _PROGRAM
    settings = f"KANALKOLL_DATABASE_URL=sqlite:///{database} KANALKOLL_RULES_FILE={_short(demo.RULES)}"
    template = _short(rules.PATH.with_name("register-template.csv"))
    yield "demo.next_case", f"{settings} {kanalkoll} case acknowledge 20 moved --by Museet"
    yield "demo.next_import", f"{kanalkoll} register import {template} --dry-run"
    yield "demo.next_identify", f"echo 'm.facebook.com/almestad?ref=ts' | {kanalkoll} identify"


def _short(path: Path) -> Path:
    """As it can be written from where we are."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
