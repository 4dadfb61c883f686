"""A mapping of columns that a person states once and keeps: meaning or platform → the file's own headings.

address = ["Länk till kontot"]        one line of TOML each; `facebook = ["FB"]` names a platform's own column
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from audits.wording.said import said
from config.files import read_text
from config.toml import bad, parsed
from config.unusable import Unusable


class BadMapping(Unusable):
    """The mapping cannot be used; the message says where, and what would do."""


def read_mapping(path: Path) -> dict[str, list[str]]:
    """Read a kept mapping. Raises `BadMapping` or `BadFile`."""
    stated = parsed(read_text(path), path.name, BadMapping)
    for word, headings in stated.items():
        if not isinstance(headings, list) or not all(isinstance(each, str) for each in headings):
            raise bad(BadMapping, path.name, "declared.no_list", key=word, value=headings)
    return stated


def given(words: Iterable[str]) -> dict[str, list[str]]:
    """`MEANING=HEADING` …, as given on the command line. Raises `BadMapping`."""
    stated: dict[str, list[str]] = {}
    for word in words:
        meaning, parted, heading = word.partition("=")
        if not parted or not meaning.strip() or not heading.strip():
            raise BadMapping(said("refused.columns.map", value=word))
        stated.setdefault(meaning.strip(), []).append(heading.strip())
    return stated


def written(stated: Mapping[str, Iterable[str]]) -> str:
    """The text of a kept mapping; JSON's strings are TOML's (TOML v1.0.0, Basic strings)."""
    lines = (
        f"{json.dumps(word)} = {json.dumps(list(headings), ensure_ascii=False)}" for word, headings in stated.items()
    )
    return "# Which column of the register means what: kanalkoll register import FILE --mapping THIS\n" + "".join(
        f"{line}\n" for line in lines
    )
