"""Held changes, wired to a deployment's database, clock and calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from audits.holding import Belief
from worker.ports import HeldChange
from worker.steps.holding import vouch
from worker.storage.holding import SqlHolds
from worker.wiring import Deployment

USUAL = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Holding:
    """What a command or a page calls."""

    deployment: Deployment

    def waiting(self) -> Sequence[HeldChange]:
        return self._store().held_now(self._today())

    def beliefs(self) -> Sequence[Belief]:
        return self._store().beliefs(self._today())

    def believe(self, platform: str, rule: str, *, by: str, reason: str, until: date | None = None) -> Belief:
        """Let the change through from the next night on. Raises `HoldRefused`."""
        today = self._today()
        at, last = self.deployment.clock(), until or today + USUAL
        said = Belief(platform=platform, rule=rule, by=by.strip(), reason=reason.strip(), at=at, until=last)
        return vouch(self._store(), said, today)

    def withdraw(self, platform: str, rule: str, *, by: str) -> int:
        """Have the guard hold it again; how many words there were to take back."""
        return self._store().withdraw_belief(platform, rule, by, self.deployment.clock())

    def _today(self) -> date:
        return self.deployment.now.today

    def _store(self) -> SqlHolds:
        return SqlHolds(self.deployment.store.db)
