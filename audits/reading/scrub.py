"""Text from strangers, made fit to store, print and compare.

PostgreSQL refuses U+0000, UTF-8 refuses lone surrogates, a terminal obeys control characters, and bidi controls
(https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters) turn the words around them.
"""

from __future__ import annotations

import re
import unicodedata

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def scrub(text: str, limit: int) -> str:
    """At most `limit` characters of the text, without lone surrogates or controls; newline and tab stay."""
    kept = text[: 4 * limit]  # so that a huge text costs no more than its limit
    return _SURROGATES.sub("\ufffd", straight(_CONTROLS.sub("", kept)))[:limit]


def straight(text: str) -> str:
    """The text without bidi controls: it reads in the order in which it is written, and leaves its neighbours alone."""
    return _BIDI.sub("", text)


def one_line(text: str, limit: int = 200) -> str:
    """The text on one line, without anything invisible: what a stranger wrote, fit to stand inside a sentence.

    Format characters (Unicode category Cf: bidi controls, zero-width letters, soft hyphens, tags) are dropped, since
    they change how the words around them read; every kind of line end becomes a space.
    """
    kept = scrub(text, 4 * limit)
    seen = "".join(" " if letter.isspace() else letter for letter in kept if unicodedata.category(letter) != "Cf")
    return " ".join(seen.split())[:limit]
