"""A city's rules without another city's routine: the shipped sentences are quoted in the name of nobody else.

rules.toml + the city's names ─without_anothers_words▶ rules.toml, each quoted sentence a proposal, each name its own
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from audits.rulebook import LAW, PROPOSALS, PROPOSED, Routine

_SOURCE: Final = re.compile(r'^source = (".*")$', re.M)  # the line of a rule that names its source
_NAMED: Final = re.compile(r"^(limits = \{ any_of = )(\[[^\]\n]*\])", re.M)  # the list of words that a rule asks for


def without_anothers_words(text: str, shipped: str, names: Sequence[str], language: str) -> str:
    """The rules of a city of these names, which quote no other city's routine; what the city wrote itself stays."""
    book = tomllib.loads(shipped)
    if _is_city_of(names, book["city"]["names"]):
        return text
    quoted = set(_quoted(book))
    proposal = f"source = {_toml(PROPOSALS[language])}"
    text = _SOURCE.sub(lambda found: proposal if json.loads(found[1]) in quoted else found[0], text)
    return _naming(text, book, names)


def lacking(routines: Iterable[Routine]) -> int:
    """How many routines still wait for the city's own sentence."""
    return sum(routine.source in PROPOSALS.values() for routine in routines)


def _is_city_of(names: Sequence[str], shipped: Sequence[str]) -> bool:
    """Helsingborgs stad is Helsingborg."""
    return any(name.casefold().startswith(own.casefold()) for name in names for own in shipped)


def _quoted(book: Mapping[str, Mapping[str, Mapping[str, str]]]) -> Iterator[str]:
    for table in (*book["rule"].values(), *book["question"].values()):
        if not table["source"].startswith((*PROPOSED, LAW)):
            yield table["source"]


def _naming(text: str, book: Mapping[str, Mapping[str, Sequence[str]]], names: Sequence[str]) -> str:
    """Where a rule looks for the shipped city's name, or for the names that the text had before, it looks for these."""
    shipped = book["city"]["names"]
    before = list(tomllib.loads(text).get("city", {}).get("names", ()))

    def renamed(found: re.Match[str]) -> str:
        wanted = tomllib.loads(f"x = {found[2]}")["x"]
        is_name = wanted == before or all(_is_city_of([str(each)], shipped) for each in wanted)
        return f"{found[1]}{_toml(list(names))}" if is_name else found[0]

    return _NAMED.sub(renamed, text)


def _toml(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
