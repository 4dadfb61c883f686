"""A pasted link through the nights: it acquits in somebody's name, and a look has the last word."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from audits.model import CaseState, Outcome
from audits.stating import StatementRefused, Word
from tests.fakes import board
from tests.worker.nights import BOARDS, WALL, City
from worker.stating import Taken, paste
from worker.storage import SqlStore


@pytest.fixture
def city(store: SqlStore) -> City:
    return City(store, 2)


def pasted(city: City, on: date | None = date(2026, 11, 2), name: str = "0", **more: Any) -> Taken:
    return paste_of(city, f"https://board.example/{name}/note/7", on, more.get("account"))


def paste_of(city: City, link: str, on: date | None, account: int | None = None) -> Taken:
    word = Word(by="KF", at=city.clock(), zone=ZoneInfo("Europe/Stockholm"), on=on)
    return paste(city.store, city.instruments, (BOARDS,), link, account, word)


def inactive(city: City) -> Any:
    """The finding and the standing of the first account under the rule about silence."""
    return next(
        (finding, standing)
        for account, finding, standing in city.store.current_findings()
        if account.id == 1 and finding.rule == "inactive"
    )


def cases(city: City) -> list[tuple[CaseState, str]]:
    return [(case.state, case.by) for case in city.store.cases(open_only=False) if case.rule == "inactive"]


def test_behind_a_wall_a_statement_acquits_from_the_next_look_on(city: City):
    city.web[city.addresses[0]] = WALL
    city.night()
    assert inactive(city)[0].outcome is Outcome.CANNOT_TELL
    pasted(city)
    city.night()
    finding, _ = inactive(city)
    assert (finding.outcome, finding.stated_by) == (Outcome.PASSED, "KF")
    assert finding.why == "confirmed by KF on 2026-11-04"


def test_it_is_kept_as_a_statement_and_never_as_something_seen(city: City):
    city.web[city.addresses[0]] = WALL
    pasted(city)
    city.night()
    (statement,) = city.store.statements_of([1])[1]
    look = city.store.last_observation(1)
    assert (statement.by, statement.on, statement.source_url) == (
        "KF", date(2026, 11, 2), "https://board.example/0/note/7",
    )  # fmt: skip
    assert look is not None
    assert look.transport.value == "unreadable"
    assert "2026-11-02" not in repr(look.facts)


def test_a_link_older_than_what_is_known_is_said_to_be_so(city: City):
    assert pasted(city, date(2026, 11, 2)).newer is None
    older = paste_of(city, "https://board.example/0/note/3", date(2025, 11, 15))
    assert older.newer == date(2026, 11, 2)
    (statement,) = city.store.statements_of([1])[1]
    assert statement.on == date(2026, 11, 2)


def test_a_statement_that_has_grown_old_accuses_nobody(city: City):
    city.web[city.addresses[0]] = WALL
    pasted(city)
    city.clock.pass_hours(24 * 200)
    city.night()
    city.night()
    assert inactive(city)[0].outcome is Outcome.CANNOT_TELL
    assert (1, "inactive") not in city.told()


def test_it_claims_the_open_case_fixed_and_a_clear_look_verifies_it(city: City):
    city.web[city.addresses[0]] = board(posted="2026-08-01", number="0")
    city.night()
    city.night()
    assert cases(city) == [(CaseState.CONFIRMED, "")]
    city.web[city.addresses[0]] = WALL
    assert pasted(city).answers == ("inactive",)
    assert cases(city) == [(CaseState.CLAIMED_FIXED, "KF")]
    city.night()
    finding, standing = inactive(city)
    assert (finding.outcome, standing.outcome) == (Outcome.PASSED, Outcome.FAILED)
    assert cases(city) == [(CaseState.CLAIMED_FIXED, "KF")]
    city.web[city.addresses[0]] = board(posted="2026-11-05", number="0")
    city.night()
    assert cases(city) == [(CaseState.VERIFIED_FIXED, "KF")]


def test_it_calms_a_suspicion_that_nobody_was_told_of(city: City):
    city.web[city.addresses[0]] = board(posted="2026-08-01", number="0")
    city.night()
    assert inactive(city)[1].pending is not None
    pasted(city)
    city.night()
    assert inactive(city)[1].pending is None
    assert (1, "inactive") not in city.told()


def test_what_is_refused_leaves_nothing_behind(city: City):
    with pytest.raises(StatementRefused):
        pasted(city, on=None)
    with pytest.raises(StatementRefused):
        pasted(city, name="0", account=2)
    with pytest.raises(StatementRefused):
        pasted(city, name="granne")
    assert city.store.statements_of([1, 2]) == {}
