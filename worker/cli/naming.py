"""Names given at the command line, held against those that are known.

known_administration(store, given) ─▶ its whole name

A name that nobody knows is bad input, told with the nearest that is known.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING, Any, Protocol

import click

from worker.cli.showing import BadInput
from worker.cli.speaking import spoken, words

if TYPE_CHECKING:
    from datetime import datetime

    from audits.model import Occasion
    from worker.ports import RecipientStore, RegisterStore

    class Register(RegisterStore, RecipientStore, Protocol):
        """A store that knows the administrations and their short forms."""

        def administrations(self) -> frozenset[str]: ...


_LIKE = 0.5  # of 1: names of administrations are long, and a short form is none of their letters
_A_SLIP = 3  # letters that differ in one stretch, as in "ofiser" for "officer"


def on_the_word_of(by: str, why: str, at: datetime) -> Occasion:
    """Who changes the register, when and why; the command line itself where nobody is named."""
    from audits.model import Occasion

    return Occasion(by=by or "command line", at=at, why=why)


class Act(click.Choice[str]):
    """One of a few words, or what help calls it in any language; a mistyped one is told with the nearest.

    `of` is the command whose words they are, where another calls one of them otherwise.
    """

    def __init__(self, choices: Sequence[str], of: str = "") -> None:
        super().__init__(choices)
        self.of = f"{of}." if of else ""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        meant = self._meant(str(value))
        if meant in self.choices:
            return super().convert(meant, param, ctx)
        known = self._called()
        near = near_to(str(value), known)
        return self.fail(words("unknown.act", typed=str(value), known=", ".join(known)) + near, param, ctx)

    def get_missing_message(self, param: click.Parameter, ctx: click.Context | None) -> str:
        del param, ctx
        return "Choose from:\n\t" + ",\n\t".join(self._called())  # a sentence of click's, told as such

    def _called(self) -> list[str]:
        """The words to choose from: as help calls them, where it has a word for each."""
        from audits.wording import catalogue

        catalogued = all(f"terminal.called.{self.of}{each}" in catalogue(spoken()) for each in self.choices)
        return [called(each, self.of) if catalogued else each for each in self.choices]

    def _meant(self, given: str) -> str:
        """The word that help calls so: `meddela` and `"ta bort länkar"` as `announce` and `unlink`."""
        if given in self.choices:
            return given
        from audits.wording import LANGUAGES, catalogue, phrase

        called = {
            _unjoined(phrase(f"terminal.called.{self.of}{each}", language)): each
            for language in LANGUAGES
            for each in self.choices
            if f"terminal.called.{self.of}{each}" in catalogue(language)
        }
        return called.get(_unjoined(given), given)


def called(act: str, of: str = "") -> str:
    """What somebody may type for an act: a word of the terminal's language, where it has one."""
    from audits.wording.said import FIRST

    return act if spoken() == FIRST else words(f"called.{of}{act}")


def _unjoined(name: str) -> str:
    return " ".join(re.split(r"[\s_-]+", name.casefold()))


def nearest(given: str, known: Iterable[str]) -> str | None:
    """The known name that is likest, whatever the case; None where none is like it."""
    folded, typed = {each.casefold(): each for each in known}, given.casefold()
    near = difflib.get_close_matches(typed, folded, n=max(len(folded), 1), cutoff=_LIKE)
    return next((folded[each] for each in near if _alike(typed, each)), None)


def _alike(typed: str, known: str) -> bool:
    """Whether names are alike also in what sets them apart: "förvaltningen" is common to them all, and so is the
    city's part of its mailboxes.
    """
    shorter, longer = sorted(_apart(typed, known), key=len)
    if not shorter or len(longer) <= _A_SLIP:
        return True
    return difflib.SequenceMatcher(a=shorter, b=longer, autojunk=False).ratio() >= _LIKE


def _apart(one: str, other: str) -> tuple[str, str]:
    """Both without what they begin with alike and end with alike."""
    begun = _alike_from(one, other)
    one, other = one[begun:], other[begun:]
    ended = _alike_from(one[::-1], other[::-1])
    return one[: len(one) - ended], other[: len(other) - ended]


def _alike_from(one: str, other: str) -> int:
    """How many letters both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def unknown(kind: str, given: str, known: Collection[str]) -> BadInput:
    """That nothing of a kind bears this name, with the nearest name and all that there are."""
    every = words("unknown.known", names=", ".join(sorted(known)) or words("none"))
    return BadInput(f"{words(f'unknown.{kind}', name=given)}{near_to(given, known)} {every}")


def near_to(given: str, known: Iterable[str]) -> str:
    """Which known name may have been meant, behind a space; "" where none is like it."""
    near = nearest(given, known)
    return f" {words('unknown.near', near=near)}" if near else ""


def known_administration(store: Register, given: str) -> str:
    """The whole name of an administration of the register, given as it stands or in short. Raises `BadInput`."""
    known = store.administrations()
    whole = store.short_forms().get(given, given)
    if whole not in known:
        raise unknown("administration", given, known)
    return whole
