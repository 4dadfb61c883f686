"""How fast looks are written, how little an unchanged night writes, and how much memory a night takes.

    python -m bench.writes [--accounts 2000] [--only sqlite|postgresql|again|memory]

sqlite, postgresql   rows/s of `record`, from values, to those of the bare driver (`bare_drivers`): the two write each
                     batch in turn, and the median batch counts
again                rows that a second, unchanged night writes, looked at and compared, to the first; its ledger aside
memory               peak of a whole night of 20,000 accounts and 13 rules to one of 2,000, each in its own process

Prints one JSON object a line; exits 1 where a bar is missed.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from audits.model import Marker, Outcome
from bench.bare_drivers import BareDriver, BarePostgres, BareSqlite
from tests.builders import NIGHT, a_finding, an_observation, some_facts
from tests.memory import memory as held
from tests.servers import postgres_server
from tests.storage.nights import a_row, added, applied
from worker.ports import Run, RunKind, Seen
from worker.steps import compare_account, follow_cases
from worker.storage import SqlStore, open_store
from worker.storage.migrate import upgrade

RULES = tuple(f"rule-{number}" for number in range(13))
BATCH = 200
LANES = 8
ROWS_OF_A_LOOK = 2 + 2 * len(RULES)  # observation, slot; finding and standing of each rule
LEAST = {"sqlite": 0.6, "postgresql": 0.35}
MOST = {"again": 0.1, "memory": 1.1}


# --- a night of values


def look(account_id: int, at: datetime) -> Seen:
    """A look like those at a real profile: facts, a marker, and one rule of the thirteen failed."""
    marker = Marker(id="actor", means="present", excerpt="type: Person")
    observation = an_observation(
        account_id=account_id,
        observed_at=at,
        markers=(marker,),
        url=f"https://social.almestad.example/@konto{account_id}",
        facts=some_facts(followers=account_id, avatar_url=f"https://cdn.example/{account_id}.jpg", links=("a", "b")),
    )
    passed = [a_finding(Outcome.PASSED, account_id=account_id, rule=rule, observed_at=at) for rule in RULES[1:]]
    failed = a_finding(account_id=account_id, rule=RULES[0], observed_at=at, seen={"limit": "60"}, evidence=(marker,))
    return Seen(observation=observation, findings=(failed, *passed))


def register(store: SqlStore, count: int) -> None:
    for first in range(0, count, BATCH):
        numbers = range(first, min(first + BATCH, count))
        applied(store, added(*(a_row(name=f"Konto {number}", key=f"x:konto{number}") for number in numbers)))


def begin(store: SqlStore, now: datetime) -> Run:
    slots = ((account.id, f"host{account.id % LANES}") for account in store.each_account())
    return store.start_run(RunKind.NIGHTLY, now.date(), now, slots)[0]


def record_all(store: SqlStore, run: Run, now: datetime) -> None:
    while (lease := store.lease(run.id, store.lanes(run.id, now), BATCH, now, 240)).accounts:
        store.record(lease, [look(account.id, now) for account in lease.accounts], now)


def compare_all(store: SqlStore, run: Run, now: datetime) -> None:
    store.begin_comparing(run.id, now)
    for _ in store.failures(run.id):
        pass  # as the guard against mass changes reads them
    while ids := store.uncompared(run.id, BATCH):
        compare_some(store, run, ids, now)
    store.close_run(run.id, now)


def compare_some(store: SqlStore, run: Run, ids: Sequence[int], now: datetime) -> None:
    findings, standings, cases = store.decided_of(run.id, ids), store.standings_of(ids), store.cases_of(ids)
    compared = [compare_account(id_, findings[id_], standings[id_], frozenset()) for id_ in ids]
    followed = [follow_cases(each.drifts, cases[each.account_id]) for each in compared]
    kept, dropped = ([case for pair in followed for case in pair[side]] for side in (0, 1))
    store.save_compared(run.id, compared, kept, dropped, now)


# --- speed


def speed(ours: str, theirs: str, driver: type[BareDriver], accounts: int) -> dict[str, Any]:
    """Seconds of both, batch by batch in turn, so that a busy machine slows both."""
    store = open_store(ours)
    register(store, accounts)
    run = begin(store, NIGHT)
    with driver(ours, theirs) as bare:
        pairs = list(timed_batches(store, run, bare))
    store.close()
    mine, floor = (sum(pair[side] for pair in pairs) for side in (0, 1))
    rows = accounts * ROWS_OF_A_LOOK
    return {
        "rows": rows,
        "rows_per_s": round(rows / mine),
        "bare_rows_per_s": round(rows / floor),
        "ratio": round(statistics.median(theirs / ours for ours, theirs in pairs), 3),
        "ratio_of_sums": round(floor / mine, 3),
    }


def timed_batches(store: SqlStore, run: Run, bare: BareDriver) -> Iterator[tuple[float, float]]:
    while (lease := store.lease(run.id, store.lanes(run.id, NIGHT), BATCH, NIGHT, 240)).accounts:
        looks = [look(account.id, NIGHT) for account in lease.accounts]
        mine = seconds(lambda: store.record(lease, looks, NIGHT))  # noqa: B023  # called at once
        work = bare.prepared([account.id for account in lease.accounts])
        yield mine, seconds(lambda: bare.write(work))  # noqa: B023  # as above


def seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


@contextmanager
def a_file() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'kanalkoll.sqlite3'}"
        upgrade(url)
        yield url


def on_sqlite(accounts: int) -> dict[str, Any]:
    with a_file() as ours, a_file() as theirs:
        return speed(ours, theirs, BareSqlite, accounts)


def on_postgres(accounts: int) -> dict[str, Any]:
    with ExitStack() as stack:
        server = stack.enter_context(postgres_server())
        ours, theirs = (stack.enter_context(server.database()) for _ in range(2))
        upgrade(ours)
        upgrade(theirs)
        return speed(ours, theirs, BarePostgres, accounts)


# --- an unchanged night, and memory


def again(accounts: int) -> dict[str, Any]:
    """Rows that three equal nights write, as SQLite counts them, less the ledger's. The second confirms what failed."""
    with a_file() as url:
        store = open_store(url)
        register(store, accounts)
        nights = [changes(store, NIGHT + timedelta(days=day)) for day in range(3)]
        store.close()
    return {"nights": nights, "ratio": round(nights[1] / nights[0], 4)}


