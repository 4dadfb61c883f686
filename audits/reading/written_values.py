"""Values as pages write them: counts in words, dates in many hands, markup in descriptions.

"1,2 tn" · "12.3K subscribers" · "2 miljoner" ─▶ int      "2026-01-26T18:50:47Z" · RFC 822 ─▶ UTC
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from audits.model import UNSEEN, Precision, Seen, Unseen
from audits.reading.entities import unescaped
from audits.reading.html import read_html
from audits.reading.written_dates import as_rfc_822, states_a_year, tidied, with_offset

_COUNT = re.compile(  # in thousands; in India in thousands and then in hundreds; else bare, or with a fraction
    r"(\d{1,3}(?:[.,'’٬\s]\d{3})+(?!\d)|\d{1,2}(?:[,٬]\d{2}){1,4}[,٬]\d{3}(?!\d)|\d+(?:[.,٫]\d{1,3})?)"
    r"\s*([^\W\d_]{0,12}\.?)"
)
_UNITS = {
    "k": 1_000, "tn": 1_000, "tsd": 1_000, "t": 1_000, "tusen": 1_000, "tusind": 1_000, "mil": 1_000, "thousand": 1_000,
    "m": 1_000_000, "mn": 1_000_000, "mio": 1_000_000, "mln": 1_000_000, "milj": 1_000_000, "miljoner": 1_000_000,
    "million": 1_000_000, "millions": 1_000_000, "b": 1_000_000_000, "md": 1_000_000_000, "mdr": 1_000_000_000,
    "mi": 1_000_000, "mill": 1_000_000, "млн": 1_000_000, "тыс": 1_000, "тис": 1_000, "tys": 1_000, "tis": 1_000,
    **dict.fromkeys(("tūkst", "tuh", "þ", "rb", "хил", "хиљ", "χιλ", "ألف", "هزار"), 1_000),  # as CLDR shortens them
    **dict.fromkeys(("jt", "مليون", "میلیون"), 1_000_000),
    "mil.": 1_000_000,  # Czech, Slovak, Romanian; a thousand, without a stop, in Spanish and Portuguese
}  # fmt: skip
_MYRIADS = {
    "万": 10_000,
    "萬": 10_000,
    "만": 10_000,
    "억": 100_000_000,
    "億": 100_000_000,
    "亿": 100_000_000,
    "천": 1_000,
}
_LONGEST_NUMBER = 200


def count_in(text: str | None) -> int | None:
    """The first count in a short text, or None. Rounded forms ("1.2M") give their rounded value."""
    match = _COUNT.search(text[:_LONGEST_NUMBER]) if text else None
    if text is None or match is None:
        return None
    number, word = match.groups()
    unit = _UNITS.get(word.lower()) or _UNITS.get(word.rstrip(".").lower()) or _MYRIADS.get(word[:1])
    if unit is None:
        return _exact(number, text[match.end(1) :])
    return round(float(re.sub(r"[,٫]", ".", re.sub(r"\s", "", number))) * unit) if _plain(number) else None


_SHORTENED = (  # how the languages of CLDR shorten thousands and millions, beside those that `_UNITS` reads
    "k|m|b|t|tn|tsd|tusen|tusind|mil|mn|mio|mln|milj|mill|mi|md|mrd|tys|tis|тыс|тис|млн|хил|rb|jt|bin|ezer|lakh|crore|"
    "e|n|tr|þ|hilj|tuh|tūkst|ming|mii|mijë|миң|мың|илј|мил|мян|сая|хиљ|χιλ|εκ|հզր|մլն|ہزار|ألف|مليون|هزار|میلیون|"
    "हज़ार|हजार|ह|হাজাৰ|নিযুত|হা|ਹਜ਼ਾਰ|હજાર|लाख|करोड|কো|કરોડ|ਕਰੋੜ|क॰|لاکھ|کروڑ|লাখ|ພັນ|ລ້ານ|ათ|მლნ|ሺ|ሚ|ពាន់|លាន|พัน|หมื่น|แสน|ล้าน"
)
_ROUNDED = re.compile(  # "12K", "12万"; a counter after the number is none: "1,234人", "789件", "12명"
    rf"(?![\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af])[^\W\d_]|[万萬만억億亿천千百]|\s(?:{_SHORTENED})(?!\w)",
    re.IGNORECASE,
)


def exact_counts(text: str | None) -> tuple[int | None, ...]:
    """Every count in a short text, in order; None for those given rounded ("1.2M", "97 mn", "12万")."""
    shown = (text or "")[:_LONGEST_NUMBER]
    return tuple(_exact(match[1], shown[match.end(1) :]) for match in _COUNT.finditer(shown))


def only_count(text: str | None) -> Seen[int]:
    """The count in a short text that holds no other; unseen where it is rounded, or there are several."""
    counts = exact_counts(text)
    return counts[0] if len(counts) == 1 and counts[0] is not None else UNSEEN


def _exact(number: str, after: str) -> int | None:
    cut = re.search(r"[.,]\d{1,2}$|٫", number) or _ROUNDED.match(after)
    return None if cut else int(re.sub(r"\D", "", number))


def _plain(number: str) -> bool:
    return bool(re.fullmatch(r"\d+(?:[.,٫]\d+)?", number))


_LONGEST_DATE = 64


def moment(value: object) -> datetime | None:
    """A date as feeds, interfaces and meta tags write it, in UTC; a date without a zone is taken as UTC.

    Reads ISO 8601, RFC 822 and Unix seconds or milliseconds (numbers, or digits).
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, str):
        text = value.strip()[:_LONGEST_DATE]
        return _from_epoch(float(text)) if _is_a_clock(text) else _from_text(text)
    return _from_epoch(value) if isinstance(value, int | float) else None


