"""From the cells of a table to stated accounts, one by one, nothing lost on the way.

    table + Columns ─▶ Stated(line, row, remarks) … and Rejected(line, value, reason, remedy) …

A cell may hold several addresses, one that groups the rows below it stands for them, and what cannot be taken is told
with its line, its value and what would do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Final, TypeVar

from audits.column_meanings import Meaning
from audits.columns import Columns, folded, says_none, shown_and_target
from audits.harvesting.handles import handle_of
from audits.model import Address, AddressKind, Kind
from audits.recipients import mailto
from audits.register_cells import BadCell, day, kind_and_months, mailbox, months
from audits.register_lines import Line, Read, Rejected, Stated
from audits.register_parting import own_page, split_addresses, without_note
from audits.register_refusals import no_account, no_name
from audits.register_states import Heard, hear, is_closed, says_nothing
from audits.registering import RegisterRow
from audits.wording.said import said

Identify = Callable[[str, str | None], Address]
Named = Callable[[str], str | None]

T = TypeVar("T")
_WORD: Final = re.compile(r"[^\W_]+")
_LONGEST_NAME = 300  # characters
_NOT: Final = frozenset({"", "-", "–", "nej", "no", "nei", "ej", "inte", "0"})  # below "Avslutad"
_TOLD_OF_IT = 60  # characters of a longer one that are shown
_ONE_THING: Final = {"feed", "podcast"}  # a podcast is a feed, wherever it lies
_NO: Final = ("nej", "no")  # said of a mailbox
_A_PERSON = "person-profile-path"  # a grammar's note
_ADDRESS_OF_ID = {"x": "https://x.com/i/user/{}"}  # elsewhere an id stands for itself, or names nothing


@dataclass(frozen=True, slots=True)
class Given:
    """One address of a line, the platform that its line or column names, the column, and the link behind it."""

    raw: str
    platform: str | None
    column: str
    link: str = ""


def read_rows(lines: Iterable[tuple[Line, str | None]], columns: Columns, identify: Identify, named: Named) -> Read:
    """Read every line below the header, each with its administration; `named` tells which platform a word names.

    Raises nothing: what cannot be read is among `rejected`.
    """
    stated: list[Stated] = []
    rejected: list[Rejected] = []
    for line, administration in lines:
        for each in _accounts(line, columns, administration, identify, named):
            (stated if isinstance(each, Stated) else rejected).append(each)  # type: ignore[arg-type]  # told apart here
    return Read(stated=tuple(stated), rejected=tuple(rejected))


def with_administration(lines: Iterable[Line], columns: Columns, *, merged: bool) -> Iterator[tuple[Line, str | None]]:
    """Every line that is not empty, with its administration.

    Where cells may be `merged`, and each administration is named once, one stands for the empty cells below it; where
    any is named again, an empty cell names none.
    """
    filled, above = [line for line in lines if any(cell.strip() for cell in line.cells)], ""
    named = [name for line in filled if (name := columns.text(line.cells, Meaning.ADMINISTRATION))]
    is_grouped = merged and len(named) == len(set(named))
    for line in filled:
        none = not is_grouped or columns.denies(line.cells, Meaning.ADMINISTRATION)
        above = columns.text(line.cells, Meaning.ADMINISTRATION) or ("" if none else above)
        yield line, above or None


def _accounts(
    line: Line, columns: Columns, administration: str | None, identify: Identify, named: Named
) -> Iterator[Stated | Rejected]:
    reading = _Reading(line, columns)
    if administration and not reading.text(Meaning.ADMINISTRATION):
        reading.remarks.append(said("import.from_above", administration=administration))
    common = _common(reading, administration)
    given = [*_long(line, columns), *_wide(line, columns)]
    told = [_account(line, common, each, identify, named) for each in given]
    accounts = list(_with_own_refs(_once_each(told or [_without_address(line, columns, common, named)])))
    if (wrong := reading.wrong(Meaning.KIND)) is not None:  # what an account is decides what is held against it
        yield replace(refused(line, wrong.column, wrong.cell), claims=_claims(accounts))
        return
    yield from _beyond(line, columns)
    yield from (replace(refused(line, each.column, each.cell), beside=True) for each in reading.left_blank)
    yield from (_remarked(each, reading.remarks) for each in accounts)


def _remarked(each: Stated | Rejected, remarks: Iterable[str]) -> Stated | Rejected:
    return replace(each, remarks=(*each.remarks, *remarks)) if isinstance(each, Stated) else each


def _beyond(line: Line, columns: Columns) -> Iterator[Rejected]:
    """Cells after the last heading, as where a cell's own semicolon parted it: they belong to no column. Only what
    names an account is repeated, for people keep their passwords beside a list.
    """
    if over := [each for each in line.cells[len(columns.header) :] if not says_none(each)]:
        named = " ".join(each if each.startswith("@") or _is_url(each) else "…" for each in over)
        wrong = BadCell(named[:_TOLD_OF_IT], said("import.beyond"), said("import.beyond_as"))
        yield replace(refused(line, "", wrong), beside=True)


def _claims(accounts: Iterable[Stated | Rejected]) -> tuple[RegisterRow, ...]:
    return tuple(claim for each in accounts for claim in ((each.row,) if isinstance(each, Stated) else each.claims))


def _once_each(told: Iterable[Stated | Rejected]) -> list[Stated | Rejected]:
    """One line may name one account twice: by a handle, and among other addresses."""
    by_key: dict[object, Stated | Rejected] = {}
    for each in told:
        by_key.setdefault(each.row.key if isinstance(each, Stated) else id(each), each)
    return list(by_key.values())


def _with_own_refs(told: list[Stated | Rejected]) -> Iterator[Stated | Rejected]:
    """A line's reference names its account; of several on one line, each together with its platform and number."""
    several = sum(isinstance(each, Stated) for each in told) > 1
    seen: Counter[str] = Counter()
    for each in told:
        if several and isinstance(each, Stated) and each.row.ref:
            seen[each.row.platform] += 1
            again = f"-{seen[each.row.platform]}" if seen[each.row.platform] > 1 else ""
            yield replace(each, row=replace(each.row, ref=f"{each.row.ref}/{each.row.platform}{again}"))
        else:
            yield each


