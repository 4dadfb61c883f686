"""What becomes of the organisation: reorganisations decided for a date, and the history of every change.

OrganisationStore    planned, done and dropped reorganisations        history: who changed what, when and why
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:  # as in night.py
    from audits.model import Occasion
    from audits.reorganising import Reorganised, Wish


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A wish that waits for its day."""

    id: int
    wish: Wish
    by: str
    why: str
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What was done about a candidate of triage, that changed the register: an act such as `register` or `undo`."""

    act: str
    candidate: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One line of the register's history: what was changed of an account, an administration or a unit.

    `why` is in a person's words, "" where they gave none; `decided` is the decision that the change carries out.
    """

    import_id: int
    at: datetime
    by: str
    why: str
    source: str
    what: str  # add, change, remove; mailbox, renamed, letters
    of: str  # the account's number, or the place
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    undoes: int | None = None
    effective_on: date | None = None
    decided: Decided | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """An account, and what would become of it if the change were taken back: add, change, remove."""

    account: int
    what: str
    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Undoable:
    """A change of the register that can be taken back, with which accounts that would add, remove and change."""

    id: int
    at: datetime
    by: str
    source: str
    again: bool  # it is an undoing: taking it back does again what was undone
    accounts: Sequence[Undone]
    places: int  # mailboxes and names of administrations and units
    registered: int
    held: bool  # so many would vanish that a person must confirm it
    behind: int | None  # the latest change, where that is an undoing and nobody named this one: it may be a repetition

    def count(self, what: str) -> int:
        """How many accounts would be added, changed or removed."""
        return sum(each.what == what for each in self.accounts)


class OrganisationStore(Protocol):
    """Every method is one transaction; times are UTC, days are local."""

    def reorganise(self, reorganised: Reorganised, wish: Wish, occasion: Occasion, *, planned: int | None) -> int:
        """Carry it out, all or nothing, and with it the plan that waited for it; returns the import's id.

        Raises `RegisterMoved`, also where the plan waits no longer.
        """
        ...

    def may_be_written_to(self) -> frozenset[str]:
        """The administrations that the officer has released."""
        ...

    def plan_reorganisation(self, wish: Wish, occasion: Occasion) -> int: ...
    def planned_reorganisations(self) -> Sequence[Planned]:
        """Those that were neither carried out nor dropped, the earliest first."""
        ...

    def drop_reorganisation(self, id_: int, now: datetime) -> bool:
        """False where it is not waiting."""
        ...

    def undoable(self, number: int | None = None) -> Undoable | None:
        """The change of that number, else the latest that stands; None where nothing is to be taken back."""
        ...

    def history(self, account_id: int | None = None, limit: int = 200) -> Sequence[Told]:
        """The latest changes first: of one account and of whoever answered for it, or of the whole register."""
        ...
