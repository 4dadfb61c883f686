"""What the public list would name though it is confirmed to be another's, gone, moved or shut.

cases, the city's rules ─doubts▶ account ─▶ not ours │ another's │ said to be │ gone │ moved │ renamed │ suspended
the last looks          ─last_seen▶ account ─▶ not confirmed: another's, gone, moved, renamed │ suspended
accounts, doubts        ─unvouched▶ those that nobody is asked to put on the list
cases, the city's rules ─idle▶ accounts of which nobody may say that they are in use

The officer keeps the list, so the account stays on it. To programs (`rel=me`, `sameAs`, `social=`) the city vouches for
none that is another's, whose name anybody may take, or that sends its followers elsewhere; one that is suspended is
the city's still. Whoever says "not ours" says it of the account, whatever rule the question came of; once that is
confirmed, the list does not name the account at all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from enum import StrEnum
from typing import Final

from audits.model import Account, Address, Case, CaseState, Existence
from audits.reconciling.lost import STANDING, confirmed
from audits.register_rows import is_a_persons
from audits.rulebook import Routine


class Doubt(StrEnum):
    """Why the list should not name an account as one in use, the gravest first; the values end `list.doubtful.…`."""

    DISOWNED = "disowned"
    ANOTHERS = "anothers"
    DENIED = "denied"
    GONE = "gone"
    MOVED = "moved"
    RENAMED = "renamed"
    UNSETTLED = "unsettled"  # another's, gone, moved or renamed when last seen, and no case says so
    SUSPENDED = "suspended"
    SHUT = "shut"  # suspended when last seen, and no case says so

    @property
    def forbids_vouching(self) -> bool:
        return self not in (Doubt.SUSPENDED, Doubt.SHUT)

    @property
    def forbids_naming(self) -> bool:
        return self is Doubt.DISOWNED


_TELLS: Final[Mapping[str, Doubt]] = {  # by the name of a rule's check
    "taken_over": Doubt.ANOTHERS,
    "not_denied": Doubt.DENIED,
    "gone": Doubt.GONE,
    "moved": Doubt.MOVED,
    "renamed": Doubt.RENAMED,
    "suspended": Doubt.SUSPENDED,
}
_SAYS: Final[Mapping[CaseState, Doubt]] = {  # people, of the account itself
    CaseState.SAID_NOT_OURS: Doubt.DENIED,
    CaseState.NOT_OURS: Doubt.DISOWNED,
}
_SHOWS: Final[Mapping[Existence, Doubt]] = {
    Existence.GONE: Doubt.UNSETTLED,
    Existence.MOVED: Doubt.UNSETTLED,
    Existence.RENAMED: Doubt.UNSETTLED,
    Existence.SUSPENDED: Doubt.SHUT,
    Existence.DEACTIVATED: Doubt.SHUT,
}
_IDLE: Final = frozenset({"inactive", "never_posted", "private", "closed_in_time"})  # the same


def doubts(cases: Iterable[Case], routines: Mapping[str, Routine]) -> Mapping[int, Doubt]:
    """By account, the gravest of what stands confirmed, or is said by people, against naming it."""
    kept = tuple(cases)
    shown = ((account, _TELLS[check]) for account, check in confirmed(kept, routines) if check in _TELLS)
    told = ((case.account_id, _SAYS[case.state]) for case in kept if case.state in _SAYS)
    return _gravest((*shown, *told))


def last_seen(existences: Mapping[int, Existence], strangers: Collection[int]) -> Mapping[int, Doubt]:
    """By account, what its last look leaves open, whatever became of the case: how it stood, and whether it was
    another's. Nobody is accused: that nobody may say yes either is all that follows.
    """
    shown = ((account, _SHOWS[existence]) for account, existence in existences.items() if existence in _SHOWS)
    return _gravest((*shown, *((account, Doubt.UNSETTLED) for account in strangers)))


def together(*told: Mapping[int, Doubt]) -> Mapping[int, Doubt]:
    """By account, the gravest of all of these."""
    return _gravest(each for own in told for each in own.items())


def _gravest(told: Iterable[tuple[int, Doubt]]) -> Mapping[int, Doubt]:
    found: dict[int, Doubt] = {}
    for account, doubt in told:
        found[account] = min(doubt, found.get(account, doubt), key=list(Doubt).index)
    return found


def unvouched(
    accounts: Iterable[Account], doubts: Mapping[int, Doubt], identify: Callable[[str, str | None], Address]
) -> frozenset[int]:
    """The accounts that nobody is asked to put on the public list, since the city vouches for none of them there: what
    `doubts` forbid, and a person's own profile of which nobody has said that it is an office's.
    """
    doubted = (account for account, doubt in doubts.items() if doubt.forbids_vouching)
    return frozenset((*doubted, *(each.id for each in accounts if is_unsaid(each, identify))))


def is_unsaid(account: Account, identify: Callable[[str, str | None], Address]) -> bool:
    """Whether it is a person's own profile, and nobody has said what it is for."""
    return is_a_persons(identify(account.address or "", account.platform), account.kind)


def idle(cases: Iterable[Case], routines: Mapping[str, Routine]) -> frozenset[int]:
    """The accounts that are confirmed to be silent, shut to visitors, or open after the day decided for them. Who has
    explained a silence has said why it is there, not that there is none.
    """
    return frozenset(account for account, check in confirmed(cases, routines, STANDING) if check in _IDLE)