def _long(line: Line, columns: Columns) -> Iterator[Given]:
    platform, at = columns.text(line.cells, Meaning.PLATFORM), columns.found.get(Meaning.ADDRESS)
    if at is not None and at < len(line.cells):
        yield from _in_cell(line.cells[at], platform or None, columns.header[at])


def _in_cell(cell: str, platform: str | None, column: str) -> Iterator[Given]:
    """The addresses that a cell shows, or the one behind it where it shows nothing."""
    shown, target = shown_and_target(cell)
    target = "" if mailto(target) else target
    parts = split_addresses(shown) or split_addresses(target)
    behind = "" if len(parts) > 1 and any(map(_is_url, parts)) else target  # a program makes one link of them all
    for raw in parts:
        yield Given(raw, platform, column, behind)


def _wide(line: Line, columns: Columns) -> Iterator[Given]:
    filled = set()
    for at, platform in columns.wide.items():
        for given in _in_cell(line.cells[at] if at < len(line.cells) else "", platform or None, columns.header[at]):
            filled.add(platform)
            yield given
    for at, platform in columns.ids.items():
        number = line.cells[at].strip() if at < len(line.cells) else ""
        if platform not in filled and not says_none(number):
            yield Given(_ADDRESS_OF_ID.get(platform, "{}").format(number), platform, columns.header[at])


_LOST: Final = frozenset({"handle", "subpage"})  # notes of "museet/bibblan", of which but the first would be taken


def _account(line: Line, common: RegisterRow, given: Given, identify: Identify, named: Named) -> Stated | Rejected:
    plain, note = without_note(given.raw)
    address = identify(own_page(plain), given.platform)
    if given.link and given.link != given.raw and not _is_url(given.raw):  # what is shown is a name or a handle
        behind = _account(line, common, replace(given, raw=given.link), identify, named)
        return _differing(behind, address, given, identify(given.link, given.platform))
    if address.key is None or address.kind is not AddressKind.PROFILE or _LOST.issubset(address.notes):
        return _rejected(line, given, address, _claim(common, given, address, named), among=_is_among(given, named))
    if (wrong := no_name(given.raw, named)) is not None:
        claim = replace(common, platform=address.platform or "", raw=given.raw)
        return replace(refused(line, given.column, wrong), claims=(claim,))
    row = replace(
        common,
        platform=address.platform or "website",
        name=common.name or handle_of(address.key, address.canonical_url or "") or address.key,
        raw=given.raw,
        address=address.canonical_url,
        key=address.key,
    )
    leads = identify(given.link, given.platform) if given.link else address
    remarks = (
        *_remarks(address, given.platform, named),
        *_elsewhere(address, given, leads),
        *((said("import.noted", note=note),) if note else ()),
        *_of_the_season(row),
        *_of_a_person(address, row.kind),
    )
    return Stated(line=line.number, row=row, remarks=remarks, sheet=line.sheet)


