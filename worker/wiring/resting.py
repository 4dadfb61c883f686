"""The steps of resting and closing, wired to a deployment's database, rules and clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from audits.cases import Act
from audits.closing import Step, begin
from audits.deciding import Receipt
from audits.model import Closing, Occasion, Rest
from audits.resting import last_day_explained, plan
from worker.steps import closing, resting
from worker.steps.closing import ClosingPage
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
        occasion = self._occasion(by, reason)
        planned = plan(account_id, occasion, starts_on=starts_on or self.today, until=until, today=self.today)
        resting.plan_rest(self.deployment.store, self._kept(), planned, occasion.at)
        if earlier is not None:
            self._unexplain(earlier, occasion)
        self._explain(planned)
        return planned

    def end_rest(self, account_id: int, by: str) -> Sequence[Receipt]:
        """Take a rest back, and with it what it explained: the receipts of the cases that are open again.

        The explanations come first: killed in between, the same command does both again.
        """
        standing = resting.rest_of(self._kept(), account_id)
        occasion = self._occasion(by)
        receipts = self._unexplain(standing, occasion) if standing is not None else ()
        resting.end_rest(self._kept(), account_id, occasion.at, by)
        return receipts

    def rests(self) -> Sequence[Rest]:
        """Every planned rest that nobody took back, the first to end first."""
        return self._kept().rests()

    def start(self, account_id: int, *, on: date, by: str, reason: str, successor: str = "") -> ClosingPage | None:
        """Begin a closing; the account's open cases of silence are explained by it."""
        begun = begin(account_id, self._occasion(by, reason), on=on, successor=successor, today=self.today)
        closing.start(self._desk, begun, self._explain)
        return self.show(account_id)

    def show(self, account_id: int) -> ClosingPage | None:
        return closing.show(self._desk, account_id)

    def under_way(self) -> Sequence[ClosingPage]:
        return closing.under_way(self._desk)

    def done(self, account_id: int, step: Step, *, by: str, note: str = "") -> ClosingPage:
        return closing.done(self._desk, account_id, step, self._occasion(by, note))

    def finish(self, account_id: int, *, by: str) -> ClosingPage:
        return closing.finish(self._desk, account_id, self._occasion(by))

    def move(self, account_id: int, *, on: date, by: str, reason: str = "") -> ClosingPage | None:
        """Another day for a closing; the account's open cases of silence are explained until then."""
        closing.move(self._desk, account_id, self._occasion(by, reason), on=on, explain_anew=self._explain_anew)
        return self.show(account_id)

    def withdraw(self, account_id: int, *, by: str, reason: str = "") -> Sequence[Receipt]:
        """Give a closing up, and with it what it explained: the receipts of the cases that are open again."""
        receipts: list[Receipt] = []
        occasion = self._occasion(by, reason)

        def take_back(ended: Closing) -> None:
            receipts.extend(self._unexplain(ended, occasion))

        closing.withdraw(self._kept(), account_id, occasion, unexplain=take_back)
        return receipts

    def _explain_anew(self, before: Closing, after: Closing) -> None:
        self._unexplain(before, self._occasion(after.by))
        self._explain(after)

    def _explain(self, decided: Rest | Closing) -> None:
        now, last = self.deployment.now, last_day_explained(decided, self.today)
        act = Act(what="explain", by=decided.by, at=now.at, zone=now.zone, reason=decided.reason, until=last)
        routines = self.deployment.instruments.rulebook.routines
        resting.explain_silence(self._decisions, routines, decided.account_id, act)

    def _unexplain(self, decided: Rest | Closing, occasion: Occasion) -> Sequence[Receipt]:
        return resting.unexplain_silence(self._decisions, decided, occasion, self.deployment.settings.zone)

    def _occasion(self, by: str, why: str = "") -> Occasion:
        return Occasion(by=by, at=self.deployment.clock(), why=why)

    @property
    def today(self) -> date:
        """The city's day."""
        return self.deployment.now.today

    @property
    def _desk(self) -> closing.Desk:
        rules = self.deployment.instruments.rulebook
        return closing.Desk(self.deployment.store, self._kept(), rules, self.today)

    @property
    def _decisions(self) -> SqlDecisions:
        return SqlDecisions(self.deployment.store.db)

    def _kept(self) -> SqlRests:
        return SqlRests(self.deployment.store.db)
