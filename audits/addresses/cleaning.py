"""What people paste, before it is read: wrappers, invisible letters and punctuation go.

    raw ─mended─▶ ─visible─▶ ─entities─▶ ─trimmed─▶ ─one line─▶ ─unlinked─▶ ─peeled─▶ text
                        (and a note for each step that did something)

A last full stop stays: only the platform knows whether its names may end in one.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Final

_PLAIN = re.compile(r"[A-Za-z0-9@][A-Za-z0-9._~:/?#@%=+\-]*[A-Za-z0-9_/\-=.]")
_SURROGATE = re.compile(r"[\ud800-\udfff\x00]")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8});")
_HTML_LINK = re.compile(r"<a\b[^>]{0,999}?\bhref\s{0,9}=\s{0,9}[\"']?([^\"'>\s]+)", re.IGNORECASE)
_MARKDOWN_LINK = re.compile(r"!?\[[^\]]*\]\(\s{0,9}<?([^\s)>]++)[^)]*+\)\.?")
_BREAKS = re.compile(r"[\t\r\n\v\f]+")
_OPENING: Final = {")": "(", "]": "[", ">": "<", "}": "{", "”": "“", "’": "‘", "»": "«", "›": "‹", "`": "`", '"': '"'}
_WRAPPERS: Final = frozenset(a + z for z, a in _OPENING.items()) | {"''", "””", "’’", "„“", "»»", "»«", "**"}


def clean(raw: str) -> tuple[str, tuple[str, ...]]:
    """The text inside what was pasted, and short codes for what was taken off."""
    if _PLAIN.fullmatch(raw):
        return raw, ()
    text, notes = raw, []
    for note, step in _STEPS:
        before, text = text, step(text)
        if text != before and note:
            notes.append(note)
    return text, tuple(notes)


def visible(text: str) -> str:
    """The text without letters that nobody can see: zero width, soft hyphens, changes of direction."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def _mended(text: str) -> str:
    return _SURROGATE.sub("\ufffd", text)


def _entities(text: str) -> str:
    # html.unescape alone would also read "&sect" out of "?a=1&section=2".
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text)


def _one_line(text: str) -> str:
    return _BREAKS.sub(" ", text)


def _unlinked(text: str) -> str:
    link = _HTML_LINK.match(text) or _MARKDOWN_LINK.fullmatch(text)
    return link[1] if link else text


def _peeled(text: str) -> str:
    before = None
    while text != before:
        before, text = text, text.rstrip(",;!… ").lstrip(" ")
        if text[:1] + text[-1:] in _WRAPPERS:
            text = text[1:-1]
        elif _is_stray(text):
            text = text[:-1]
    return text


def _is_stray(text: str) -> bool:
    """Whether the last letter closes something that was never opened."""
    opening = _OPENING.get(text[-1:])
    return opening is not None and opening not in text[:-1]


_STEPS: Final[tuple[tuple[str, Callable[[str], str]], ...]] = (
    ("unreadable-letters", _mended),
    ("zero-width", visible),
    ("html-entity", _entities),
    ("surrounding-space", str.strip),
    ("", _one_line),
    ("link-markup", _unlinked),
    ("wrapped", _peeled),
)