def _differing(told: Stated | Rejected, shown: Address, given: Given, leads: Address) -> Stated | Rejected:
    if isinstance(told, Rejected):
        return told
    return replace(told, remarks=(*told.remarks, *_elsewhere(shown, given, leads)))


def _elsewhere(shown: Address, given: Given, leads: Address) -> tuple[str, ...]:
    """Where a cell shows one account and leads to another, whichever was taken."""
    is_plain = given.raw.startswith("@") or _is_url(given.raw)  # a word alone may be what the account is called
    if is_plain and shown.key and leads.key and shown.key != leads.key:
        return (said("import.elsewhere", shown=given.raw, link=given.link),)
    return ()


def _of_the_season(row: RegisterRow) -> tuple[str, ...]:
    """Without months a seasonal account is held to every month of the year."""
    return (said("import.no_months"),) if row.kind is Kind.SEASONAL and not row.season_months else ()


def _of_a_person(address: Address, kind: Kind) -> tuple[str, ...]:
    return (said("evidence.a_person"),) if is_a_persons(address, kind) else ()


def is_a_persons(address: Address, kind: Kind) -> bool:
    """Whether it is the address of a person's own profile, and the register says nothing of what the account is for."""
    return _A_PERSON in address.notes and kind is Kind.ORDINARY


def _is_url(text: str) -> bool:
    return "/" in text or text.startswith("www.")


def _claim(common: RegisterRow, given: Given, address: Address, named: Named) -> RegisterRow:
    """What an address that leads to no account leaves to tell whose it is; its key is but a guess."""
    platform = named(given.platform) if given.platform else None
    return replace(
        common, platform=platform or address.platform or "", raw=given.raw, key=address.owner_key or address.suggest_key
    )


def _rejected(line: Line, given: Given, address: Address, claim: RegisterRow, *, among: bool) -> Rejected:
    unknown = given.platform if given.platform and not claim.platform else ""
    wrong = no_account(given.raw, address, claim.platform, among_several=among, unknown=unknown)
    return replace(refused(line, given.column, wrong), claims=(claim,))


def _is_among(given: Given, named: Named) -> bool:
    """Whether the cell that should name its platform, or else the heading above it, names several."""
    words = _WORD.findall(given.platform or given.column)
    return len({platform for each in words if (platform := named(each)) is not None}) > 1


def refused(line: Line, column: str, wrong: BadCell) -> Rejected:
    """What is told of a line or of one cell of it that was not taken."""
    return Rejected(
        line=line.number,
        sheet=line.sheet,
        column=column,
        value=wrong.value,
        reason=wrong.reason,
        remedy=wrong.remedy,
    )


def _remarks(address: Address, platform: str | None, named: Named) -> tuple[str, ...]:
    stated = named(platform) if platform else None
    if stated and address.platform and stated != address.platform and {stated, address.platform} != _ONE_THING:
        return (said("import.other_platform", said=platform, platform=address.platform),)
    return ()


def _without_address(line: Line, columns: Columns, common: RegisterRow, named: Named) -> Stated | Rejected:
    platform = named(columns.text(line.cells, Meaning.PLATFORM))
    if platform and common.name:
        row = replace(common, platform=platform)
        return Stated(line=line.number, row=row, remarks=(said("import.no_address"),), sheet=line.sheet)
    used = (shown_and_target(cell)[0].strip() for at, cell in enumerate(line.cells) if columns.is_used(at))
    value = " ".join(filter(None, used))[:200]
    remedy = said("import.add_address")
    wrong = BadCell(value, said("import.nothing"), remedy)
    return replace(refused(line, "", wrong), claims=(replace(common, platform=platform or ""),))


class _BadColumn(ValueError):
    """A bad cell, what it should mean, and the heading above it."""

    def __init__(self, meaning: Meaning, column: str, cell: BadCell) -> None:
        super().__init__(cell.reason)
        self.meaning, self.column, self.cell = meaning, column, cell


