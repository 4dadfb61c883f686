"""What one night changed, against the night before.

    known before + known after + what was held ─news▶ Piece(turn, account, finding) … ─tell▶ Told(label, sentence) …

Only what moved is news: a blind night moves nothing, and a deviation that stands as it stood is none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from audits.model import NEVER_DECIDED, Account, Finding, Outcome, Standing
from audits.rulebook import Routine
from audits.wording import Terms, phrase

Known: TypeAlias = Mapping[tuple[int, str], tuple[Account, Finding, Standing]]
"""By account id and rule: the latest finding, and what is held true."""


class Turn(StrEnum):
    """What became of one rule and account in one night."""

    TOLD = "told"  # confirmed: from now on the administration is told
    FIXED = "fixed"  # seen to be well again
    RELEASED = "released"  # passes since its rule was changed: nobody mended anything
    SUSPECTED = "suspected"  # seen, and not yet often enough
    CALMED = "calmed"  # was suspected, and is not there any more
    HELD = "held"  # too many at once: a person looks first
    MISREAD = "misread"  # a control was read as what it is not: nothing said against an account counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One thing that changed. `looks` counts how often a suspicion has been seen so far."""

    turn: Turn
    account: Account
    finding: Finding
    looks: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One piece of news in words. `number` is the account's in the register, None where several are meant."""

    turn: Turn
    label: str
    sentence: str
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """What one look at the register changed. `at` is UTC; a re-check looks at a few accounts only."""

    at: datetime
    recheck: bool
    accounts: int
    read: int
    told: tuple[Told, ...]


def known(findings: Iterable[tuple[Account, Finding, Standing]]) -> Known:
    """What is known, findable by account and rule."""
    return {(account.id, finding.rule): (account, finding, standing) for account, finding, standing in findings}


def news(before: Known, after: Known, held: Collection[tuple[str, str]]) -> tuple[Piece, ...]:
    """Everything that changed, by account. `held` names the platforms and rules that wait for a person."""
    return tuple(_pieces(before, after, held))


def _pieces(before: Known, after: Known, held: Collection[tuple[str, str]]) -> Iterator[Piece]:
    for key, (account, finding, now) in sorted(after.items(), key=lambda each: each[0]):
        was = before[key][2] if key in before else NEVER_DECIDED
        turn = Turn.HELD if _waits(account, finding, now, held) else _turn(was, now)
        if turn is not None:
            yield Piece(turn=turn, account=account, finding=finding, looks=now.pending.looks if now.pending else 0)


def _waits(account: Account, finding: Finding, now: Standing, held: Collection[tuple[str, str]]) -> bool:
    accuses = finding.outcome is Outcome.FAILED and now.outcome is not Outcome.FAILED
    return accuses and (account.platform, finding.rule) in held


def _turn(was: Standing, now: Standing) -> Turn | None:
    if now.outcome is Outcome.FAILED and (was.outcome, was.fingerprint) != (now.outcome, now.fingerprint):
        return Turn.TOLD
    if now.is_carried:
        return None
    if (was.outcome is Outcome.FAILED or was.is_carried) and now.outcome is Outcome.PASSED and now.pending is None:
        return Turn.FIXED
    if now.pending is not None and now.pending != was.pending:
        return Turn.SUSPECTED
    return Turn.CALMED if was.pending is not None and now.pending is None else None


def tell(
    pieces: Sequence[Piece], routines: Mapping[str, Routine], terms: Terms, misread: Iterable[str] = ()
) -> tuple[Told, ...]:
    """The news in words: platforms of which a control was misread, then what is held as one sentence a platform and
    rule, and everything else account by account.
    """
    held = Counter((each.account.platform, each.finding.rule) for each in pieces if each.turn is Turn.HELD)
    return (
        *(_misread(platform, terms) for platform in misread),
        *(_held(platform, count, routines[rule], terms) for (platform, rule), count in sorted(held.items())),
        *(_told(each, routines[each.finding.rule], terms) for each in pieces if each.turn is not Turn.HELD),
    )


def _misread(platform: str, terms: Terms) -> Told:
    return Told(
        turn=Turn.MISREAD,
        label=phrase("turn.misread", terms.language),
        sentence=phrase("news.misread", terms.language, platform=terms.label(platform)),
    )


def _held(platform: str, count: int, routine: Routine, terms: Terms) -> Told:
    facts = {"count": count, "platform": terms.label(platform), "what": _title(routine, terms)}
    return Told(
        turn=Turn.HELD,
        label=phrase("turn.held", terms.language),
        sentence=phrase("news.held", terms.language, **facts),
    )


def _told(piece: Piece, routine: Routine, terms: Terms) -> Told:
    wanted = piece.finding.confirmation.looks
    name, platform = piece.account.name, terms.label(piece.account.platform)
    return Told(
        turn=piece.turn,
        label=phrase(f"turn.{piece.turn.value}", terms.language, looks=piece.looks, wanted=wanted),
        sentence=phrase("news.one", terms.language, name=name, platform=platform, what=_title(routine, terms)),
        number=piece.account.id,
    )


def _title(routine: Routine, terms: Terms) -> str:
    return routine.title.get(terms.language, routine.id)
