"""What rules see beside a look: the register, what stands beside the accounts in it, and the public list.

store + accounts ─▶ Register
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final, TypeAlias

from audits.model import Account, Outcome, Standing
from audits.reconciling import standing_on
from audits.rulebook import Routine
from audits.rules import DOUBTS, SILENT
from audits.sights import Register
from config.rules import Rulebook
from worker.ports import Run, RunKind, Store
from worker.steps.vouching import identified, unvouched_among

OLD_LIST: Final = timedelta(hours=12)  # before a night began; what a list said earlier may have been mended since


def register_beside(
    store: Store, accounts: Sequence[Account], rules: Rulebook, list_since: datetime, today: date
) -> Register:
    """The register as rules see it, with what stands beside these accounts by the city's `rules`.

    The public list counts where it was read `list_since` then (UTC); `today` is local.
    """
    ids = [account.id for account in accounts]
    listed = standing_on(store.public_list(), accounts, list_since, today, identified)
    missing = [account for account in accounts if listed.get(account.id) is False]
    return Register(
        store.administrations(),
        store.shared_keys(),
        store.statements_of(ids),
        store.circumstances_of(ids),
        store.approved_pictures(),
        rules.questions.main,
        listed,
        sites=store.sites(),
        unvouched=unvouched_among(store, missing, rules.routines),
    )


Standings: TypeAlias = Mapping[int, Mapping[str, Standing]]
"""By account id and rule."""


def remembering(register: Register, routines: Mapping[str, Routine], standings: Standings) -> Register:
    """The register with what earlier looks have left."""
    return replace(register, doubted=in_doubt(standings, routines), last_posts=last_posts(standings, routines))


def last_posts(standings: Standings, routines: Mapping[str, Routine]) -> Mapping[int, date]:
    """The newest day on which each account was seen to post: what the rule on silence last went by."""
    asked = {routine.id for routine in routines.values() if routine.check.name == SILENT}
    told = (
        (id_, _day(standing.fingerprint)) for id_, own in standings.items() for rule, standing in own.items()
        if rule in asked
    )  # fmt: skip
    return {id_: day for id_, day in sorted(told, key=lambda each: each[1] or date.min) if day}


def _day(written: str) -> date | None:
    """None for what is no day: a month alone, and where nothing has been decided yet."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def in_doubt(standings: Standings, routines: Mapping[str, Routine]) -> frozenset[int]:
    """Those of the accounts that stand, or are suspected, as gone, under another name or another's."""
    asked = {routine.id for routine in routines.values() if routine.check.name in DOUBTS}
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
