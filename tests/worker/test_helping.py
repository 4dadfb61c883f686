"""Help, and what is said of a slip of the pen, as a Swedish city reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from tests.desk import Desk
from worker.cli import helping, main
from worker.cli.helping import Group, paragraphs

SENTENCES = helping.read("help", "sv")
SHAPES = helping.read("shapes", "sv")
WITH_FACTS = "With --json and no command"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.environment["KANALKOLL_LANGUAGE"] = "sv"
    return desk


def every_command(command: click.Command) -> Iterator[click.Command]:
    yield command
    if isinstance(command, click.Group):
        for each in command.commands.values():
            yield from every_command(each)


def english_of(command: click.Command) -> Iterator[str]:
    """Everything that a command says of itself, where it is written."""
    yield from paragraphs(command.help)
    yield from (each for each in paragraphs(command.epilog) if not each.startswith(WITH_FACTS))
    yield from (param.help for param in command.params if isinstance(param, click.Option) and param.help)
    if isinstance(command, Group):
        yield from command.sections or ["Commands"]


ENGLISH = {each for command in every_command(main) for each in english_of(command)}
CAPITALS = {
    word
    for command in every_command(main)
    for param in command.params
    for word in re.findall(r"\b[A-Z]+\b", param.make_metavar(click.Context(command)))
    if param.metavar or not isinstance(param.type, click.Choice | click.types.BoolParamType)
}


def test_everything_that_a_command_says_of_itself_is_there_in_swedish():
    assert ENGLISH - SENTENCES.keys() == set()


def test_nothing_is_told_in_swedish_that_no_command_says():
    assert SENTENCES.keys() - ENGLISH == set()


def test_every_word_that_stands_for_a_value_is_there_in_swedish():
    assert CAPITALS - SHAPES.keys() == {"TEXT", "URL", "MAILDIR", "N", "MM", "DD"}  # the same in both


SLIPS = [
    "fnidings", "timeline", "case explin", "case explain x", "register", "register import",
    "register import nofile.csv", "register import .",
    "findings --administraton X", "findings --administration", "findings --json=1", "reach now",
    "reach now then", "pictures look --seconds 99999", "rest set 1 --until i-morgon --reason x --by y", "rest set 1",
    "triage not-ours 3", "triage not-ours 3 --by A --as hund", "closing done 1", "--nothing", "recheck",
    "audit --replay kanalkoll.sqlite3",
]  # fmt: skip
WORDS = re.compile(r"\b(the|is|are|no|not|of|with|Missing|Invalid|Usage|Options?|Try|Error|File|Did|does|exist)\b")


@pytest.mark.parametrize("typed", SLIPS)
def test_no_slip_is_told_in_english(desk: Desk, typed: str):
    (desk.folder / "kanalkoll.sqlite3").touch()
    result = desk.run(*typed.split())
    assert result.exit_code == 2
    own_names = re.sub(r"'[^']*'|--[a-z-]+|\bnot-ours\b", "", result.stderr)
    assert not WORDS.findall(own_names), result.stderr


def test_help_speaks_the_language_that_is_asked_for_with_it(desk: Desk):
    assert desk.run("findings", "--language", "en", "--help").stdout.startswith("Usage:")
    assert desk.run("findings", "--help").stdout.startswith("Användning:")


@pytest.mark.parametrize("command", ["", "register", "rest", "rules", "triage", "init", "up"])
def test_every_page_of_help_takes_a_language_before_it(desk: Desk, command: str):
    shown = desk.run(*command.split(), "--language", "en", "--help")
    assert (shown.exit_code, shown.stdout.partition(" ")[0]) == (0, "Usage:"), shown.output


def test_a_language_before_a_command_is_the_commands_too(desk: Desk):
    assert desk.run("--language", "en", "register", "export", "--help").stdout.startswith("Usage:")


def test_help_speaks_english_where_nobody_set_a_language(desk: Desk):
    del desk.environment["KANALKOLL_LANGUAGE"]
    assert "Only the accounts of this administration." in desk.run("findings", "--help").stdout


def test_a_default_and_what_must_be_given_stand_in_swedish_too(desk: Desk):
    assert "[annars out]" in desk.run("report", "--help").stdout
    assert "[måste anges]" in desk.run("rest", "end", "--help").stdout


def test_the_commands_stand_in_sections_and_none_is_left_out(desk: Desk):
    listed = [name for names in main.sections.values() for name in names]
    assert sorted(listed) == sorted(main.commands)
    assert "Registret:" in desk.run("--help").stdout


@pytest.mark.parametrize(
    ("group", "named"), [("rest", "end, list, set"), ("pictures", "approve, list, look, withdraw")]
)
def test_a_mistyped_command_of_a_group_is_told_with_those_that_there_are(desk: Desk, group: str, named: str):
    slip = desk.run(group, "begin")
    assert (slip.exit_code, f"Kommandon som finns: {named}" in slip.stderr) == (2, True)


def test_what_somebody_typed_stands_as_it_was_typed(desk: Desk):
    assert "Kommandot 'FILE' finns inte." in desk.run("FILE").stderr
