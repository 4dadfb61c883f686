"""Character references from strangers: `&amp;`, `&#229;`, and those that name no character at all.

The standard library raises on a number of 4,300 digits; libxml2, told to recover, lets half a surrogate pair through.
"""

from __future__ import annotations

import html
import re

_NUMBER = re.compile(r"&#(?=[xX]?+[0-9a-fA-F])(?:[xX]0*+([0-9a-fA-F]*+)|0*+([0-9]*+));?")
_LONGEST = 7  # digits of U+10FFFF written as a decimal number
_USUAL = len("&#x0010FFFF;")
_REPLACEMENT = "\ufffd"


def unescaped(text: str) -> str:
    """The text with its references resolved, as HTML resolves them. Raises nothing."""
    return html.unescape(mended(text)) if "&" in text else text


def mended(text: str) -> str:
    """The text in which no number refers to half a surrogate pair or beyond Unicode, or begins with many zeros."""
    return _NUMBER.sub(_checked, text) if "&#" in text else text


def _checked(found: re.Match[str]) -> str:
    digits, base = (found[2], 10) if found[1] is None else (found[1], 16)
    code = int(digits or "0", base) if len(digits) <= _LONGEST else 0x110000
    if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return _REPLACEMENT
    return found[0] if len(found[0]) <= _USUAL else f"&#{code};"
