"""How a name is written, and how it is drawn.

    skeleton   UTS #39: characters that are drawn alike become one          "НеIѕingborg" ─▶ "HelsingbOrg" of one script
    drawn      as a hurried reader sees it: no case, no accents, digits and   "Hels1ngb0rg" ─▶ "helslngborg"
               pairs for the letters that they resemble
    letters    what is written: å, ä and ö are letters of their own          "Älmestad" ─▶ "älmestad"

Source: Unicode Technical Standard #39, section 4 (internalSkeleton).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias
from unicodedata import category, normalize

Confusables: TypeAlias = Mapping[str, str]

LONGEST: Final = 120  # characters: whatever is longer is no name
_RESEMBLES: Final = str.maketrans({
    "0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "6": "b", "7": "t", "8": "b", "9": "g", "i": "l", "|": "l",
    "!": "l", "$": "s", "@": "a", "€": "e", "ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "đ": "d", "ð": "d", "þ": "p",
    "ł": "l", "ı": "l",
})  # fmt: skip
_PAIRS: Final = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("ae", "a"), ("oe", "o"), ("aa", "a"))
_IGNORED: Final = frozenset("\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u3164\ufeff\uffa0")


def skeleton(text: str, table: Confusables) -> str:
    """Two texts with one skeleton are drawn alike. It is for comparing, never for showing."""
    decomposed = normalize("NFD", "".join(letter for letter in text[:LONGEST] if not _is_ignorable(letter)))
    return normalize("NFD", "".join(table.get(letter, letter) for letter in decomposed))


def _is_ignorable(letter: str) -> bool:
    """Whether nothing is drawn: format characters, variation selectors, fillers."""
    return category(letter) == "Cf" or letter in _IGNORED or "\ufe00" <= letter <= "\ufe0f"


def letters(text: str) -> str:
    """Letters and digits in lower case; nothing else counts."""
    composed = normalize("NFC", normalize("NFKC", text[:LONGEST]).casefold())
    return "".join(letter for letter in composed if letter.isalnum())


def drawn(text: str, table: Confusables) -> str:
    """The text as it looks at a glance: one spelling for all that is easily taken for each other."""
    plain = normalize("NFKD", skeleton(normalize("NFKC", text[:LONGEST]), table)).lower().translate(_RESEMBLES)
    kept = "".join(letter for letter in plain if letter.isalnum())
    for pair, single in _PAIRS:
        kept = kept.replace(pair, single)
    return kept
