"""Planned rests, and what a rest or a closing does to the open cases of silence.

plan_rest, end_rest        silence that somebody has decided, with its end
explain_silence            the open cases of silence that a rest or a closing explains
unexplain_silence          those explanations taken back with it, and no other decision
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo

from audits import resting
from audits.cases import Act
from audits.deciding import CaseRef, Receipt
from audits.model import Closing, Occasion, Rest
from audits.resting import RestRefused
from audits.rulebook import Routine
from audits.rules import SILENCE
from audits.wording.said import said
from worker.ports import Store
from worker.ports.deciding import DecisionStore
from worker.ports.resting import RestStore
from worker.steps.deciding import decide_case, undo_decision


def plan_rest(store: Store, rests: RestStore, rest: Rest, now: datetime) -> None:
    """Let an account be silent for a while; an earlier rest is replaced. Raises `RestRefused`."""
    if not store.accounts(ids=[rest.account_id]):
        raise RestRefused(said("refused.no_account", number=rest.account_id))
    rests.plan_rest(rest, now)


def explain_silence(
    decisions: DecisionStore, routines: Mapping[str, Routine], account_id: int, act: Act
) -> Sequence[Receipt]:
    """Explain the account's open cases of silence by the rest or closing that was decided. Raises `CaseRefused`."""
    silent = {each.id for each in routines.values() if each.check.name in SILENCE}
    cases = [each for each in decisions.open_cases() if each.account.id == account_id and each.case.rule in silent]
    return [decide_case(decisions, CaseRef(id=each.id), act) for each in cases]


def unexplain_silence(
    decisions: DecisionStore, decided: Rest | Closing, occasion: Occasion, zone: tzinfo
) -> Sequence[Receipt]:
    """Take back what this rest or closing explained; a person's own decision on a case stands."""
    cases = [each for each in decisions.open_cases() if each.account.id == decided.account_id]
    explained = [each for each in cases if resting.explains(decided, each.case, zone)]
    return [undo_decision(decisions, CaseRef(id=each.id), occasion.by, occasion.at) for each in explained]


def rest_of(rests: RestStore, account_id: int) -> Rest | None:
    """The account's rest that nobody took back."""
    return next((each for each in rests.rests() if each.account_id == account_id), None)


def end_rest(rests: RestStore, account_id: int, now: datetime, by: str = "") -> None:
    """Take a rest back. Raises `RestRefused` where there is none."""
    if not rests.end_rest(account_id, now, by):
        raise RestRefused(said("refused.rest.none", number=account_id))
