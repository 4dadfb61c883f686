"""Closing an account in the right order, each step seen where a look can see it and attested where it cannot.

    announce ─▶ archive ─▶ signpost ─▶ unlink ─▶ list ─▶ keep the name ─▶ look every year

    Closing + Evidence ─progress▶ one StepState a step: open │ seen │ attested │ contradicted │ arranged

    Closing + a new day ─move▶ the closing as it is decided from now on      Closing ─withdraw▶ whose word gave it up

The account is not deleted: a freed name can be taken by anybody, and links to it live on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NamedTuple

from audits.languages import LANGUAGES
from audits.model import (
    ALIVE,
    UNSEEN,
    Closing,
    Existence,
    Identity,
    Observation,
    Occasion,
    Seen,
    StepDone,
    Transport,
    Unseen,
)  # fmt: skip
from audits.refusal import Refused
from audits.wording import phrase
from audits.wording.said import FIRST, Called, said

WITHDRAWAL: Final = "withdraw"  # kept beside the steps, as whose word it was


class _Shown(NamedTuple):
    """Whether a look sees a step done, `UNSEEN` where no look can tell; and what it sees."""

    is_done: Seen[bool]
    why: str


class ClosingRefused(Refused):
    """A closing, or a step of one, that cannot be taken; the message says why and what would do."""


class Step(StrEnum):
    """What has to be done, in this order."""

    ANNOUNCE = "announce"  # tell followers, in the account itself, that and when it closes
    ARCHIVE = "archive"  # keep what has to be kept
    SIGNPOST = "signpost"  # say in the profile that it is closed, and where to go instead
    UNLINK = "unlink"  # take the links to it off the city's own sites
    LIST = "list"  # take it off the public list
    KEEP_NAME = "keep_name"  # keep the account, so that nobody else takes its name
    LOOK_YEARLY = "look_yearly"  # see to it once a year that this is still so


class How(StrEnum):
    """How it is known that a step is done, or that it is not."""

    OPEN = "open"
    SEEN = "seen"
    ATTESTED = "attested"
    CONTRADICTED = "contradicted"  # attested, and a look sees otherwise
    ARRANGED = "arranged"  # nobody has to do it: the rules see to it once the account is closed


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What was seen, as far as it could be looked at."""

    observation: Observation | None = None
    linked_from: Seen[tuple[str, ...]] = UNSEEN  # pages of the city's own sites that link to the account
    on_list: Seen[bool] = UNSEEN
    asked_yearly: bool = False  # a question about closed accounts is declared
    signposts: tuple[str, ...] = ()  # words that say of an account that it is closed, as the rules declare them


@dataclass(frozen=True, slots=True, kw_only=True)
class StepState:
    """Where one step stands; `why` says what was seen of it, in facts."""

    step: Step
    how: How
    at: datetime | None = None
    by: str = ""
    why: str = ""

    @property
    def done(self) -> bool:
        """Whether somebody has done it."""
        return self.how in (How.SEEN, How.ATTESTED)

    @property
    def left(self) -> bool:
        """Whether somebody has yet to do it."""
        return self.how in (How.OPEN, How.CONTRADICTED)


def begin(account_id: int, occasion: Occasion, *, on: date, successor: str, today: date) -> Closing:
    """A decided closing. Raises `ClosingRefused`."""
    if not occasion.by or not occasion.why:
        raise ClosingRefused(said("refused.closing.who"))
    if on < today:
        raise ClosingRefused(said("refused.day_passed", day=on))
    return Closing(
        account_id=account_id,
        started_at=occasion.at,
        closes_on=on,
        by=occasion.by,
        reason=occasion.why,
        successor=successor.strip() or None,
    )


def move(closing: Closing, occasion: Occasion, *, on: date, today: date) -> Closing:
    """The same closing decided for another day; without a reason of its own the first stands. Raises `ClosingRefused`.

    What was done of its steps stays done.
    """
    if on == closing.closes_on:
        raise ClosingRefused(said("refused.closing.same_day", day=on))
    because = replace(occasion, why=occasion.why or closing.reason)
    moved = begin(closing.account_id, because, on=on, successor=closing.successor or "", today=today)
    return replace(moved, done=closing.done)


def withdraw(occasion: Occasion) -> StepDone:
    """Whose word gives a closing up. Raises `ClosingRefused`."""
    if not occasion.by:
        raise ClosingRefused(said("refused.closing.who_withdraws"))
    return _word(WITHDRAWAL, occasion)


