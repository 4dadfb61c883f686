"""The list as Kanalkoll itself writes it, known again without any declaration.

text ─┬ a section of the class `kanalkoll-list` ─▶ rows of its table
      ├ an object with `accounts`               ─▶ its items          ┐
      ├ schema.org with `sameAs`, `department`   ─▶ addresses          ├▶ Line …, None for another make
      ├ semicolons under our own headings        ─▶ rows              ┘
      └ lines `social=…` and comments            ─▶ addresses
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from audits.exporting import as_meant
from audits.languages import LANGUAGES
from audits.reading.embedded import Json, as_list, as_object, as_text, try_loads
from audits.reading.listed import Cell, Row, read_rows
from audits.wording import phrase

_SECTION: Final = "section.kanalkoll-list"
_FIELDS: Final = ("url", "name", "administration", "state")
_OF_A_REPORT = '<details class="life" id="a'  # worker/rendering/templates/life.html
_SOCIAL: Final = "social="


@dataclass(frozen=True, slots=True)
class Line:
    """One account as the list names it; `state` in the list's own words."""

    number: int
    url: str
    name: str = ""
    administration: str = ""
    state: str = ""


def is_a_report(text: str) -> bool:
    """Whether it is the page of `kanalkoll report`, which names every account and is no list of them."""
    return _OF_A_REPORT in text


def read_generated(text: str) -> tuple[Line, ...] | None:
    """The lines of a list that Kanalkoll wrote, in whichever of its forms; None where it is of another make."""
    bare = text.lstrip("\N{BYTE ORDER MARK} \r\n\t")
    for form in (_html, _json, _csv, _trust_txt):
        if lines := tuple(form(bare)):
            return lines
    return None


def _html(text: str) -> Iterator[Line]:
    """A row's first cell links to the account, or ends with its address; its last tells the state; a row of one cell is
    the administration.
    """
    if "kanalkoll-list" not in text:
        return
    group = ""
    for row in read_rows(text, _SECTION):
        if row.is_one_cell:
            group = _administration(row)
        elif not row.is_header and len(row.cells) > 1 and (named := _named(row.cells[0])):
            url, name = named
            yield Line(row.number, url, name, group, row.cells[-1].words)


def _named(cell: Cell) -> tuple[str, str] | None:
    """The account's address and its name; None in a cell that holds no address."""
    if cell.links:
        return cell.links[0], cell.words
    name, _, address = cell.words.rpartition(" ")
    return (address, name) if "://" in address else None


def _administration(row: Row) -> str:
    words = row.cells[0].words
    return "" if words in {phrase("list.nobody", language) for language in LANGUAGES} else words


def _json(text: str) -> Iterator[Line]:
    whole = as_object(try_loads(text)) if text.startswith("{") else {}
    if "@context" in whole:
        yield from _json_ld(whole)
        return
    for number, item in enumerate(as_list(whole.get("accounts")), 1):
        url, name, administration, state = (as_text(as_object(item).get(field)) or "" for field in _FIELDS)
        yield Line(number, url, name, administration, state)


def _json_ld(whole: Mapping[str, Json]) -> Iterator[Line]:
    owners = [("", whole), *((as_text(as_object(each).get("name")) or "", as_object(each))
                             for each in as_list(whole.get("department")))]  # fmt: skip
    named = [(owner, as_text(url) or "") for owner, body in owners for url in as_list(body.get("sameAs"))]
    for number, (owner, url) in enumerate(named, 1):
        yield Line(number, url, administration=owner)


def _csv(text: str) -> Iterator[Line]:
    """A page of another make is a table by no stretch: one of its lines may be longer than any cell."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    try:
        titles = _titles_of(next(reader, []))
        yield from _lines(list(reader), *titles) if titles else ()
    except csv.Error:
        return


def _titles_of(headings: Sequence[str]) -> tuple[str, Sequence[str]] | None:
    """The language of our own headings, and all of them; None of another make."""
    language = next((each for each in LANGUAGES if _titles(each) <= set(headings)), None)
    return (language, headings) if language else None


def _lines(rows: Sequence[Sequence[str]], language: str, headings: Sequence[str]) -> Iterator[Line]:
    places = [headings.index(phrase(f"list.{field}", language)) for field in _FIELDS]
    for number, row in enumerate(rows, 1):
        if len(row) > max(places):
            yield Line(number, *(as_meant(row[place]) for place in places))


def _titles(language: str) -> frozenset[str]:
    return frozenset(phrase(f"list.{field}", language) for field in _FIELDS)


def _trust_txt(text: str) -> Iterator[Line]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if all(line.startswith(("#", _SOCIAL)) for line in lines):
        for number, line in enumerate((each for each in lines if each.startswith(_SOCIAL)), 1):
            yield Line(number, line.removeprefix(_SOCIAL))
