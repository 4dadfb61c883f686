"""The languages that a text names, by tag or by word: `sv-SE`, `svenska`, `nb`, "Svenska och engelska".

Tags: BCP 47. Words in Swedish, English and the neighbours' languages: CLDR, through Babel.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from babel import Locale

from audits.languages import NEIGHBOURS

_SAME: Final = {"nb": "no", "nn": "no", "swe": "sv", "sve": "sv", "eng": "en", "fil": "tl", "iw": "he"}
_COUNTRIES: Final = {"se": "sv", "uk": "en"}  # codes of other languages, and what most who write them mean
_TAG: Final = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*")  # a language tag: "sv", "sv-SE"


def languages_in(text: str) -> frozenset[str]:
    """Their codes; none where the text names no language that is known. One that is also a country's is both."""
    words = re.split(r"[\s,;/+&]+", text.casefold().strip())
    meant = (_COUNTRIES.get(re.split(r"[-_]", word)[0]) for word in words)
    return frozenset(code for code in (*map(_code, words), *meant) if code)


def _code(word: str) -> str | None:
    known = _by_word()
    tag = re.split(r"[-_]", word)[0] if _TAG.fullmatch(word) else ""
    code = tag if tag in _SAME or tag in _codes() else known.get(word)
    return _SAME.get(code, code) if code else None


@cache
def _codes() -> frozenset[str]:
    return frozenset(code for code in map(str, Locale("en").languages) if "_" not in code)


@cache
def _by_word() -> dict[str, str]:
    told_in = (Locale(each).languages.items() for each in (*reversed(NEIGHBOURS), "en", "sv"))
    spoken = [(str(code), str(word)) for words in told_in for code, word in words]
    return {word.casefold(): code for code, word in spoken if "_" not in code}
