from __future__ import annotations

from datetime import timedelta

from audits.model import Existence, Outcome
from audits.registering import ChangeKind, RegisterChange
from tests.builders import NIGHT, TODAY, a_finding
from tests.storage.nights import LANE, RULES, a_night, applied, leased, looked, registered, seen
from worker.ports import RunKind
from worker.storage import SqlStore

TOMORROW = NIGHT + timedelta(days=1)


def outcomes(store: SqlStore) -> dict[tuple[int, str], Outcome]:
    return {(account.id, finding.rule): finding.outcome for account, finding, _ in store.current_findings()}


def test_the_current_findings_are_those_of_each_accounts_latest_look(store: SqlStore) -> None:
    first, second = registered(store, 2)
    looked(store, a_night(store, [first, second]))
    recheck, _ = store.start_run(RunKind.RECHECK, TODAY, TOMORROW, [(second, LANE)], request_id="r")
    failed = [a_finding(account_id=second, observed_at=TOMORROW)]
    looked(store, recheck, TOMORROW, lambda _: seen(second, TOMORROW, failed))
    assert outcomes(store) == {
        **{(first, rule): Outcome.PASSED for rule in RULES},
        (second, "gone"): Outcome.FAILED,
    }


def test_a_look_that_is_under_way_does_not_hide_the_one_before(store: SqlStore) -> None:
    ids = registered(store, 2)
    looked(store, a_night(store, ids))
    leased(store, a_night(store, ids, TOMORROW), TOMORROW)
    assert len(outcomes(store)) == 2 * len(RULES)


def test_the_findings_of_a_run_stay_what_they_were(store: SqlStore) -> None:
    ids = registered(store, 1)
    first = a_night(store, ids)
    looked(store, first)
    looked(
        store, a_night(store, ids, TOMORROW), TOMORROW, lambda _: seen(ids[0], TOMORROW, [a_finding(account_id=ids[0])])
    )
    found = [finding for _, finding, _ in store.current_findings(run_id=first.id)]
    assert tuple(found) == seen(ids[0]).findings


def test_findings_are_streamed_for_many_accounts_in_order(store: SqlStore) -> None:
    ids = registered(store, 450)
    run = a_night(store, ids)
    looked(store, run)
    expected = [(id_, rule) for id_ in ids for rule in RULES]
    assert [(account.id, finding.rule) for account, finding, _ in store.current_findings()] == expected
    found = store.current_findings(run_id=run.id)
    assert [(account.id, finding.rule) for account, finding, _ in found] == expected


def test_a_page_of_accounts_without_findings_does_not_end_the_stream(store: SqlStore) -> None:
    ids = registered(store, 250)
    run = a_night(store, ids)
    looked(store, run, look=lambda account: seen(account.id, findings=() if account.id != ids[-1] else None))
    assert {account.id for account, _, _ in store.current_findings(run_id=run.id)} == {ids[-1]}
    assert {account.id for account, _, _ in store.current_findings()} == {ids[-1]}


def test_a_removed_account_is_not_among_the_current_findings_but_stays_in_its_run(store: SqlStore) -> None:
    ids = registered(store, 1)
    run = a_night(store, ids)
    looked(store, run)
    [(_, row)] = store.register_rows()
    applied(store, [RegisterChange(kind=ChangeKind.REMOVE, account_id=ids[0], before=row)])
    assert list(store.current_findings()) == []
    assert len(list(store.current_findings(run_id=run.id))) == len(RULES)


def test_an_account_that_nobody_looked_at_has_no_observation(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    assert store.last_observation(id_) is None
    assert store.last_observation(999) is None


def test_the_last_observation_is_the_latest_look(store: SqlStore) -> None:
    ids = registered(store, 1)
    looked(store, a_night(store, ids))
    looked(store, a_night(store, ids, TOMORROW), TOMORROW, lambda _: seen(ids[0], TOMORROW, existence=Existence.GONE))
    observation = store.last_observation(ids[0])
    assert observation == seen(ids[0], TOMORROW, existence=Existence.GONE).observation


def test_the_timeline_holds_every_change_in_order_and_nothing_twice(store: SqlStore) -> None:
    ids = registered(store, 2)
    for night in range(3):
        now = NIGHT + timedelta(days=night)
        looked(store, a_night(store, ids, now), now)
    gone = NIGHT + timedelta(days=3)
    looked(store, a_night(store, ids, gone), gone, lambda account: seen(account.id, gone, existence=Existence.GONE))
    lines = store.timeline(ids[0])
    assert [(line.at, line.what) for line in lines] == [
        (NIGHT, "register"), (NIGHT, "observation"), *[(NIGHT, "finding")] * len(RULES), (gone, "observation"),
    ]  # fmt: skip
    assert lines[0].text["row.name"] == " → Konto 0"
    assert (lines[-1].text["existence"], lines[-1].text["transport"]) == ("gone", "ok")
