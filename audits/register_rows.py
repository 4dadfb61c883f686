"""From the cells of a table to stated accounts, one by one, nothing lost on the way.

    table + Columns ─▶ Stated(line, row, remarks) … and Rejected(line, value, reason, remedy) …

A cell may hold several addresses, a merged cell stands for the rows below it, and what cannot be taken is told
with its line, its value and what would do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from audits.columns import Columns, Meaning, says_none
from audits.model import Address, AddressKind, Kind
from audits.recipients import is_mailbox
from audits.registering import RegisterRow

Identify = Callable[[str, str | None], Address]
Named = Callable[[str], str | None]

_KINDS: Mapping[str, Kind] = {
    "": Kind.ORDINARY, "ordinary": Kind.ORDINARY, "vanligt": Kind.ORDINARY, "ordinarie": Kind.ORDINARY,
    "seasonal": Kind.SEASONAL, "säsong": Kind.SEASONAL, "säsongskonto": Kind.SEASONAL,
    "rota": Kind.ROTA, "stafett": Kind.ROTA, "medarbetarkonto": Kind.ROTA,
    "crisis_parked": Kind.CRISIS_PARKED, "kris": Kind.CRISIS_PARKED, "krisvilande": Kind.CRISIS_PARKED,
    "role": Kind.ROLE, "befattning": Kind.ROLE,
    "signposted_closed": Kind.SIGNPOSTED_CLOSED, "avslutad": Kind.SIGNPOSTED_CLOSED, "closed": Kind.SIGNPOSTED_CLOSED,
}  # fmt: skip
_NOT_AN_ACCOUNT = {
    AddressKind.POST: "this is a single post",
    AddressKind.SHARE: "this is a share button or a short link",
    AddressKind.SEARCH: "this is a search",
    AddressKind.HASHTAG: "this is a hashtag",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table and the line on which it stands in the file, counted from 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """One account as the file states it, and what was noticed about it."""

    line: int
    row: RegisterRow
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """What was not taken, why, and what would do."""

    line: int
    value: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """Everything that a table said."""

    stated: tuple[Stated, ...]
    rejected: tuple[Rejected, ...]
    columns: Columns = field(default_factory=Columns)

    def in_full(self, short_forms: Mapping[str, str]) -> Read:
        """The same, with every administration by its whole name."""
        return replace(self, stated=tuple(_in_full(each, short_forms) for each in self.stated))

    def without(self, more: Iterable[Rejected]) -> Read:
        """The same, and more that was not taken."""
        return replace(self, rejected=tuple(sorted((*self.rejected, *more), key=lambda each: each.line)))


def _in_full(stated: Stated, short_forms: Mapping[str, str]) -> Stated:
    name = short_forms.get(stated.row.administration or "")
    return replace(stated, row=replace(stated.row, administration=name)) if name else stated


def read_rows(lines: Iterable[Line], columns: Columns, identify: Identify, named: Named) -> Read:
    """Read every line below the header; `named` tells which platform a word names.

    Raises nothing: what cannot be read is among `rejected`.
    """
    stated: list[Stated] = []
    rejected: list[Rejected] = []
    for line, administration in with_administration(lines, columns):
        for each in _accounts(line, columns, administration, identify, named):
            (stated if isinstance(each, Stated) else rejected).append(each)  # type: ignore[arg-type]  # told apart here
    return _without_twins(Read(stated=tuple(stated), rejected=tuple(rejected), columns=columns))


def with_administration(lines: Iterable[Line], columns: Columns) -> Iterator[tuple[Line, str | None]]:
    """Every line that is not empty, with its administration: a merged cell stands for the rows below it."""
    above = ""
    for line in lines:
        if any(cell.strip() for cell in line.cells):
            own, none = (ask(line.cells, Meaning.ADMINISTRATION) for ask in (columns.text, columns.denies))
            above = str(own) or ("" if none else above)
            yield line, above or None


def _accounts(
    line: Line, columns: Columns, administration: str | None, identify: Identify, named: Named
) -> Iterator[Stated | Rejected]:
    common = _common(line, columns, administration)
    if isinstance(common, Rejected):
        yield common
        return
    given = [*_long(line, columns), *_wide(line, columns)]
    for raw, platform in given:
        yield _account(line, common, raw, platform, identify, named)
    if not given:
        yield _without_address(line, columns, common, named)


def _long(line: Line, columns: Columns) -> Iterator[tuple[str, str | None]]:
    platform = columns.text(line.cells, Meaning.PLATFORM)
    for raw in split_addresses(columns.text(line.cells, Meaning.ADDRESS)):
        yield raw, platform or None


def _wide(line: Line, columns: Columns) -> Iterator[tuple[str, str | None]]:
    for at, platform in columns.wide.items():
        for raw in split_addresses(line.cells[at] if at < len(line.cells) else ""):
            yield raw, platform


_BETWEEN = re.compile(r"[\r\n|]+|(?<=[^;,\s])[;,\s]++(?=https?://)")


def split_addresses(cell: str) -> list[str]:
    """Addresses parted by line breaks, bars, or commas and spaces before another scheme."""
    return [part.strip() for part in _BETWEEN.split(cell.strip()) if part and not says_none(part)]


def _account(
    line: Line, common: RegisterRow, raw: str, platform: str | None, identify: Identify, named: Named
) -> Stated | Rejected:
    address = identify(raw, platform)
    if address.key is None or address.kind is not AddressKind.PROFILE:
        return _rejected(line, raw, address)
    row = replace(
        common,
        platform=address.platform or "website",
        name=common.name or address.key,
        raw=raw,
        address=address.canonical_url,
        key=address.key,
    )
    return Stated(line=line.number, row=row, remarks=_remarks(address, platform, named))


def _rejected(line: Line, raw: str, address: Address) -> Rejected:
    reason = _NOT_AN_ACCOUNT.get(address.kind) or "no account can be read from this address"
    known = address.owner_key or address.suggest_key
    remedy = f"perhaps {known}? then write that" if known else "paste the address of the account's own page"
    noted = f" ({', '.join(address.notes)})" if address.notes else ""
    return Rejected(line=line.number, value=raw, reason=reason + noted, remedy=remedy)


def _remarks(address: Address, platform: str | None, named: Named) -> tuple[str, ...]:
    stated = named(platform) if platform else None
    if stated and address.platform and stated != address.platform:
        return (f"the platform column says {platform}, the address is on {address.platform}: the address counts",)
    return ()


def _without_address(line: Line, columns: Columns, common: RegisterRow, named: Named) -> Stated | Rejected:
    platform = named(columns.text(line.cells, Meaning.PLATFORM))
    if not platform or not common.name:
        value = " ".join(cell for cell in line.cells if cell.strip())
        return Rejected(
            line=line.number,
            value=value[:200],
            reason="neither an address nor a name with a platform",
            remedy="add the address, or at least name and platform",
        )
    return Stated(line=line.number, row=replace(common, platform=platform), remarks=("no address",))


def _common(line: Line, columns: Columns, administration: str | None) -> RegisterRow | Rejected:
    """What the row says of all its accounts."""
    try:
        return RegisterRow(
            platform="",
            name=columns.text(line.cells, Meaning.NAME),
            ref=columns.text(line.cells, Meaning.REF) or None,
            administration=administration,
            unit=columns.text(line.cells, Meaning.UNIT) or None,
            kind=_kind(columns.text(line.cells, Meaning.KIND)),
            purpose=columns.text(line.cells, Meaning.PURPOSE) or None,
            language=columns.text(line.cells, Meaning.LANGUAGE) or None,
            registered_on=_day(columns.text(line.cells, Meaning.REGISTERED_ON)),
            ends_on=_day(columns.text(line.cells, Meaning.ENDS_ON)),
            season_months=_months(columns.text(line.cells, Meaning.SEASON)),
            recipient=_mailbox(columns.text(line.cells, Meaning.RECIPIENT)),
        )
    except _BadCell as wrong:
        return Rejected(line=line.number, value=wrong.value, reason=wrong.reason, remedy=wrong.remedy)


class _BadCell(ValueError):
    def __init__(self, value: str, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.value, self.reason, self.remedy = value, reason, remedy


def _mailbox(text: str) -> str | None:
    if text and not is_mailbox(text):
        raise _BadCell(text, "not a mailbox", "write one as namn@kommunen.se")
    return text or None


def _kind(text: str) -> Kind:
    kind = _KINDS.get(text.casefold())
    if kind is None:
        known = ", ".join(each.value for each in Kind)
        raise _BadCell(text, "unknown kind of account", f"one of {known}")
    return kind


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return datetime.fromisoformat(text.replace("Z", "+00:00")).date()
    except ValueError as error:
        raise _BadCell(text, "not a date", "write it as 2026-11-22") from error


def _months(text: str) -> tuple[int, ...]:
    """ "6-8" or "6, 7, 8" or "11-2" over the turn of the year."""
    if not text:
        return ()
    numbers = [int(each) for each in re.findall(r"\d+", text)]
    if not numbers or any(not 1 <= each <= 12 for each in numbers):
        raise _BadCell(text, "not months", "write them as 6-8 or 6, 7, 8")
    if re.fullmatch(r"\s*\d+\s*[-–]\s*\d+\s*", text):
        first, last = numbers
        return tuple((first + step - 1) % 12 + 1 for step in range((last - first) % 12 + 1))
    return tuple(sorted(set(numbers)))


def _without_twins(read: Read) -> Read:
    """The very same account under the very same words is one account; the second row is told."""
    first: dict[tuple[object, ...], int] = {}
    kept: list[Stated] = []
    twins: list[Rejected] = []
    for each in read.stated:
        line = first.setdefault(_words(each.row), each.line) if each.row.key else each.line
        if line == each.line:
            kept.append(each)
        else:
            reason = f"the same row as line {line}"
            twins.append(Rejected(line=each.line, value=each.row.raw or "", reason=reason, remedy="keep one of them"))
    rejected = sorted((*read.rejected, *twins), key=lambda each: each.line)
    return Read(stated=tuple(kept), rejected=tuple(rejected), columns=read.columns)


def _words(row: RegisterRow) -> tuple[object, ...]:
    return row.key, row.administration, row.unit, row.name, row.language
