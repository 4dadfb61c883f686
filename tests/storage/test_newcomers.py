"""An account whose address the register changes: what was seen at the old one is nothing to the new one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text

from audits.model import Account, CaseState, Outcome, Pending, PlatformId, Standing
from audits.registering import ChangeKind, RegisterChange
from audits.wording.said import said
from tests.builders import NIGHT, a_case, some_facts
from tests.counted import counted
from tests.empty import migrated
from tests.storage.nights import (
    GONE,
    a_night,
    a_night_seen,
    applied,
    judged,
    leased,
    looked,
    readdressed,
    registered,
    saved,
    seen,
)
from worker.ports import Seen
from worker.storage import SqlStore, open_store
from worker.storage import tables as t
from worker.storage.engine import Database, connect
from worker.storage.migrate import downgrade, upgrade
from worker.storage.register import PROVEN, UNPROVEN

SEVEN, EIGHT = PlatformId("page", "7"), PlatformId("page", "8")
SOON, TOMORROW = NIGHT + timedelta(minutes=30), NIGHT + timedelta(days=1)
PENDING = Pending(outcome=Outcome.FAILED, fingerprint="gone", since=NIGHT, last=NIGHT, looks=2)
SUSPECTED = Standing(pending=PENDING)
CARRIED = Standing(pending=Pending(outcome=Outcome.FAILED, fingerprint="gone", since=SOON, last=SOON, looks=0))


def showing(account_id: int, pin: PlatformId, at: datetime = NIGHT) -> Seen:
    look = seen(account_id, at, facts=some_facts(platform_id=pin))
    return replace(look, pin=pin)


def pinned(store: SqlStore, account_id: int) -> tuple[PlatformId, ...]:
    [account] = store.accounts(ids=[account_id])
    return account.pinned


def test_two_accounts_that_swap_addresses_are_registered_by_what_each_shows_then(store: SqlStore) -> None:
    one, two = registered(store, 2)
    ids = {one: SEVEN, two: EIGHT}
    looked(store, a_night(store, [one, two]), NIGHT, lambda account: showing(account.id, ids[account.id]))
    keys = {id_: row.key or "" for id_, row in store.register_rows()}
    readdressed(store, one, keys[two])
    readdressed(store, two, keys[one])
    assert pinned(store, one) == pinned(store, two) == ()
    looked(store, a_night(store, [one], TOMORROW), TOMORROW, lambda account: showing(account.id, EIGHT, TOMORROW))
    assert pinned(store, one) == (EIGHT,)


@pytest.mark.parametrize(("days", "known"), [(29, (SEVEN,)), (31, ())])
def test_who_left_the_register_a_month_ago_may_be_another_account_of_the_city_by_now(
    store: SqlStore, days: int, known: tuple[PlatformId, ...]
) -> None:
    [id_] = registered(store, 1)
    looked(store, a_night(store, [id_]), NIGHT, lambda account: showing(account.id, SEVEN))
    saved(store, a_night_seen(store, [id_], TOMORROW), judged(id_), cases=[a_case(account_id=id_)])
    [(_, row)] = store.register_rows()
    applied(store, [RegisterChange(kind=ChangeKind.REMOVE, account_id=id_, before=row)], TOMORROW)
    back = TOMORROW + timedelta(days=days)
    applied(store, [RegisterChange(kind=ChangeKind.ADD, account_id=id_, after=row)], back)
    assert pinned(store, id_) == known
    assert store.standings_of([id_])[id_]["gone"].is_carried is not bool(known)


def _showing_then(account: Account, pin: PlatformId, at: datetime) -> Seen:
    return showing(account.id, pin, at)


def test_an_id_that_an_address_alone_led_to_gives_way_to_one_that_is_surely_its(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    led_to = replace(EIGHT, unproven_since=NIGHT)
    for night, pin in enumerate((led_to, led_to, SEVEN, led_to)):
        at = NIGHT + timedelta(days=night)
        looked(store, a_night(store, [id_], at), at, partial(_showing_then, pin=pin, at=at))
        [known] = pinned(store, id_)
        assert (known, known.unproven_since is not None) == ((SEVEN, False) if night > 1 else (EIGHT, True))


def test_an_id_that_is_not_proven_gives_way_until_one_is_and_is_known_since_its_first_night(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    nights = [NIGHT + timedelta(days=number) for number in range(4)]
    pins = [replace(EIGHT, unproven_since=NIGHT), replace(SEVEN, unproven_since=TOMORROW), SEVEN, EIGHT]
    known = []
    for at, pin in zip(nights, pins, strict=True):
        looked(store, a_night(store, [id_], at), at, partial(_showing_then, pin=pin, at=at))
        known += [(each, each.unproven_since) for each in pinned(store, id_)]
    assert known == [(EIGHT, NIGHT), (SEVEN, TOMORROW), (SEVEN, None), (SEVEN, None)]
    assert [each.since for each in store.registered_ids([id_])[id_]] == [TOMORROW]


def test_the_second_night_of_an_id_is_remembered_and_forgotten_with_it(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    nights = [NIGHT + timedelta(days=number) for number in range(5)]
    once = replace(SEVEN, unproven_since=NIGHT)
    other = replace(EIGHT, unproven_since=nights[2])
    pins = [once, replace(once, again_at=nights[1]), other, replace(other, again_at=nights[3]), EIGHT]
    known = []
    for at, pin in zip(nights, pins, strict=True):
        looked(store, a_night(store, [id_], at), at, partial(_showing_then, pin=pin, at=at))
        known += [(each, each.unproven_since, each.again_at) for each in pinned(store, id_)]
    assert known == [(each, each.unproven_since, each.again_at) for each in pins]
    assert [each.since for each in store.registered_ids([id_])[id_]] == [nights[2]]


@pytest.mark.parametrize(
    ("how", "is_known"), [("first look", True), ("not proven yet", False), ("an address alone", False)]
)
def test_of_an_older_database_the_proven_ids_are_known_and_what_another_name_may_have_shown_gives_way(
    store: SqlStore, how: str, is_known: bool
) -> None:
    [id_] = registered(store, 1)
    row = {"account_id": id_, "namespace": "page", "value": "7", "since": NIGHT, "how": how}
    store.db.write(lambda conn: conn.execute(t.account_pin.insert().values(row)))
    assert [(each, each.unproven_since) for each in pinned(store, id_)] == ([(SEVEN, None)] if is_known else [])
    fresh = replace(EIGHT, unproven_since=TOMORROW)
    looked(store, a_night(store, [id_], TOMORROW), TOMORROW, partial(_showing_then, pin=fresh, at=TOMORROW))
    assert pinned(store, id_) == ((SEVEN,) if is_known else (EIGHT,))


def test_the_ids_of_the_release_before_stay_known_and_what_waited_for_a_second_night_waits_on(
    database_url: str,
) -> None:
    upgrade(database_url)
    before = open_store(database_url)
    ids = registered(before, 2)
    before.close()
    downgrade(database_url, "0016")
    engine = connect(database_url)
    adding = text(
        "INSERT INTO account_pin (account_id, namespace, value, since, how) VALUES (:id, 'page', :id, :at, :how)"
    )
    kept = [
        {"id": id_, "at": "2026-11-20 01:00:00", "how": how} for id_, how in zip(ids, (PROVEN, UNPROVEN), strict=True)
    ]
    Database(engine).write(lambda conn: conn.execute(adding, kept))
    engine.dispose()
    upgrade(database_url)
    after = open_store(database_url)
    [[proven], [waiting]] = [pinned(after, id_) for id_ in ids]
    after.close()
    assert (proven.unproven_since, proven.again_at) == (None, None)
    assert (waiting.unproven_since, waiting.again_at) == (datetime(2026, 11, 20, 1, tzinfo=UTC), None)


def test_a_suspicion_ends_with_the_address_and_what_stands_confirmed_waits_for_a_look_at_the_new_one(
    store: SqlStore,
) -> None:
    suspected, gone = registered(store, 2)
    cases = [a_case(account_id=suspected, state=CaseState.NEW), a_case(account_id=gone)]
    saved(store, a_night_seen(store, [suspected, gone]), judged(suspected, SUSPECTED), judged(gone), cases=cases)
    readdressed(store, suspected)
    readdressed(store, gone)
    assert store.standings_of([suspected, gone]) == {suspected: {}, gone: {"gone": CARRIED}}
    assert store.cases_of([suspected, gone]) == {suspected: [], gone: cases[1:]}
    assert store.cases() == ()


def test_what_waits_for_a_look_waits_on_where_the_address_changes_again(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    saved(store, a_night_seen(store, [id_]), judged(id_), cases=[a_case(account_id=id_)])
    readdressed(store, id_)
    readdressed(store, id_, "mastodon:annat@social.almestad.example")
    assert store.standings_of([id_]) == {id_: {"gone": CARRIED}}
    assert store.cases_of([id_])[id_] == [a_case(account_id=id_)]


def test_what_people_decided_survives_a_second_address_after_only_one_look_at_the_first(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    decided = a_case(account_id=id_, state=CaseState.EXPLAINED, by="Bea", reason="ombyggnad", until=date(2027, 1, 1))
    saved(store, a_night_seen(store, [id_]), judged(id_), cases=[decided])
    readdressed(store, id_)
    saved(store, a_night_seen(store, [id_], TOMORROW), judged(id_, SUSPECTED, TOMORROW))
    readdressed(store, id_, "mastodon:annat@social.almestad.example", TOMORROW)
    waiting = replace(CARRIED.pending, since=TOMORROW, last=TOMORROW) if CARRIED.pending else None
    assert store.standings_of([id_])[id_]["gone"].pending == waiting
    assert store.cases_of([id_])[id_] == [decided]


def test_a_suspicion_that_somebody_has_decided_on_waits_for_a_look_at_the_new_address(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    decided = a_case(account_id=id_, state=CaseState.ACKNOWLEDGED, by="Bea")
    saved(store, a_night_seen(store, [id_]), judged(id_, SUSPECTED), cases=[decided])
    readdressed(store, id_)
    assert store.standings_of([id_]) == {id_: {"gone": CARRIED}}
    assert store.cases_of([id_])[id_] == [decided]


def test_of_two_values_that_people_decided_on_the_suspected_one_is_released_with_its_history(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    stands = a_case(account_id=id_)
    other = a_case(account_id=id_, fingerprint="deleted", state=CaseState.ACKNOWLEDGED, by="Bea")
    both = GONE._replace(pending=replace(PENDING, fingerprint="deleted"))
    saved(store, a_night_seen(store, [id_]), judged(id_, both), cases=[stands, other])
    readdressed(store, id_)
    assert store.standings_of([id_]) == {id_: {"gone": CARRIED}}
    kept, released = store.cases_of([id_])[id_]
    assert (kept, released.state, released.reason) == (stands, CaseState.RELEASED, said("evidence.address_changed"))
    told = [line.text["act"] for line in store.timeline(id_) if line.what == "case"]
    assert told == ["confirmed", "acknowledged", "release"]


def test_what_was_seen_at_an_address_that_is_not_the_accounts_any_more_is_looked_at_again(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    run = a_night(store, [id_])
    lease = leased(store, run)
    readdressed(store, id_)
    assert store.record(lease, [showing(id_, SEVEN)], NIGHT) == 0
    assert pinned(store, id_) == ()
    store.release(lease)
    [again] = leased(store, run).accounts
    assert again.key == "mastodon:nytt@social.almestad.example"


def test_a_look_that_the_register_has_overtaken_moves_nothing(store: SqlStore) -> None:
    moved, stayed = registered(store, 2)
    run = a_night_seen(store, [moved, stayed])
    readdressed(store, moved)
    saved(store, run, judged(moved), judged(stayed))
    assert store.standings_of([moved, stayed]) == {moved: {}, stayed: {"gone": GONE}}


def test_comparing_some_accounts_takes_no_longer_for_all_the_others_in_the_register(tmp_path: Path) -> None:
    few, many = (steps_of_comparing_twenty(tmp_path / f"{others}.sqlite3", others) for others in (0, 400))
    assert many < 1.5 * few


def steps_of_comparing_twenty(database: Path, others: int) -> int:
    """The steps that SQLite takes for twenty accounts, beside so many others."""
    store = open_store(migrated(database))
    ids = registered(store, 20 + others)[:20]
    run = a_night_seen(store, ids)
    store.close()  # what is counted begins with a connection of its own
    cost = counted(lambda: saved(store, run, *map(judged, ids)))
    store.close()
    return cost.steps


def test_an_id_of_another_kind_waits_beside_a_proven_one_until_it_is_proven_itself(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    other = PlatformId("graph", "9")
    waiting = replace(other, unproven_since=TOMORROW)
    states = []
    for night, pin in enumerate((SEVEN, waiting, replace(waiting, again_at=NIGHT + timedelta(days=2)), other)):
        at = NIGHT + timedelta(days=night)
        looked(store, a_night(store, [id_], at), at, partial(_showing_then, pin=pin, at=at))
        [account] = store.accounts(ids=[id_])
        states.append((set(account.pinned), account.waiting))
    assert states == [({SEVEN}, ()), ({SEVEN}, (other,)), ({SEVEN}, (other,)), ({SEVEN, other}, ())]
