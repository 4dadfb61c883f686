"""What single cells of a register mean, each refused with what would do.

text ─kind, day, months, mailbox▶ a value | BadCell(value, reason, remedy)
FITS: whether a value could stand in a column of that meaning at all
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Final

from babel.dates import get_month_names

from audits.column_meanings import Meaning
from audits.languages import LANGUAGES, NEIGHBOURS
from audits.model import Kind
from audits.recipients import is_mailbox
from audits.wording.said import said

_KINDS: Mapping[str, Kind] = {
    "": Kind.ORDINARY, "ordinary": Kind.ORDINARY, "vanligt": Kind.ORDINARY, "ordinarie": Kind.ORDINARY,
    "seasonal": Kind.SEASONAL, "säsong": Kind.SEASONAL, "säsongskonto": Kind.SEASONAL, "sesong": Kind.SEASONAL,
    "rota": Kind.ROTA, "stafett": Kind.ROTA, "medarbetarkonto": Kind.ROTA,
    "crisis parked": Kind.CRISIS_PARKED, "kris": Kind.CRISIS_PARKED, "krisvilande": Kind.CRISIS_PARKED,
    "role": Kind.ROLE, "befattning": Kind.ROLE,
    "signposted closed": Kind.SIGNPOSTED_CLOSED, "avslutad": Kind.SIGNPOSTED_CLOSED, "closed": Kind.SIGNPOSTED_CLOSED,
    "avsluttet": Kind.SIGNPOSTED_CLOSED,
}  # fmt: skip
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:\.\s?(\d{1,2})\.\s?|/(\d{1,2})\s)(\d{4})")  # 31.1.2024, and Swedish 31/1 2024


_MAILBOX = re.compile(r"[^\s<>,;:|/\"'()\[\]@]{1,64}@[^\s<>,;:|/\"'()\[\]@]{1,255}")  # within other words
_A_MAILBOX: Final = said("import.mailbox_as")
_NAME = re.compile(r"[^\W\d_]+\.?")
_MONTHS: Final = {
    name.casefold().rstrip("."): str(number)
    for language in (*LANGUAGES, *NEIGHBOURS)
    for width in ("wide", "abbreviated")
    for context in ("format", "stand-alone")  # toukokuuta, toukokuu
    for number, name in get_month_names(width, context, language).items()
}
_TOO_LONG: Final = 3  # digits: no month has as many, and Python makes no number of very many
_BETWEEN: Final = {"till": "-", "to": "-", "through": "-", "til": "-", "bis": "-"} | dict.fromkeys(
    ("och", "and", "samt", "og", "ja", "und"), ","
)


class BadCell(ValueError):
    """A cell that means nothing in its column."""

    def __init__(self, value: str, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.value, self.reason, self.remedy = value, reason, remedy


def kind(text: str) -> Kind:
    """Raises `BadCell`."""
    known = _KINDS.get(re.sub("[_-]", " ", text.casefold()))
    if known is None:
        raise BadCell(text, said("import.kind"), said("import.kinds"))
    return known


def kind_and_months(text: str) -> tuple[Kind, tuple[int, ...]]:
    """A kind, and after a season its months where they stand in the same cell: "säsong jun–aug". Raises `BadCell`."""
    word, _, rest = text.partition(" ")
    if not rest or _KINDS.get(word.casefold().rstrip(",:")) is not Kind.SEASONAL:
        return kind(text), ()
    try:
        return Kind.SEASONAL, months(rest.strip(" ,:()"))
    except BadCell as wrong:
        raise BadCell(text, said("import.kind"), said("import.kind_months", word=word)) from wrong


def day(text: str) -> date | None:
    """A day as 2024-01-31, 20240131, 31.1.2024 or 31/1 2024, or the day of a time. Raises `BadCell`."""
    if not text:
        return None
    try:
        return _day(text)
    except ValueError as error:
        raise BadCell(text, said("import.day"), said("import.day_as")) from error


def _day(text: str) -> date:
    if compact := _COMPACT.fullmatch(text):
        return date(*map(int, compact.groups()))
    if day_first := _DAY_FIRST.fullmatch(text):
        day, dotted, slashed, year = day_first.groups()
        return date(int(year), int(dotted or slashed), int(day))
    return datetime.fromisoformat(text.replace("Z", "+00:00")).date()


def months(text: str) -> tuple[int, ...]:
    """ "6-8", "juni–augusti", "6, 7, 8" or "11-2" over the turn of the year. Raises `BadCell`."""
    stated = text
    if not text:
        return ()
    text = _NAME.sub(_number_of, text)
    numbers = [int(each) if len(each) < _TOO_LONG else 0 for each in re.findall(r"\d+", text)]
    if not numbers or "?" in text or any(not 1 <= each <= 12 for each in numbers):
        raise BadCell(stated, said("import.months"), said("import.months_as"))
    if re.fullmatch(r"\s*\d+\s*[-–]\s*\d+\s*", text):
        first, last = numbers
        return tuple((first + step - 1) % 12 + 1 for step in range((last - first) % 12 + 1))
    return tuple(dict.fromkeys(numbers))


def _number_of(word: re.Match[str]) -> str:
    """A month by its number, a word between two of them by its sign; "?" for any other word."""
    name = word[0].casefold().rstrip(".")
    return _BETWEEN.get(name) or _MONTHS.get(name) or "?"


def mailbox(text: str) -> str | None:
    """Raises `BadCell`."""
    if not text or is_mailbox(text):
        return text or None
    named = tuple(dict.fromkeys(filter(is_mailbox, _MAILBOX.findall(text))))
    if len(named) > 1:
        raise BadCell(text, said("import.mailboxes"), said("import.one_mailbox", named=", ".join(named)))
    raise BadCell(text, said("import.mailbox"), said("import.perhaps", key=named[0]) if named else _A_MAILBOX)


def _reads(read: Callable[[str], object]) -> Callable[[str], bool]:
    def fits(value: str) -> bool:
        try:
            read(value)
        except BadCell:
            return False
        return True

    return fits


FITS: Final[Mapping[Meaning, Callable[[str], bool]]] = {
    Meaning.KIND: _reads(kind_and_months),
    Meaning.REGISTERED_ON: _reads(day),
    Meaning.ENDS_ON: _reads(day),
    Meaning.SEASON: _reads(months),
    **dict.fromkeys((Meaning.RECIPIENT, Meaning.UNIT_RECIPIENT, Meaning.ADMINISTRATION_RECIPIENT), is_mailbox),
}