_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MONTH = re.compile(r"\d{4}-\d\d")
_TIME_OF_DAY = re.compile(r"\d:\d|\dT\d", re.I)


def day_or_month(text: str) -> tuple[datetime | None, Precision]:
    """A date without a time of day, `2026-11-03` or `2026-11`, and how exactly it is stated; a year alone is none."""
    if _MONTH.fullmatch(text):
        return moment(f"{text}-01"), Precision.MONTH
    return (moment(text) if _DAY.fullmatch(text) else None), Precision.DAY


def precision_of(value: object) -> Precision:
    """How exactly such a date is stated: by its day alone where no time of day is written."""
    written = isinstance(value, str) and not _is_a_clock(value.strip())
    return Precision.DAY if written and not _TIME_OF_DAY.search(tidied(str(value).strip())) else Precision.SECOND


def _is_a_clock(text: str) -> bool:
    """Whether these digits count seconds, or their thousandths: eight of them are a day, 20260826."""
    return text.isascii() and text.isdigit() and len(text) != len("20260826")


_FIRST_YEAR = 1990  # before it stand clocks that were never set: 0001, 1970
_NEVER_SET = (datetime(2000, 1, 1, tzinfo=UTC), datetime(2001, 1, 1, tzinfo=UTC))  # where others begin
_WHEREVER = timedelta(hours=14)  # as far from UTC as midnight is anywhere
_SECONDS = (946_684_800, 4_102_444_800)  # the years 2000 to 2100


def _from_epoch(number: float) -> datetime | None:
    if not _SECONDS[0] <= number <= _SECONDS[1] * 1000:
        return None
    seconds = number / 1000 if number > _SECONDS[1] else number
    return _set(datetime.fromtimestamp(seconds, UTC)) if seconds >= _SECONDS[0] else None


def _from_text(text: str) -> datetime | None:
    zoned = with_offset(tidied(text))
    at = _iso_8601(zoned) or _rfc_822(zoned)
    try:
        return _set(_in_utc(at)) if at and at.year >= _FIRST_YEAR else None
    except OverflowError:
        return None


def _set(at: datetime) -> datetime | None:
    return None if any(abs(at - begun) <= _WHEREVER for begun in _NEVER_SET) else at


def _in_utc(at: datetime) -> datetime:
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


_WEEK = re.compile(r"\d{4}-?W\d{2}")  # of which nobody knows the day


def _iso_8601(text: str) -> datetime | None:
    try:
        return None if _WEEK.fullmatch(text) else datetime.fromisoformat(_iso(text))
    except ValueError:
        return None


def _rfc_822(text: str) -> datetime | None:
    turned = as_rfc_822(text)
    try:
        return parsedate_to_datetime(turned) if states_a_year(turned) else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


_YEAR_FIRST = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")  # "2026-11-19", "2026/1/9"
_DAY_FIRST = re.compile(r"^(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)")  # full stops are European; strokes could be either
_HOUR_OF_ONE_FIGURE = re.compile(r"(?<=[ T])(\d)(?=:)")
_OFFSET_WITHOUT_COLON = re.compile(r"(?<!\s)\s*([+-]\d{2})(\d{2})$")
_SMALL_Z = re.compile(r"(?<=\d)z$")


def _iso(text: str) -> str:
    """Facebook's Graph writes the offset as +0000, some feeds a space before it, others 2020/1/10 or 10.1.2020."""
    turned = _DAY_FIRST.sub(r"\3-\2-\1", text)
    year_first = _YEAR_FIRST.sub(lambda m: f"{m[1]}-{int(m[2]):02}-{int(m[3]):02}", turned)
    told = _HOUR_OF_ONE_FIGURE.sub(r"0\1", year_first)
    return _SMALL_Z.sub("Z", _OFFSET_WITHOUT_COLON.sub(r"\1:\2", told))


_INLINE = re.compile(r"</?(?:span|a|b|i|em|strong|u|wbr|small|mark|font)\b[^>]*>", re.IGNORECASE)  # part no words


def plain(markup: str | None) -> str | None:
    """The words of a description that holds markup."""
    if not markup:
        return None
    text = read_html(_INLINE.sub("", markup)).text if "<" in markup else unescaped(markup)
    return text.strip() or None


_WEB = re.compile(r"https?://[^\s/]+\.[^\s]+\Z", re.IGNORECASE)  # a web address, from its scheme to its end


def first_of(links: tuple[str, ...] | Unseen) -> Seen[str]:
    """The first of an account's links; None where it is told that there are none."""
    return next(iter(links), None) if isinstance(links, tuple) else UNSEEN


def links_in(markup: str | None) -> tuple[str, ...]:
    """The web addresses that a piece of markup links to; mentions and hashtags are none. A bare address is its own."""
    if not markup:
        return ()
    if "<" not in markup:
        return (markup.strip(),) if _WEB.match(markup.strip()) else ()
    anchors = read_html(markup).anchors
    return tuple(each.href for each in anchors if _WEB.match(each.href) and not each.text.startswith(("@", "#")))
