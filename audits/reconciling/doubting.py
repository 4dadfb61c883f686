"""What the public list would name though it is confirmed to be another's, gone, moved or shut.

cases, the city's rules ─doubts▶ account ─▶ another's │ said to be │ gone │ moved │ renamed │ suspended
                        └idle▶ accounts of which nobody may say that they are in use

The officer keeps the list, so the account stays on it. To programs (`rel=me`, `sameAs`, `social=`) the city vouches for
none that is another's, whose name anybody may take, or that sends its followers elsewhere; one that is suspended is
the city's still.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from audits.model import Case
from audits.reconciling.lost import STANDING, confirmed
from audits.rulebook import Routine


class Doubt(StrEnum):
    """Why the list should not name an account as one in use, the gravest first; the values end `list.doubtful.…`."""

    ANOTHERS = "anothers"
    DENIED = "denied"
    GONE = "gone"
    MOVED = "moved"
    RENAMED = "renamed"
    SUSPENDED = "suspended"

    @property
    def forbids_vouching(self) -> bool:
        return self is not Doubt.SUSPENDED


_TELLS: Final[Mapping[str, Doubt]] = {  # by the name of a rule's check
    "taken_over": Doubt.ANOTHERS,
    "not_denied": Doubt.DENIED,
    "gone": Doubt.GONE,
    "moved": Doubt.MOVED,
    "renamed": Doubt.RENAMED,
    "suspended": Doubt.SUSPENDED,
}
_IDLE: Final = frozenset({"inactive", "never_posted", "private", "closed_in_time"})  # the same


def doubts(cases: Iterable[Case], routines: Mapping[str, Routine]) -> Mapping[int, Doubt]:
    """By account, the gravest of what stands confirmed against naming it."""
    found: dict[int, Doubt] = {}
    for account, check in confirmed(cases, routines):
        if check in _TELLS:
            found[account] = min(_TELLS[check], found.get(account, _TELLS[check]), key=list(Doubt).index)
    return found


def idle(cases: Iterable[Case], routines: Mapping[str, Routine]) -> frozenset[int]:
    """The accounts that are confirmed to be silent, shut to visitors, or open after the day decided for them. Who has
    explained a silence has said why it is there, not that there is none.
    """
    return frozenset(account for account, check in confirmed(cases, routines, STANDING) if check in _IDLE)
