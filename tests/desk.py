"""A desk from which commands are given: a folder of its own, with a migrated database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from tests.empty import migrated
from worker.cli import main

PAGE = "<title>Påhittad sida</title>"


def json_lines(printed: str) -> list[dict[str, Any]]:
    """What a command listed, one JSON object a line."""
    return [json.loads(line) for line in printed.splitlines()]


class Desk:
    """A folder of its own, with a database, from which commands are given."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {"KANALKOLL_DATABASE_URL": migrated(folder / "desk.sqlite3"), "KANALKOLL_LIVE": "false"}

    def file(self, name: str, text: str) -> str:
        (self.folder / name).write_text(text, encoding="utf-8")
        return str(self.folder / name)

    def run(self, *arguments: str, given: str | None = None) -> Result:
        return CliRunner().invoke(main, list(arguments), input=given, env=self.environment)

    def answer(self, *arguments: str, given: str | None = None) -> dict[str, object]:
        result = self.run(*arguments, "--json", given=given)
        assert result.exit_code == 0, result.stderr
        value = json.loads(result.stdout)
        assert isinstance(value, dict)
        return value

    def recording(self) -> str:
        row = {"file": "a.html", "platform": "x", "request_url": "https://x.com/almestad", "recorded_on": "2026-11-01"}
        self.file("a.html", PAGE)
        self.file("index.jsonl", json.dumps(row))
        return str(self.folder)
