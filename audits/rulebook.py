"""Rules, and how one is held against what was seen.

    @rule def f(what, it, must, see, *, limits) ─▶ Check
    Check + the city's own limits, windows, exemptions and words ─▶ Routine
    judge(routine, sights) ─▶ Finding

A check's positional parameters name what it must see. `judge` calls it only when all of that was visible and
writes `cannot_tell` otherwise, so no check holds an `if` about blindness. Its keyword-only parameters are limits
that come from `config/rules.toml`. What was not seen, or failed, may be acquitted by what somebody states. A routine
is not held against an account that a decision exempts, nor while a window suspends it.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final, NamedTuple

from audits.days import Now
from audits.model import (
    QUOTE,
    STATED_BY,
    TWO_LOOKS,
    UNSEEN,
    Account,
    Confirmation,
    Finding,
    Kind,
    Observation,
    Outcome,
    Severity,
    Statement,
    Transport,
)
from audits.reading.scrub import one_line
from audits.sights import Sight, Sights
from audits.wording.said import said

_NOTHING: Final[Mapping[str, str]] = {}


class Verdict(NamedTuple):  # one for each rule and look, and made in half the time of a dataclass
    """What a check concludes. `value` is what it looked at; `level` may name one of the routine's severities."""

    outcome: Outcome
    value: str = ""
    level: str = ""
    why: str = ""
    seen: Mapping[str, str] = _NOTHING


def passed(value: object = "") -> Verdict:
    """The sentence holds; `value` is what it was held against, where there is one."""
    return Verdict(outcome=Outcome.PASSED, value=str(value))


def failed(value: object, *, level: str = "", **seen: object) -> Verdict:
    """What was seen is told beside it, but for what is None."""
    return Verdict(
        outcome=Outcome.FAILED,
        value=str(value),
        level=level,
        seen={name: str(each) for name, each in seen.items() if each is not None},
    )


def inapplicable(why: str) -> Verdict:
    """The sentence says nothing of this account; `why` in words."""
    return Verdict(outcome=Outcome.INAPPLICABLE, why=str(why))


class Ground(StrEnum):
    """What a check goes by: how it is known."""

    LOOK = "look"
    REGISTER = "register"
    ANSWERS = "answers"  # what people have said, or have not
    LIST = "list"  # the public list: the account's own page is not asked


_OF_THE_REGISTER: Final = frozenset({"account", "register", "now", "purpose", "is_main"})  # sights that need no look
_OF_PEOPLE: Final = _OF_THE_REGISTER | {"circumstances", "rest", "closing"}
_OF_THE_LIST: Final = _OF_PEOPLE | {"listed", "vouched"}


@dataclass(frozen=True, slots=True)
class Check:
    """A function with the names of what it must see and of the limits it takes."""

    name: str
    function: Callable[..., Verdict]
    sees: tuple[str, ...]
    limits: tuple[str, ...]
    required: frozenset[str]  # limits without a default

    def __call__(self, *sights: object, **limits: object) -> Verdict:
        return self.function(*sights, **limits)

    @property
    def ground(self) -> Ground:
        """A look, where anything that only a look shows is asked for."""
        if _OF_THE_REGISTER.issuperset(self.sees):
            return Ground.REGISTER
        if _OF_PEOPLE.issuperset(self.sees):
            return Ground.ANSWERS
        return Ground.LIST if _OF_THE_LIST.issuperset(self.sees) else Ground.LOOK


