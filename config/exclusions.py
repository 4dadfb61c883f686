"""`exclusions.toml`, read and checked: what looks like an account on an official page and is none, or is not its own.

text ─▶ Exclusion, each with its reason
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from audits.harvesting import Effect, Exclusion, Exclusions
from config.files import read_text
from config.toml import bad, parsed
from config.unusable import Unusable

PATH: Final = Path(__file__).parent / "exclusions.toml"
_FIELDS: Final = frozenset({"id", "why", "effect", "names", "segments", "near", "platforms"})
_TELLING: Final = ("names", "segments", "near")


class BadExclusions(Unusable):
    """The exclusions cannot be used; the message names the entry, what is wrong and what would do."""


def load_exclusions() -> Exclusions:
    """Every exclusion of the file. Raises `BadExclusions`."""
    return read_exclusions(read_text(PATH), PATH.name)


def read_exclusions(text: str, name: str = "exclusions.toml") -> Exclusions:
    """Every exclusion, from TOML text. Raises `BadExclusions`."""
    entries = _entries(parsed(text, name, BadExclusions))
    return tuple(_exclusion(entry, f"{name}, {entry.get('id', '[[exclusion]]')}") for entry in entries)


def _entries(declared: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    entries: list[Mapping[str, Any]] = declared.get("exclusion", [])
    return entries


def _exclusion(entry: Mapping[str, Any], label: str) -> Exclusion:
    if unknown := set(entry) - _FIELDS:
        raise bad(
            BadExclusions, label, "declared.unknown", name=", ".join(sorted(unknown)), known=", ".join(sorted(_FIELDS))
        )
    if missing := [field for field in ("id", "why") if not entry.get(field)]:
        raise bad(BadExclusions, label, "declared.without_reason", missing=", ".join(missing))
    if not any(entry.get(field) for field in _TELLING):
        raise bad(BadExclusions, label, "declared.says_nothing", known=", ".join(_TELLING))
    return Exclusion(
        id=entry["id"],
        why=entry["why"],
        effect=_effect(entry.get("effect"), label),
        platforms=frozenset(_texts(entry, "platforms", label)),
        names=frozenset(name.lower() for name in _texts(entry, "names", label)),
        segments=_pattern(entry, "segments", label),
        near=_pattern(entry, "near", label),
    )


def _effect(value: Any, label: str) -> Effect:
    try:
        return Effect(value)
    except ValueError as error:
        raise bad(
            BadExclusions, label, "declared.no_choice", key="effect", value=value, known=", ".join(Effect)
        ) from error


def _pattern(entry: Mapping[str, Any], field: str, label: str) -> re.Pattern[str] | None:
    texts = _texts(entry, field, label)
    try:
        return re.compile("|".join(f"(?:{text})" for text in texts), re.IGNORECASE) if texts else None
    except re.error as error:
        raise bad(BadExclusions, label, "declared.no_expression", key=field, why=error) from error


def _texts(entry: Mapping[str, Any], field: str, label: str) -> list[str]:
    values = entry.get(field, [])
    if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
        raise bad(BadExclusions, label, "declared.no_list", key=field, value=values)
    return values
