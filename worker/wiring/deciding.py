"""The steps of deciding, wired to a deployment's database and clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from audits.cases import Act
from audits.deciding import CaseRef, KeptCase, Receipt
from worker.steps.deciding import decide_case, lapse_explanations, undo_decision
from worker.storage.deciding import SqlDecisions
from worker.wiring import Deployment


@dataclass(frozen=True, slots=True)
class Deciding:
    """What a command, a task or a page calls; each method raises what its step raises."""

    deployment: Deployment

    def decide(self, ref: CaseRef, what: str, *, by: str, reason: str = "", until: date | None = None) -> Receipt:
        act = Act(what=what, by=by, at=self._now(), zone=self.deployment.settings.zone, reason=reason, until=until)
        return decide_case(self._store(), ref, act)

    def undo(self, ref: CaseRef, *, by: str) -> Receipt:
        return undo_decision(self._store(), ref, by, self._now())

    def lapse(self) -> Sequence[Receipt]:
        """Confirm anew every explanation whose last day has passed in the city's own calendar."""
        now = self.deployment.now
        return lapse_explanations(self._store(), now.today, now.at)

    def case(self, ref: CaseRef) -> KeptCase | None:
        """The case that is meant, with its history."""
        return self._store().case_of(ref)

    def open_cases(self) -> Sequence[KeptCase]:
        """Every open case with its number."""
        return self._store().open_cases()

    def _now(self) -> datetime:
        return self.deployment.clock()

    def _store(self) -> SqlDecisions:
        return SqlDecisions(self.deployment.store.db)
