"""What is held because too many changed at once, and whose word lets it through."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from audits.holding import Belief
from worker.ports.reporting import HeldChange


class HoldStore(Protocol):
    """Every method is one transaction and safe to repeat."""

    def held_now(self, today: date) -> Sequence[HeldChange]:
        """What the latest closed night held and nobody's word has let through."""
        ...

    def beliefs(self, today: date) -> Sequence[Belief]:
        """The words that count today, the oldest first."""
        ...

    def keep_belief(self, belief: Belief) -> None: ...

    def withdraw_belief(self, platform: str, rule: str, by: str, now: datetime) -> int:
        """Take back every word on it that still stands; returns how many there were."""
        ...
