"""How a regular expression is built, as Python's own parser reads it: which repetitions hold fast to what they took.

pattern ─▶ its parts, and theirs ─▶ a possessive repetition of what moves on before it may fail?
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from re import _constants as sre  # type: ignore[attr-defined]  # the parser behind `re` has no public door
from re import _parser as parser  # type: ignore[attr-defined]  # the same
from typing import Any, Final

_REPEATS: Final = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)
_MOVES: Final = (*_REPEATS, sre.ATOMIC_GROUP, sre.ASSERT, sre.ASSERT_NOT, sre.SUBPATTERN)


def repeats_for_good_what_moves(pattern: re.Pattern[Any]) -> bool:
    """Whether it holds a possessive repetition of more than single letters one after the other."""
    every = _all_parts(parser.parse(pattern.pattern, pattern.flags))
    return any(kind is sre.POSSESSIVE_REPEAT and _moves(value[2]) for kind, value in every)


def _moves(parts: Any) -> bool:
    return any(kind in _MOVES for kind, _ in _all_parts(parts))


def _all_parts(parts: Any) -> Iterator[tuple[Any, Any]]:
    for kind, value in parts:
        yield kind, value
        for within in _parts_of(kind, value):
            yield from _all_parts(within)


def _parts_of(kind: Any, value: Any) -> list[Any]:
    """The sequences of parts within one part (CPython, Lib/re/_parser.py)."""
    if kind in _REPEATS:
        return [value[2]]
    if kind is sre.SUBPATTERN:
        return [value[-1]]
    if kind is sre.BRANCH:
        return list(value[1])
    if kind in (sre.ASSERT, sre.ASSERT_NOT):
        return [value[1]]
    return [value] if kind is sre.ATOMIC_GROUP else []
