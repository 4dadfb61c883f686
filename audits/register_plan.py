"""What a new version of the register would change, decided before anything is written.

    rows that stand + rows that are stated + claims of refused rows ─plan▶ ImportPlan(changes, held, spared, withheld)

Accounts are matched by the file's own reference or the number that an export gave them, then by key and words, then by
key alone. When too many would
vanish at once the plan is held for a person: a list that lost half its rows is more likely half a list. An account
whose row was refused stays as it was, and where nobody can tell whose a refused row is, so does every other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Final

from audits.register_claims import OWN_NUMBER, Spared, spared
from audits.registering import ChangeKind, RegisterChange, RegisterRow

_SHARE: Final = 0.20  # of a register of any size
_NOT_OF_THE_FILE: Final = frozenset({"ref", "raw", "kind", "limits"})  # what is no cell that tells of the account
_SEVERAL, _SHARE_OF_SEVERAL = 3, 0.10  # of a larger one, a tenth already is many


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """Every account's change, and whether so many vanish that a person must confirm it first.

    `spared` are accounts whose rows were refused; `withheld` those that the file lacks, unless a refused row is theirs.
    """

    changes: tuple[RegisterChange, ...]
    held: bool
    spared: tuple[int, ...] = ()
    withheld: tuple[int, ...] = ()

    def of(self, kind: ChangeKind) -> tuple[RegisterChange, ...]:
        return tuple(change for change in self.changes if change.kind is kind)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many changes of each kind there are, by its name."""
        return {kind.value: len(self.of(kind)) for kind in ChangeKind}

    @property
    def emptied(self) -> int:
        """Of how many accounts something that stood in the register is empty in the file."""
        return sum(map(_loses_something, self.of(ChangeKind.CHANGE)))

    @property
    def changes_anything(self) -> bool:
        return any(change.kind is not ChangeKind.SAME for change in self.changes)


def plan_import(
    standing: Mapping[int, RegisterRow],
    stated: Sequence[RegisterRow],
    *,
    partial: bool = False,
    gone: Mapping[int, RegisterRow] | None = None,
    claims: Sequence[RegisterRow] = (),
    confirmed: int | None = None,
) -> ImportPlan:
    """Hold the stated rows against the standing ones, by account id.

    `partial` says that the file is not the whole register: then nothing is removed. `gone` are accounts that were
    removed: one that comes back keeps its number, and with it all that was seen and decided of it. `claims` is what
    could be read of refused rows; `confirmed` is how many removals a person has said yes to.
    """
    matched = _match(standing, stated)
    changes = _returned([_change(standing, account_id, row) for account_id, row in matched], gone or {})
    left = standing.keys() - {account_id for account_id, _ in matched if account_id is not None}
    found = spared(standing, left, claims)
    leaving = frozenset() if partial else left - found.accounts
    held = too_many_removed(len(leaving), len(standing))
    withheld = leaving if _must_stay(found, len(leaving), held, confirmed) else frozenset()
    removed = leaving - withheld
    staying = () if partial else sorted(left - removed)
    changes += [_removal(account_id, standing[account_id]) for account_id in sorted(removed)]
    changes += [_staying(account_id, standing[account_id]) for account_id in staying]
    return ImportPlan(
        changes=tuple(changes), held=held, spared=tuple(sorted(found.accounts)), withheld=tuple(sorted(withheld))
    )


def _must_stay(found: Spared, leaving: int, held: bool, confirmed: int | None) -> bool:
    """Whether a refused row may be that of an account that would leave, and no person has been or is to be asked."""
    return found.unsure > 0 and not held and confirmed != leaving


def too_many_removed(removed: int, standing: int) -> bool:
    """Whether so many would vanish at once that a person must confirm it first: a fifth, or several and a tenth."""
    a_fifth = removed > 0 and removed >= _SHARE * standing
    return a_fifth or (removed >= _SEVERAL and removed > _SHARE_OF_SEVERAL * standing)


