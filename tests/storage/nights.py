"""A small register, and nights to look at it.

registered(store, 3) ─▶ ids        a_night(store, ids) ─▶ Run        seen(id) ─▶ Seen        looked(store, run)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Table, func, select

from audits.model import Account, Finding, Outcome
from audits.registering import ChangeKind, RegisterChange, RegisterRow
from tests.builders import NIGHT, a_finding, an_observation
from worker.ports import Lease, Run, RunKind, Seen
from worker.storage import SqlStore

LANE = "social.almestad.example"
RULES = ("gone", "quiet", "sender")


def a_row(**changes: Any) -> RegisterRow:
    given = {
        "platform": "mastodon",
        "name": "Almestads stad",
        "administration": "Kulturförvaltningen",
        "raw": "@almestad@social.almestad.example",
        "address": "https://social.almestad.example/@almestad",
        "key": "mastodon:almestad@social.almestad.example",
    }
    return RegisterRow(**{**given, **changes})


def added(*rows: RegisterRow) -> list[RegisterChange]:
    return [RegisterChange(kind=ChangeKind.ADD, after=row) for row in rows]


def applied(store: SqlStore, changes: Sequence[RegisterChange], now: datetime = NIGHT, **more: Any) -> int:
    return store.apply_changes(
        changes, **{"by": "Redaktionen", "why": "ny lista", "source": "lista.csv", "now": now, **more}
    )


def registered(store: SqlStore, count: int) -> list[int]:
    """So many accounts; their ids."""
    keys = [f"mastodon:konto{number}@social.almestad.example" for number in range(count)]
    applied(store, added(*(a_row(name=f"Konto {number}", key=key) for number, key in enumerate(keys))))
    return [account.id for account in store.accounts()]


def a_night(store: SqlStore, ids: Iterable[int], now: datetime = NIGHT, lane: str = LANE) -> Run:
    run, _ = store.start_run(RunKind.NIGHTLY, now.date(), now, [(id_, lane) for id_ in ids])
    return run


def leased(store: SqlStore, run: Run, now: datetime = NIGHT, limit: int = 200) -> Lease:
    return store.lease(run.id, store.lanes(run.id, now), limit, now, 240)


def seen(account_id: int, at: datetime = NIGHT, findings: Sequence[Finding] | None = None, **changes: Any) -> Seen:
    """A look at an account that is well, or as `findings` say."""
    if findings is None:
        findings = [
            a_finding(Outcome.PASSED, account_id=account_id, rule=rule, observed_at=at, route="open") for rule in RULES
        ]
    return Seen(observation=an_observation(account_id=account_id, observed_at=at, **changes), findings=tuple(findings))


def looked(
    store: SqlStore, run: Run, now: datetime = NIGHT, look: Callable[[Account], Seen] | None = None
) -> list[int]:
    """Look at every account of a run; the ids in the order looked at."""
    done: list[int] = []
    while (lease := leased(store, run, now)).accounts:
        looks = [look(account) if look else seen(account.id, now) for account in lease.accounts]
        store.record(lease, looks, now + timedelta(seconds=1))
        done += [account.id for account in lease.accounts]
    return done


def count(store: SqlStore, table: Table) -> int:
    return store.db.read(lambda conn: conn.scalar(select(func.count()).select_from(table))) or 0


def rows(store: SqlStore, table: Table) -> list[dict[str, Any]]:
    """Every row, in key order."""
    query = select(table).order_by(*table.primary_key.columns)
    return store.db.read(lambda conn: [dict(row) for row in conn.execute(query).mappings()])
