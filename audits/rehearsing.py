"""What other rules would say of the same looks, before anybody is told.

    two rulebooks ─changes_between▶ RuleChanges(added, removed, changed)
    an account's last look, judged by both ─shifts_of▶ Shift(created │ removed) … ─by_administration▶ Effect

Nothing is fetched: what is judged is what the last looks saw.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from hashlib import blake2b

from audits.model import Account, Observation, Outcome
from audits.rulebook import Check, Routine, judge
from audits.sights import Register, sights_of

_WORDS = frozenset({"code", "source", "title", "fix", "acts", "due_days"})  # they change no verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChanges:
    """Ids of the rules that judge otherwise than before."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)

    @property
    def bites(self) -> frozenset[str]:
        """The rules that may say something new, and so run one shadow night."""
        return frozenset((*self.added, *self.changed))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A finding that the change creates or removes."""

    account_id: int
    name: str
    administration: str
    rule: str
    created: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a change does to one administration."""

    administration: str
    created: tuple[Shift, ...]
    removed: tuple[Shift, ...]


def digest_of(routine: Routine) -> str:
    """Equal for routines that judge alike, in every process."""
    said = [f"{each.name}={_said(getattr(routine, each.name))}" for each in fields(routine) if each.name not in _WORDS]
    return blake2b("\n".join(said).encode(), digest_size=16).hexdigest()


def _said(value: object) -> str:
    if isinstance(value, Check):
        return f"{value.name}({', '.join(value.sees)})"
    if isinstance(value, frozenset):
        return repr(sorted(map(str, value)))
    if isinstance(value, Mapping):
        return repr(sorted((str(name), _said(each)) for name, each in value.items()))
    return repr(value)


def digests(routines: Mapping[str, Routine]) -> Mapping[str, str]:
    return {name: digest_of(routine) for name, routine in routines.items()}


def changes_between(before: Mapping[str, str], after: Mapping[str, str]) -> RuleChanges:
    """What has become of the rules, by their digests."""
    return RuleChanges(
        added=tuple(sorted(after.keys() - before.keys())),
        removed=tuple(sorted(before.keys() - after.keys())),
        changed=tuple(sorted(name for name in before.keys() & after.keys() if before[name] != after[name])),
    )


def shifts_of(
    account: Account,
    observation: Observation | None,
    register: Register,
    before: Mapping[str, Routine],
    after: Mapping[str, Routine],
    now: datetime,
) -> Iterator[Shift]:
    """The findings of one account that the change creates or removes; `now` is UTC."""
    sights = sights_of(account, observation, register, now)
    for rule in sorted(before.keys() | after.keys()):
        was, will = (
            rule in book and judge(book[rule], account, observation, sights, now).outcome is Outcome.FAILED
            for book in (before, after)
        )
        if was is not will:
            yield Shift(
                account_id=account.id,
                name=account.name,
                administration=account.administration or "",
                rule=rule,
                created=will,
            )


def by_administration(shifts: Iterable[Shift]) -> Sequence[Effect]:
    """Those that get most new findings first."""
    found: dict[str, list[Shift]] = {}
    for shift in shifts:
        found.setdefault(shift.administration, []).append(shift)
    effects = [
        Effect(
            administration=administration,
            created=tuple(each for each in own if each.created),
            removed=tuple(each for each in own if not each.created),
        )
        for administration, own in found.items()
    ]
    return sorted(effects, key=lambda each: (-len(each.created), -len(each.removed), each.administration))
