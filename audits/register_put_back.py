"""What a file would put back to what it was before somebody changed it: it is most often an older copy.

    changes of a plan + earlier changes of the same accounts ─put_back▶ (PutBack(earlier change, its accounts), …)

Two officers each edit a copy of the register; whose file comes last says all of a row, what the other changed too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from audits.registering import ChangeKind, RegisterChange, RegisterRow

RECENT: Final = timedelta(days=31)  # for as long a copy of the register may lie about
_TURNED: Final = {ChangeKind.ADD: ChangeKind.REMOVE, ChangeKind.REMOVE: ChangeKind.ADD}
_NOT_OF_THE_FILE: Final = frozenset({"ref", "raw", "limits"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """One account's change that was made before: the number of its import, when (UTC) and by whom."""

    number: int
    at: datetime
    by: str
    change: RegisterChange


@dataclass(frozen=True, slots=True, kw_only=True)
class PutBack:
    """An earlier change of the register, and the accounts of which it would be lost."""

    number: int
    at: datetime
    by: str
    accounts: tuple[int, ...]


def put_back(changes: Iterable[RegisterChange], earlier: Sequence[Earlier]) -> tuple[PutBack, ...]:
    """The earlier changes that these would undo in part, the latest first; `earlier` too comes the latest first."""
    of_account: dict[int, list[Earlier]] = {}
    for each in earlier:
        of_account.setdefault(each.change.account_id or 0, []).append(each)
    lost: dict[int, set[int]] = {}
    for change in changes:
        for number in _lost(change, of_account.get(change.account_id or 0, [])):
            lost.setdefault(number, set()).add(change.account_id or 0)
    told = {each.number: each for each in earlier}
    return tuple(
        PutBack(number=number, at=told[number].at, by=told[number].by, accounts=tuple(sorted(lost[number])))
        for number in sorted(lost, reverse=True)
    )


def _lost(change: RegisterChange, earlier: Sequence[Earlier]) -> frozenset[int]:
    """The numbers of those earlier changes of its account that the change would put back."""
    if change.kind in _TURNED:
        last = earlier[0] if earlier else None
        return frozenset({last.number} if last and last.change.kind is _TURNED[change.kind] else ())
    if change.kind is ChangeKind.SAME or not earlier:
        return frozenset()
    now, wanted = _cells(change.before), _cells(change.after)
    differing = [name for name in wanted if now.get(name) != wanted[name]]
    return frozenset(number for name in differing if (number := _set_by(name, wanted[name], earlier)))


def _set_by(name: str, wanted: object, earlier: Sequence[Earlier]) -> int | None:
    """Which change gave the account what stands there now, where it once had what is wanted; None where it had not."""
    sides = ((each.number, _cells(each.change.before), _cells(each.change.after)) for each in earlier)
    set_by = [
        (number, before[name]) for number, before, after in sides if before and after and before[name] != after[name]
    ]
    return set_by[0][0] if any(had == wanted for _, had in set_by) else None


def _cells(row: RegisterRow | None) -> Mapping[str, Any]:
    return {name: cell for name, cell in asdict(row).items() if name not in _NOT_OF_THE_FILE} if row else {}
