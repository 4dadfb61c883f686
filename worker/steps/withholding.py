"""Nothing more is written to an administration, nor what was written and has not left yet.

release taken back ─▶ letters that still wait for its mailboxes ─┬─▶ dropped: the first one after a release repeats
                                                                 │   what is open
                                                                 └─▶ left to a person: those to mailboxes that
                                                                     others, who may be written to, have as well
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final, NamedTuple

from worker.ports.telling import Correspondence, LetterKind, LetterState, Outbox

_TELLING: Final = frozenset({LetterKind.WEEKLY, LetterKind.URGENT})


class Withheld(NamedTuple):
    """The numbers of the letters that waited for its mailboxes: dropped, and waiting still."""

    dropped: tuple[int, ...]
    waiting: tuple[int, ...]


def withhold(
    letters: Correspondence,
    outbox: Outbox,
    administration: str,
    by: str,
    now: datetime,
    behind: Mapping[str, Collection[str]],
) -> Withheld | None:
    """Take the release of an administration back; None where there was none.

    `behind` names the administrations for whose accounts each mailbox (in lower case) answers; the officer's is left
    out, who may always be written to.
    """
    if not letters.withdraw(administration, now, by):
        return None
    others = letters.released().keys() - {administration}
    dropped, waiting = list[int](), list[int]()
    for letter in outbox.letters([LetterState.WAITING]):
        owners = behind.get(letter.recipient.casefold(), ())
        if letter.kind not in _TELLING or administration not in owners:
            continue
        if others.isdisjoint(owners) and outbox.decide_parked(letter.id, LetterState.DROPPED, now):
            dropped.append(letter.id)
        else:
            waiting.append(letter.id)
    return Withheld(tuple(dropped), tuple(waiting))
