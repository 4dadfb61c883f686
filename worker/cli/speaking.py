"""In which language a terminal speaks.

    --language ─▶ the deployment's, where somebody set it ─▶ English

Names of commands, options and rules, and what scripts read as JSON, are the same in every language.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from itertools import pairwise
from typing import Final

import click

from audits.languages import LANGUAGES

_KEPT: Final = "kanalkoll.language"  # in what a command and those that it calls have in common
_ASKED: Final = "kanalkoll.language.asked"
_UNSET: Final = "en"


def keep(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """What an option `--language` does: from here on in that language, whoever speaks."""
    del parameter
    if value:
        context.meta[_KEPT] = context.meta[_ASKED] = value
    return value


in_language = click.option(
    "--language", type=click.Choice(LANGUAGES), callback=keep, expose_value=False, is_eager=True,
    help="Language of the output; otherwise as set in kanalkoll.toml or KANALKOLL_LANGUAGE, or English.",
)  # fmt: skip


def leave(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """What an option `--language` of something else does, such as a mailbox's: the output stays as it was."""
    del parameter
    if _ASKED not in context.meta:
        context.meta.pop(_KEPT, None)
    return value


def foresee(context: click.Context, typed: Sequence[str]) -> None:
    """The language that somebody typed anywhere, so that a slip before it is told in it as well."""
    named = [each.removeprefix("--language=") for each in typed if each.startswith("--language=")]
    named += [value for option, value in pairwise(typed) if option == "--language"]
    if named and named[-1] in LANGUAGES:
        context.meta[_KEPT] = named[-1]


def speak(language: str) -> None:
    """From here on, in that language."""
    click.get_current_context().meta[_KEPT] = language


def spoken() -> str:
    """The language of this terminal."""
    context = click.get_current_context(silent=True)
    if context is None:
        return _set()
    if _KEPT not in context.meta:
        context.meta[_KEPT] = _set()
    return str(context.meta[_KEPT])


def asked(otherwise: str = _UNSET) -> str:
    """What `--language` says, whatever the deployment's is: titles in JSON are English unless it says otherwise."""
    return str(click.get_current_context().meta.get(_ASKED, otherwise))


def _set() -> str:
    """The deployment's language; English where nobody set one."""
    from config.language import language_set

    return language_set(os.environ) or _UNSET


def words(key: str, /, **facts: object) -> str:
    """What the terminal says, by the key after `terminal.`; a fact may be a sentence of its own."""
    from audits.wording.said import said

    return in_words(said(f"terminal.{key}", **facts))


def sentence(key: str, /, **facts: object) -> str:
    """What any catalogue says by its whole key, in the terminal's language."""
    from audits.wording import phrase

    return phrase(key, spoken(), **facts)


def in_words(text: object) -> str:
    """A value as it is shown: a sentence of ours in the terminal's language, anything else as it stands."""
    from audits.wording.said import Said, told_in

    return told_in(spoken(), text) if isinstance(text, Said) else str(text)


def word_for(group: str, value: str) -> str:
    """What one of a fixed set of values is called; a value that has no word of its own stands for itself."""
    from audits.wording import catalogue

    return words(f"{group}.{value}") if f"terminal.{group}.{value}" in catalogue(spoken()) else value


def evidence(kept: str) -> str:
    """What a rule or a look kept in a few words, as it is read here."""
    from audits.wording.evidence import in_words

    return in_words(kept, spoken())


def reason(kept: str) -> str:
    """Why something could not be had or told, as it is read here."""
    from audits.wording.reasons import in_words

    return in_words(kept, spoken())


def headings(*names: str) -> tuple[str, ...]:
    """The headings of a table's columns: the terminal's own, else those of the report."""
    from audits.wording import catalogue

    words_here = catalogue(spoken())
    own = {name: f"terminal.column.{name}" for name in names if f"terminal.column.{name}" in words_here}
    return tuple(sentence(own.get(name, f"column.{name}")) for name in names)


def clock(at: datetime, zone: tzinfo) -> str:
    """When something was, by the city's own clock and to the minute, as it stands in a table."""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def day_of(at: datetime, zone: tzinfo) -> date:
    """On which day of the city's calendar something was."""
    from audits.days import day_of as day_in

    return day_in(at, zone)


def label(platform: str) -> str:
    """A platform by the name that people read."""
    from audits.platforms import PLATFORMS

    return PLATFORMS[platform].called(spoken()) if platform in PLATFORMS else platform


def platform_meant(typed: str) -> str:
    """The platform's key, where somebody typed the name that they read, in either language."""
    from audits.platforms import PLATFORMS

    named = {each.called(language).casefold(): name for name, each in PLATFORMS.items() for language in LANGUAGES}
    return named.get(typed.strip().casefold(), typed)
