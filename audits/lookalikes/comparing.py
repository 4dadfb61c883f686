"""One account held against one of ours: what could make somebody take it for ours.

    theirs × ours ─┬ written alike            same_name     on another platform, or under another key
                   ├ drawn alike              drawn_alike   skeletons, digits for letters, "rn" for "m"
                   ├ alike but for accents    accents       å, ä, ö are other letters, yet easily overlooked
                   ├ a slip of the finger     near          one letter in six, two in twelve; or its words turned
                   ├ ours and words of trust  added_words   "officiell", "support", "1"; a body's whole name and any
                   └ one picture              same_picture

What is found is a question for the communications officer. It is no fact about anybody, and never public.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from audits.lookalikes.pictures import same_picture
from audits.lookalikes.skeletons import Confusables, drawn, letters
from audits.lookalikes.words import BODIES, BODY, NEIGHBOURS, TRUST


class Sign(StrEnum):
    """Why one account could be taken for another."""

    SAME_NAME = "same_name"
    DRAWN_ALIKE = "drawn_alike"
    ACCENTS = "accents"
    NEAR = "near"
    ADDED_WORDS = "added_words"
    SAME_PICTURE = "same_picture"


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """What an account shows first: its handle, its name, and its picture as `picture_hash` has it, once it was had from
    `picture_url`.
    """

    platform: str
    key: str
    handle: str = ""
    name: str = ""
    picture: int | None = None
    url: str = ""
    picture_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Why `theirs` may be taken for `ours`: the signs, the surest first, and the two spellings that were compared."""

    ours: Face
    theirs: Face
    signs: tuple[Sign, ...]
    spelt: tuple[str, str] = ("", "")  # ours, theirs


_SHORT: Final = 5  # letters: shorter names are written alike or not at all
_ONE_SLIP, _TWO_SLIPS = 6, 12  # letters that a name must have
_SEARCHED: Final = 7  # letters: a shorter name is found inside others only letter for letter
_WORD = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class _Spelling:
    """A name in the forms that are compared."""

    text: str
    letters: str
    drawn: str
    words: tuple[str, ...]  # as drawn, in an order of their own
    bodies: bool = False  # it says which kind of body it is: a whole name


@dataclass(frozen=True)
class Comparer:
    """Compares with Unicode's table; `names` are what the city is called, besides what its accounts are; who is called
    after one of the other `towns` copies none of ours.
    """

    table: Confusables
    names: tuple[str, ...] = ()
    towns: frozenset[str] = frozenset()
    _spelt: dict[str, _Spelling] = field(default_factory=dict, init=False, repr=False)  # each name is taken apart once

    def likeness(self, ours: Face, theirs: Face) -> Likeness | None:
        """Why `theirs` may be taken for `ours`, which is another account; None where nothing says so."""
        signs: dict[Sign, tuple[str, str]] = {}
        for own in () if self._is_of_another_town(theirs) else self._spellings(ours):
            for text in self._told(theirs):
                for sign in self._signs(own, text):
                    if sign is not Sign.NEAR or not self._says_whose(own, theirs):
                        signs.setdefault(sign, (own.text, text))
        if same_picture(ours.picture, theirs.picture):
            signs.setdefault(Sign.SAME_PICTURE, (ours.name, theirs.name))
        if not signs:
            return None
        order = tuple(sign for sign in Sign if sign in signs)
        return Likeness(ours=ours, theirs=theirs, signs=order, spelt=signs[order[0]])

    # --- the forms of a name

    def _spellings(self, ours: Face) -> Iterator[_Spelling]:
        texts = (ours.handle, ours.name, _core(ours.name), *self.names)
        for text in dict.fromkeys(text for text in texts if letters(text)):
            yield self._spelling(text)

    def _spelling(self, text: str) -> _Spelling:
        if text not in self._spelt:
            self._spelt[text] = self._taken_apart(text)
        return self._spelt[text]

    def _taken_apart(self, text: str) -> _Spelling:
        words = sorted(drawn(word, self.table) for word in _WORD.findall(text))
        bodies = any(_names_body(word) for word in _WORD.findall(text))
        return _Spelling(text, letters(text), drawn(text, self.table), tuple(words), bodies)

    @staticmethod
    def _told(theirs: Face) -> Iterator[str]:
        yield from dict.fromkeys(text for text in (theirs.handle, theirs.name) if letters(text))

    # --- the signs

    def _signs(self, own: _Spelling, text: str) -> Iterator[Sign]:
        if len(own.letters) < _SHORT:
            if letters(text) == own.letters:
                yield Sign.SAME_NAME
            return
        other = self._spelling(text)
        if other.letters == own.letters:
            yield Sign.SAME_NAME
        elif other.drawn == own.drawn:
            yield Sign.ACCENTS if _plain(other.letters) == _plain(own.letters) else Sign.DRAWN_ALIKE
        elif _is_near(own, other) or (own.words == other.words and len(own.words) > 1):
            yield Sign.NEAR
        elif self._only_adds_trust(own, other) or self._speaks_as(own, other):
            yield Sign.ADDED_WORDS

    def _only_adds_trust(self, own: _Spelling, other: _Spelling) -> bool:
        allowed = self._words | self._digits(other.text)
        return any(
            (before or after) and _is_made_of(before, allowed, "") and _is_made_of(after, allowed, "s")
            for before, after in _around(own.drawn, other.drawn)
        )

    def _speaks_as(self, own: _Spelling, other: _Spelling) -> bool:
        """Whether a name is a body's whole name, "Almestads stad", with whatever words: who uses it speaks as that
        body. Neighbours are called after the place, and say so.
        """
        if not (own.bodies and len(own.drawn) >= _SEARCHED):
            return False
        return any(
            not (self._neighbours & {before, after, *other.words}) and not self._is_neighbours(before, after)
            for before, after in _around(own.drawn, other.drawn)
        )

    def _is_of_another_town(self, theirs: Face) -> bool:
        """Whether its name is another town's, or, where it has none, its handle."""
        return _place(theirs.name or theirs.handle) in self._towns

    @cached_property
    def _towns(self) -> frozenset[str]:
        return frozenset(map(_place, self.towns)) - frozenset(map(_place, self.names))

    def _says_whose(self, own: _Spelling, theirs: Face) -> bool:
        """Whether it calls itself by a neighbour's word that ours has not: "P4 Almestad" slips nowhere."""
        said = {
            word for text in self._told(theirs) for word in _words_of(text) if len(word) > 1
        }  # a letter says little
        return not NEIGHBOURS.isdisjoint(said - _words_of(own.text))

    def _is_neighbours(self, before: str, after: str) -> bool:
        long = [word for word in self._neighbours if len(word) >= _SHORT]
        return any(before.endswith(word) or before.startswith(word) or after.startswith(word) for word in long)

    @cached_property
    def _neighbours(self) -> frozenset[str]:
        return frozenset(drawn(word, self.table) for word in NEIGHBOURS)

    def _digits(self, text: str) -> set[str]:
        return {drawn(digit, self.table) for number in _DIGITS.findall(text) for digit in number} | {"2", "3"}

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(drawn(word, self.table) for word in BODY | TRUST)


