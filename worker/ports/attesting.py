"""What attestation needs of the world.

due rounds ─open_rounds▶ asked ─▶ AskedRound ─keep_answers▶ answered
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from audits.attesting import Item, Round
from audits.model import Answer, Circumstances


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """Somebody else answers: for one account, or for the whole round where none is named."""

    to: str
    by: str
    at: datetime
    account_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRound:
    """A round that was opened. `open` are the items nobody has answered since."""

    id: int
    administration: str
    period: str
    opened_at: datetime
    due_on: date
    items: tuple[Item, ...]
    open: frozenset[Item]
    hand_overs: tuple[HandOver, ...] = ()


class AttestationStore(Protocol):
    """Every method is one transaction and safe to repeat."""

    def every_circumstance(self) -> Mapping[int, Circumstances]:
        """What stands beside each account of the register."""
        ...

    def begun_rounds(self) -> frozenset[tuple[str, str]]:
        """Administration and period of every round that was ever opened."""
        ...

    def open_rounds(self, rounds: Sequence[Round], now: datetime) -> Sequence[int]:
        """Open these; ids of those that this call has opened, so that nobody is asked twice."""
        ...

    def rounds(self) -> Sequence[AskedRound]:
        """Every round, newest first."""
        ...

    def round(self, round_id: int) -> AskedRound | None: ...
    def keep_answers(self, answers: Sequence[Answer]) -> None:
        """Keep these beside the earlier ones: all of them or none."""
        ...

    def hand_over(self, round_id: int, hand_over: HandOver) -> None: ...
