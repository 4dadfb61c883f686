"""What somebody wrote, repeated in a sentence.

A name or a word stands in the quotation marks of its language, which are the catalogue's: ”namn”, “name”. A value of a
file of settings stands as that file writes it, so that it is found there: {value!r} ─as_written▶ "abc" · true · ["a"]
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Final

AS_WRITTEN: Final = "!r}"  # in the catalogue


@dataclass(frozen=True, slots=True, repr=False)
class Written:
    """A fact that `{name!r}` shows as a file of settings writes it, and `{name}` as it is."""

    fact: object

    def __repr__(self) -> str:
        return as_written(self.fact)

    def __str__(self) -> str:
        return str(self.fact)

    def __format__(self, spec: str) -> str:
        return format(self.fact, spec)


def as_written(value: object) -> str:
    """A value in the notation of TOML 1.0 (https://toml.io/en/v1.0.0); what that has no notation for, as text."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return json.dumps(value, ensure_ascii=False)
        case date() | time():
            return value.isoformat()
        case list() | tuple():
            return f"[{', '.join(map(as_written, value))}]"
        case Mapping():
            return f"{{ {', '.join(f'{name} = {as_written(each)}' for name, each in value.items())} }}"
        case _:
            return str(value)
