from __future__ import annotations

import os
import signal
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from audits.model import Existence, Outcome, Route
from tests.builders import NIGHT, a_finding, some_facts
from tests.storage.apart import alone
from tests.storage.nights import RULES, a_night, applied, count, leased, looked, registered, rows, seen
from worker.ports import SlotState
from worker.storage import SqlStore, open_store
from worker.storage import tables as t

TOMORROW = NIGHT + timedelta(days=1)


def written(store: SqlStore) -> dict[str, int]:
    """Rows of every table that grows with what is seen, the ledger aside."""
    return {table.name: count(store, table) for table in (t.observation, t.finding, t.standing, t.account_pin, t.drift)}


def test_a_look_is_written_whole(store: SqlStore) -> None:
    [account_id] = registered(store, 1)
    run = a_night(store, [account_id])
    look = seen(account_id)
    assert store.record(leased(store, run), [look], NIGHT) == 1
    assert store.last_observation(account_id) == look.observation
    assert store.findings_of(run.id, [account_id]) == {account_id: look.findings}
    [slot] = rows(store, t.run_account)
    assert (slot["state"], slot["finished_at"], slot["compared"]) == (SlotState.DONE, NIGHT, False)


def test_an_account_is_observed_once_a_run(store: SqlStore) -> None:
    [account_id] = registered(store, 1)
    lease = leased(store, a_night(store, [account_id]))
    store.record(lease, [seen(account_id)], NIGHT)
    store.record(lease, [seen(account_id, existence=Existence.GONE)], NIGHT)
    assert [row["existence"] for row in rows(store, t.observation)] == [Existence.PRESENT]


def test_of_two_looks_in_one_batch_the_first_counts(store: SqlStore) -> None:
    [account_id] = registered(store, 1)
    looks = [seen(account_id), seen(account_id, existence=Existence.GONE)]
    assert store.record(leased(store, a_night(store, [account_id])), looks, NIGHT) == 1
    assert [row["existence"] for row in rows(store, t.observation)] == [Existence.PRESENT]


def test_a_commit_that_is_repeated_is_counted_and_not_written_again(store: SqlStore) -> None:
    ids = registered(store, 2)
    lease = leased(store, a_night(store, ids))
    looks = [seen(id_) for id_ in ids]
    assert store.record(lease, looks, NIGHT) == 2
    before = rows(store, t.run_account), written(store)
    assert store.record(lease, looks, NIGHT) == 2
    assert (rows(store, t.run_account), written(store)) == before


def test_a_worker_whose_lease_was_taken_over_writes_nothing(store: SqlStore) -> None:
    ids = registered(store, 2)
    run = a_night(store, ids)
    lost = leased(store, run)
    after = NIGHT + timedelta(hours=1)
    taken = leased(store, run, after)
    assert store.record(lost, [seen(id_) for id_ in ids], after) == 0
    assert set(written(store).values()) == {0}
    assert store.record(taken, [seen(id_, after) for id_ in ids], after) == 2
    assert store.record(lost, [seen(id_) for id_ in ids], after) == 0


def test_a_worker_that_is_late_may_write_while_nobody_took_over(store: SqlStore) -> None:
    ids = registered(store, 1)
    lease = leased(store, a_night(store, ids))
    assert store.record(lease, [seen(ids[0])], NIGHT + timedelta(hours=1)) == 1


def test_an_account_that_was_not_leased_is_not_written(store: SqlStore) -> None:
    ids = registered(store, 2)
    lease = leased(store, a_night(store, ids), limit=1)
    assert store.record(lease, [seen(id_) for id_ in ids], NIGHT) == 1


def test_a_night_like_the_last_adds_no_row_but_the_ledgers(store: SqlStore) -> None:
    ids = registered(store, 20)
    looked(store, a_night(store, ids))
    first = written(store)
    looked(store, a_night(store, ids, TOMORROW), TOMORROW)
    assert written(store) == first
    assert first["finding"] == 20 * len(RULES)


def test_a_night_like_the_last_is_dated_all_the_same(store: SqlStore) -> None:
    [account_id] = registered(store, 1)
    looked(store, a_night(store, [account_id]))
    run = a_night(store, [account_id], TOMORROW)
    looked(store, run, TOMORROW)
    observation = store.last_observation(account_id)
    assert observation is not None
    assert observation.observed_at == TOMORROW
    assert {finding.observed_at for finding in store.findings_of(run.id, [account_id])[account_id]} == {TOMORROW}


