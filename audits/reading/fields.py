"""Values as pages write them: counts in words, dates in many hands, markup in descriptions.

"1,2 tn" · "12.3K subscribers" · "2 miljoner" ─▶ int      "2026-01-26T18:50:47Z" · RFC 822 ─▶ UTC
"""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from audits.reading.html import read_html

_COUNT = re.compile(r"(\d{1,3}(?:[.,\s\u00a0\u202f]\d{3})+(?!\d)|\d+(?:[.,]\d{1,3})?)\s*([^\W\d_]{0,12})")
_UNITS = {
    "k": 1_000, "tn": 1_000, "tsd": 1_000, "t": 1_000, "tusen": 1_000, "mil": 1_000, "thousand": 1_000,
    "m": 1_000_000, "mn": 1_000_000, "mio": 1_000_000, "mln": 1_000_000, "milj": 1_000_000, "miljoner": 1_000_000,
    "million": 1_000_000, "millions": 1_000_000, "b": 1_000_000_000, "md": 1_000_000_000, "mdr": 1_000_000_000,
}  # fmt: skip
_LONGEST_NUMBER = 200


def count_in(text: str | None) -> int | None:
    """The first count in a short text, or None. Rounded forms ("1.2M") give their rounded value."""
    match = _COUNT.search(text[:_LONGEST_NUMBER]) if text else None
    if match is None:
        return None
    number, word = match.groups()
    unit = _UNITS.get(word.lower())
    if unit is None:
        return int(re.sub(r"\D", "", number)) if not re.search(r"[.,]\d{1,2}$", number) else None
    return (
        round(float(number.replace(",", ".").replace("\u00a0", "").replace(" ", "")) * unit) if _plain(number) else None
    )


def _plain(number: str) -> bool:
    return bool(re.fullmatch(r"\d+(?:[.,]\d+)?", number))


def moment(value: object) -> datetime | None:
    """A date as feeds, interfaces and meta tags write it, in UTC; a date without a zone is taken as UTC.

    Reads ISO 8601, RFC 822 and Unix seconds or milliseconds (numbers, or digits).
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float) or (isinstance(value, str) and value.isascii() and value.isdigit()):
        return _from_epoch(float(value))
    return _from_text(value.strip()) if isinstance(value, str) else None


_SECONDS = (946_684_800, 4_102_444_800)  # the years 2000 to 2100


def _from_epoch(number: float) -> datetime | None:
    seconds = number / 1000 if number > _SECONDS[1] else number
    return datetime.fromtimestamp(seconds, UTC) if _SECONDS[0] <= seconds <= _SECONDS[1] else None


def _from_text(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(_iso(text))
    except ValueError:
        try:
            at = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    try:
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except OverflowError:
        return None


def _iso(text: str) -> str:
    """Facebook's Graph writes the offset as +0000, some feeds put a space before it."""
    return re.sub(r"\s*([+-]\d{2})(\d{2})$", r"\1:\2", text)


def plain(markup: str | None) -> str | None:
    """The words of a description that holds markup."""
    if not markup:
        return None
    text = read_html(markup).text if "<" in markup else html.unescape(markup)
    return text.strip() or None
