"""Nights in virtual time, against a real SQLite file."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from audits.days import Now
from audits.model import CaseState, Outcome, Page, Probe, Transport
from audits.registering import ChangeKind, RegisterChange
from tests.builders import NIGHT, STOCKHOLM, a_belief, an_occasion
from tests.fakes import BOARD, GONE, DictAsker, board
from tests.worker.nights import WALL, City, proven
from worker.ports import RunKind, RunState
from worker.steps import advance_run, begin_audit, begin_due_night
from worker.steps.deciding import release_cases
from worker.steps.holding import vouch
from worker.storage import SqlStore
from worker.storage.deciding import SqlDecisions
from worker.storage.holding import SqlHolds


@pytest.fixture
def city(store: SqlStore) -> City:
    return City(store, 12)


def test_a_night_observes_every_account_once_and_closes(city: City):
    run = city.night()
    counts = city.store.counts(run.id)
    assert run.state is RunState.CLOSED
    assert (counts.total, counts.done) == (12, 12)
    assert sorted(city.asker.asked) == sorted(city.addresses)


def test_a_night_that_has_begun_is_not_begun_again(city: City):
    city.night()
    city.clock.pass_hours(-24)
    assert begin_due_night(city.store, STOCKHOLM, time(3, 15), city.clock()) is None


def test_a_missed_night_is_not_made_up_and_nobody_is_asked_twice_for_it(city: City):
    city.night()
    city.clock.pass_hours(24)
    city.asker.asked.clear()
    run = city.night()
    assert run.local_date == NIGHT.date() + timedelta(days=2)
    assert sorted(city.asker.asked) == sorted(city.addresses)
    assert city.store.begun_nights(since=run.local_date) == {NIGHT.date(), run.local_date}


def test_nights_that_were_missed_are_no_evidence_that_an_account_is_gone(city: City):
    city.night()
    city.web[city.addresses[0]] = GONE
    told = []
    for _ in range(3):
        city.clock.pass_hours(24)
        city.night()
        told.append((1, "gone") in city.told())
    assert told == [False, False, True]


def test_a_vanished_account_is_told_on_the_third_night(city: City):
    city.night()
    city.web[city.addresses[0]] = GONE
    told = []
    for _ in range(3):
        city.night()
        told.append((1, "gone") in city.told())
    assert told == [False, False, True]


def test_a_platform_that_breaks_accuses_nobody(city: City):
    city.night()
    for address in city.addresses:
        city.web[address] = GONE
    *_, run = [city.night() for _ in range(5)]
    assert city.told() == set()
    assert city.store.held(run.id) == {("board", "gone")}


def test_a_platform_that_breaks_accuses_nobody_who_is_looked_at_again_by_day(city: City):
    city.night()
    for address in city.addresses:
        city.web[address] = GONE
    for day in range(4):
        city.night()
        city.clock.pass_hours(-12)
        again, today = city.store.accounts(ids=[1]), city.clock().date()
        run = begin_audit(city.store, RunKind.RECHECK, again, today, city.clock(), request_id=f"{day}")
        while advance_run(city.store, city.asker, city.instruments, run, city.clock, seconds=30):
            pass
        city.clock.pass_hours(12)
    assert city.told() == set()
    assert city.store.standings_of([1])[1]["gone"].pending is None


def led_elsewhere(city: City, account_id: int) -> str:
    """The register names another address of the account; gives that address."""
    before = dict(city.store.register_rows())[account_id]
    address = f"{before.address}-ny"
    after = replace(before, raw=address, address=address, key=f"{before.key}-ny")
    change = RegisterChange(kind=ChangeKind.CHANGE, account_id=account_id, before=before, after=after)
    city.store.apply_changes([change], an_occasion(city.clock()), source="test")
    return address


def some_nights_of_a_stale_answer(city: City, address: str) -> None:
    city.web[address] = board(posted="2025-02-01", number="0")
    for _ in range(3):
        city.night()


def test_a_post_that_was_seen_once_has_been_whatever_a_later_look_shows(city: City):
    city.night()
    some_nights_of_a_stale_answer(city, city.addresses[0])
    assert city.told() == set()
    city.clock.pass_hours(24 * 90)  # until then newer posts may be missing from a kept copy
    city.night()
    [finding] = [
        each for account, each, _ in city.store.current_findings() if (account.id, each.rule) == (1, "inactive")
    ]
    assert (finding.outcome, finding.fingerprint) == (Outcome.FAILED, "2026-11-01")


def test_what_was_posted_at_an_old_address_says_nothing_of_the_new_one(city: City):
    city.night()
    some_nights_of_a_stale_answer(city, led_elsewhere(city, 1))
    assert city.told() == {(1, "inactive")}


def test_what_stood_at_an_old_address_is_not_told_of_the_new_one_before_looks_there_confirm_it(city: City):
    city.night()
    city.web[city.addresses[0]] = GONE
    for _ in range(3):
        city.night()
    city.web[led_elsewhere(city, 1)] = GONE
    told, listed = [city.told()], [city.store.cases()]
    for _ in range(3):
        city.night()
        told.append(city.told())
        listed.append(city.store.cases())
    assert told == [set(), set(), set(), {(1, "gone")}]
    assert [[case.rule for case in cases] for cases in listed] == [[], [], [], ["gone"]]
    assert [case.state for case in city.store.cases_of([1])[1] if case.rule == "gone"] == [CaseState.CONFIRMED]


def test_a_right_address_that_is_entered_mends_what_stood_at_the_wrong_one(city: City):
    city.night()
    city.web[city.addresses[0]] = GONE
    for _ in range(3):
        city.night()
    city.web[led_elsewhere(city, 1)] = city.web[city.addresses[1]]
    city.night()
    assert city.told() == set()
    assert CaseState.VERIFIED_FIXED in [case.state for case in city.store.cases_of([1])[1] if case.rule == "gone"]


@pytest.mark.parametrize("a_night", [1, 2])
def test_a_platform_that_breaks_for_some_accounts_a_night_accuses_nobody(city: City, a_night: int):
    city.night()
    for night in range(6):
        for address in city.addresses[night * a_night : (night + 1) * a_night]:
            city.web[address] = GONE
        city.night()
    assert city.told() == set()


def test_what_was_told_of_some_accounts_keeps_the_next_from_being_told_for_a_week_at_most(city: City):
    city.night()
    for address in city.addresses[:2]:
        city.web[address] = GONE
    for _ in range(3):
        city.night()
    city.web[city.addresses[2]] = GONE
    told = []
    for _ in range(11):
        city.night()
        told.append((3, "gone") in city.told())
    assert city.told() == {(1, "gone"), (2, "gone"), (3, "gone")}
    assert told.index(True) == 8


def test_what_somebody_has_vouched_for_keeps_nobody_from_being_told_afterwards(city: City):
    city.night()
    for address in city.addresses[:4]:
        city.web[address] = GONE
    city.night()
    holds, today = SqlHolds(city.store.db), city.clock().date()
    vouch(holds, a_belief(at=city.clock(), until=today + timedelta(days=4)), today)
    for _ in range(4):
        city.night()
    city.web[city.addresses[4]] = GONE
    for _ in range(3):
        city.night()
    assert (5, "gone") in city.told()


def test_a_mass_change_that_somebody_vouches_for_is_told_after_as_many_looks_as_any(city: City):
    city.night()
    for address in city.addresses:
        city.web[address] = GONE
    city.night()
    holds, today = SqlHolds(city.store.db), city.clock().date()
    (waiting,) = holds.held_now(today)
    assert (waiting.platform, waiting.rule, len(waiting.accounts)) == ("board", "gone", 12)
    word = a_belief(at=city.clock(), until=today + timedelta(days=14))
    vouch(holds, word, today)
    vouch(holds, word, today)
    assert holds.held_now(today) == []
    told = []
    for _ in range(3):
        city.night()
        told.append(len(city.told()))
    assert told == [0, 0, 12]


def test_a_word_that_is_taken_back_counts_no_more(city: City):
    city.night()
    for address in city.addresses:
        city.web[address] = GONE
    city.night()
    holds, today = SqlHolds(city.store.db), city.clock().date()
    vouch(holds, a_belief(at=city.clock(), until=today + timedelta(days=14)), today)
    assert holds.withdraw_belief("board", "gone", "kommunikationschefen", city.clock()) == 1
    for _ in range(4):
        city.night()
    assert city.told() == set()


def walled_but_for(city: City, shown: Collection[int]) -> None:
    """Every page is a wall tonight, but for these, which tell of an absence."""
    city.web.update({address: GONE if at in shown else WALL for at, address in enumerate(city.addresses)})


def test_a_platform_that_tells_of_absences_behind_its_walls_a_few_a_night_accuses_nobody(city: City):
    city.night()
    for night in range(20):
        walled_but_for(city, {2 * night % 12, (2 * night + 1) % 12})
        city.night()
    assert city.told() == set()


def test_what_is_held_waits_until_a_look_has_decided_it(city: City):
    city.night()
    city.web.update(dict.fromkeys(city.addresses[:4], GONE))
    city.night()
    waiting = []
    for shown in (set(), {3}):
        walled_but_for(city, shown)
        city.night()
        waiting += [len(each.accounts) for each in SqlHolds(city.store.db).held_now(city.clock().date())]
    city.web.update({address: board(number=str(at)) for at, address in enumerate(city.addresses)})
    city.night()
    assert waiting == [4, 4]
    assert SqlHolds(city.store.db).held_now(city.clock().date()) == []


def test_a_platform_behind_a_wall_for_a_year_accuses_nobody(city: City):
    city.night()
    for address in city.addresses:
        city.web[address] = "<title>Log in</title>"
    for _ in range(60):
        city.clock.pass_hours(24 * 5)
        city.night()
    run = city.night()
    assert city.told() == set()
    assert set(city.store.counts(run.id).by_transport) == {Transport.UNREADABLE.value}


def test_a_new_holder_of_the_name_is_a_takeover_after_three_looks(city: City):
    proven(city)
    city.web[city.addresses[3]] = board(number="4711")
    for _ in range(3):
        city.night()
    assert (4, "taken-over") in city.told()


def released(city: City) -> list[tuple[str, str]]:
    routines = city.instruments.rulebook.routines
    receipts = release_cases(SqlDecisions(city.store.db), city.store, routines, Now(city.clock(), UTC))
    return [(each.rule, each.reason) for each in receipts]


def told_after(nights: int, city: City, page: str) -> set[str]:
    """What is told of account 4 when its page has shown this for so many nights."""
    city.web[city.addresses[3]] = page
    for _ in range(nights):
        city.night()
    return {rule for number, rule in city.told() if number == 4}


def test_what_was_gone_is_gone_no_more_once_somebody_else_has_taken_its_name(city: City):
    proven(city)
    assert told_after(4, city, GONE) == {"gone"}
    assert released(city) == []
    assert told_after(4, city, board(number="4711")) == {"gone", "taken-over"}
    assert released(city) == [
        ("gone", "the account is somebody else's now, and what was seen of the city's own holds no longer")
    ]
    assert told_after(4, city, GONE) == {"gone", "taken-over"}, "its name is free again"
    assert released(city) == []


def test_what_the_latest_look_shows_still_stands_beside_a_takeover(city: City):
    proven(city)
    told_after(4, city, GONE)
    assert told_after(4, city, board(number="4711")) == {"gone", "taken-over"}
    assert told_after(1, city, GONE) == {"gone", "taken-over"}
    assert released(city) == []


def test_a_fixed_account_is_verified_by_the_next_clear_look(city: City):
    city.web[city.addresses[0]] = board(posted="2026-08-01", number="0")
    city.night()
    city.night()
    assert (1, "inactive") in city.told()
    city.web[city.addresses[0]] = board(posted="2026-11-05", number="0")
    city.night()
    states = [case.state for case in city.store.cases(open_only=False) if case.rule == "inactive"]
    assert states == [CaseState.VERIFIED_FIXED]


def test_an_unchanged_night_adds_next_to_no_rows(city: City):
    city.night()
    city.night()
    before = len(city.store.timeline(1))
    city.night()
    assert len(city.store.timeline(1)) == before


class SlowAsker(DictAsker):
    """Takes its time over every answer."""

    async def fetch(self, probe: Probe) -> Page:
        await asyncio.sleep(0.05)
        return await DictAsker.fetch(self, probe)


def test_a_slice_too_short_for_every_account_still_ends_some_visits(city: City):
    """Two requests an account, in one lane: what was begun is ended before the next is begun."""
    twice = replace(BOARD, routes=(*BOARD.routes, *BOARD.routes))
    city.instruments = replace(city.instruments, platforms={"board": twice})
    asker = SlowAsker({}, city.clock)
    run = begin_due_night(city.store, STOCKHOLM, time(3, 15), city.clock())
    assert run is not None
    slices = 0
    while advance_run(city.store, asker, city.instruments, run, city.clock, seconds=0.4):
        slices += 1
    assert slices >= 3
    assert city.store.counts(run.id).done == 12
    assert len(asker.asked) <= 2 * 12 + slices


def test_the_date_of_a_night_is_the_citys(city: City):
    city.clock.now = datetime.combine(date(2026, 11, 4), time(2, 20), STOCKHOLM).astimezone(NIGHT.tzinfo)
    run = city.night()
    assert run.kind is RunKind.NIGHTLY
    assert run.local_date == date(2026, 11, 3)
