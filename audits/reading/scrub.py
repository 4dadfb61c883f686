"""Text from strangers, made fit to store, print and compare.

PostgreSQL refuses U+0000, UTF-8 refuses lone surrogates, a terminal obeys control characters, and bidi controls
(https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters) turn the words around them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# What is drawn as nothing and is no format character (DerivedCoreProperties.txt, Default_Ignorable_Code_Point); a
# selector behind a sign chooses between a picture and a letter, behind anything else it chooses nothing.
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0\U000e0000-\U000e0fff]"
    "|(?<![#*0-9\u2000-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff])[\ufe00-\ufe0f]"
)
_BLANK = frozenset("\u2800")  # Braille's empty cell, which is no space to Unicode
_MOST_MARKS = 6
_SURROGATES = re.compile("[\ud800-\udfff]")


def scrub(text: str, limit: int) -> str:
    """At most `limit` characters of the text, without lone surrogates or controls; newline and tab stay."""
    kept = text[: 4 * limit]  # so that a huge text costs no more than its limit
    return _SURROGATES.sub("\ufffd", straight(_CONTROLS.sub("", kept)))[:limit]


def straight(text: str) -> str:
    """The text without bidi controls: it reads in the order in which it is written, and leaves its neighbours alone."""
    return text if text.isascii() else _BIDI.sub("", text)


def one_line(text: str, limit: int = 200) -> str:
    """The text on one line, without anything invisible: what a stranger wrote, fit to stand inside a sentence.

    Format characters (Unicode category Cf: bidi controls, zero-width letters, soft hyphens, tags) are dropped, since
    they change how the words around them read, and so are fillers, which make two names look like one; every kind of
    line end becomes a space. Marks that are stacked on a letter until they cover the lines beside it stay as few as any
    language needs.
    """
    seen = "".join(
        " " if letter.isspace() or letter in _BLANK else letter for letter in _visible(scrub(text, 4 * limit))
    )
    return " ".join(seen.split())[:limit]


def _visible(text: str) -> Iterator[str]:
    marks = 0
    for letter in _UNSEEN.sub("", text):
        category = unicodedata.category(letter)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if category != "Cf" and marks <= _MOST_MARKS:
            yield letter
