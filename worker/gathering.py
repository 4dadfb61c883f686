"""What the store holds of each account, brought together for a report.

    accounts ─a page at a time▶ latest observations + latest findings + cases + histories ─▶ one Dossier an account

A register of thousands costs some queries a page of accounts, never one an account.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Final, TypeAlias

from audits.history import NO_HISTORY
from audits.model import Account, Case, Finding, Standing
from audits.reporting import Dossier
from worker.ports import ReportStore

PAGE: Final = 200  # accounts asked of at once
Told: TypeAlias = Callable[[int, int], None]
"""How many accounts have been brought together, of how many."""


def dossiers(
    store: ReportStore, since: datetime | None = None, administration: str | None = None, told: Told | None = None
) -> list[Dossier]:
    """Everything that is currently held of every account (of an administration), in the order of the register.

    With their histories since then (UTC), or without any.
    """
    accounts = store.accounts(administration=administration)
    found, cases = _findings(store), _cases(store)
    gathered: list[Dossier] = []
    for page in _pages(accounts):
        gathered += _of_page(store, page, since, found, cases)
        if told:
            told(len(gathered), len(accounts))
    return gathered


def _of_page(
    store: ReportStore,
    page: Sequence[Account],
    since: datetime | None,
    found: dict[int, list[tuple[Finding, Standing]]],
    cases: dict[int, list[Case]],
) -> Iterator[Dossier]:
    ids = [account.id for account in page]
    seen = store.last_observations(ids)
    histories = store.histories(ids, since) if since else {}
    for account in page:
        yield Dossier(
            account=account,
            observation=seen.get(account.id),
            findings=tuple(found.get(account.id, ())),
            cases=tuple(cases.get(account.id, ())),
            history=histories.get(account.id, NO_HISTORY),
        )


def _findings(store: ReportStore) -> dict[int, list[tuple[Finding, Standing]]]:
    found: dict[int, list[tuple[Finding, Standing]]] = {}
    for account, finding, standing in store.current_findings():
        found.setdefault(account.id, []).append((finding, standing))
    return found


def _cases(store: ReportStore) -> dict[int, list[Case]]:
    cases: dict[int, list[Case]] = {}
    for case in store.cases(open_only=False):
        cases.setdefault(case.account_id, []).append(case)
    return cases


def _pages(accounts: Sequence[Account]) -> Iterator[Sequence[Account]]:
    for start in range(0, len(accounts), PAGE):
        yield accounts[start : start + PAGE]
