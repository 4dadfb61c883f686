"""What `kanalkoll init` would write, shown in short or line by line, and written.

present files, wanted texts ─▶ Draft ─show_in_short, show_whole▶ the terminal        ─write▶ files
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click

from worker.cli.asking import Desk
from worker.cli.showing import refuse_file

_LONG: Final = 60  # lines: of a copy of a shipped file only what was answered is shown
_FEW: Final = 20  # changed lines that are shown without being asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The files as they would be; `changed` are those that are not so already."""

    paths: Mapping[str, Path]
    before: Mapping[str, str]
    changed: Mapping[str, str]

    @property
    def is_long(self) -> bool:
        """Whether it is first shown in short."""
        return any(not self._is_shown_at_once(name) for name in self.changed)

    def show_in_short(self, desk: Desk) -> None:
        """Of new files how much they hold, of others what changes in them, as far as that is a few lines."""
        desk.title("init.diff.title")
        for name, text in self.changed.items():
            if name not in self.before:
                desk.tell(f"init.new.{name.removesuffix('.toml')}", file=name, count=_held(name, text))
            elif self._is_shown_at_once(name):
                self._show_lines(name)
            else:
                desk.tell("init.changed", file=name, count=len(self._lines(name)))

    def show_whole(self, desk: Desk) -> None:
        """Line by line what changes; of a new copy of a shipped file only what was answered."""
        desk.title("init.diff.title")
        for name, text in self.changed.items():
            if name not in self.before and text.count("\n") > _LONG:
                desk.tell("init.copied", file=name)
            self._show_lines(name)

    def write(self, desk: Desk) -> None:
        """Raises `BadInput` where a file cannot be written, `NothingDone` where the disk is full."""
        for name, text in self.changed.items():
            _write(self.paths[name], text)
            desk.tell("init.written", file=str(self.paths[name]))

    def _is_shown_at_once(self, name: str) -> bool:
        return name in self.before and len(self._lines(name)) <= _FEW

    def _show_lines(self, name: str) -> None:
        for line in self._lines(name):
            colour = {"+": "green", "-": "red", "@": "cyan"}.get(line[:1])
            click.secho(line, fg=colour, err=True)

    def _lines(self, name: str) -> list[str]:
        before = self.before[name] if name in self.before else _shipped(name)
        after = self.changed[name]
        return list(difflib.unified_diff(before.splitlines(), after.splitlines(), name, name, n=1, lineterm=""))


def _held(name: str, text: str) -> int:
    """How many decisions or settings a file holds, or rules that are switched on, as the doctor counts them."""
    import tomllib

    from config.answers import PERMISSIONS, RULES
    from config.rules import read_rules

    if name == RULES:
        return len(read_rules(text, name).routines)
    held = tomllib.loads(text)
    return len(held["decisions"] if name == PERMISSIONS else held)


def _shipped(name: str) -> str:
    from config.answers import SHIPPED

    return SHIPPED[name].read_text(encoding="utf-8") if name in SHIPPED else ""


def _write(path: Path, text: str) -> None:
    """All of it or nothing: a crash must not leave half a settings file."""
    beside = path.with_name(f"{path.name}.new")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        _forget(beside)
        refuse_file(error, path)


def _forget(half: Path) -> None:
    """What could not be written whole is of no use to anybody."""
    with suppress(OSError):  # a disk that lets nothing be written may let nothing be removed either
        half.unlink(missing_ok=True)
