"""What the store holds of each account, brought together for a report.

accounts + latest observations + latest findings + cases ─dossiers▶ one Dossier an account
"""

from __future__ import annotations

from audits.model import Case, Finding, Standing
from audits.reporting import Dossier
from worker.ports import Store


def dossiers(store: Store) -> list[Dossier]:
    """Everything that is currently held of every account, in the order of the register."""
    found: dict[int, list[tuple[Finding, Standing]]] = {}
    for account, finding, standing in store.current_findings():
        found.setdefault(account.id, []).append((finding, standing))
    cases: dict[int, list[Case]] = {}
    for case in store.cases(open_only=False):
        cases.setdefault(case.account_id, []).append(case)
    return [
        Dossier(
            account=account,
            observation=store.last_observation(account.id),
            findings=tuple(found.get(account.id, ())),
            cases=tuple(cases.get(account.id, ())),
        )
        for account in store.accounts()
    ]
