"""The register held against itself, without a look at any platform."""

from __future__ import annotations

from typing import Any

from audits.days import Now
from audits.model import Account, Finding, Kind, Outcome
from audits.rulebook import judge
from audits.sights import register_of, sights_of
from worker.ports import Clock, Store
from worker.steps import Instruments

RULES_OF_THE_REGISTER = ("has_administration", "registered_once", "has_address")
SEASON_MONTHS = "season_months"  # no rule of the routine: a remark on what the register leaves out


def check_register(store: Store, instruments: Instruments, clock: Clock) -> list[dict[str, Any]]:
    """Every failed rule that needs only the register, one row each; last the seasons that say no months."""
    now, accounts = Now(clock(), instruments.zone), store.accounts()
    register = register_of(accounts, store.administrations())
    findings = (
        (account, judge(routine, account, None, sights_of(account, None, register, now), now))
        for account in accounts
        for routine in instruments.rulebook.routines.values()
        if routine.check.name in RULES_OF_THE_REGISTER
    )
    failed = [_row(account, finding) for account, finding in findings if finding.outcome is Outcome.FAILED]
    bare = [each for each in accounts if each.kind is Kind.SEASONAL and not each.season_months]
    return failed + [_without_months(each) for each in bare]


def _without_months(account: Account) -> dict[str, Any]:
    return {"account": account.id, "name": account.name, "rule": SEASON_MONTHS, "value": "no months", "seen": {}}


def _row(account: Account, finding: Finding) -> dict[str, Any]:
    return {
        "account": account.id,
        "name": account.name,
        "rule": finding.rule,
        "value": finding.fingerprint,
        "seen": dict(finding.seen),
    }
