"""Whether this machine's clock can be right, by what was written with it and by what servers said beside it.

newest row ─┬─▶ it lies ahead, and no servers agree with the clock: it is behind, or was ahead once
answers ────┴─▶ by host, their own dates lie ahead of the clock at several │ far behind it at each of the latest

A date in an answer may be hours old (a cache keeps it); so only the newest can tell that the clock is behind, and only
all of them that it is ahead. Servers have wrong clocks as well: one host alone holds no letter back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

CLOCKS_DIFFER: Final = timedelta(hours=1)  # by as much the clocks of two machines may
_CACHED: Final = timedelta(days=1)
_ENOUGH: Final = 3  # hosts that must agree before the clock is called wrong
_LATEST: Final = 12


class Doubt(StrEnum):
    """What is wrong with the clock; the values are the last parts of `clock.…`."""

    ROWS = "rows"  # what was written with it lies ahead of it: only one of the two times was right
    BEHIND = "behind"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """An answer that a server dated, and when it came by this machine's clock; both UTC."""

    host: str
    said: datetime
    noted: datetime


@dataclass(frozen=True, slots=True)
class Doubted:
    """Why the clock cannot be right, and by how much it is off at least."""

    why: Doubt
    by: timedelta


def doubt(now: datetime, newest_row: datetime | None, answers: Sequence[Dated]) -> Doubted | None:
    """What speaks against the clock that says `now`; None where nothing does."""
    if (off := _agreed([each.said for each in _by_host(answers, _said)], now) - now) > CLOCKS_DIFFER:
        return Doubted(Doubt.BEHIND, off)
    if newest_row and (off := newest_row - now) > CLOCKS_DIFFER and not _is_confirmed(now, answers):
        return Doubted(Doubt.ROWS, off)
    late = [each.noted - each.said for each in _by_host(answers, _noted)[-_LATEST:]]
    if len(late) >= _ENOUGH and min(late) > _CACHED:
        return Doubted(Doubt.AHEAD, min(late))
    return None


def _is_confirmed(now: datetime, answers: Sequence[Dated]) -> bool:
    """Whether several hosts answered lately with the date that the clock shows, and none with a later one."""
    last = _by_host(answers, _said)
    lately = [each for each in last if abs(now - each.noted) < _CACHED and abs(now - each.said) < _CACHED]
    return len(lately) >= _ENOUGH and last[-1].said - now <= CLOCKS_DIFFER


def _agreed(told: Sequence[datetime], now: datetime) -> datetime:
    """The latest time that several hosts have reached; `now` where too few say any. `told` begins with the earliest."""
    return told[-_ENOUGH] if len(told) >= _ENOUGH else now


def _by_host(answers: Sequence[Dated], when: Callable[[Dated], datetime]) -> Sequence[Dated]:
    """The last answer of each host, the earliest first."""
    ordered = sorted(answers, key=when)
    return sorted({each.host: each for each in ordered}.values(), key=when)


def _said(answer: Dated) -> datetime:
    return answer.said


def _noted(answer: Dated) -> datetime:
    return answer.noted
