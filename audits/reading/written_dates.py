"""Dates as people and programs of many languages write them, turned into what the standard library reads.

    "den 26 augusti 2020 kl. 17.00" · "26/08/2020 17:00" ─tidied▶ "den 26 augusti 2020 17:00" · "26 Aug 2020 17:00"
    "26 Aug 2020 17:00 CEST" ─with_offset▶ "26 Aug 2020 17:00 +0200"
    "den 26 augusti 2020 17:00" · "August 26, 2020 5:00 PM" · "26. aug. 2020 17:00" ─as_rfc_822▶ "26 Aug 2020 17:00"

Each step reads what the one before it gave. Where nobody can tell the day from the month ("05/11/2025") nothing is
turned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

# RFC 822 knows American names alone, and Python takes any other for UTC. IST is left out, which is India's, Israel's
# and Ireland's; BST is taken for Britain's.
_ZONES: Final = {
    "CET": "+0100", "MEZ": "+0100", "CEST": "+0200", "MESZ": "+0200", "EET": "+0200", "EEST": "+0300",
    "WEST": "+0100", "BST": "+0100", "UTC": "+0000", "GMT": "+0000", "Z": "+0000", "MSK": "+0300", "HKT": "+0800",
    "SGT": "+0800", "AWST": "+0800", "JST": "+0900", "KST": "+0900", "AEST": "+1000", "AEDT": "+1100", "NZST": "+1200",
    "NZDT": "+1300",
}  # fmt: skip
# The zone by its name, last or before the year: "10:00 CEST", "10:00 CET 2026".
_NAMED_ZONE: Final = re.compile(r"(?<!\s)\s+([A-Z]{1,5})(?=\s+\d{4}$|$)")
_OFFSET_AND_UTC: Final = re.compile(r"[+-]\d{4}\s+UTC$")  # "17:00 +0000 UTC"

# The names of months in English, the Nordic and the western European languages. Any beginning abbreviates one, if it
# goes as far as the stroke.
_MONTHS: Final = {
    "Jan": "jan|uary jan|uari jan|uar jan|úar jan|vier jan|eiro jän|ner gen|naio gen|er ene|ro tamm|ikuuta",
    "Feb": "feb|ruary feb|ruari feb|ruar feb|rúar feb|er feb|braio feb|rero fév|rier fev|rier fev|ereiro helm|ikuuta",
    "Mar": "mar|ch mar|s mar|ts mar|zo mar|ço mar|co mär|z mrz maa|rt mrt maal|iskuuta",
    "Apr": "apr|il apr|íl apr|ile avr|il abr|il huht|ikuuta",
    "May": "may|o maj mai|o mai|g maí mei mag|gio touk|okuuta",
    "Jun": "jun|e jun|i jun|io jun|ho jun|y juin jún|í giu|gno kesä|kuuta",
    "Jul": "jul|y jul|i jul|io jul|ho jul|iol juil|let júl|í lug|lio hein|äkuuta",
    "Aug": "aug|ust aug|usti aug|ustus aoû|t aou|t ago|sto ago|st ágú|st elok|uuta",
    "Sep": "sep|tember sep|tembre sep|tiembre set|tembre set|embro set|embre set|iembre syys|kuuta",
    "Oct": "oct|ober oct|obre oct|ubre okt|ober okt|óber ott|obre out|ubro loka|kuuta",
    "Nov": "nov|ember nov|embre nov|iembre nov|embro nóv|ember marr|askuuta",
    "Dec": "dec|ember dec|embre des|ember des|embre dez|ember dez|embro déc|embre dic|embre dic|iembre joul|ukuuta",
}


def _written(name: str) -> Iterator[str]:
    """`mar|ch` is written mar, marc and march."""
    least, _, rest = name.partition("|")
    return (least + rest[:letters] for letters in range(len(rest) + 1))


_MONTH_OF: Final = {
    word: month for month, names in _MONTHS.items() for name in names.split() for word in _written(name)
}
# "Nov. 19th, 2026", before its year.
_MONTH_FIRST: Final = re.compile(r"(?<![^\W_])([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(?=\d{4}(?!\d))")
# "19 november 2026", "19. Nov 2026", "19 de noviembre de 2026", "19-Nov-2026", before the year.
_DAY_FIRST: Final = re.compile(
    r"(?<!\w)(\d{1,2})(?:\.|st|nd|rd|th|er)?[\s-]+(?:de\s+)?([^\W\d_]{3,12})[.,]?[\s-]+(?:de\s+)?(?=\d{4}(?!\d))"
)
# "9:05 pm", "9:05 p.m.".
_HALF_DAY: Final = re.compile(r"(?<!\d)(\d{1,2})(:\d{2}(?::\d{2})?)\s*([ap])\.?m\b\.?", re.IGNORECASE)
# "torsdag den " before a day, a month and a year.
_WEEKDAY: Final = re.compile(r"^(?:[^\W\d_]{2,12}\.?,?\s+)?(?:den\s+)?(?=\d{1,2} [A-Z][a-z]{2} \d{4})")
_FRACTION: Final = re.compile(r"(?<=:\d{2})\.\d{1,9}")  # parts of a second, behind it
# A day without a time, with or without its weekday: "Thu, 19 Nov 2026".
_DAY_ALONE: Final = re.compile(r"(?:[^\W\d_]{2,12}\.?,?\s+)?\d{1,2} [A-Z][a-z]{2} \d{4}")

_BESIDE: Final = re.compile(r"\s?[(\[][^()\[\]]{1,60}[)\]]?$")  # "(Central European Standard Time)"
_TIME_BEHIND: Final = re.compile(  # "19 november 2026 kl. 09.05", "2026-11-19 kl 9:05", "November 19, 2026 - 09:05"
    r"((?<!\d)\d{4}|-\d{2})(?:,\s*|\s+[–-]\s+|\s+)(?:kl\.?\s*)?(\d{1,2})[:.](\d{2})(?![.\d])", re.IGNORECASE
)
# The offset behind a time: "+01:00", "GMT+1", "UTC +0100", after parts of a second or none.
_OFFSET: Final = re.compile(r"(?<=:\d{2})((?:\.\d{1,9})?)\s*(?:GMT|UTC|UT)?\s?([+-])(\d{1,2}):?(\d{2})?$")
# Day and month, or month and day, in figures: "19/11/2026", "11-19-2026".
_STROKES: Final = re.compile(r"^(\d{1,2})([/-])(\d{1,2})\2(?=\d{4}(?!\d))")
_LAST_MONTH: Final = 12
# A year in four figures, or in two behind a day and a month: "19 Nov 26 ".
_A_YEAR: Final = re.compile(r"(?<![\d:+-])[12]\d{3}(?!\d)|\d[\s-]+[^\W\d_]{3,12}\.?[\s-]+\d{2}\s+\d")


def tidied(text: str) -> str:
    """The same date with colons in its time of day, its offset in figures alone, and without what is said beside it."""
    alone = _BESIDE.sub("", text)
    timed = _TIME_BEHIND.sub(r"\1 \2:\3", alone)
    return _STROKES.sub(_with_a_month, _OFFSET.sub(_in_figures, timed))


def _in_figures(found: re.Match[str]) -> str:
    return f"{found[1]} {found[2]}{int(found[3]):02}{found[4] or '00'}"


def _with_a_month(found: re.Match[str]) -> str:
    """Only where one of the two can be no month."""
    first, second = int(found[1]), int(found[3])
    day, month = (first, second) if second <= _LAST_MONTH else (second, first)
    return f"{day} {list(_MONTHS)[month - 1]} " if day > _LAST_MONTH and 0 < month <= _LAST_MONTH else found[0]


def with_offset(text: str) -> str:
    """A zone's name as the offset that it stands for."""
    found = _NAMED_ZONE.search(text)
    if not found or found[1] not in _ZONES:
        return text
    offset = "" if _OFFSET_AND_UTC.search(text) else f" {_ZONES[found[1]]}"
    return text[: found.start()] + offset + text[found.end() :]


def as_rfc_822(text: str) -> str:
    """The same date with an English month, behind its day, and the hours of a whole day: without a weekday before
    them or parts of a second, and at midnight where it states no time. A word that is no month's stays.
    """
    turned = _MONTH_FIRST.sub(lambda found: _named(found, found[2], found[1]), text)
    named = _DAY_FIRST.sub(lambda found: _named(found, found[1], found[2]), turned)
    told = _FRACTION.sub("", _HALF_DAY.sub(_of_a_whole_day, _WEEKDAY.sub("", named)))
    return f"{told} 00:00" if _DAY_ALONE.fullmatch(told) else told


def states_a_year(text: str) -> bool:
    """Whether a date as of RFC 822 states one: clocks that were never set write 0001, 0000 and -0001, which the
    standard library takes for two digits of ours.
    """
    return _A_YEAR.search(text) is not None


def _named(found: re.Match[str], day: str, month: str) -> str:
    english = _MONTH_OF.get(month.lower())
    return f"{day} {english} " if english else found[0]


def _of_a_whole_day(found: re.Match[str]) -> str:
    hour = int(found[1]) % 12 + (12 if found[3].lower() == "p" else 0)
    return f"{hour:02}{found[2]}"
