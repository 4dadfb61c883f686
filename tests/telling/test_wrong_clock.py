"""No letter goes by a clock that is clearly wrong: it would say that a week is over, and how long silence lasted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from tests.desk import Desk, json_lines
from tests.telling.offices import Office, office
from worker.ports import KeptPage, RunKind
from worker.storage import SqlStore, open_store
from worker.wiring import utc_now
from worker.wiring.telling import correspond

SENDING = {
    "KANALKOLL_MAIL_FROM": "Kanalkoll <kanalkoll@almestad.example>", "KANALKOLL_SMTP_HOST": "127.0.0.1",
    "KANALKOLL_SMTP_PORT": "9", "KANALKOLL_SMTP_TLS": "loopback",
}  # fmt: skip


@pytest.fixture
def an_office(tmp_path: Path) -> Iterator[Office]:
    with office(tmp_path) as opened:
        yield opened


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.environment |= SENDING
    return desk


def opened(desk: Desk) -> SqlStore:
    return open_store(desk.environment["KANALKOLL_DATABASE_URL"])


def test_the_tick_writes_nothing_where_every_server_dates_its_answers_weeks_before_they_come(an_office: Office):
    store, now = an_office.store, an_office.clock()
    dated = {"date": f"{now - timedelta(days=30):%a, %d %b %Y %H:%M:%S} GMT"}
    for number in range(3):
        page = KeptPage(status=200, headers=dated, body=b"", etag="1", last_modified="")
        store.keep_page(f"https://almestad{number}.example/", page, now)
    came = correspond(an_office.deployment)
    assert came is not None
    assert "30 days" in came.blocked
    assert list(an_office.letters.stored.letters()) == []


def test_the_tick_writes_nothing_where_the_latest_run_lies_ahead_of_the_clock(an_office: Office):
    now = an_office.clock()
    an_office.store.start_run(RunKind.NIGHTLY, now.date(), now, [])
    an_office.clock.now -= timedelta(days=35)
    came = correspond(an_office.deployment)
    assert came is not None
    assert "35" in came.blocked
    assert list(an_office.letters.stored.letters()) == []


def test_what_was_written_ahead_of_the_clock_holds_letters_back_until_somebody_says_that_it_is_right(desk: Desk):
    with closing(opened(desk)) as store:
        store.start_run(RunKind.NIGHTLY, utc_now().date() + timedelta(days=9), utc_now() + timedelta(days=9), [])
    refused = desk.run("digest", "--send", "--language", "sv")
    assert refused.exit_code == 1
    assert "ligger 8 dygn i framtiden" in refused.stderr
    assert "timedatectl" in refused.stderr
    assert desk.run("digest", "--send", "--clock-is-right").exit_code == 0


def test_an_audit_by_a_clock_that_was_set_back_says_so_and_so_does_each_after_it(desk: Desk):
    with closing(opened(desk)) as store:
        store.start_run(RunKind.NIGHTLY, utc_now().date() + timedelta(days=13), utc_now() + timedelta(days=13), [])
    for _ in range(2):
        told = desk.run("audit", "--replay", desk.recording()).stderr
        assert "the latest run is dated 12 days ahead" in told
        assert "timedatectl" in told
    database = next(each for each in json_lines(desk.run("doctor", "--json").stdout) if each["what"] == "database")
    assert "is in the future" in database["told"], (
        "asked of the latest moment at which a run began, not of the newest run"
    )


def test_a_clock_that_nothing_speaks_against_holds_nothing_back(desk: Desk):
    with closing(opened(desk)) as store:
        store.start_run(RunKind.NIGHTLY, utc_now().date(), utc_now(), [])
    assert desk.run("digest", "--send").exit_code == 0
    assert "clock" not in desk.run("audit", "--replay", desk.recording()).stderr