def _words_of(text: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORD.findall(text))


def _names_body(word: str) -> bool:
    return word.lower() in BODIES


def _core(name: str) -> str:
    """What a body is called, without what kind of body it is: `Almestads stad` is Almestad."""
    words = _WORD.findall(name)
    kept = [word for word in words if word.lower() not in BODY]
    if not kept or len(kept) == len(words):
        return ""
    last = kept[-1]
    return " ".join((*kept[:-1], last.removesuffix("s") if len(last) > _SHORT else last))


def _place(name: str) -> str:
    """What is left of a name without the kind of body, letter for letter: "Habo kommun", "habokommun" are Habo."""
    bare = letters(_core(name) or name)
    return next((bare.removesuffix(body) for body in BODIES if bare.endswith(body) and bare != body), bare)


_ACCENTS = str.maketrans("åäáàâãæöøóòôõéèêëíìîïúùûüýñç", "aaaaaaaooooooeeeeiiiiuuuuync")


def _plain(text: str) -> str:
    return text.translate(_ACCENTS).replace("aa", "a").replace("ae", "a").replace("oe", "o")


_TWO_SLIPS_MADE: Final = 2


def _is_near(own: _Spelling, other: _Spelling) -> bool:
    """A slip or two. Another number, or another beginning with two slips, is another name."""
    shorter = min(len(own.drawn), len(other.drawn))
    slips = 0 if shorter < _ONE_SLIP else 1 if shorter < _TWO_SLIPS else 2
    distance = OSA.distance(own.drawn, other.drawn, score_cutoff=slips)
    if distance > slips or _differ_in_number(own.letters, other.letters):
        return False
    return distance < _TWO_SLIPS_MADE or own.drawn[:1] == other.drawn[:1]


def _differ_in_number(one: str, other: str) -> bool:
    """Whether two names, both numbered, are one name under two numbers."""
    numbers = _DIGITS.findall(one), _DIGITS.findall(other)
    return all(numbers) and numbers[0] != numbers[1] and _DIGITS.sub("", one) == _DIGITS.sub("", other)


def _around(own: str, other: str) -> Iterator[tuple[str, str]]:
    """What stands before and after our name inside another; a long name may have a slip there."""
    at = other.find(own)
    while at >= 0:
        yield other[:at], other[at + len(own) :]
        at = other.find(own, at + 1)
    if len(own) >= _SEARCHED and len(other) > len(own):
        found = fuzz.partial_ratio_alignment(own, other, score_cutoff=70)
        if found:
            yield from _with_a_slip(own, other, found.dest_start)


def _with_a_slip(own: str, other: str, start: int) -> Iterator[tuple[str, str]]:
    for first in range(max(0, start - 1), start + 2):
        for end in range(first + len(own) - 1, first + len(own) + 2):
            if own[:1] == other[first : first + 1] and OSA.distance(own, other[first:end], score_cutoff=1) <= 1:
                yield other[:first], other[end:]


def _is_made_of(text: str, words: Iterable[str], glue: str) -> bool:
    """Whether a text is some of the words, one after the other; it may begin with the `glue` of a compound."""
    ends = {0} | ({len(glue)} if glue and text.startswith(glue) else set())
    known = frozenset(words)
    longest = max(map(len, known), default=0)
    for end in range(1, len(text) + 1):
        if any(start in ends and text[start:end] in known for start in range(max(0, end - longest), end)):
            ends.add(end)
    return len(text) in ends
