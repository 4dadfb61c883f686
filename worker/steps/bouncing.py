"""Bounce letters held against the letters that were sent.

    message ─read_bounce▶ report ─▶ a letter of ours with that number, to that very address? ─▶ it has bounced
                                 └▶ refused for now, known already, nobody's: counted, and nothing changes

The number of a letter has a secret in it, so whoever never had the letter can report nothing of it. Reading the same
mailbox again changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from audits.reading.bounces import Bounce, Refusal, number_of, read_bounce
from worker.ports.telling import Letter, Outbox

LATEST: Final = timedelta(days=30)  # servers give up after five days; a report on an older letter tells nothing new


class Told(StrEnum):
    """What one message came to."""

    BOUNCED = "bounced"
    KNOWN = "known"  # that letter has bounced already
    SOFT = "soft"  # refused for now: the server tries again, or the next letter does
    OTHER = "other"  # no bounce, or of no letter of ours


@dataclass(frozen=True, slots=True, kw_only=True)
class BouncesRead:
    """What a mailbox came to: how many messages of each kind, and the letters that bounced."""

    counts: Mapping[Told, int]
    bounced: Sequence[Letter] = field(default_factory=tuple)


def read_bounces(outbox: Outbox, messages: Iterable[bytes], now: datetime) -> BouncesRead:
    """Take every bounce among the messages."""
    counts, bounced = dict.fromkeys(Told, 0), []
    for raw in messages:
        told, letter = _take(outbox, read_bounce(raw), now)
        counts[told] += 1
        if letter is not None:
            bounced.append(letter)
    return BouncesRead(counts=counts, bounced=tuple(bounced))


def _take(outbox: Outbox, bounce: Bounce | None, now: datetime) -> tuple[Told, Letter | None]:
    found = _ours(outbox, bounce, now) if bounce else None
    if found is None:
        return Told.OTHER, None
    letter, refusal = found
    if not refusal.for_good:
        return Told.SOFT, None
    if not outbox.bounce(letter, refusal.answer, now):
        return Told.KNOWN, None
    return Told.BOUNCED, letter


def _ours(outbox: Outbox, bounce: Bounce, now: datetime) -> tuple[Letter, Refusal] | None:
    """The letter with that number that went to an address of the report."""
    for refusal in bounce.refusals:
        for letter in outbox.sent_to(refusal.addresses, now - LATEST):
            if number_of(letter.message) == bounce.message_id:
                return letter, refusal
    return None