def test_what_changed_is_a_new_row_and_what_did_not_is_the_old_one(store: SqlStore) -> None:
    [account_id] = registered(store, 1)
    first = a_night(store, [account_id])
    looked(store, first)
    second = a_night(store, [account_id], TOMORROW)
    tonight = [
        finding._replace(outcome=Outcome.FAILED) if finding.rule == "quiet" else finding
        for finding in seen(account_id, TOMORROW).findings
    ]
    looked(store, second, TOMORROW, lambda _: seen(account_id, TOMORROW, tonight))
    before, after = (slot["findings"] for slot in rows(store, t.run_account))
    assert [old == new for old, new in zip(before, after, strict=True)] == [True, False, True]
    assert [row["finding_id"] for row in rows(store, t.standing)] == after
    assert store.findings_of(first.id, [account_id])[account_id] == seen(account_id).findings
    assert store.findings_of(second.id, [account_id])[account_id] == tuple(tonight)


def test_what_comes_back_after_a_change_is_news_again(store: SqlStore) -> None:
    [account_id] = registered(store, 1)
    for day, existence in enumerate((Existence.PRESENT, Existence.GONE, Existence.PRESENT)):
        now = NIGHT + timedelta(days=day)
        lease = leased(store, a_night(store, [account_id], now), now)
        store.record(lease, [seen(account_id, now, existence=existence)], now)
    assert [row["existence"] for row in rows(store, t.observation)] == ["present", "gone", "present"]


def test_a_finding_tells_the_route_of_its_own_night(store: SqlStore) -> None:
    [account_id] = registered(store, 1)
    looked(store, a_night(store, [account_id]))
    run = a_night(store, [account_id], TOMORROW)
    looked(store, run, TOMORROW, lambda _: seen(account_id, TOMORROW, route=Route.PAGE))
    assert {each.route for each in store.findings_of(run.id, [account_id])[account_id]} == {Route.PAGE}
    assert count(store, t.finding) == len(RULES)


def test_a_name_that_no_database_can_hold_does_not_cost_the_others(store: SqlStore) -> None:
    ids = registered(store, 2)
    odd = seen(ids[0], facts=some_facts(display_name="a\0b\ud800"), reason="c\0", url="https://a.example/\udfff")
    odd = replace(odd, findings=(a_finding(account_id=ids[0], fingerprint="\0", why="\ud800", seen={"a": "\0"}),))
    assert store.record(leased(store, a_night(store, ids)), [odd, seen(ids[1])], NIGHT) == 2
    observation = store.last_observation(ids[0])
    assert observation is not None
    assert (observation.facts.display_name, observation.reason) == ("a�b�", "c�")


def test_a_very_long_value_can_be_found_and_followed(store: SqlStore) -> None:
    ids = registered(store, 1)
    long = a_finding(account_id=ids[0], fingerprint="å" * 50_000, route=Route.OPEN)
    run = a_night(store, ids)
    store.record(leased(store, run), [seen(ids[0], findings=[long])], NIGHT)
    assert store.findings_of(run.id, ids) == {ids[0]: (long,)}


def test_a_rule_that_is_no_longer_judged_is_not_found_any_more(store: SqlStore) -> None:
    [account_id] = registered(store, 1)
    looked(store, a_night(store, [account_id]))
    fewer = seen(account_id, TOMORROW).findings[:1]
    looked(store, a_night(store, [account_id], TOMORROW), TOMORROW, lambda _: seen(account_id, TOMORROW, fewer))
    assert [finding.rule for _, finding, _ in store.current_findings()] == ["gone"]


def killed_before_its_commit(url: str) -> None:
    store = open_store(url)
    run = store.latest_run()
    assert run is not None
    lease = leased(store, run)
    event.listen(store.db.engine, "commit", lambda _: os.kill(os.getpid(), signal.SIGKILL))
    store.record(lease, [seen(account.id) for account in lease.accounts], NIGHT)


@pytest.mark.parametrize("accounts", [1, 200])
def test_a_worker_killed_before_its_commit_leaves_nothing(store: SqlStore, store_url: str, accounts: int) -> None:
    ids = registered(store, accounts)
    run = a_night(store, ids)
    assert alone(killed_before_its_commit, store_url) == -signal.SIGKILL
    assert set(written(store).values()) == {0}
    assert store.counts(run.id).done == 0
    after = NIGHT + timedelta(hours=1)
    assert sorted(looked(store, run, after)) == ids
    assert written(store)["observation"] == accounts


def test_a_fault_while_writing_leaves_nothing(store: SqlStore) -> None:
    ids = registered(store, 2)
    run = a_night(store, ids)
    unjudged = replace(seen(ids[1]), findings=(a_finding(account_id=10_000),))  # of an account that does not exist
    with pytest.raises(IntegrityError):
        store.record(leased(store, run), [seen(ids[0]), unjudged], NIGHT)
    assert set(written(store).values()) == {0}
    applied(store, [])  # the connection is good for more
