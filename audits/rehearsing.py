"""What other rules would say of the same looks, before anybody is told.

    two rulebooks ─changes_between▶ RuleChanges(added, removed, changed) ─limits_between▶ LimitChange(before, after) …
    an account's last look, judged by both ─shifts_of▶ Shift(created │ removed │ regraded) … ─by_administration▶ Effect
                                             ─grounds_of▶ Grounds: of how many accounts that can be told at all
                                             ─lets_go▶ whether it is the rule that has changed, and not the account

Nothing is fetched: what is judged is what the last looks saw.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from hashlib import blake2b

from audits.days import Now
from audits.model import DECIDED, Account, Finding, Observation, Outcome, Severity
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


@dataclass(frozen=True, slots=True)
class Grade:
    """How grave a finding is told to be: the level of its rule, "" where that knows none, and what follows of it."""

    level: str
    severity: Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A finding that the change creates, removes or tells as another grade; None where there is no finding."""

    account_id: int
    name: str
    administration: str
    rule: str
    before: Grade | None
    after: Grade | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a change does to one administration."""

    administration: str
    created: tuple[Shift, ...]
    removed: tuple[Shift, ...]
    regraded: tuple[Shift, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitChange:
    """One limit of one rule; `whose` is the platform or kind that it holds for, "" for all. None: not stated."""

    rule: str
    whose: str
    name: str
    before: object
    after: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """How much a rehearsal rests on."""

    bound: int  # accounts that the changed rules bind
    judged: int  # of them, those of which the last look lets at least one of these rules tell


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
    """What each rule comes to, by its id: equal where nothing of it changed."""
    return {name: digest_of(routine) for name, routine in routines.items()}


def changes_between(before: Mapping[str, str], after: Mapping[str, str]) -> RuleChanges:
    """What has become of the rules, by their digests."""
    return RuleChanges(
        added=tuple(sorted(after.keys() - before.keys())),
        removed=tuple(sorted(before.keys() - after.keys())),
        changed=tuple(sorted(name for name in before.keys() & after.keys() if before[name] != after[name])),
    )


def limits_between(before: Mapping[str, Routine], after: Mapping[str, Routine]) -> Sequence[LimitChange]:
    """The limits that differ in rules that both have; an account's own and those of windows are not among them."""
    return [
        LimitChange(rule=rule, whose=whose, name=name, before=was.get(name), after=will.get(name))
        for rule in sorted(before.keys() & after.keys())
        for whose, was, will in _limits_side_by_side(before[rule], after[rule])
        for name in dict.fromkeys((*was, *will))
        if was.get(name) != will.get(name)
    ]


def _limits_side_by_side(
    before: Routine, after: Routine
) -> Iterator[tuple[str, Mapping[str, object], Mapping[str, object]]]:
    yield "", before.limits, after.limits
    for whose in sorted(before.limits_for.keys() | after.limits_for.keys()):
        yield whose, before.limits_for.get(whose, {}), after.limits_for.get(whose, {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """An account with its last look and what stands beside it."""

    account: Account
    observation: Observation | None
    register: Register


def grounds_of(beside: Iterable[Beside], routines: Mapping[str, Routine], now: Now) -> Grounds:
    """Of how many accounts the last look lets these rules tell anything."""
    outcomes = [_outcomes(each, routines, now) for each in beside]
    bound = [each for each in outcomes if each - {Outcome.INAPPLICABLE}]
    return Grounds(bound=len(bound), judged=sum(bool(each & DECIDED) for each in bound))


def decides(beside: Beside, routine: Routine, now: Now) -> bool:
    """Whether the last look lets this rule tell anything of the account."""
    return bool(_outcomes(beside, {routine.id: routine}, now) & DECIDED)


def _outcomes(beside: Beside, routines: Mapping[str, Routine], now: Now) -> set[Outcome]:
    sights = sights_of(beside.account, beside.observation, beside.register, now)
    return {judge(each, beside.account, beside.observation, sights, now).outcome for each in routines.values()}


def lets_go(beside: Beside, then: Routine | None, day: date, now: Now, outcome: Outcome = Outcome.PASSED) -> bool:
    """Whether the account is spared only by a rule as it is held today: by `then`, as it was held on `day`, the same
    look would not pass, or would find it wanting where the rule does not apply today; or nobody knows (None).
    """
    if then is None:
        return True
    account, observation = beside.account, beside.observation
    held = replace(then, limits=then.limits_of(account, day), limits_for={}, windows=())
    sights = sights_of(account, observation, beside.register, now)
    before = judge(held, account, observation, sights, now).outcome
    return before is not Outcome.PASSED if outcome is Outcome.PASSED else before is Outcome.FAILED


def shifts_of(beside: Beside, before: Mapping[str, Routine], after: Mapping[str, Routine], now: Now) -> Iterator[Shift]:
    """The findings of one account that the change creates, removes or tells as another grade."""
    account, observation = beside.account, beside.observation
    sights = sights_of(account, observation, beside.register, now)
    for rule in sorted(before.keys() | after.keys()):
        was, will = (
            _grade(judge(book[rule], account, observation, sights, now)) if rule in book else None
            for book in (before, after)
        )
        if was != will:
            yield Shift(
                account_id=account.id,
                name=account.name,
                administration=account.administration or "",
                rule=rule,
                before=was,
                after=will,
            )


def _grade(finding: Finding) -> Grade | None:
    if finding.outcome is not Outcome.FAILED:
        return None
    return Grade(finding.seen.get("level", ""), finding.severity)


def by_administration(shifts: Iterable[Shift]) -> Sequence[Effect]:
    """Those that get most new findings first, then those of which most become another grade."""
    found: dict[str, list[Shift]] = {}
    for shift in shifts:
        found.setdefault(shift.administration, []).append(shift)
    effects = [
        Effect(
            administration=administration,
            created=tuple(each for each in own if each.before is None),
            removed=tuple(each for each in own if each.after is None),
            regraded=tuple(each for each in own if each.before and each.after),
        )
        for administration, own in found.items()
    ]
    return sorted(effects, key=_most_first)


def _most_first(effect: Effect) -> tuple[int, int, int, str]:
    return -len(effect.created), -len(effect.regraded), -len(effect.removed), effect.administration