def rule(function: Callable[..., Verdict]) -> Check:
    """Make a check of a function, from its own signature."""
    parameters = inspect.signature(function).parameters.values()
    limits = [each for each in parameters if each.kind is each.KEYWORD_ONLY]
    return Check(
        name=function.__name__,
        function=function,
        sees=tuple(each.name for each in parameters if each.kind is not each.KEYWORD_ONLY),
        limits=tuple(each.name for each in limits),
        required=frozenset(each.name for each in limits if each.default is each.empty),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Days on which a routine is suspended, or held to other limits: an election, a summer.

    `first` and `last` are days of one year, or (month, day) of every year; a yearly window may span New Year's Eve.
    """

    id: str
    reason: str
    first: date | tuple[int, int]
    last: date | tuple[int, int]
    limits: Mapping[str, Any] | None = None  # None: the routine is suspended

    def holds(self, day: date) -> bool:
        if isinstance(self.first, date) and isinstance(self.last, date):
            return self.first <= day <= self.last
        first, last, today = _yearly(self.first), _yearly(self.last), (day.month, day.day)
        return first <= today <= last if first <= last else today >= first or today <= last


def _yearly(day: date | tuple[int, int]) -> tuple[int, int]:
    return (day.month, day.day) if isinstance(day, date) else day


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption:
    """A recorded decision that a routine does not bind some accounts: private by decision, a politician's own account.

    `accounts` are keys or numbers of the register; without them it is for `kinds` of account.
    """

    reason: str
    decided_by: str
    accounts: frozenset[str] = frozenset()
    kinds: frozenset[Kind] = frozenset()
    until: date | None = None

    def frees(self, account: Account, day: date) -> bool:
        named = str(account.id) in self.accounts or (account.key is not None and account.key in self.accounts)
        return (named or account.kind in self.kinds) and (self.until is None or day <= self.until)


PROPOSALS: Final[Mapping[str, str]] = {  # what stands as the source until the city has put its own sentence there
    "sv": "Förslag; ersätt med er egen rutin",
    "en": "A proposal; put your own routine's sentence here",
}
PROPOSED: Final = ("Förslag", "A proposal")  # how a source begins that is no city's routine
LAW: Final = "Lag ("


class Basis(StrEnum):
    """What a routine rests on: the city's own sentence, the law, or so far but a proposal."""

    ROUTINE = "routine"
    LAW = "law"
    PROPOSAL = "proposal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Routine:
    """A rule as the city declares it: a check with limits, severities, its source sentence and its confirmation."""

    id: str
    check: Check
    severity: Severity = Severity.MEDIUM
    levels: Mapping[str, Severity] = field(default_factory=dict)
    limits: Mapping[str, Any] = field(default_factory=dict)
    limits_for: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # by platform or kind
    confirmation: Confirmation = TWO_LOOKS
    once_stated: bool = False  # one look is enough where an official interface states it
    guarded: bool = True  # held back when too many of a platform change within some nights
    platforms: frozenset[str] = frozenset()  # empty: all
    kinds: frozenset[Kind] = frozenset()  # empty: all
    code: str = ""
    source: str = ""
    title: Mapping[str, str] = field(default_factory=dict)  # by language
    fix: Mapping[str, str] = field(default_factory=dict)
    acts: str = ""
    due_days: int | None = None
    windows: tuple[Window, ...] = ()
    exemptions: tuple[Exemption, ...] = ()

    @property
    def basis(self) -> Basis:
        if self.source.startswith(PROPOSED):
            return Basis.PROPOSAL
        return Basis.LAW if self.source.startswith(LAW) else Basis.ROUTINE

    def limits_of(self, account: Account, day: date | None = None) -> Mapping[str, Any]:
        """The routine's limits, the platform's, the kind's, those of the day's windows, the account's own: the later
        wins.
        """
        if not (self.limits_for or self.windows or account.limits):
            return self.limits
        limits = dict(self.limits)
        for whose in (account.platform, account.kind.value) if self.limits_for else ():
            limits |= self.limits_for.get(whose, {})
        for window in self.windows:
            if day is not None and window.limits and window.holds(day):
                limits |= window.limits
        return limits | {name: value for name, value in account.limits.items() if name in self.check.limits}

    def frees(self, account: Account, day: date) -> str:
        """Why the routine does not bind the account at all; "" where it does."""
        if not self.applies_to(account):
            return said("evidence.not_bound")
        for exemption in self.exemptions:
            if exemption.frees(account, day):
                return exemption.reason
        return ""

    def spares(self, account: Account, day: date) -> str:
        """Why the routine is not held against the account on this day; "" where it is."""
        if why := self.frees(account, day):
            return why
        for window in self.windows:
            if window.limits is None and window.holds(day):
                return window.reason
        return ""

    def applies_to(self, account: Account) -> bool:
        return (not self.platforms or account.platform in self.platforms) and (
            not self.kinds or account.kind in self.kinds
        )


def judge(routine: Routine, account: Account, observation: Observation | None, sights: Sights, now: Now) -> Finding:
    """Hold one routine against what was seen of one account; rules about the register alone need no observation."""
    verdict = _verdict(routine, account, observation, sights, now)
    shows = verdict.outcome is Outcome.FAILED and routine.check.ground is Ground.LOOK
    level = {"level": verdict.level} if verdict.level else _NOTHING
    return Finding(
        account_id=account.id,
        rule=routine.id,
        outcome=verdict.outcome,
        observed_at=observation.observed_at if observation else now.at,
        severity=routine.levels.get(verdict.level, routine.severity),
        confirmation=_confirmation(routine, observation),
        fingerprint=verdict.value,
        seen={**verdict.seen, **_quoted(routine.check, observation if shows else None), **level},
        why=verdict.why,
        route=observation.route if observation else None,
        evidence=observation.markers if observation and shows else (),
    )


def _quoted(check: Check, observation: Observation | None) -> Mapping[str, str]:
    """The words of the page from which an end was told, so that its reader sees at once whether they mean it."""
    if observation is None or "existence" not in check.sees:
        return _NOTHING
    ends = (each for each in observation.markers if each.is_words and each.means == observation.existence)
    words = next((one_line(each.excerpt) for each in ends), "")
    return {QUOTE: words} if words else _NOTHING


def _verdict(routine: Routine, account: Account, observation: Observation | None, sights: Sights, now: Now) -> Verdict:
    if why := routine.spares(account, now.today):
        return inapplicable(why)
    looked_at, limits = [sights[name] for name in routine.check.sees], routine.limits_of(account, now.today)
    verdict = _as_seen(routine.check, limits, observation, looked_at)
    if verdict.outcome in (Outcome.FAILED, Outcome.CANNOT_TELL):
        return _as_stated(routine.check, limits, looked_at, now) or verdict
    return verdict


def _as_seen(
    check: Check, limits: Mapping[str, Any], observation: Observation | None, looked_at: list[Sight]
) -> Verdict:
    values = [sight.value for sight in looked_at]
    if UNSEEN in values:
        return _cannot_tell(next((sight.waits for sight in looked_at if sight.waits), "") or _blindness(observation))
    verdict = check(*values, **limits)
    if verdict.outcome is Outcome.FAILED and any(sight.partial for sight in looked_at):
        return _cannot_tell(said("evidence.acquittal_may_be_missed"))
    if verdict.outcome is Outcome.PASSED and any(sight.glimpsed for sight in looked_at):
        return _cannot_tell(said("evidence.accusal_may_be_missed"))
    return verdict


def _as_stated(check: Check, limits: Mapping[str, Any], looked_at: list[Sight], now: Now) -> Verdict | None:
    """The acquittal that people's statements give, in their name; None where they give none. They never accuse."""
    heard = [sight.stated for sight in looked_at if sight.stated]
    if not heard:
        return None
    values = [sight.stated.value if sight.stated else sight.value for sight in looked_at]
    if UNSEEN in values:
        return None
    verdict = check(*values, **limits)
    return _in_the_name_of(heard[0].statement, verdict, now) if verdict.outcome is Outcome.PASSED else None


def _in_the_name_of(statement: Statement, verdict: Verdict, now: Now) -> Verdict:
    day = now.day_of(statement.at).isoformat()
    seen = {**verdict.seen, STATED_BY: statement.by, "stated_on": day, statement.what.value: statement.on.isoformat()}
    return verdict._replace(why=str(said("evidence.confirmed", by=statement.by, day=day)), seen=seen)


def _cannot_tell(why: str) -> Verdict:
    return Verdict(outcome=Outcome.CANNOT_TELL, why=str(why))


def _blindness(observation: Observation | None) -> str:
    if observation is None:
        return said("evidence.not_looked_at")
    if observation.transport is Transport.OK:
        return observation.reason or said("evidence.not_shown")
    return observation.reason or observation.transport.value


def _confirmation(routine: Routine, observation: Observation | None) -> Confirmation:
    if routine.once_stated and observation is not None and observation.stated:
        return Confirmation(looks=1)
    return routine.confirmation


__all__ = ["Check", "Routine", "Sight", "Verdict", "failed", "inapplicable", "judge", "passed", "rule"]
