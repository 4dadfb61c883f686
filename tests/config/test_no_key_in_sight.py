"""A key comes from the environment or a file, and from nowhere else: no command and no shipped file takes its value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click

from config.safe import PREFIX
from worker.cli import main

ROOT = Path(__file__).parents[2]
TAKES_A_SECRET = re.compile(r"(?:^|[-_])(?:key|token|secret|password|credential)s?(?:$|[-_])")
NAMES_NO_VALUE = {"keys_file"}  # where the declarations lie; they have no room for a value
A_VALUE = re.compile(rf"{PREFIX}[A-Z_]+=(?P<value>\S+)")
STANDS_FOR_ONE = ("…", "${", "/run/")
SHIPPED = ("docs", "config", "demo")
WRITTEN = {".md", ".toml", ".yml", ".csv"}


def commands(command: click.Command, path: str = "kanalkoll") -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            if (found := command.get_command(context, name)) is not None:
                yield from commands(found, f"{path} {name}")


def test_no_command_takes_a_key_on_its_command_line() -> None:
    """Whoever may list processes may read what they were called with."""
    everything = list(commands(main))
    assert len(everything) > 30
    taken = {
        f"{path} {parameter.name}"
        for path, command in everything
        for parameter in command.params
        if TAKES_A_SECRET.search(parameter.name or "") and parameter.name not in NAMES_NO_VALUE
    }
    assert taken == set()


def values_in(text: str) -> list[str]:
    found = (each["value"] for each in A_VALUE.finditer(text))
    return [value for value in found if not value.startswith(STANDS_FOR_ONE)]


def test_no_shipped_file_holds_a_keys_value() -> None:
    files = [*ROOT.glob("*.yml"), *ROOT.glob("*.md"), *(path for top in SHIPPED for path in (ROOT / top).rglob("*.*"))]
    texts = {path: path.read_text(errors="replace") for path in files if path.suffix in WRITTEN}
    assert len(texts) > 40
    assert {path: held for path, text in texts.items() if (held := values_in(text))} == {}


def test_a_value_that_slipped_into_a_file_would_be_found() -> None:
    assert values_in(f"{PREFIX}X=hemlig-0815 {PREFIX}YOUTUBE=… {PREFIX}META_FILE=/run/secrets/meta") == ["hemlig-0815"]
