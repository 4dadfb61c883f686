"""A small register, and nights to look at it.

registered(store, 3) ─▶ ids        a_night(store, ids) ─▶ Run        seen(id) ─▶ Seen        looked(store, run)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Table, func, select

from audits.health import MassChange
from audits.model import (
    Account,
    Case,
    Drift,
    DriftStage,
    Finding,
    Occasion,
    Outcome,
    Severity,
    Standing,
)
from audits.registering import ChangeKind, RegisterChange, RegisterRow
from tests.builders import NIGHT, a_finding, an_observation
from worker.ports import Compared, Lease, Run, RunKind, Seen
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


def applied(
    store: SqlStore, changes: Sequence[RegisterChange], now: datetime = NIGHT, *, by: str = "Redaktionen",
    why: str = "ny lista", **more: Any,
) -> int:  # fmt: skip
    occasion = Occasion(by=by, at=now, why=why)
    return store.apply_changes(changes, occasion, **{"source": "lista.csv", **more})


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


GONE = Standing(outcome=Outcome.FAILED, fingerprint="gone", severity=Severity.HIGH, decided_at=NIGHT)


def failing(account_id: int, now: datetime = NIGHT) -> Finding:
    return a_finding(account_id=account_id, observed_at=now)


def a_night_seen(store: SqlStore, ids: Sequence[int], now: datetime = NIGHT) -> Run:
    """A night in which every account fails one rule, ready to be compared."""
    run = a_night(store, ids, now)
    looked(store, run, now, lambda account: seen(account.id, now, [failing(account.id, now)]))
    assert store.begin_comparing(run.id, now)
    return run


def judged(account_id: int, standing: Standing = GONE, now: datetime = NIGHT) -> Compared:
    drift = Drift(finding=failing(account_id, now), before=Outcome.PASSED, stage=DriftStage.CONFIRMED)
    return Compared(account_id=account_id, standings={"gone": standing}, drifts=(drift,))


def saved(
    store: SqlStore, run: Run, *compared: Compared, cases: Sequence[Case] = (), dropped: Sequence[Case] = ()
) -> None:
    store.save_compared(run.id, compared, cases, dropped, NIGHT)


def a_held_night(store: SqlStore, ids: Sequence[int], now: datetime = NIGHT) -> None:
    """A night that held what it found of these accounts."""
    run = a_night_seen(store, ids, now)
    store.hold(run.id, MassChange(platform="mastodon", rule="gone", changed=len(ids), seen=len(ids)), now)
    drifts = {id_: Drift(finding=failing(id_, now), before=Outcome.PASSED, stage=DriftStage.HELD) for id_ in ids}
    saved(store, run, *(Compared(account_id=id_, standings={}, drifts=(drifts[id_],)) for id_ in ids))
    store.close_run(run.id, now)


def followed(store: SqlStore, *cases: Case, night: int = 0) -> None:
    """A night whose comparing leaves these cases behind."""
    now = NIGHT + timedelta(days=night)
    ids = {case.account_id for case in cases}
    run = a_night(store, ids, now)
    looked(store, run, now)
    compared = [Compared(account_id=id_, standings={}, drifts=()) for id_ in ids]
    store.save_compared(run.id, compared, cases, [], now)


def readdressed(
    store: SqlStore,
    account_id: int,
    key: str = "mastodon:nytt@social.almestad.example",
    at: datetime = NIGHT + timedelta(minutes=30),
) -> None:
    """The register names another address, half an hour after the night began."""
    before = dict(store.register_rows())[account_id]
    after = replace(before, key=key)
    applied(store, [RegisterChange(kind=ChangeKind.CHANGE, account_id=account_id, before=before, after=after)], at)
