"""The steps of resting and closing, wired to a deployment's database, rules and clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from audits.cases import Act
from audits.deciding import Receipt
from audits.model import Closing, Rest
from audits.resting import last_day_explained
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
        """Plan a rest; the account's open cases of silence are explained by it, and no longer by an earlier one."""
        earlier = resting.rest_of(self._kept(), account_id)
        planned = resting.plan_rest(
            self.deployment.store, self._kept(), account_id, starts_on=starts_on or self.today, until=until,
            reason=reason, by=by, today=self.today, now=self.deployment.clock(),
        )  # fmt: skip
        if earlier is not None:
            self._unexplain(earlier, by)
        self._explain(planned)
        return planned

    def end_rest(self, account_id: int, by: str) -> Sequence[Receipt]:
        """Take a rest back, and with it what it explained: the receipts of the cases that are open again.

        The explanations come first: killed in between, the same command does both again.
        """
        standing = resting.rest_of(self._kept(), account_id)
        receipts = self._unexplain(standing, by) if standing is not None else ()
        resting.end_rest(self._kept(), account_id, self.deployment.clock(), by)
        return receipts

    def rests(self) -> Sequence[Rest]:
        """Every planned rest that nobody took back, the first to end first."""
        return self._kept().rests()

    def start(self, account_id: int, *, on: date, by: str, reason: str, successor: str = "") -> ClosingPage | None:
        """Begin a closing; the account's open cases of silence are explained by it."""
        resting.start(
            self.deployment.store, self._kept(), account_id, on=on, by=by, reason=reason, successor=successor,
            today=self.today, now=self.deployment.clock(),
            explain=self._explain,
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

    def move(self, account_id: int, *, on: date, by: str, reason: str = "") -> ClosingPage | None:
        """Another day for a closing; the account's open cases of silence are explained until then."""
        resting.move(
            self._kept(), account_id, on=on, by=by, reason=reason, today=self.today, now=self.deployment.clock(),
            explain_anew=self._explain_anew,
        )  # fmt: skip
        return self.show(account_id)

    def withdraw(self, account_id: int, *, by: str, reason: str = "") -> Sequence[Receipt]:
        """Give a closing up, and with it what it explained: the receipts of the cases that are open again."""
        receipts: list[Receipt] = []
        resting.withdraw(
            self._kept(), account_id, by=by, reason=reason, now=self.deployment.clock(),
            unexplain=lambda closing: receipts.extend(self._unexplain(closing, by)),
        )  # fmt: skip
        return receipts

    def _explain_anew(self, before: Closing, after: Closing) -> None:
        self._unexplain(before, after.by)
        self._explain(after)

    def _explain(self, decided: Rest | Closing) -> None:
        now, last = self.deployment.now, last_day_explained(decided, self.today)
        act = Act(what="explain", by=decided.by, at=now.at, zone=now.zone, reason=decided.reason, until=last)
        routines = self.deployment.instruments.rulebook.routines
        resting.explain_silence(self._decisions, routines, decided.account_id, act)

    def _unexplain(self, decided: Rest | Closing, by: str) -> Sequence[Receipt]:
        now = self.deployment.now
        return resting.unexplain_silence(self._decisions, decided, by=by, now=now.at, zone=now.zone)

    @property
    def today(self) -> date:
        """The city's day."""
        return self.deployment.now.today

    @property
    def _rules(self) -> Rulebook:
        return self.deployment.instruments.rulebook

    @property
    def _decisions(self) -> SqlDecisions:
        return SqlDecisions(self.deployment.store.db)

    def _kept(self) -> SqlRests:
        return SqlRests(self.deployment.store.db)
