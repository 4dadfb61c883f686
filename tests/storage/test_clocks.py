"""What the database remembers of the clock it was written with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest

from audits.clocks import Dated
from tests.builders import NIGHT, TODAY
from worker.ports import KeptPage, RunKind
from worker.storage import SqlStore
from worker.storage.clocks import dated_answers, newest_row

DAY = timedelta(days=1)


def keep(store: SqlStore, headers: Mapping[str, str]) -> None:
    page = KeptPage(status=200, headers=headers, body=b"", etag="1", last_modified="")
    store.keep_page("https://almestad.example/", page, NIGHT)


def test_the_newest_run_is_the_one_that_began_last(store: SqlStore) -> None:
    assert newest_row(store.db) is None
    for days in (3, 1):
        store.start_run(RunKind.NIGHTLY, TODAY + days * DAY, NIGHT + days * DAY, [])
    assert newest_row(store.db) == NIGHT + 3 * DAY


def test_an_answer_counts_with_its_own_date_and_its_age_in_caches(store: SqlStore) -> None:
    keep(store, {"date": f"{NIGHT - DAY:%a, %d %b %Y %H:%M:%S} GMT", "age": "3600"})
    (found,) = dated_answers(store.db)
    assert found == Dated(
        host="almestad.example", said=NIGHT.replace(microsecond=0) - DAY + timedelta(hours=1), noted=NIGHT
    )


@pytest.mark.parametrize("headers", [{}, {"date": "yesterday"}, {"date": "Tue, 03 Nov 2026 02:00:00 GMT", "age": "x"}])
def test_an_answer_without_a_date_that_can_be_read_says_nothing(store: SqlStore, headers: dict[str, str]) -> None:
    keep(store, headers)
    assert dated_answers(store.db) == ()
