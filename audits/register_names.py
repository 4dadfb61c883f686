"""Administrations that are spelt almost as another one, or abbreviated: what is meant is asked, nothing is refused.

accounts of the file and of the register ─▶ slip │ abbreviation ─▶ what may be meant ─▶ remarks
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Final

from rapidfuzz.distance import OSA

from audits.columns import folded
from audits.register_lines import Read, Stated
from audits.registering import RegisterRow
from audits.wording.said import Said, said

_SLIP_IN: Final = 6  # letters of a word that may be misspelt by one; shorter ones are names of their own: 1, 2, A, B
_SLIPS_IN: Final = 12  # and by two: östra and västra are no slip
_JOINING: Final = frozenset({"och", "o", "and", "samt"})
_SORT: Final = re.compile(r"s?forvaltning(?:en)?\Z")
_SHORT: Final = re.compile(r"[A-ZÅÄÖ]{2,6}")
_TOLD: Final = 3  # names that one may abbreviate
_MOST: Final = 300  # names: no organisation has more, and each is held against every other


def near_names(administrations: Mapping[str, int]) -> Mapping[str, str]:
    """From each name that may be a slip to the name that may be meant; `administrations` counts the accounts of each.

    Of two names that are almost alike the rarer is asked about; of as many accounts each, the later by alphabet.
    """
    names = sorted(administrations, key=lambda name: (-administrations[name], name))
    if len(names) > _MOST:
        return {}
    near: dict[str, str] = {}
    for meant, slip in combinations(names, 2):
        if slip not in near and meant not in near and _are_near(meant, slip):
            near[slip] = meant
    return near


def _are_near(one: str, other: str) -> bool:
    ones, others = folded(one).split(), folded(other).split()
    if _bare(ones) == _bare(others) != "":
        return True
    if len(ones) != len(others):
        return _is_slip("".join(ones), "".join(others))
    differing = [(a, b) for a, b in zip(ones, others, strict=True) if a != b]
    return len(differing) < 2 and all(_is_slip(a, b) for a, b in differing)


def _bare(words: Sequence[str]) -> str:
    """What is left of a name without "och" or "&", and without the word for an administration."""
    return _SORT.sub("", "".join(each for each in words if each not in _JOINING))


def _is_slip(one: str, other: str) -> bool:
    """Whether two words differ by a letter or two, missed, added, changed or turned about; never by a digit."""
    if [each for each in one if each.isdigit()] != [each for each in other if each.isdigit()]:
        return False
    shortest = min(len(one), len(other))
    slips = 2 if shortest >= _SLIPS_IN else 1 if shortest >= _SLIP_IN else 0
    return OSA.distance(one, other, score_cutoff=slips) <= slips


def abbreviated(administrations: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """From each name that may abbreviate others ("VOF") to those, by the alphabet and a few at most."""
    names = sorted(administrations)
    short = [name for name in names if _SHORT.fullmatch(name)] if len(names) <= _MOST else []
    found = {name: tuple(each for each in names if _abbreviates(name, each))[:_TOLD] for name in short}
    return {name: meant for name, meant in found.items() if meant}


def _abbreviates(short: str, name: str) -> bool:
    """Whether each word of the name gives its first letter, and perhaps more of its own; "och" may give none."""
    letters, words = folded(short), folded(name).split()
    whole = [each for each in words if each not in _JOINING]
    return not _SHORT.fullmatch(name) and any(_each_gives(letters, given) for given in (words, whole))


def _each_gives(letters: str, words: Sequence[str]) -> bool:
    if not words or not letters.startswith(words[0][:1]):
        return not words and not letters
    return any(
        _in_order(letters[:taken], words[0]) and _each_gives(letters[taken:], words[1:])
        for taken in range(1, len(letters) + 1)
    )


def _in_order(letters: str, word: str) -> bool:
    rest = iter(word)
    return all(letter in rest for letter in letters)


def with_near_names(read: Read, standing: Iterable[RegisterRow]) -> Read:
    """The same, each account remarked on whose administration may be a slip for another of the file or the register."""
    counts: dict[str, int] = {}
    for row in (*standing, *(each.row for each in read.stated)):
        if row.administration:
            counts[row.administration] = counts.get(row.administration, 0) + 1
    asked = names_asked(counts)
    return replace(read, stated=tuple(_asked(each, asked) for each in read.stated)) if asked else read


def _asked(each: Stated, asked: Mapping[str, Said]) -> Stated:
    remark = asked.get(each.row.administration or "")
    return each if remark is None else replace(each, remarks=(*each.remarks, remark))


def names_asked(administrations: Mapping[str, int]) -> Mapping[str, Said]:
    """The question about each name that raises one; `administrations` counts the accounts of each."""
    near, short = near_names(administrations), abbreviated(administrations)
    asked = {name: said("evidence.short_name", name=name, meant=", ".join(meant)) for name, meant in short.items()}
    return asked | {name: near_asked(name, meant, administrations) for name, meant in near.items()}


def near_asked(name: str, near: str, administrations: Mapping[str, int]) -> Said:
    """The question about a name; where as many accounts have the other, neither is called the right one."""
    alike = administrations.get(name) == administrations.get(near)
    return said("evidence.near_names" if alike else "evidence.near_name", name=name, near=near)
