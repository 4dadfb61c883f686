"""Closing an account in the right order, each step seen where a look can see it and attested where it cannot.

    announce ─▶ archive ─▶ signpost ─▶ unlink ─▶ list ─▶ keep the name ─▶ look every year

    Closing + Evidence ─progress▶ one StepState a step: open │ seen │ attested │ contradicted

The account is not deleted: a freed name can be taken by anybody, and links to it live on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from audits.model import ALIVE, UNSEEN, Closing, Existence, Identity, Observation, Seen, StepDone, Transport, Unseen


class ClosingRefused(ValueError):
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
    OPEN = "open"
    SEEN = "seen"
    ATTESTED = "attested"
    CONTRADICTED = "contradicted"  # attested, and a look sees otherwise


SIGNPOST_WORDS: Final = (
    "avslutat", "avslutad", "stängt", "stängd", "flyttat", "följ oss", "hitta oss", "finns nu", "används inte",
    "closed", "moved", "no longer", "follow us", "find us",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What was seen, as far as it could be looked at."""

    observation: Observation | None = None
    linked_from: Seen[tuple[str, ...]] = UNSEEN  # pages of the city's own sites that link to the account
    on_list: Seen[bool] = UNSEEN
    asked_yearly: bool = False  # a question about closed accounts is declared


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
        return self.how in (How.SEEN, How.ATTESTED)


def begin(account_id: int, *, on: date, by: str, reason: str, successor: str, now: datetime, today: date) -> Closing:
    """A decided closing. Raises `ClosingRefused`."""
    if not by.strip() or not reason.strip():
        raise ClosingRefused("who decides the closing, and why? give a name or a role, and a reason in words")
    if on < today:
        raise ClosingRefused(f"the day {on} has passed")
    return Closing(
        account_id=account_id,
        started_at=now,
        closes_on=on,
        by=by.strip(),
        reason=reason.strip(),
        successor=successor.strip() or None,
    )


def progress(closing: Closing, evidence: Evidence) -> Sequence[StepState]:
    """Every step in order."""
    return [_state(step, closing.done.get(step.value), _seen(step, closing, evidence)) for step in Step]


def attest(closing: Closing, evidence: Evidence, step: Step, *, by: str, note: str, now: datetime) -> StepDone:
    """Somebody's word that a step is done. Raises `ClosingRefused` where a look sees otherwise."""
    if not by.strip():
        raise ClosingRefused("who says that it is done? give a name or a role")
    seen, why = _seen(step, closing, evidence)
    if seen is False:
        raise ClosingRefused(f"{step.value}: {why}; mend that, and it is seen at the next look")
    return StepDone(step=step.value, at=now, by=by.strip(), how=How.ATTESTED.value, note=note.strip())


def is_done(states: Sequence[StepState]) -> bool:
    return all(state.done for state in states)


def _state(step: Step, word: StepDone | None, looked: tuple[Seen[bool], str]) -> StepState:
    seen, why = looked
    if seen is True:
        return StepState(step=step, how=How.SEEN, at=word.at if word else None, why=why)
    if word is None:
        return StepState(step=step, how=How.OPEN, why=why)
    how = How.CONTRADICTED if seen is False else How.ATTESTED
    return StepState(step=step, how=how, at=word.at, by=word.by, why=why or word.note)


def _seen(step: Step, closing: Closing, evidence: Evidence) -> tuple[Seen[bool], str]:
    """Whether a look sees the step done, and what it sees; `UNSEEN` where no look can tell."""
    if step is Step.SIGNPOST:
        return _signposted(closing, evidence.observation)
    if step is Step.UNLINK:
        return _unlinked(evidence.linked_from)
    if step is Step.LIST:
        return _unlisted(evidence.on_list)
    if step is Step.KEEP_NAME:
        return _kept(evidence.observation)
    if step is Step.LOOK_YEARLY and evidence.asked_yearly:
        return True, "asked by attestation"
    return UNSEEN, ""


def _signposted(closing: Closing, observation: Observation | None) -> tuple[Seen[bool], str]:
    if observation is None or observation.transport is not Transport.OK or observation.identity is Identity.DIFFERENT:
        return UNSEEN, "the profile cannot be seen"
    if observation.existence is Existence.MOVED:
        return True, "the account sends its followers on"
    said = observation.facts.description
    if isinstance(said, Unseen):
        return UNSEEN, "the description cannot be seen"
    words = (*SIGNPOST_WORDS, *((closing.successor,) if closing.successor else ()))
    shown = next((word for word in words if word.casefold() in (said or "").casefold()), None)
    return (True, f"the description says {shown!r}") if shown else (False, "the description does not say so")


def _unlinked(pages: Seen[tuple[str, ...]]) -> tuple[Seen[bool], str]:
    if not isinstance(pages, tuple):
        return UNSEEN, "whether a page links to it cannot be seen"
    if not pages:
        return True, "no page of the city's sites links to it"
    more = f" and {len(pages) - 3} more" if len(pages) > 3 else ""
    return False, f"linked from {', '.join(pages[:3])}{more}"


def _unlisted(on_list: Seen[bool]) -> tuple[Seen[bool], str]:
    if not isinstance(on_list, bool):
        return UNSEEN, "whether it stands on the public list cannot be seen"
    return (False, "it stands on the public list") if on_list else (True, "it does not stand on the public list")


def _kept(observation: Observation | None) -> tuple[Seen[bool], str]:
    if observation is None or observation.identity is Identity.NOT_READABLE:
        return UNSEEN, "whose account it is cannot be seen"
    if observation.identity is Identity.DIFFERENT:
        return False, "the name belongs to another account"
    if observation.existence in ALIVE or observation.existence is Existence.MOVED:
        return True, "the account still holds its name"
    return UNSEEN, "the account is not shown"
