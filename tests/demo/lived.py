"""What became of the invented city, read from the files that the demo writes, and asked by the names of accounts.

shown_once, told_once, spoken_once ─▶ Shown(what it printed, its folder)   once for all workers: nobody may change it
read_city(folder) ─▶ City: turns(name, rule) · looks(name) · accusations(name) · last(name, rule)
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

import pytest

from tests.forkserver import forked
from tests.once import made_once

Row: TypeAlias = dict[str, Any]
COLUMNS: Final = 80


@dataclass(frozen=True, slots=True)
class Shown:
    """How one run of the demo ended, what it printed, and the folder that it wrote."""

    exit_code: int
    stdout: str
    stderr: str
    out: Path


def shown_once(factory: pytest.TempPathFactory) -> Shown:
    """`kanalkoll demo` at a terminal of 80 columns."""
    return _run_once(factory, "demo-shown")


def told_once(factory: pytest.TempPathFactory) -> Shown:
    """`kanalkoll demo --json`: another run, for a script."""
    return _run_once(factory, "demo-told", "--json")


def spoken_once(factory: pytest.TempPathFactory) -> Shown:
    """`kanalkoll demo --language sv`: a third run, for a Swedish reader."""
    return _run_once(factory, "demo-spoken", "--language", "sv")


def _run_once(factory: pytest.TempPathFactory, name: str, *options: str) -> Shown:
    folder = made_once(factory, name, lambda at: _run(at, *options))
    return Shown(**json.loads((folder / "ended.json").read_bytes()), out=folder / "out")


def _run(folder: Path, *options: str) -> None:
    """Run the demo into `out` below the folder, and keep beside it how it ended."""
    command = [forked()] if options else [sys.executable, "-m", "worker.cli"]  # one as people start it
    words = [*command, "demo", "--out", folder / "out", *options]
    environment = {**os.environ, "COLUMNS": str(COLUMNS)}
    done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    ended = {"exit_code": done.returncode, "stdout": done.stdout, "stderr": done.stderr}
    (folder / "ended.json").write_text(json.dumps(ended))


@dataclass(frozen=True, slots=True)
class City:
    """`nights` are all runs in order, re-checks among them; `findings` the latest of each account and rule."""

    nights: Sequence[Row]
    accounts: Sequence[Row]
    findings: Sequence[Row]

    def number(self, name: str, platform: str | None = None) -> int:
        """The account of this name, the only one (on this platform)."""
        found = [each for each in self.accounts if each["name"] == name and platform in (None, each["platform"])]
        assert len(found) == 1, f"{len(found)} accounts are called {name}"
        return int(found[0]["account"])

    def turns(self, name: str, rule: str, platform: str | None = None) -> list[tuple[int, str]]:
        """When something changed, and how: (run, turn), runs counted from 1."""
        wanted = (self.number(name, platform), rule)
        return [
            (number, piece["turn"])
            for number, night in enumerate(self.nights, 1)
            for piece in night["changes"]
            if (piece["account"], piece["rule"]) == wanted
        ]

    def looks(self, name: str, platform: str | None = None) -> list[Row]:
        """What was seen of this account on each of the nights."""
        wanted = self.number(name, platform)
        nights = (night["looks"] for night in self.nights if night["kind"] == "nightly")
        return [look for looks in nights for look in looks if look["account"] == wanted]

    def lines(self, name: str, platform: str | None = None) -> list[Row]:
        """The history of this account, oldest first."""
        wanted = self.number(name, platform)
        return next(each["lines"] for each in self.accounts if each["account"] == wanted)

    def accusations(self, name: str, platform: str | None = None) -> set[str]:
        """The rules that ever failed for this account, told or not."""
        findings = (line for line in self.lines(name, platform) if line["what"] == "finding")
        return {line["rule"] for line in findings if line["outcome"] == "failed"}

    def cases(self, name: str, rule: str, platform: str | None = None) -> list[str]:
        """The states through which the case of this account and rule went."""
        return [line["state"] for line in self.lines(name, platform) if line["what"] == "case" and line["rule"] == rule]

    def last(self, name: str, rule: str, platform: str | None = None) -> Row:
        """The latest finding; where several accounts have the name and no platform is given, the one that failed."""
        named = [row for row in self.findings if (row["name"], row["rule"]) == (name, rule)]
        own = [row for row in named if platform in (None, row["platform"])]
        return next(row for row in sorted(own, key=lambda row: row["outcome"] != "failed"))

    def told(self) -> set[tuple[str, str]]:
        """What stands confirmed in the end: (account, rule)."""
        return {(row["name"], row["rule"]) for row in self.findings if row["state"] == "confirmed"}


def read_city(folder: Path) -> City:
    history = json.loads((folder / "timeline.json").read_bytes())
    findings = json.loads((folder / "findings.json").read_bytes())
    return City(history["nights"], history["accounts"], findings["findings"])
