"""A sentence that is written where something is found, and read by people of several languages.

    said(key, **facts) ─▶ Said: its English text, for scripts ─told_in(language)▶ the same in another language

A fact may be a sentence of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from audits.wording import phrase

_FIRST = "en"


class Said(str):
    """English text that remembers what it says; wherever a text will do, so will this."""

    key: str
    facts: Mapping[str, object]

    def __new__(cls, key: str, facts: Mapping[str, object]) -> Self:
        """Write the sentence in English. Raises `KeyError` for one that nobody has written."""
        made = super().__new__(cls, phrase(key, _FIRST, **facts))
        made.key, made.facts = key, facts
        return made

    def __getnewargs__(self) -> tuple[str, Mapping[str, object]]:  # type: ignore[override]  # a copy is said anew
        return self.key, self.facts


def said(key: str, /, **facts: object) -> Said:
    """The sentence for `key`. Raises `KeyError` for one that nobody has written."""
    return Said(key, facts)


def told_in(language: str, text: str) -> str:
    """The text in that language where it is a sentence of ours; else as it stands."""
    if not isinstance(text, Said):
        return text
    facts = {name: told_in(language, fact) if isinstance(fact, str) else fact for name, fact in text.facts.items()}
    return phrase(text.key, language, **facts)
