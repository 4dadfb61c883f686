"""Bytes of unknown making to text.

byte order mark ─▶ zeros ─▶ UTF-8 ─▶ the likeliest single-byte encoding of western Europe ─▶ mojibake mended
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SINGLE = ("cp1252", "mac_roman", "cp850")
_LIKELY = [*_SINGLE, "utf_16_le", "utf_16_be"]
_BEGINNING = 400  # bytes
_SWEDISH = "åäöÅÄÖé"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, and how its bytes were understood."""

    text: str
    encoding: str
    mended: bool = False  # it had been decoded wrongly and saved again


def decode(data: bytes) -> Decoded:
    """The text of a file; never raises: what no encoding explains is shown as U+FFFD."""
    import ftfy

    text, encoding = _decoded(data)
    if ftfy.badness.is_bad(text):
        return Decoded(ftfy.fix_encoding(text), encoding, mended=True)
    return Decoded(text, encoding)


def wide(data: bytes) -> str | None:
    """The encoding in which a file that has no mark takes two bytes for each letter; None of any other."""
    start = data[:_BEGINNING]
    if b"\0" not in start or (any(start[1::2]) and any(start[::2])):
        return None
    return "utf-16-be" if any(start[1::2]) else "utf-16-le"


def _decoded(data: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace"), encoding
    if (unmarked := wide(data)) is not None:
        return data.decode(unmarked, "replace"), unmarked
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        import charset_normalizer

        best = charset_normalizer.from_bytes(data, cp_isolation=_LIKELY).best()
        encoding = _by_its_letters(data, best.encoding if best else "cp1252")
        return data.decode(encoding, "replace"), encoding


def _by_its_letters(data: bytes, guessed: str) -> str:
    """Of the single-byte encodings the one in which most Swedish letters stand: a short file says little else."""
    if guessed not in _SINGLE:
        return guessed

    def letters(encoding: str) -> tuple[int, bool]:
        return sum(map(data.decode(encoding, "replace").count, _SWEDISH)), encoding == guessed

    return max(_SINGLE, key=letters)
