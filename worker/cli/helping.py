"""Help, and what is said of a slip of the pen, in the terminal's language.

    a paragraph of help, in English where its command is written ─▶ help.po, by that very paragraph
    a sentence of click's with its facts in it ─▶ shapes.po, by the shape that the facts fill
    a word in capitals that stands for a value ─▶ shapes.po

English loads nothing. A language without a sentence shows the English one; a test names each that Swedish lacks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import click

from worker.cli.speaking import in_language, spoken

_OURS: Final = Path(__file__).parent / "locale"
_RANGE = re.compile(r"(?<!\d)(\d{1,9})<=x<=(\d{1,9})")  # as click writes the numbers that an option takes
_EXTRAS: Final = re.compile(
    r"(?P<help>.*?)(?:  )?\[(?P<extras>[^\[\]]+)\]", re.DOTALL
)  # as click adds them to an option
_CAPITALS: Final = re.compile(r"\b[A-Z]+\b")


class Page(click.HelpFormatter):
    """A page of help whose headings, paragraphs and rows are told in the terminal's language."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, _with_words_for_values(args), prefix or f"{told('Usage:')} ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(told(heading))

    def write_text(self, text: str) -> None:
        super().write_text("\n\n".join(map(told, text.split("\n\n"))))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(_with_words_for_values(what), _row(help_)) for what, help_ in rows], col_max, col_spacing)


click.Context.formatter_class = Page  # every context's, whichever class its command has


class Group(click.Group):
    """A group that sums up its commands in the terminal's language, in sections where it has some.

    Every one takes `--language`, for its own page and for whichever command follows.
    """

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        if all(each.name != "language" for each in self.params):
            in_language(self)
        self.sections: dict[str, Sequence[str]] = {}

    def add_section(self, heading: str, commands: Sequence[click.Command]) -> None:
        """Add commands that stand together under a heading of their own."""
        for command in commands:
            self.add_command(command)
        self.sections[heading] = [str(command.name) for command in commands]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Each command with the first sentence of what it says of itself."""
        for heading, names in (self.sections or {"Commands": self.list_commands(ctx)}).items():
            with formatter.section(heading):
                formatter.write_dl([(name, _summary(self.get_command(ctx, name))) for name in names])


class Slip(click.UsageError):
    """Exit 2: what was typed cannot be used; click's own words for it, in the terminal's language."""

    def __init__(self, error: click.UsageError) -> None:
        super().__init__(told(error.format_message()), error.ctx)
        self.told = "\n".join(_lines(error))

    def show(self, file: Any = None) -> None:
        del file
        click.echo(self.told, err=True)


def told(english: str) -> str:
    """The paragraph, or click's sentence, in the terminal's language; as it stands where that has no words for it."""
    english = _RANGE.sub(r"\1–\2", english)
    if spoken() == "en":
        return english
    paragraph = " ".join(english.split())
    return read("help", spoken()).get(paragraph) or _filled(english) or english


def paragraphs(text: str | None) -> Iterator[str]:
    """What has to be told of a command's help: every paragraph but those that show how to type something."""
    for each in (text or "").split("\n\n"):
        paragraph = " ".join(each.split())
        if paragraph and not paragraph.startswith("kanalkoll "):
            yield paragraph


def _lines(error: click.UsageError) -> Iterator[str]:
    context = error.ctx
    if context is not None:
        yield context.get_usage()
        if option := context.command.get_help_option(context):
            yield told(f"Try '{context.command_path} {option.opts[-1]}' for help.")
        yield ""
    yield told(f"Error: {error.format_message()}")
    if isinstance(error, click.NoSuchCommand) and context is not None:
        yield from _what_there_is(context)


def _what_there_is(context: click.Context) -> Iterator[str]:
    """The commands of a group that has no more than one line names; its page of help has those of the others."""
    group = context.command
    if isinstance(group, Group) and not group.sections:
        yield told(f"It has the commands: {', '.join(group.list_commands(context))}")


def _summary(command: click.Command | None) -> str:
    """The first sentence, whole: cut short it would say nothing."""
    first = told(next(paragraphs(command.help if command else ""), ""))
    return re.split(r"(?<=[.?])\s", first, maxsplit=1)[0].rstrip(".:")


def _row(help_: str) -> str:
    """The help of an option, with what click says of its default and whether it must be given."""
    found = _EXTRAS.fullmatch(help_)
    if found is None:
        return told(help_)
    extras = "; ".join(told(each) for each in found["extras"].split("; "))
    return f"{told(found['help'])}  [{extras}]".strip()


def _with_words_for_values(text: str) -> str:
    if spoken() == "en":
        return text
    return _CAPITALS.sub(lambda found: read("shapes", spoken()).get(found[0], found[0]), text)


def _filled(english: str) -> str | None:
    """The sentence whose shape this is, filled with the same facts; None where it is nobody's."""
    for shape, sentence in _shapes(spoken()):
        if found := shape.fullmatch(english):
            return sentence.format(**{name: _fact(name, fact) for name, fact in found.groupdict().items()})
    return None


def _fact(name: str, fact: str) -> str:
    """What fills a sentence: another sentence, an argument's name, or what somebody typed, which stands as it is."""
    if name == "typed":
        return fact
    return _with_words_for_values(fact) if name == "argument" else told(fact)


@cache
def _shapes(language: str) -> Sequence[tuple[re.Pattern[str], str]]:
    """Each sentence of click's that facts fill, by its shape, in the catalogue's order."""
    return [(_shape(english), sentence) for english, sentence in read("shapes", language).items()]


def _shape(english: str) -> re.Pattern[str]:
    from string import Formatter

    parts = (re.escape(text) + (f"(?P<{name}>.+)" if name else "") for text, name, _, _ in Formatter().parse(english))
    return re.compile("".join(parts), re.DOTALL)


@cache
def read(subject: str, language: str) -> Mapping[str, str]:
    """The sentences of one catalogue, by their English."""
    from babel.messages.pofile import read_po

    with (_OURS / language / "LC_MESSAGES" / f"{subject}.po").open("rb") as file:
        read = read_po(file, locale=language, abort_invalid=True)
    return {str(each.id): str(each.string) for each in read if each.id and each.string}
