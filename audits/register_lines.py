"""What comes of the lines of a table: accounts as the file states them, and what was not taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Final

from audits.registering import RegisterRow
from audits.wording.said import Said

UNHEARD: Final = "import.state_unknown"  # the key of what is asked about a state in no known word


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table and its number in the file or sheet, as a spreadsheet counts, from 1."""

    number: int
    cells: tuple[str, ...]
    sheet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """One account as the file states it, and what was noticed about it."""

    line: int
    row: RegisterRow
    remarks: tuple[str, ...] = ()
    sheet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """What was not taken, why, and what would do."""

    line: int
    value: str
    reason: str
    remedy: str
    column: str = ""  # its heading, where one cell is to blame
    sheet: str = ""
    beside: bool = False  # its account was taken, without this cell
    claims: tuple[RegisterRow, ...] = ()  # what could be read of the accounts that were not taken

    def told(self) -> dict[str, object]:
        """What is told of it: where, what stands there, why, what would do, and whether its account was taken."""
        return {name: value for name, value in asdict(self).items() if name != "claims"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """Everything that a table said."""

    stated: tuple[Stated, ...] = ()
    rejected: tuple[Rejected, ...] = ()

    @property
    def refused(self) -> tuple[Rejected, ...]:
        """Rows, or addresses of them, that were not taken at all."""
        return tuple(each for each in self.rejected if not each.beside)

    @property
    def lost_rows(self) -> frozenset[tuple[str, int]]:
        """Sheet and line of every row of which nothing was taken."""
        return frozenset((each.sheet, each.line) for each in self.refused) - self._taken_rows

    @property
    def lost_beside(self) -> tuple[Rejected, ...]:
        """Addresses that were not taken, of rows of which another was."""
        return tuple(each for each in self.refused if (each.sheet, each.line) in self._taken_rows)

    @property
    def _taken_rows(self) -> frozenset[tuple[str, int]]:
        return frozenset((each.sheet, each.line) for each in self.stated)

    @property
    def left_out(self) -> tuple[Rejected, ...]:
        """Cells that were left out of rows that were taken."""
        return tuple(each for each in self.rejected if each.beside)

    @property
    def to_mend(self) -> tuple[Rejected, ...]:
        """What waits to be mended in the file: what was not taken, and states that were not understood, of which no
        account in the register tells.
        """
        unheard = (_unheard(each, remark) for each in self.stated for remark in each.remarks if _is_unheard(remark))
        return tuple(sorted((*self.rejected, *unheard), key=lambda each: (each.sheet, each.line)))

    @property
    def bare(self) -> frozenset[tuple[str, int]]:
        """Sheet and line of every row of which nothing was taken for want of an address."""
        wanting = {
            (each.sheet, each.line)
            for each in self.rejected
            if each.claims and not any(claim.address for claim in each.claims)
        }
        return frozenset(wanting - {(each.sheet, each.line) for each in self.stated})

    @property
    def is_mostly_bare(self) -> bool:
        """Whether more rows hold no account than hold one: such a table is hardly a register."""
        return len(self.bare) > len({(each.sheet, each.line) for each in self.stated})

    @property
    def claims(self) -> tuple[RegisterRow, ...]:
        """What could be read of accounts that were not taken."""
        return tuple(claim for each in self.rejected for claim in each.claims)

    def in_full(self, short_forms: Mapping[str, str]) -> Read:
        """The same, with every administration by its whole name."""
        return replace(self, stated=tuple(_in_full(each, short_forms) for each in self.stated))

    def remarked(self, remark: str) -> Read:
        """The same, with a remark on every account."""
        return replace(self, stated=tuple(replace(each, remarks=(*each.remarks, remark)) for each in self.stated))

    def with_rejected(self, more: Iterable[Rejected]) -> Read:
        """The same, and more that was not taken."""
        return replace(self, rejected=tuple(sorted((*self.rejected, *more), key=lambda each: (each.sheet, each.line))))


def _is_unheard(remark: str) -> bool:
    return isinstance(remark, Said) and remark.key == UNHEARD


def _unheard(each: Stated, remark: str) -> Rejected:
    word = str(remark.facts["word"]) if isinstance(remark, Said) else ""
    return Rejected(line=each.line, sheet=each.sheet, value=word, reason=remark, remedy="", beside=True)


def _in_full(stated: Stated, short_forms: Mapping[str, str]) -> Stated:
    name = short_forms.get(stated.row.administration or "")
    return replace(stated, row=replace(stated.row, administration=name)) if name else stated
