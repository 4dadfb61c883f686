"""Addresses of which there are endlessly many, or that are no pages.

    address ─┬ refused: a file, an action, a round trip, a day far ahead    with the reason
             └ shaped: /kalender/0/0/0, /sok? ─▶ so many of one shape and no more

A page that the site itself lists in a sitemap, or that the city declared, is asked for whatever its shape.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

_DEEPEST: Final = 14  # segments of a path
_OFTEN: Final = 3  # times that one segment stands in a path
_MONTHS_AHEAD: Final = 12
_MONTH = re.compile(r"(?<!\d)(20\d\d)[-/_]?(0[1-9]|1[0-2])(?!\d)")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_DIGITS = re.compile(r"\d+")
_DATED = re.compile(r"(?<![/_-]0)/0(?:[/_-]0)*+/?+\Z")  # a run is gone through once


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """What is never asked for, and why. `endings` are of the path; `words` are whole segments of it."""

    id: str
    why: str
    endings: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    parameters: frozenset[str] = frozenset()

    def holds(self, path: str, words: frozenset[str], parameters: frozenset[str]) -> bool:
        return (
            path.endswith(self.endings)
            or not (self.words.isdisjoint(words))
            or not self.parameters.isdisjoint(parameters)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Most:
    """How many addresses of one shape are asked for in all."""

    queries: int = 500  # of one path
    dates: int = 100  # that differ in numbers alone and end in a date
    numbers: int = 5_000  # that differ in numbers alone


@dataclass(frozen=True, slots=True)
class Shape:
    """What addresses of one kind have in common, and how many of them are wanted."""

    text: str
    most: int


@dataclass(frozen=True, slots=True)
class Traps:
    """What is never asked for, and of what only so much."""

    skips: tuple[Skip, ...] = ()
    most: Most = field(default_factory=Most)

    def refusal(self, url: str, now: datetime) -> str:
        """Why a canonical address is not asked for; "" where it may be. `now` is UTC."""
        parts = urlsplit(url)
        path, segments = unquote(parts.path).lower(), [unquote(each).lower() for each in parts.path.split("/") if each]
        parameters = frozenset(name.lower() for name, _ in parse_qsl(parts.query, keep_blank_values=True))
        skip = next((each for each in self.skips if each.holds(path, frozenset(segments), parameters)), None)
        if skip is not None:
            return f"{skip.why} ({skip.id})"
        if len(segments) > _DEEPEST or any(count >= _OFTEN for count in Counter(segments).values()):
            return "a path that goes round in circles"
        return "a calendar, more than a year ahead" if _is_far_ahead(f"{parts.path}?{parts.query}", now) else ""

    def shape(self, url: str) -> Shape | None:
        """The shape of an address that may be one of endlessly many; None for one that stands for itself."""
        parts = urlsplit(url)
        host = parts.netloc
        if parts.query:
            return Shape(f"{host}{parts.path}?", self.most.queries)
        zeroed = _DIGITS.sub("0", parts.path)
        if zeroed == parts.path:
            return None
        is_date = bool(_YEAR.search(parts.path) and _DATED.search(zeroed))
        return Shape(f"{host}{zeroed}", self.most.dates if is_date else self.most.numbers)


def _is_far_ahead(text: str, now: datetime) -> bool:
    latest = max((int(year) * 12 + int(month) for year, month in _MONTH.findall(text)), default=0)
    return latest > now.year * 12 + now.month + _MONTHS_AHEAD


def room(shapes: Mapping[str, int], shape: Shape | None) -> bool:
    """Whether one more address of this shape is wanted; `shapes` counts those that are known."""
    return shape is None or shapes.get(shape.text, 0) < shape.most
