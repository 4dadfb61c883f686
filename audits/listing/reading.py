"""The published list, read as a declaration says it is laid out.

    table   rows of cells, each column named by its heading      ┐
    links   every link of one part, under its heading            ├▶ Listed …, and what names no account
    json    a list of objects, each field named                  │
    (rows)  a file of cells: each that is an address             │
    (ours)  whatever Kanalkoll writes, where no column is named  ┘

What cannot be read is told with its number and value. A list that yields nothing is no empty list: it is unreadable,
and then nothing may be concluded from what it does not name.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final
from urllib.parse import urljoin

from audits.columns import folded
from audits.exporting import as_meant
from audits.listing.differing import tells_closed
from audits.listing.entries import Listed
from audits.listing.generated import is_a_report, read_generated
from audits.listing.holding import NOTHING_HELD, Held, Identify
from audits.listing.worded import Worded, read_words
from audits.model import Address, AddressKind
from audits.reading.embedded import Json, as_list, as_object, as_text, try_loads
from audits.reading.listed import BadSelector, Cell, Line, Row, read_lines, read_links, read_rows
from audits.reading.scrub import scrub
from audits.wording.said import Said, said

FIELDS: Final = ("address", "name", "administration", "state")
_LONGEST: Final = 300
_PARTING: Final = (";", ",", "\t")
_SHORT: Final = "short-link"  # the note of an address that hides its target
_NO_PLACE: Final = frozenset({"mail-address", "phone-number"})  # of which none is an account's address
_NO_ACCOUNT: Final = frozenset({"service"})  # the platform's own pages


class Form(StrEnum):
    """How a published list is laid out."""

    TABLE = "table"
    LINKS = "links"
    JSON = "json"


class BadList(ValueError):
    """The published list is not laid out as declared; the message says what is missing and what was found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """How the published list is laid out.

    `within` selects the part of the page (CSS), or names the way to the list in JSON ("items" or "result.items").
    `columns` gives for each of address, name, administration and state the heading or field that holds it.
    """

    url: str = ""
    form: Form = Form.LINKS
    within: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A line of which nobody knows what it names. `address` is that of one that may be an account's all the same, of
    one of the platforms or keys in `hides`, or of any where that holds None; `is_short` where following it would tell.
    """

    number: int
    value: str
    why: str
    address: str = ""
    hides: tuple[str | None, ...] = ()
    is_short: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadList:
    """The accounts that a list names, and its lines that name none."""

    listed: tuple[Listed, ...]
    unread: tuple[Unread, ...] = ()

    @property
    def hidden(self) -> frozenset[str | None]:
        """The platforms, or keys, of which an account may stand there unrecognised; None: of any."""
        return frozenset(platform for each in self.unread for platform in each.hides)


@dataclass(frozen=True, slots=True)
class _Given:
    """A line before its address is looked at; `is_stated` where the place says that this is an account's address."""

    number: int
    address: str
    name: str = ""
    administration: str = ""
    state: str = ""
    is_stated: bool = True


def read_list(text: str, declared: Declaration, page: str, identify: Identify, held: Held = NOTHING_HELD) -> ReadList:
    """Read the list on the page at address `page`; what the register has `held` is known again first. Raises `BadList`
    where it is not laid out as declared, empty, or Kanalkoll's own report.
    """
    if is_a_report(text):
        raise BadList(said("refused.list.report"))
    try:
        given = tuple(_given_on(text, declared))
    except BadSelector as error:
        raise BadList(said("refused.list.selector", within=declared.within)) from error
    listed: dict[str, Listed] = {}
    unread: list[Unread] = []
    for each in given:
        url = _absolute(page, each.address.strip())
        for key in held.named_by(url, each.name, identify) or ("",):
            read = _listed(each, url, key, held.platforms[key]) if key else _understood(each, url, identify, held)
            if isinstance(read, Listed):
                listed.setdefault(read.key, read)
            elif read is not None:
                unread.append(read)
    unread += _worded(read_words(_lines_on(text, declared), held, identify), listed)
    if not listed and not any(each.is_short for each in unread):
        raise BadList(said("refused.list.nobody", within=declared.within or "html", count=len(given)))
    return ReadList(listed=tuple(listed.values()), unread=tuple(unread))