def _match(standing: Mapping[int, RegisterRow], stated: Sequence[RegisterRow]) -> list[tuple[int | None, RegisterRow]]:
    """Each stated row with the account it is, the surest likeness first, each account once."""
    free = dict(standing)
    found = _by_number(standing, stated)
    for account_id in found.values():
        del free[account_id]
    for likeness in (_by_ref, _by_words, _by_owner, _by_key):
        waiting = [at for at in range(len(stated)) if at not in found]
        index: dict[object, list[int]] = {}
        for account_id, row in free.items():
            for sign in likeness(row):
                index.setdefault(sign, []).append(account_id)
        for at in waiting:
            candidates = (each for sign in likeness(stated[at]) for each in index.get(sign, ()) if each in free)
            likeliest = next(candidates, None)
            if likeliest is not None:
                found[at] = likeliest
                del free[likeliest]
    return [(found.get(at), row) for at, row in enumerate(stated)]


def _by_number(standing: Mapping[int, RegisterRow], stated: Sequence[RegisterRow]) -> dict[int, int]:
    """Rows that bear the number of an account on their platform that has no reference of its own."""
    found: dict[int, int] = {}
    for at, row in enumerate(stated):
        number = OWN_NUMBER.fullmatch(row.ref or "")
        account = standing.get(int(number.group(1))) if number else None
        if number and account and not account.ref and account.platform == row.platform:
            found.setdefault(at, int(number.group(1)))
    twice = Counter(found.values())
    return {at: account_id for at, account_id in found.items() if twice[account_id] == 1}


def _by_ref(row: RegisterRow) -> Iterator[object]:
    if row.ref:
        yield row.ref


def _by_words(row: RegisterRow) -> Iterator[object]:
    yield row.key or row.platform, row.administration, row.unit, row.name, row.language


def _by_owner(row: RegisterRow) -> Iterator[object]:
    if row.key:
        yield row.key, row.administration


def _by_key(row: RegisterRow) -> Iterator[object]:
    if row.key:
        yield row.key


def _change(standing: Mapping[int, RegisterRow], account_id: int | None, row: RegisterRow) -> RegisterChange:
    if OWN_NUMBER.fullmatch(row.ref or ""):
        row = replace(row, ref=None)
    if account_id is None:
        return RegisterChange(kind=ChangeKind.ADD, after=row)
    before = standing[account_id]
    after = replace(row, limits=row.limits or before.limits)
    if (after.key, after.address) == (before.key, before.address):
        after = replace(after, raw=before.raw)  # another way to paste the same address is no change
    kind = ChangeKind.SAME if before == after else ChangeKind.CHANGE
    return RegisterChange(kind=kind, account_id=account_id, before=before, after=after)


def _loses_something(change: RegisterChange) -> bool:
    if change.before is None or change.after is None:
        return False
    before, after = asdict(change.before), asdict(change.after)
    return any(before[name] and not after[name] for name in before if name not in _NOT_OF_THE_FILE)


def _returned(changes: list[RegisterChange], gone: Mapping[int, RegisterRow]) -> list[RegisterChange]:
    """The changes, in which an addition of an account that was removed takes that one up again; the latest first."""
    by_key = {row.key: account_id for account_id, row in sorted(gone.items()) if row.key}
    by_words = {(row.key, row.administration, row.name): account_id for account_id, row in sorted(gone.items())}
    free, taken = set(gone), []
    for each in changes:
        row = each.after
        if each.kind is ChangeKind.ADD and row is not None:
            found = by_words.get((row.key, row.administration, row.name)) or by_key.get(row.key or "")
            if found in free and gone[found].platform == row.platform:
                free.discard(found)
                each = replace(each, account_id=found)  # noqa: PLW2901  # the same addition, of an account once known
        taken.append(each)
    return taken


def _removal(account_id: int, row: RegisterRow) -> RegisterChange:
    return RegisterChange(kind=ChangeKind.REMOVE, account_id=account_id, before=row)


def _staying(account_id: int, row: RegisterRow) -> RegisterChange:
    return RegisterChange(kind=ChangeKind.SAME, account_id=account_id, before=row, after=row)
