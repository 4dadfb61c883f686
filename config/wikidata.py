"""`wikidata.toml`, read and checked: which items speak of the city, and what their properties mean.

text ─▶ Wanted
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, Final

from audits.reconciling import Wanted
from config.files import read_text
from config.unusable import Unusable

PATH: Final = Path(__file__).parent / "wikidata.toml"
_ITEM = re.compile(r"Q[1-9]\d{0,11}")
_PROPERTY = re.compile(r"P[1-9]\d{0,8}")


class BadWikidata(Unusable):
    """The declaration cannot be used; the message says what is wrong and what would do."""


def load_wikidata(path: Path = PATH) -> Wanted:
    """The declaration in a file. Raises `BadWikidata` or `BadFile`."""
    return read_wikidata(read_text(path), path.name)


def read_wikidata(text: str, name: str = "wikidata.toml") -> Wanted:
    """The declaration, from TOML text. Raises `BadWikidata`."""
    try:
        declared = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadWikidata(f"{name}: {error}") from error
    if unknown := sorted(set(declared) - {"items", "properties"}):
        raise BadWikidata(f"{name}: unknown {unknown[0]!r}; known are items and properties")
    items = declared.get("items", [])
    if not isinstance(items, list) or not all(isinstance(each, str) and _ITEM.fullmatch(each) for each in items):
        raise BadWikidata(f"{name}: items is {items!r}; give a list such as ['Q12345']")
    properties = declared.get("properties", {})
    if not isinstance(properties, dict):
        raise BadWikidata(f"{name}: properties must be a table")
    return Wanted(items=tuple(items), properties={key: _meaning(key, each, name) for key, each in properties.items()})


def _meaning(key: str, value: Any, name: str) -> tuple[str, str]:
    if not _PROPERTY.fullmatch(key):
        raise BadWikidata(f"{name}: {key!r} is no property; write it as P2013")
    match value:
        case {"platform": str(platform), "address": str(address)} if "{}" in address:
            return platform, address
    raise BadWikidata(f"{name}: {key} is {value!r}; give a platform, and an address with {{}} for the value")
