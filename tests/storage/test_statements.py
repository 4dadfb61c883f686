from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from audits.model import Stated, Statement
from tests.builders import NIGHT
from tests.storage.nights import registered
from worker.storage import SqlStore


def a_statement(account_id: int, **changes: Any) -> Statement:
    given = {
        "account_id": account_id,
        "what": Stated.LATEST_POST,
        "at": NIGHT,
        "by": "KF",
        "on": date(2026, 10, 29),
        "source_url": "https://x.com/almestad/status/1",
    }
    return Statement(**{**given, **changes})


def test_a_statement_comes_back_as_it_was_made(store: SqlStore) -> None:
    first, second = registered(store, 2)
    store.save_statement(a_statement(first))
    assert store.statements_of([first, second]) == {first: [a_statement(first)]}


def test_the_last_word_on_an_account_counts_whatever_day_it_speaks_of(store: SqlStore) -> None:
    (account,) = registered(store, 1)
    store.save_statement(a_statement(account, on=date(2026, 11, 2)))
    mended = a_statement(account, on=date(2026, 10, 1), at=NIGHT + timedelta(hours=1), by="redaktionen")
    store.save_statement(mended)
    assert store.statements_of([account]) == {account: [mended]}


def test_words_that_no_database_can_hold_are_kept_without_them(store: SqlStore) -> None:
    (account,) = registered(store, 1)
    store.save_statement(a_statement(account, by="K\0F", source_url=None))
    ((statement,),) = store.statements_of([account]).values()
    assert (statement.by, statement.source_url) == ("K\N{REPLACEMENT CHARACTER}F", None)


def test_of_nobody_there_is_no_statement(store: SqlStore) -> None:
    assert store.statements_of([]) == {}
