"""Nights with controls: looked at first, kept with the run, and the last word on what a route says against accounts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audits.controls import Control, Side
from audits.model import Account, Existence, Outcome, Route, Transport
from audits.reporting import was_read, why_unread
from tests.builders import a_control_reading
from tests.fakes import GONE, board
from tests.worker.nights import City
from worker.cli.auditing import controls_row
from worker.gathering import dossiers
from worker.storage import SqlStore

THERE, NOT_THERE = "https://board.example/the-board", "https://board.example/nobody"


def an_own_account(address: str) -> Account:
    return Account(id=0, platform="board", name="control", address=address, key="board:control")


CONTROL = Control(
    platform="board",
    route=Route.PAGE,
    accounts={Side.PRESENT: an_own_account(THERE), Side.ABSENT: an_own_account(NOT_THERE)},
)


@pytest.fixture
def city(store: SqlStore) -> City:
    """Twelve boards, one of them gone, and two controls that read right."""
    city = City(store, 12)
    city.instruments = replace(city.instruments, controls=(CONTROL,))
    city.web[THERE] = board(number="control")
    city.web[NOT_THERE] = GONE
    city.web[city.addresses[0]] = GONE
    return city


def finding(city: City, rule: str = "gone"):
    return next(
        finding for account, finding, _ in city.store.current_findings() if account.id == 1 and finding.rule == rule
    )


def test_controls_are_looked_at_first_and_once_a_run(city: City):
    city.night()
    assert city.asker.asked[:2] == [THERE, NOT_THERE]
    assert city.asker.asked.count(THERE) == 1
    city.night()
    assert city.asker.asked.count(THERE) == 2


def test_a_platform_without_controls_asks_for_none(city: City):
    city.instruments = replace(city.instruments, controls=())
    run = city.night()
    assert THERE not in city.asker.asked
    assert city.store.control_readings(run.id) == ()
    assert finding(city).outcome is Outcome.FAILED


def test_while_both_read_right_a_vanished_account_is_told_on_the_third_night(city: City):
    told = []
    for _ in range(3):
        city.night()
        told.append((1, "gone") in city.told())
    assert told == [False, False, True]


def test_while_the_present_one_reads_as_gone_nothing_is_told_for_a_month(city: City):
    city.web[THERE] = GONE
    for _ in range(30):
        city.night()
    assert (finding(city).outcome, finding(city).why) == (Outcome.CANNOT_TELL, "the control did not read right")
    assert city.told() == set()
    assert city.store.cases(open_only=False) == ()


def test_while_the_absent_one_reads_as_there_nothing_is_told_either(city: City):
    city.web[NOT_THERE] = board(number="anybody")
    for _ in range(5):
        city.night()
    assert city.told() == set()


def test_a_blind_night_of_the_control_is_no_news_and_the_next_goes_on(city: City):
    city.night()
    del city.web[THERE]
    city.night()
    city.web[THERE] = board(number="control")
    city.night()
    assert (1, "gone") not in city.told()
    city.night()
    assert (1, "gone") in city.told()


def test_what_lives_is_seen_whatever_the_control_says(city: City):
    city.web[THERE] = GONE
    city.night()
    outcomes = {
        finding.outcome
        for account, finding, _ in city.store.current_findings()
        if account.id != 1 and finding.rule == "gone"
    }
    assert outcomes == {Outcome.PASSED}


def test_what_was_seen_stays_what_was_seen(city: City):
    city.web[THERE] = GONE
    city.night()
    look = city.store.last_observation(1)
    assert look is not None
    assert look.existence.value == "gone"


def test_how_the_controls_were_read_is_kept_with_the_run(city: City):
    city.web[NOT_THERE] = "<title>Something new</title>"
    run = city.night()
    kept = {reading.side: reading for reading in city.store.control_readings(run.id)}
    assert (kept[Side.PRESENT].right, kept[Side.ABSENT].right) == (True, False)
    assert kept[Side.ABSENT].transport.value == "unreadable"
    assert kept[Side.ABSENT].reason


def test_a_misread_control_names_its_night_and_its_looks_are_no_readings(city: City):
    city.web[THERE] = GONE
    run = city.night()
    (night,) = city.store.nights(run.started_at, 9)
    assert (night.misread, night.accounts - night.read) == (("board",), 1)
    (look,) = city.store.histories([1], run.started_at)[1].looks
    assert (look.doubted, look.is_read) == (True, False)
    assert [why_unread(each) for each in dossiers(city.store, {}) if not was_read(each)] == ["control"]


def test_the_timeline_says_of_a_look_whether_it_could_be_trusted_and_tells_the_same_look_anew_once_it_can(city: City):
    city.web[THERE] = GONE
    city.night()
    city.web[THERE] = board(number="control")
    city.night()
    city.night()
    told = [line.text for line in city.store.timeline(1) if line.what == "observation"]
    assert [(each["existence"], each.get("doubted")) for each in told] == [("gone", "True"), ("gone", None)]


def test_a_control_that_was_not_reached_is_no_sign_of_a_changed_platform():
    unseen = a_control_reading(transport=Transport.UNREACHABLE, existence=Existence.UNKNOWN, right=False)
    misread = a_control_reading(Side.ABSENT, existence=Existence.PRESENT, right=False)
    closed = a_control_reading(transport=Transport.NOT_PERMITTED, existence=Existence.UNKNOWN, right=False)
    told = controls_row([a_control_reading(), unseen, misread, closed])
    assert told["right"] == 1
    assert [each["side"] for each in told["wrong"]] == ["absent"]
    assert [each["transport"] for each in told["unseen"]] == [str(Transport.UNREACHABLE)]
    assert controls_row([closed]) == "none"
