"""The outbox on its way out.

    recover ─▶ claim ─▶ hand over (`started` is written before the letter leaves) ─▶ sent, later, bounced, parked …
                  └▶ two days past its time, since nobody was at work: failed, and never sent

A letter is claimed by one sender. What becomes of it is written at once; where a sender dies between the server's word
and ours, the letter is parked for a person, so that it never goes out twice by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from worker.ports import Clock
from worker.ports.telling import MAIL, Fate, Handover, Letter, LetterState, Outbox, Post

CLAIM_SECONDS: Final = 300  # more than one letter may take
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=4)
GIVE_UP: Final = timedelta(hours=48)
BLOCKED_WAIT: Final = timedelta(minutes=15)
_ENDS: Final[Mapping[Fate, LetterState]] = {
    Fate.SENT: LetterState.SENT,
    Fate.BOUNCED: LetterState.BOUNCED,
    Fate.REFUSED: LetterState.FAILED,
    Fate.UNKNOWN: LetterState.PARKED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """What letters are sent with. `pause` sleeps between two letters, so that a server is not flooded."""

    outbox: Outbox
    posts: Mapping[str, Post]
    clock: Clock
    pause: Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What one round of sending came to. `blocked` says what a person must mend before anything can leave."""

    fates: Mapping[Fate, int]
    parked: int = 0
    blocked: str = ""

    @property
    def letters(self) -> int:
        return sum(self.fates.values())


def send_due(sending: Sending, seconds: float) -> Sent:
    """Send what is due for at most so long; a letter that is under way is finished."""
    clock, ends = sending.clock, sending.clock() + timedelta(seconds=seconds)
    parked = sending.outbox.recover(clock())
    fates: Counter[Fate] = Counter()
    blocked = ""
    try:
        while not blocked and clock() < ends and (letter := sending.outbox.claim(clock(), CLAIM_SECONDS)):
            handover = _send(sending, letter)
            fates[handover.fate] += 1
            blocked = handover.answer if handover.fate is Fate.BLOCKED else ""
            sending.pause()
    finally:
        for post in sending.posts.values():
            post.close()
    return Sent(fates=fates, parked=parked, blocked=blocked)


def _send(sending: Sending, letter: Letter) -> Handover:
    post = sending.posts.get(letter.channel)
    if sending.clock() - letter.due_at > GIVE_UP:  # the product rested, or this is an old copy of its database
        handover = Handover(fate=Fate.REFUSED, answer="too_late")
    elif post is None:
        remedy = "KANALKOLL_SMTP_HOST" if letter.channel == MAIL else "KANALKOLL_NOTIFY_URLS"
        handover = Handover(fate=Fate.BLOCKED, answer=f"no_way_to_send: {remedy}")
    else:
        handover = post.hand_over(letter, lambda: sending.outbox.start(letter, sending.clock()))
    _record(sending.outbox, letter, handover, sending.clock())
    return handover


def _record(outbox: Outbox, letter: Letter, handover: Handover, now: datetime) -> None:
    if handover.fate in _ENDS:
        outbox.end(letter, _ENDS[handover.fate], handover.answer, now)
    elif now - letter.made_at > GIVE_UP:
        outbox.end(letter, LetterState.FAILED, f"put_off: {handover.answer}", now)
    else:
        outbox.put_off(letter, now + _wait(letter, handover), handover.answer)


def _wait(letter: Letter, handover: Handover) -> timedelta:
    """A minute, two, four … up to four hours: greylisting wants minutes, a full disk hours."""
    if handover.fate is Fate.BLOCKED:
        return BLOCKED_WAIT
    doublings: int = 1 << min(letter.attempts - 1, 10)
    return min(FIRST_WAIT * doublings, LONGEST_WAIT)
