"""What rules see beside a look: the register, what stands beside the accounts in it, and the public list.

store + accounts ─▶ Register
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from audits.addresses import identify
from audits.model import Account, Address, Outcome
from audits.platforms import GRAMMARS
from audits.reconciling import standing_on
from audits.rulebook import Routine
from audits.rules import DOUBTS
from audits.sights import Register
from worker.ports import Run, RunKind, Store

OLD_LIST: Final = timedelta(hours=12)  # before a night began; what a list said earlier may have been mended since


def register_beside(
    store: Store, accounts: Sequence[Account], main: frozenset[str], list_since: datetime, today: date
) -> Register:
    """The register as rules see it, with what stands beside these accounts; `main` names the main ones.

    The public list counts where it was read `list_since` then (UTC); `today` is local.
    """
    ids = [account.id for account in accounts]
    return Register(
        store.administrations(),
        store.shared_keys(),
        store.statements_of(ids),
        store.circumstances_of(ids),
        store.approved_pictures(),
        main,
        standing_on(store.public_list(), accounts, list_since, today, _identified),
        sites=store.sites(),
    )


def in_doubt(store: Store, routines: Mapping[str, Routine], accounts: Sequence[Account]) -> frozenset[int]:
    """Those of the accounts that stand, or are suspected, as gone, under another name or another's."""
    asked = {routine.id for routine in routines.values() if routine.check.name in DOUBTS}
    standings = store.standings_of([account.id for account in accounts])
    return frozenset(
        id_
        for id_, own in standings.items()
        for rule, standing in own.items()
        if rule in asked and (standing.outcome is Outcome.FAILED or standing.pending is not None)
    )


def list_counts_since(run: Run) -> datetime:
    """How old the reading of the public list may be that a run holds against anybody.

    A re-check asks whether something has been mended by now, and only a reading after it began could tell.
    """
    return run.started_at if run.kind is RunKind.RECHECK else run.started_at - OLD_LIST


def _identified(raw: str, context: str | None) -> Address:
    return identify(raw, context, GRAMMARS)
