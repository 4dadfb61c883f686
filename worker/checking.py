"""The register held against itself, without a look at any platform."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

from audits.addresses import identify
from audits.days import Now
from audits.model import Account, Finding, Kind, Outcome
from audits.platforms import GRAMMARS
from audits.register_asked import QUESTIONS, asked_of
from audits.register_names import names_asked
from audits.register_rows import is_a_persons
from audits.rulebook import judge
from audits.sights import register_of, sights_of
from audits.wording.said import said
from worker.ports import Clock, Store
from worker.steps import Instruments

RULES_OF_THE_REGISTER = ("has_administration", "registered_once", "has_address")
SEASON_MONTHS = "season_months"  # these are no rules of the routine: remarks on what the register leaves out
A_PERSON, NEAR_NAME = "a_person", "near_name"  # and questions about what it says
REMARKS: Final = (SEASON_MONTHS, A_PERSON, NEAR_NAME, *QUESTIONS)


def check_register(store: Store, instruments: Instruments, clock: Clock) -> list[dict[str, Any]]:
    """Every failed rule that needs only the register, one row each; then what it leaves out and what is asked."""
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
    return failed + [_remark(each, SEASON_MONTHS, "no months") for each in bare] + list(_asked(accounts))


def _asked(accounts: Sequence[Account]) -> Iterator[dict[str, Any]]:
    counts = Counter(each.administration for each in accounts if each.administration)
    names = names_asked(counts)
    for each in accounts:
        if is_a_persons(identify(each.address or "", each.platform, GRAMMARS), each.kind):
            yield _remark(each, A_PERSON, said("evidence.a_person"))
        if (asked := names.get(each.administration or "")) is not None:
            yield _remark(each, NEAR_NAME, asked)
        yield from (_remark(each, question, words) for question, words in asked_of(each).items())


def _remark(account: Account, rule: str, value: str) -> dict[str, Any]:
    return {"account": account.id, "name": account.name, "rule": rule, "value": str(value), "seen": {}}


def _row(account: Account, finding: Finding) -> dict[str, Any]:
    return {
        "account": account.id,
        "name": account.name,
        "rule": finding.rule,
        "value": finding.fingerprint,
        "seen": dict(finding.seen),
    }