# --- the forms


def _given_on(text: str, declared: Declaration) -> Iterable[_Given]:
    """As declared; where no columns are, the list that Kanalkoll itself writes is known again."""
    own = None if declared.columns else read_generated(text)
    if own is None:
        is_rows = not declared.columns and declared.form is Form.LINKS and "<" not in text
        return _rows(text) if is_rows else _READERS[declared.form](text, declared)
    return [_Given(each.number, each.url, each.name, each.administration, each.state) for each in own]


def _table(text: str, declared: Declaration) -> Iterator[_Given]:
    rows = read_rows(text, declared.within or "body")
    places: Mapping[str, int] | None = None
    group = ""
    for row in rows:
        found = _headings(row, declared.columns)
        if found is not None:
            places = found
        elif row.is_one_cell:
            group = row.cells[0].words
        elif places is not None:
            yield from _of_row(row, places, group)
    if places is None:
        raise BadList(_no_heading(rows, declared.columns))


def _headings(row: Row, columns: Mapping[str, str]) -> Mapping[str, int] | None:
    """Where each declared column stands, if this row holds their headings: all must be there."""
    titles = [folded(cell.words) for cell in row.cells]
    places = {name: titles.index(folded(title)) for name, title in columns.items() if folded(title) in titles}
    return places if "address" in places and len(places) == len(columns) else None


def _no_heading(rows: Sequence[Row], columns: Mapping[str, str]) -> Said:
    wanted = ", ".join(repr(title) for title in columns.values())
    if not rows:
        return said("refused.list.no_table", wanted=wanted)
    first = " | ".join(cell.words for cell in rows[0].cells)[:_LONGEST]
    return said("refused.list.headings", wanted=wanted, first=first)


def _of_row(row: Row, places: Mapping[str, int], group: str) -> Iterator[_Given]:
    """A row may stand below one that names the administration of those that follow."""
    cells = {name: row.cells[at] if at < len(row.cells) else Cell() for name, at in places.items()}
    told = {"administration": group} | {name: cell.words for name, cell in cells.items()}
    addresses = cells["address"].links or tuple(filter(None, [cells["address"].words]))
    for address in addresses:
        yield _given(row.number, address, told)


def _given(number: int, address: str, told: Mapping[str, str]) -> _Given:
    name, administration, state = (told.get(each, "") for each in ("name", "administration", "state"))
    return _Given(number, address, name, administration, state)


def _links(text: str, declared: Declaration) -> Iterator[_Given]:
    for each in read_links(text, declared.within or "body"):
        state = next((words for words in (each.around, each.words, each.heading) if tells_closed(words)), "")
        yield _Given(each.number, each.href, each.words, each.heading, state, is_stated=False)


def _rows(text: str) -> Iterator[_Given]:
    """Every cell of a file without a tag, whatever its headings say; what is no address of an account is none."""
    for number, cells in _cells(text):
        yield from (_Given(number, cell, is_stated=False) for cell in cells if "." in cell)


def _cells(text: str) -> Iterator[tuple[int, Sequence[str]]]:
    first = text.partition("\n")[0]
    reader = csv.reader(
        io.StringIO(text.lstrip("\N{BYTE ORDER MARK}"), newline=""), delimiter=max(_PARTING, key=first.count)
    )
    try:
        for number, row in enumerate(reader, 1):
            yield number, [as_meant(cell) for cell in row]
    except csv.Error:  # a line that is longer than any cell: no file of rows
        return


def _json(text: str, declared: Declaration) -> Iterator[_Given]:
    value = try_loads(text)
    for name in filter(None, declared.within.split(".")):
        value = as_object(value).get(name)
    if not isinstance(value, list):
        raise BadList(said("refused.list.no_objects", within=declared.within or "JSON"))
    for number, item in enumerate(as_list(value), 1):
        told = {name: _words(as_object(item), path) for name, path in declared.columns.items()}
        if told.get("address"):
            yield _given(number, told["address"], told)


