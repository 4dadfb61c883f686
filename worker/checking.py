"""The register held against itself, without a look at any platform."""

from __future__ import annotations

from typing import Any

from audits.model import Account, Finding, Outcome
from audits.rulebook import judge
from audits.sights import register_of, sights_of
from worker.ports import Clock, Store
from worker.steps import Instruments

RULES_OF_THE_REGISTER = ("has_administration", "registered_once", "has_address")


def check_register(store: Store, instruments: Instruments, clock: Clock) -> list[dict[str, Any]]:
    """Every failed rule that needs only the register, one row each."""
    now, accounts = clock(), store.accounts()
    register = register_of(accounts, store.administrations())
    findings = (
        (account, judge(routine, account, None, sights_of(account, None, register, now), now))
        for account in accounts
        for routine in instruments.rulebook.routines.values()
        if routine.check.name in RULES_OF_THE_REGISTER
    )
    return [_row(account, finding) for account, finding in findings if finding.outcome is Outcome.FAILED]


def _row(account: Account, finding: Finding) -> dict[str, Any]:
    return {
        "account": account.id,
        "name": account.name,
        "rule": finding.rule,
        "value": finding.fingerprint,
        "seen": dict(finding.seen),
    }
