"""What an import of a large register costs beside a plain executemany of the same rows.

    python -m tests.storage.bench_imports [--accounts 50000] [--only sqlite|postgresql]

read       a CSV file of so many accounts to a plan
write      that plan into an empty database, by `apply_changes`
floor      the rows which that left, once more into another empty database by the driver alone, in one transaction
again      the same file held against the register that it left: nothing is to change
undo       the import taken back

Seconds are of the clock and of this process's processor; on PostgreSQL the server's own come on top of the latter.
Prints one JSON object a database.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import psycopg

from tests.builders import NIGHT, an_occasion
from tests.memory import memory as held
from tests.servers import postgres_server
from tests.storage.bench_writes import a_file, tell
from worker.importing.preparing import Prepared, known_to, prepare
from worker.storage import SqlStore, open_store
from worker.storage import tables as t
from worker.storage.migrate import upgrade

T = TypeVar("T")
Rows: TypeAlias = list[tuple[str, Sequence[tuple[Any, ...]]]]  # by table
TABLES = (
    t.administration, t.unit, t.account, t.account_key, t.account_owner, t.register_import, t.register_change,
    t.place_change,
)  # fmt: skip
WHERE = (
    ("Facebook", "https://www.facebook.com/almestad{}"),
    ("Instagram", "https://www.instagram.com/almestad_{}/"),
    ("LinkedIn", "https://www.linkedin.com/company/almestad-{}"),
    ("YouTube", "https://www.youtube.com/@almestad{}"),
    ("Mastodon", "https://social.almestad.example/@konto{}"),
)


def a_list(path: Path, accounts: int) -> None:
    """A register of twelve administrations and their units, as a spreadsheet saves it."""
    lines = ["Ref;Förvaltning;Enhet;Namn;Kanal;Länk;Syfte;E-post"]
    for at in range(accounts):
        platform, address = WHERE[at % len(WHERE)]
        owner = f"R{at};Förvaltning {at % 12};Enhet {at % 120};Konto {at}"
        lines.append(f"{owner};{platform};{address.format(at)};Nyheter till boende;konto{at % 500}@almestad.example")
    path.write_text("\n".join(lines), encoding="utf-8")


def measured(ours: str, theirs: str, floor: Callable[[str, str], dict[str, float]], accounts: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "list.csv"
        a_list(file, accounts)
        store = open_store(ours)
        read, plan = timed(lambda: prepare(file, known_to(store)))
        written, _ = timed(lambda: apply(store, plan))
        floored = floor(ours, theirs)
        again, twice = timed(lambda: prepare(file, known_to(store)))
        undone, _ = timed(lambda: store.undo_last_import(an_occasion(at=NIGHT)))
        left = len(store.register_rows())
        store.close()
    ratio = round(written["clock"] / floored["clock"], 2)
    return {
        "accounts": accounts, "read": read, "write": written, "floor": floored, "again": again, "undo": undone,
        "write_to_floor": ratio, "changes_of_again": twice.plan.changes_anything,
        "left_after_undo": left, "peak_mb": held("VmHWM") // 2**20,
    }  # fmt: skip


def apply(store: SqlStore, prepared: Prepared) -> int:
    return store.apply_changes(
        prepared.plan.changes, an_occasion(at=NIGHT), source="list.csv", mailboxes=prepared.mailboxes
    )


def timed(work: Callable[[], T]) -> tuple[dict[str, float], T]:
    clock, processor = time.perf_counter(), time.process_time()
    done = work()
    return {
        "clock": round(time.perf_counter() - clock, 2),
        "processor": round(time.process_time() - processor, 2),
    }, done


# --- the floor


def rows_of(cells: Callable[[str], Sequence[tuple[Any, ...]]]) -> Rows:
    return [(table.name, cells(f"SELECT * FROM {table.name}")) for table in TABLES]  # noqa: S608  # tables of ours


def bare_sqlite(ours: str, theirs: str) -> dict[str, float]:
    source, target = (sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None) for url in (ours, theirs))
    rows = rows_of(lambda query: source.execute(query).fetchall())
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        target.execute(f"PRAGMA {pragma}")
    return timed(lambda: into_sqlite(target, rows))[0]


def into_sqlite(target: sqlite3.Connection, rows: Rows) -> None:
    target.execute("BEGIN IMMEDIATE")
    for name, some in rows:
        if some:
            target.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(some[0]))})", some)  # noqa: S608  # as above
    target.execute("COMMIT")


def bare_postgres(ours: str, theirs: str) -> dict[str, float]:
    """JSON goes as text, as the store hands it over."""
    with psycopg.connect(driver_url(ours)) as source, psycopg.connect(driver_url(theirs)) as target:
        for kind in ("json", "jsonb"):
            source.adapters.register_loader(kind, psycopg.types.string.TextLoader)
        rows = rows_of(lambda query: source.execute(query).fetchall())
        return timed(lambda: into_postgres(target, rows))[0]


def into_postgres(target: psycopg.Connection[Any], rows: Rows) -> None:
    for name, some in rows:
        if some:
            words = f"INSERT INTO {name} VALUES ({', '.join(['%s'] * len(some[0]))})"  # noqa: S608  # as above
            target.cursor().executemany(words, some)
    target.commit()


def driver_url(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://")


def on_sqlite(accounts: int) -> dict[str, Any]:
    with a_file() as ours, a_file() as theirs:
        return measured(ours, theirs, bare_sqlite, accounts)


def on_postgres(accounts: int) -> dict[str, Any]:
    with ExitStack() as stack:
        server = stack.enter_context(postgres_server())
        ours, theirs = (stack.enter_context(server.database()) for _ in range(2))
        upgrade(ours)
        upgrade(theirs)
        return measured(ours, theirs, bare_postgres, accounts)


def main() -> int:
    measures = {"sqlite": on_sqlite, "postgresql": on_postgres}
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--accounts", type=int, default=50_000)
    parser.add_argument("--only", choices=measures)
    wanted = parser.parse_args()
    for name in [wanted.only] if wanted.only else measures:
        tell(json.dumps({"what": name, **measures[name](wanted.accounts)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
