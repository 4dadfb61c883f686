"""A TOML text, read; where it cannot be, told by file, line and remedy in words of our own.

text ─parsed▶ its tables | Unusable        what the library says ─told_of_toml▶ Said
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import reduce
from typing import Any, Final, TypeVar

from audits.wording.said import Said, said
from config.unusable import Unusable

R = TypeVar("R", bound=Unusable)

# As Python's tomllib says what is wrong, by how it begins; what is not among these is told by its line alone.
_KINDS: Final = {
    "Cannot ": "twice", "Duplicate": "twice",
    "Expected '='": "equals", "Invalid statement": "equals", "Invalid initial": "equals",
    "Expected ']": "heading",
    "Unclosed": "unclosed",
    "Unterminated": "quote", "Illegal character": "quote", "Expected '": "quote",
    "Unescaped": "backslash",
    "Invalid": "value", "Expected newline": "value",
}  # fmt: skip


def parsed(text: str, name: str, refusal: type[Unusable]) -> dict[str, Any]:
    """The tables of a text. Raises `refusal` where it is no TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise refusal(told_of_toml(name, text, wrong)) from wrong


def told_of_toml(file: object, text: str, wrong: tomllib.TOMLDecodeError) -> Said:
    """File, line and remedy of a text that is no TOML; what ends too early is told by its last line."""
    named = re.search(r"line (\d+)", str(wrong))
    line = int(named[1]) if named else max(len(text.splitlines()), 1)
    kind = next((kind for begins, kind in _KINDS.items() if str(wrong).startswith(begins)), "other")
    return said("declared.on_line", file=file, line=line, what=said(f"declared.toml.{kind}"))


def bad(refusal: type[R], where: object, sentence: str, /, **facts: object) -> R:
    """The refusal of what stands at a place."""
    return refusal(said("declared.at", where=where, what=said(sentence, **facts)))


def only_known(given: Iterable[str], known: Iterable[str], refusal: type[Unusable], where: object) -> None:
    """Raises `refusal` where a key stands that nobody knows: it would be heeded by nothing."""
    names = sorted(known)
    if unknown := sorted(set(given) - set(names)):
        raise bad(refusal, where, "declared.unknown", name=repr(unknown[0]), known=", ".join(names))


def one_a_line(complaints: Iterable[Said]) -> Said:
    """Several complaints as one. Raises `TypeError` where there is none."""
    return reduce(lambda first, more: said("declared.several", first=first, more=more), complaints)