def _words(item: Mapping[str, Json], path: str) -> str:
    value: Json = dict(item)
    for name in path.split("."):
        value = as_object(value).get(name)
    return as_text(value) or ""


_READERS: Final[Mapping[Form, Callable[[str, Declaration], Iterable[_Given]]]] = {
    Form.TABLE: _table,
    Form.LINKS: _links,
    Form.JSON: _json,
}


def _lines_on(text: str, declared: Declaration) -> Sequence[Line]:
    """The words of a list that is not told apart into cells."""
    if declared.form is not Form.LINKS or (not declared.columns and read_generated(text)):
        return ()
    if "<" in text:
        return read_lines(text, declared.within or "body")
    return [Line(number, tuple(filter(None, cells))) for number, cells in _cells(text)]


# --- what a line names


def _understood(given: _Given, url: str, identify: Identify, held: Held) -> Listed | Unread | None:
    """The account; None for a link of a list of links that is none at all, such as one to a page of the site."""
    address = identify(url, None)
    if address.key and address.platform and address.kind is AddressKind.PROFILE:
        return _listed(given, url, address.key, address.platform)
    is_short = _SHORT in address.notes
    if not is_short and not given.is_stated and address.platform is None:
        return None
    hides = (address.platform,) if is_short else _may_be(address, given, held)
    return Unread(
        number=given.number,
        value=scrub(given.address.strip(), _LONGEST),
        why=said("refused.list.short" if is_short else "refused.list.no_account"),
        address=url if hides else "",
        hides=hides,
        is_short=is_short,
    )


def _worded(told: Iterable[Worded], listed: dict[str, Listed]) -> Iterator[Unread]:
    """Put on the list what its words surely name; the lines that may name more."""
    unsure: dict[int, list[Worded]] = {}
    for each in told:
        if each.is_sure:
            line = _Given(each.number, each.url, state=each.line if tells_closed(each.line) else "")
            listed.setdefault(each.key, _listed(line, each.url, each.key, each.platform))
        else:
            unsure.setdefault(each.number, []).append(each)
    yield from filter(None, (_unsure(each, listed) for each in unsure.values()))


def _unsure(told: Sequence[Worded], listed: Collection[str]) -> Unread | None:
    """A line that may name accounts; None where all of them stand on the list otherwise."""
    hides = tuple(dict.fromkeys(each.key for each in told if each.key not in listed))
    value = scrub(told[0].line, _LONGEST)
    why = said("refused.list.no_account")
    return Unread(number=told[0].number, value=value, why=why, address=value, hides=hides) if hides else None


def _listed(given: _Given, url: str, key: str, platform: str) -> Listed:
    return Listed(
        number=given.number,
        url=scrub(url, _LONGEST * 4),
        key=key,
        platform=platform,
        name=scrub(given.name, _LONGEST),
        administration=scrub(given.administration, _LONGEST),
        state=scrub(given.state, _LONGEST),
    )


def _may_be(address: Address, given: _Given, held: Held) -> tuple[str | None, ...]:
    """Of which platforms it may be an account's address all the same: nobody of theirs is missing beside it.

    On a host that nobody knows it may be any of those whose addresses do not tell; words in place of an address may
    mean anybody. A share button and a page of the platform's own are nobody's, and so is a post among links.
    """
    is_one = address.kind is AddressKind.OTHER or (given.is_stated and address.kind is not AddressKind.SHARE)
    if not is_one or not _NO_ACCOUNT.isdisjoint(address.notes) or not _NO_PLACE.isdisjoint(address.notes):
        return ()
    if address.platform is not None:
        return (address.platform,)
    return tuple(held.unmarked) if "unknown-host" in address.notes else (None,)


def _absolute(page: str, raw: str) -> str:
    """A web address is made absolute; what is none, such as a bare handle, is left for the addresses' own grammar."""
    try:
        return urljoin(page, raw) if raw.startswith(("/", "http:", "https:")) else raw
    except ValueError:
        return raw
