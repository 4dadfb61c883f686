"""Work counted instead of timed: seconds tell more of the machine than of the code.

work ─▶ Cost: calls (of Python's functions and of C's, sys.setprofile) and steps of SQLite's machine
        (sqlite.org/c3ref/progress_handler.html), over the connections that it opens
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, NamedTuple

from sqlalchemy import Engine, event

EVERY: Final = 10  # steps between two counts


class Cost(NamedTuple):
    calls: int
    steps: int


def counted(work: Callable[[], object]) -> Cost:
    calls = counts = 0

    def called(_frame: object, what: str, _arg: object) -> None:
        nonlocal calls
        calls += what in ("call", "c_call")

    def stepped() -> int:
        nonlocal counts
        counts += 1
        return 0

    with _each_new_connection(lambda connection: connection.set_progress_handler(stepped, EVERY)):
        sys.setprofile(called)
        try:
            work()
        finally:
            sys.setprofile(None)
    return Cost(calls - counts, counts * EVERY)  # `stepped` was called too


@contextmanager
def _each_new_connection(prepared: Callable[[sqlite3.Connection], object]) -> Iterator[None]:
    def connected(connection: sqlite3.Connection, _entry: object) -> None:
        prepared(connection)

    event.listen(Engine, "connect", connected)
    try:
        yield
    finally:
        event.remove(Engine, "connect", connected)