def _common(reading: _Reading, administration: str | None) -> RegisterRow:
    """What the row says of all its accounts; a cell that means nothing is left blank."""
    stated, beside = reading.or_blank(kind_and_months, Meaning.KIND)
    ends_on = reading.or_blank(day, Meaning.ENDS_ON)
    state = reading.columns.bare(reading.line.cells, Meaning.STATE)
    heard = hear(state, stated if reading.text(Meaning.KIND) else None, ends=ends_on is not None)
    reading.remarks.extend(heard.remarks)
    if heard == Heard(Kind.ORDINARY) and ends_on is None and says_nothing(state):
        reading.remarks.extend(islice(_noted_as_closed(reading.line, reading.columns), 1))
    season = reading.or_blank(months, Meaning.SEASON)
    if beside and season and beside != season:
        reading.leave_out(Meaning.SEASON, Meaning.KIND, said("import.other_months"), said("import.months_once"))
    months_stated = season or beside
    if heard.months and months_stated and heard.months != months_stated:
        reading.remarks.append(said("import.other_months"))
    return RegisterRow(
        platform="",
        name=reading.name(),
        ref=reading.text(Meaning.REF),
        administration=administration,
        unit=reading.text(Meaning.UNIT),
        kind=heard.kind,
        purpose=reading.text(Meaning.PURPOSE),
        language=reading.text(Meaning.LANGUAGE),
        registered_on=reading.or_blank(day, Meaning.REGISTERED_ON),
        ends_on=ends_on,
        season_months=months_stated or heard.months,
        recipient=reading.recipient(),
    )


def _noted_as_closed(line: Line, columns: Columns) -> Iterator[str]:
    """What is no last day, or a note in a column that is not used, may say that the account is closed, as may anything
    below such a heading: only a person knows whether it is.
    """
    for at, heading in enumerate(columns.header[: len(line.cells)]):
        note, is_used = shown_and_target(line.cells[at])[0].strip(), columns.is_used(at)
        says_so = is_closed(note) or (is_closed(heading) and folded(note) not in _NOT)
        if says_so and (not is_used or at == columns.found.get(Meaning.ENDS_ON)):
            how = "worded" if is_used else "noted"
            yield said(f"import.{how}_closed", column=heading, word=note[:_TOLD_OF_IT])


@dataclass(frozen=True, slots=True)
class _Reading:
    """The cells of one line by what they mean; those that mean nothing are kept, to be told, and what is asked."""

    line: Line
    columns: Columns
    left_blank: list[_BadColumn] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def text(self, meaning: Meaning) -> str | None:
        return self.columns.text(self.line.cells, meaning) or None

    def wrong(self, meaning: Meaning) -> _BadColumn | None:
        return next((each for each in self.left_blank if each.meaning is meaning), None)

    def as_(self, read: Callable[[str], T], meaning: Meaning) -> T:
        try:
            return read(self.text(meaning) or "")
        except BadCell as wrong:
            raise _BadColumn(meaning, self.columns.heading(meaning), wrong) from wrong

    def or_blank(self, read: Callable[[str], T], meaning: Meaning) -> T:
        try:
            return self.as_(read, meaning)
        except _BadColumn as wrong:
            self.left_blank.append(wrong)
            return read("")

    def leave_out(self, meaning: Meaning, of: Meaning, reason: str, remedy: str) -> None:
        """What the cell `of` one meaning says of another `meaning` too, and is not taken for it."""
        wrong = BadCell(self.text(of) or "", reason, remedy)
        self.left_blank.append(_BadColumn(meaning, self.columns.heading(of), wrong))

    def recipient(self) -> str | None:
        """Its mailbox; "nej" is none and told, as it may mean that nobody is to be written to."""
        if self.columns.bare(self.line.cells, Meaning.RECIPIENT).casefold() in _NO:
            wrong = BadCell(
                self.columns.bare(self.line.cells, Meaning.RECIPIENT), said("import.mailbox"), said("import.mailbox_as")
            )
            self.left_blank.append(_BadColumn(Meaning.RECIPIENT, self.columns.heading(Meaning.RECIPIENT), wrong))
            return None
        return self.or_blank(mailbox, Meaning.RECIPIENT)

    def name(self) -> str:
        """At most as long as a name can be told; a longer one is cut, and said to be."""
        whole = self.text(Meaning.NAME) or ""
        if len(whole) > _LONGEST_NAME:
            cut = BadCell(
                f"{whole[:_TOLD_OF_IT]}…", said("import.long", count=len(whole)), said("import.cut", most=_LONGEST_NAME)
            )
            self.left_blank.append(_BadColumn(Meaning.NAME, self.columns.heading(Meaning.NAME), cut))
        return whole[:_LONGEST_NAME]
