"""The steps of resting and closing, wired to a deployment's database, rules and clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from audits.cases import LONGEST_EXPLANATION, Act
from audits.model import Rest
from config.rules import Rulebook
from worker.steps import resting
from worker.steps.resting import ClosingPage, Step
from worker.storage.deciding import SqlDecisions
from worker.storage.resting import SqlRests
from worker.wiring import Deployment


@dataclass(frozen=True, slots=True)
class Resting:
    """What a command, a task or a page calls; each method raises what its step raises."""

    deployment: Deployment

    def rest(self, account_id: int, *, until: date, reason: str, by: str, starts_on: date | None = None) -> Rest:
        """Plan a rest; the account's open cases of silence are explained by it."""
        planned = resting.plan_rest(
            self.deployment.store, self._kept(), account_id, starts_on=starts_on or self.today, until=until,
            reason=reason, by=by, today=self.today, now=self.deployment.clock(),
        )  # fmt: skip
        self._explain(account_id, by=by, reason=reason, until=until)
        return planned

    def end_rest(self, account_id: int, by: str) -> None:
        resting.end_rest(self._kept(), account_id, self.deployment.clock(), by)

    def rests(self) -> Sequence[Rest]:
        """Every planned rest that nobody took back, the first to end first."""
        return self._kept().rests()

    def start(self, account_id: int, *, on: date, by: str, reason: str, successor: str = "") -> ClosingPage | None:
        """Begin a closing; the account's open cases of silence are explained by it."""
        resting.start(
            self.deployment.store, self._kept(), account_id, on=on, by=by, reason=reason, successor=successor,
            today=self.today, now=self.deployment.clock(),
            explain=lambda: self._explain(account_id, by=by, reason=reason, until=on),
        )  # fmt: skip
        return self.show(account_id)

    def show(self, account_id: int) -> ClosingPage | None:
        return resting.show(self.deployment.store, self._kept(), self._rules, account_id)

    def under_way(self) -> Sequence[ClosingPage]:
        return resting.under_way(self.deployment.store, self._kept(), self._rules)

    def done(self, account_id: int, step: Step, *, by: str, note: str = "") -> ClosingPage:
        return resting.done(
            self.deployment.store, self._kept(), self._rules, account_id, step, by=by, note=note,
            now=self.deployment.clock(),
        )  # fmt: skip

    def finish(self, account_id: int, *, by: str) -> ClosingPage:
        store = self.deployment.store
        return resting.finish(store, store, self._kept(), self._rules, account_id, by=by, now=self.deployment.clock())

    def withdraw(self, account_id: int) -> None:
        resting.withdraw(self._kept(), account_id, self.deployment.clock())

    def _explain(self, account_id: int, *, by: str, reason: str, until: date) -> None:
        """An explanation holds a year at most; what is decided for longer is explained anew then."""
        last = min(until, self.today + LONGEST_EXPLANATION)
        now = self.deployment.now
        act = Act(what="explain", by=by, at=now.at, zone=now.zone, reason=reason, until=last)
        decisions, routines = SqlDecisions(self.deployment.store.db), self.deployment.instruments.rulebook.routines
        resting.explain_silence(decisions, routines, account_id, act)

    @property
    def today(self) -> date:
        """The city's day."""
        return self.deployment.now.today

    @property
    def _rules(self) -> Rulebook:
        return self.deployment.instruments.rulebook

    def _kept(self) -> SqlRests:
        return SqlRests(self.deployment.store.db)