def changes(store: SqlStore, now: datetime) -> int:
    before = total(store)
    run = begin(store, now)
    record_all(store, run, now)
    compare_all(store, run, now)
    ledger = 4 * store.counts(run.id).total + 3  # slots begun, leased, done, compared; the run begun, compared, closed
    return total(store) - before - ledger


def total(store: SqlStore) -> int:
    raw = store.db.engine.raw_connection()
    counted: int = raw.driver_connection.total_changes  # type: ignore[union-attr]  # sqlite3's own
    raw.close()
    return counted


def whole_night(accounts: int) -> int:
    """Peak memory of this process, in KiB, after a night from its beginning to its report."""
    with a_file() as url:
        store = open_store(url)
        register(store, accounts)
        run = begin(store, NIGHT)
        record_all(store, run, NIGHT)
        compare_all(store, run, NIGHT)
        for _ in store.current_findings():
            pass
        store.close()
    return held("VmHWM") // 1024


def memory(_: int) -> dict[str, Any]:
    words = [sys.executable, "-m", "bench.writes", "--only", "night", "--accounts"]
    small, large = (
        int(subprocess.run([*words, str(count)], check=True, capture_output=True).stdout)  # noqa: S603  # our own program
        for count in (2_000, 20_000)
    )
    return {"kib_at_2000": small, "kib_at_20000": large, "ratio": round(large / small, 3)}


# --- telling

MEASURES = {"sqlite": on_sqlite, "postgresql": on_postgres, "again": again, "memory": memory}


def tell(line: object) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def kept(name: str, ratio: float) -> bool:
    return ratio >= LEAST[name] if name in LEAST else ratio <= MOST[name]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--accounts", type=int, default=2_000)
    parser.add_argument("--only", choices=[*MEASURES, "night"])
    wanted = parser.parse_args()
    if wanted.only == "night":
        tell(whole_night(wanted.accounts))
        return 0
    results = {name: measure(wanted.accounts) for name, measure in MEASURES.items() if wanted.only in (None, name)}
    for name, result in results.items():
        bar = LEAST.get(name, MOST.get(name))
        tell(json.dumps({"what": name, "bar": bar, "kept": kept(name, result["ratio"]), **result}))
    return 0 if all(kept(name, result["ratio"]) for name, result in results.items()) else 1


if __name__ == "__main__":
    sys.exit(main())
