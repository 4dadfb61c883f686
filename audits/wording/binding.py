"""What belongs together on one line is bound by a hard space: a day, a clock, a number and what it counts.

    27 november · kl. 03.15 · 14 dagar · vecka 47        text ─bound▶ the same text, which no line breaks there
    a page ─bound_page▶ the same between its tags: attributes, styles, scripts and what is sent back stay as they are

Only a page that people read is bound. What programs read, and what somebody may copy into a field, is not.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from babel import Locale

from audits.languages import LANGUAGES, LOCALES

HARD: Final = "\N{NO-BREAK SPACE}"
_LONGEST: Final = 14  # letters: what is longer would stick out of a narrow column, bound to its number
_NUMBER: Final = r"(?<![\w.,:/#@-])\d{1,3}"  # of its own, and no part of a date in figures or of an address
_BEFORE_NUMBERS: Final = r"\b(?:kl\.|nr|no\.|[Vv]ecka|[Ww]eek)"
_KEPT: Final = re.compile(r"(<(style|script|title|textarea|option|blockquote)\b.*?</\2>)", re.DOTALL)
_READ: Final = re.compile(r"(?<=>)[^<>\d]*\d[^<>]*(?=<)")  # between two tags: an escaped attribute holds neither sign


def bound(text: str) -> str:
    """The text with hard spaces where a line must not break."""
    return _pairs().sub(rf"\g<first>{HARD}", text)


def unbound(text: str) -> str:
    """The text with ordinary spaces again: its lines are broken already."""
    return text.replace(HARD, " ")


def bound_page(html: str) -> str:
    """A page with hard spaces in what is read; a piece of a page, for another one to hold, stays as it is."""
    if html.lstrip()[:15].lower() != "<!doctype html>":
        return html
    parts = _KEPT.split(html)  # each kept one behind what is read, and its name behind it
    parts[::3] = [_READ.sub(lambda found: bound(found[0]), part) for part in parts[::3]]
    return "".join(part for number, part in enumerate(parts) if number % 3 != 2)


@cache
def _pairs() -> re.Pattern[str]:
    """The first of each pair, with the space behind it."""
    return re.compile(_pair())


def _pair() -> str:
    counted = rf"(?:{_months()}|[a-zåäö]{{1,{_LONGEST}}})\b"
    return rf"(?P<first>{_NUMBER}(?= {counted})|{_BEFORE_NUMBERS}(?= \d)) "


def _months() -> str:
    """The names of all languages' months: some languages write them with a capital, unlike what else is counted."""
    locales = [Locale.parse(LOCALES[language]) for language in LANGUAGES]
    return "|".join(re.escape(name) for each in locales for name in each.months["format"]["wide"].values())