def progress(closing: Closing, evidence: Evidence) -> Sequence[StepState]:
    """Every step in order."""
    return [
        _arranged(step)
        if step is Step.LOOK_YEARLY and evidence.asked_yearly
        else _state(step, closing.done.get(step.value), _seen(step, closing, evidence))
        for step in Step
    ]


def attest(closing: Closing, evidence: Evidence, step: Step, occasion: Occasion) -> StepDone:
    """Somebody's word that a step is done. Raises `ClosingRefused` where a look sees otherwise."""
    if not occasion.by:
        raise ClosingRefused(said("refused.closing.who_says"))
    seen, why = _seen(step, closing, evidence)
    if seen is False:
        raise ClosingRefused(said("refused.closing.seen", step=called([step.value]), why=why))
    return _word(step.value, occasion)


def _word(step: str, occasion: Occasion) -> StepDone:
    return StepDone(step=step, at=occasion.at, by=occasion.by, how=How.ATTESTED.value, note=occasion.why)


def is_done(states: Sequence[StepState]) -> bool:
    """Whether every step is seen, attested or arranged, and none contradicted."""
    return not any(state.left for state in states)


def _arranged(step: Step) -> StepState:
    """A step that the rules see to: no look has seen it, and nobody's word is wanted."""
    return StepState(step=step, how=How.ARRANGED, why=_why("asked"))


def _state(step: Step, word: StepDone | None, looked: _Shown) -> StepState:
    seen, why = looked
    if seen is True:
        return StepState(step=step, how=How.SEEN, at=word.at if word else None, why=why)
    if word is None:
        return StepState(step=step, how=How.OPEN, why=why)
    how = How.CONTRADICTED if seen is False else How.ATTESTED
    return StepState(step=step, how=how, at=word.at, by=word.by, why=why or word.note)


def _seen(step: Step, closing: Closing, evidence: Evidence) -> _Shown:
    if step is Step.SIGNPOST:
        return _signposted(closing, evidence)
    if step is Step.UNLINK:
        return _unlinked(evidence.linked_from)
    if step is Step.LIST:
        return _unlisted(evidence.on_list)
    if step is Step.KEEP_NAME:
        return _kept(evidence.observation)
    return _Shown(UNSEEN, "")


def _signposted(closing: Closing, evidence: Evidence) -> _Shown:
    observation = evidence.observation
    if observation is None or observation.transport is not Transport.OK or observation.identity is Identity.DIFFERENT:
        return _Shown(UNSEEN, _why("profile"))
    if observation.existence is Existence.MOVED:
        return _Shown(True, _why("moved"))
    text = observation.facts.description
    if isinstance(text, Unseen):
        return _Shown(UNSEEN, _why("description"))
    words = (*evidence.signposts, *((closing.successor,) if closing.successor else ()))
    if not words:
        return _Shown(UNSEEN, _why("undeclared"))
    shown = next((word for word in words if word.casefold() in (text or "").casefold()), None)
    return _Shown(True, _why("says", words=shown)) if shown else _Shown(False, _why("says_not"))


def _unlinked(pages: Seen[tuple[str, ...]]) -> _Shown:
    if not isinstance(pages, tuple):
        return _Shown(UNSEEN, _why("linked_unseen"))
    if not pages:
        return _Shown(True, _why("unlinked"))
    first, more = ", ".join(pages[:3]), len(pages) - 3
    return _Shown(False, _why("linked_more", pages=first, more=more) if more > 0 else _why("linked", pages=first))


def _unlisted(on_list: Seen[bool]) -> _Shown:
    if not isinstance(on_list, bool):
        return _Shown(UNSEEN, _why("list_unseen"))
    return _Shown(False, _why("listed")) if on_list else _Shown(True, _why("unlisted"))


def _kept(observation: Observation | None) -> _Shown:
    if observation is None or observation.identity is Identity.NOT_READABLE:
        return _Shown(UNSEEN, _why("whose"))
    if observation.identity is Identity.DIFFERENT:
        return _Shown(False, _why("taken"))
    if observation.existence in ALIVE or observation.existence is Existence.MOVED:
        return _Shown(True, _why("kept"))
    return _Shown(UNSEEN, _why("not_shown"))


def called(steps: Sequence[str]) -> Called:
    """Steps as each language's terminal calls and takes them; scripts have their names."""
    named = {each: [phrase(f"terminal.called.{step}", each) for step in steps] for each in LANGUAGES}
    return Called({language: ", ".join(own) for language, own in {**named, FIRST: steps}.items()})


def _why(key: str, **facts: object) -> str:
    return said(f"terminal.closing.why.{key}", **facts)
