"""Unicode's table of characters that are drawn alike, read from the file that Unicode publishes.

    config/unicode/confusables.txt ─▶ {"а": "a", "1": "l", "m": "rn", …}

Source: Unicode Technical Standard #39, confusables.txt. The file may be replaced by a newer edition as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

PATH = Path(__file__).parent / "unicode" / "confusables.txt"


class BadConfusables(ValueError):
    """The table cannot be used; the message names the line."""


@cache
def load_confusables(path: Path = PATH) -> Mapping[str, str]:
    """Each character with what it is drawn like. Raises `BadConfusables`."""
    return dict(_pairs(path.read_text(encoding="utf-8-sig").splitlines(), path.name))


def _pairs(lines: list[str], name: str) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(lines, 1):
        fields = [each.strip() for each in line.partition("#")[0].split(";")]
        if not fields[0]:
            continue
        try:
            yield _characters(fields[0]), _characters(fields[1])
        except (ValueError, IndexError, OverflowError) as error:
            raise BadConfusables(f"{name}, line {number}: {line!r} is not 'code point ; code points'") from error


def _characters(codes: str) -> str:
    return "".join(chr(int(code, 16)) for code in codes.split())
