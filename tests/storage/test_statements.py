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


def test_the_newest_post_counts_whenever_it_was_stated(store: SqlStore) -> None:
    (account,) = registered(store, 1)
    newest = a_statement(account, on=date(2026, 11, 2))
    store.save_statement(newest)
    older = a_statement(account, on=date(2025, 11, 15), at=NIGHT + timedelta(hours=1), source_url="https://x.com/a/2")
    store.save_statement(older)
    assert store.statements_of([account]) == {account: [newest]}


def test_a_link_that_is_stated_again_takes_the_place_of_what_was_said_of_it(store: SqlStore) -> None:
    (account,) = registered(store, 1)
    store.save_statement(a_statement(account, on=date(2026, 11, 2)))
    mended = a_statement(account, on=date(2026, 10, 1), at=NIGHT + timedelta(hours=1), by="redaktionen")
    store.save_statement(mended)
    assert store.statements_of([account]) == {account: [mended]}


def test_a_statement_is_a_line_of_its_accounts_timeline(store: SqlStore) -> None:
    (account,) = registered(store, 1)
    store.save_statement(a_statement(account))
    [line] = [each for each in store.timeline(account) if each.what == "statement"]
    told = {"stated": "latest_post", "on": "2026-10-29", "by": "KF", "source_url": "https://x.com/almestad/status/1"}
    assert (line.at, line.text) == (NIGHT, told)


def test_words_that_no_database_can_hold_are_kept_without_them(store: SqlStore) -> None:
    (account,) = registered(store, 1)
    store.save_statement(a_statement(account, by="K\0F", source_url=None))
    ((statement,),) = store.statements_of([account]).values()
    assert (statement.by, statement.source_url) == ("K\N{REPLACEMENT CHARACTER}F", None)


def test_of_nobody_there_is_no_statement(store: SqlStore) -> None:
    assert store.statements_of([]) == {}
