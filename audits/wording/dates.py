"""Days and moments as people write them in each language.

    3 november 2026 · 3 november 2026 kl. 03.15        3 November 2026 · 3 November 2026, 03:15
    3 november, where it is this year                  3 November

Where figures stand in columns, ISO 8601 is used instead, in both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from typing import Final, TypeGuard

from babel.dates import format_date, format_datetime

from audits.languages import CLOCKS, LANGUAGES, LOCALES, MOMENTS

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH_ALONE: Final = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])")


def is_day(fact: object) -> TypeGuard[date]:
    """Whether it is a day, and no moment."""
    return isinstance(fact, date) and not isinstance(fact, datetime)


def long_day(day: date, language: str) -> str:
    """`3 november 2026`."""
    return format_date(day, "d MMMM y", locale=_as_in(language, LOCALES))


def day_in_words(day: date, language: str, today: date) -> str:
    """`3 november`, with its year where that is another one than today's."""
    pattern = "d MMMM" if day.year == today.year else "d MMMM y"
    return format_date(day, pattern, locale=_as_in(language, LOCALES))


def long_moment(at: datetime, language: str, zone: tzinfo) -> str:
    """`3 november 2026 kl. 03.15`, in `zone`."""
    return format_datetime(at.astimezone(zone), _as_in(language, MOMENTS), locale=_as_in(language, LOCALES))


def clock_in_words(at: datetime, language: str, zone: tzinfo) -> str:
    """`03.15`, in `zone`: what stands after `kl.`."""
    return format_datetime(at.astimezone(zone), _as_in(language, CLOCKS), locale=_as_in(language, LOCALES))


def told(value: str, language: str) -> str:
    """A text that may be a day or a month in figures (`2026-11-03`, `2026-11`), as people write it; any other text as it is."""
    if _MONTH_ALONE.fullmatch(value):
        return format_date(date.fromisoformat(f"{value}-01"), "MMMM y", locale=_as_in(language, LOCALES))
    day = written_day(value)
    return long_day(day, language) if day else value


def written_day(value: str) -> date | None:
    """The day that a text is, as `2026-11-03`; None for any other text, `2026-W45-2` included."""
    if not _DAY.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _as_in(language: str, written: Mapping[str, str]) -> str:
    return written.get(language, written[LANGUAGES[0]])
