from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from audits.health import Failure, MassChange
from audits.model import CaseState, Outcome, Pending, Standing
from tests.builders import NIGHT, TODAY, a_case, a_finding
from tests.storage.nights import (
    GONE,
    LANE,
    a_held_night,
    a_night,
    a_night_seen,
    count,
    judged,
    leased,
    looked,
    readdressed,
    registered,
    rows,
    saved,
    seen,
)
from worker.ports import Compared, Run, RunKind
from worker.storage import SqlStore
from worker.storage import tables as t
from worker.storage.holding import SqlHolds

TOMORROW = NIGHT + timedelta(days=1)


def test_accounts_wait_to_be_compared_in_id_order_until_they_are(store: SqlStore) -> None:
    ids = registered(store, 5)
    run = a_night_seen(store, ids)
    assert store.uncompared(run.id, 3) == ids[:3]
    saved(store, run, *(judged(id_) for id_ in ids[:3]))
    assert store.uncompared(run.id, 3) == ids[3:]


def test_an_account_that_was_not_seen_is_not_compared(store: SqlStore) -> None:
    ids = registered(store, 2)
    run = a_night(store, ids)
    store.record(leased(store, run), [seen(ids[0])], NIGHT)
    assert store.uncompared(run.id, 10) == ids[:1]


def test_a_rule_that_was_never_decided_is_left_out_like_one_never_seen(store: SqlStore) -> None:
    ids = registered(store, 2)
    a_night_seen(store, ids[:1])
    assert store.standings_of(ids) == {ids[0]: {}, ids[1]: {}}


def test_what_is_held_true_comes_back_as_it_was_saved(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    pending = Pending(outcome=Outcome.FAILED, fingerprint="x", since=NIGHT, last=TOMORROW, looks=2)
    standing = GONE._replace(pending=pending)
    saved(store, a_night_seen(store, [id_]), judged(id_, standing))
    assert store.standings_of([id_]) == {id_: {"gone": standing}}


def test_standing_drift_and_case_are_saved_together(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    run = a_night_seen(store, [id_])
    saved(store, run, judged(id_), cases=[a_case(account_id=id_)])
    [drift] = rows(store, t.drift)
    [slot] = rows(store, t.run_account)
    assert (drift["stage"], drift["before"], [drift["finding_id"]]) == ("confirmed", "passed", slot["findings"])
    assert slot["compared"]
    assert store.cases_of([id_]) == {id_: [a_case(account_id=id_)]}


def test_an_account_is_compared_once_a_run(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    run = a_night_seen(store, [id_])
    saved(store, run, judged(id_))
    late = judged(id_, GONE._replace(fingerprint="other"))
    saved(store, run, late, cases=[a_case(account_id=id_)])
    assert store.standings_of([id_]) == {id_: {"gone": GONE}}
    assert store.cases() == ()


def test_a_look_that_a_later_one_has_overtaken_changes_nothing(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    night = a_night_seen(store, [id_])
    recheck, _ = store.start_run(RunKind.RECHECK, TODAY, TOMORROW, [(id_, LANE)], request_id="r")
    looked(store, recheck, TOMORROW, lambda _: seen(id_, TOMORROW))
    store.begin_comparing(recheck.id, TOMORROW)
    well = Standing(outcome=Outcome.PASSED, decided_at=TOMORROW)
    saved(store, recheck, Compared(account_id=id_, standings={"gone": well}, drifts=()))
    saved(store, night, judged(id_), cases=[a_case(account_id=id_)])
    assert store.standings_of([id_])[id_]["gone"] == well
    assert (count(store, t.drift), store.cases()) == (0, ())
    assert store.uncompared(night.id, 10) == []


def test_a_look_by_a_clock_that_was_ahead_overtakes_none_once_it_is_put_right(store: SqlStore) -> None:
    [id_], ahead = registered(store, 1), NIGHT + timedelta(days=40)
    saved(store, a_night_seen(store, [id_], ahead), judged(id_))
    well = Standing(outcome=Outcome.PASSED, decided_at=NIGHT)
    saved(store, a_night_seen(store, [id_]), Compared(account_id=id_, standings={"gone": well}, drifts=()))
    assert store.standings_of([id_])[id_]["gone"] == well


def test_what_was_only_decided_anew_is_not_written_again(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    saved(store, a_night_seen(store, [id_]), judged(id_))
    again = judged(id_, GONE._replace(decided_at=TOMORROW), TOMORROW)
    saved(store, a_night_seen(store, [id_], TOMORROW), again)
    assert store.standings_of([id_])[id_]["gone"] == GONE


def test_a_pending_change_is_written_at_every_look(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    pending = Pending(outcome=Outcome.FAILED, fingerprint="gone", since=NIGHT, last=NIGHT)
    saved(store, a_night_seen(store, [id_]), judged(id_, Standing(pending=pending)))
    second = Standing(pending=replace(pending, last=TOMORROW, looks=2))
    saved(store, a_night_seen(store, [id_], TOMORROW), judged(id_, second, TOMORROW))
    assert store.standings_of([id_])[id_]["gone"] == second


def test_a_rule_that_passes_from_the_first_is_known_to_be_decided(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    well = Standing(outcome=Outcome.PASSED, decided_at=NIGHT)
    saved(store, a_night_seen(store, [id_]), Compared(account_id=id_, standings={"gone": well}, drifts=()))
    assert store.standings_of([id_])[id_]["gone"] == well


def test_the_guard_sees_all_that_failed_with_what_was_held_true_before(store: SqlStore) -> None:
    pending = Pending(outcome=Outcome.FAILED, fingerprint="gone", since=NIGHT, last=NIGHT)
    known = Standing(pending=pending), Standing(outcome=Outcome.PASSED, decided_at=NIGHT), GONE
    ids = registered(store, 450)
    first = ids[: len(known)]
    saved(store, a_night_seen(store, first), *(judged(id_, each) for id_, each in zip(first, known, strict=True)))
    tomorrow = a_night_seen(store, ids, TOMORROW)
    never = Failure(platform="mastodon", rule="gone", seen_at=TOMORROW)
    told = list(store.failures(tomorrow.id))
    assert sorted(told, key=repr) == sorted(
        [*(replace(never, before=each) for each in known), *[never] * (450 - len(known))], key=repr
    )


def test_the_guard_counts_the_accounts_on_which_a_rule_was_decided(store: SqlStore) -> None:
    outcomes = (Outcome.PASSED, Outcome.FAILED, Outcome.CANNOT_TELL, Outcome.INAPPLICABLE)
    ids = registered(store, len(outcomes))
    run = a_night(store, ids)
    told = dict(zip(ids, outcomes, strict=True))
    looked(store, run, look=lambda each: seen(each.id, findings=[a_finding(told[each.id], account_id=each.id)]))
    assert store.decided_counts(run.id) == {("mastodon", "gone"): 2}
    assert store.decided_counts(run.id + 1) == {}


def test_only_what_was_decided_is_compared(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    run = a_night(store, [id_])
    findings = [a_finding(outcome, account_id=id_, rule=outcome.value) for outcome in Outcome]
    looked(store, run, look=lambda each: seen(each.id, findings=findings))
    decided = store.decided_of(run.id, [id_])[id_]
    assert {finding.outcome for finding in decided} == {Outcome.PASSED, Outcome.FAILED}


def test_what_is_held_for_a_person_is_known_by_platform_and_rule(store: SqlStore) -> None:
    run = a_night(store, [])
    for _ in range(2):
        store.hold(run.id, MassChange(platform="x", rule="gone", changed=40, seen=100), NIGHT)
    store.hold(run.id, MassChange(platform="x", rule="quiet", changed=40, seen=100), NIGHT)
    assert store.held(run.id) == {("x", "gone"), ("x", "quiet")}
    assert store.held(run.id + 1) == frozenset()


def a_night_of(store: SqlStore, outcomes: Mapping[int, Outcome], now: datetime) -> Run:
    """A night that found this of each account."""
    run = a_night(store, outcomes, now)
    found = {id_: [a_finding(outcome, account_id=id_)] for id_, outcome in outcomes.items()}
    looked(store, run, now, lambda each: seen(each.id, now, found[each.id]))
    assert store.begin_comparing(run.id, now)
    return run


def test_what_was_held_waits_for_whom_no_later_look_has_decided(store: SqlStore) -> None:
    ids = registered(store, 3)
    a_held_night(store, ids)
    run = a_night_of(store, {**dict.fromkeys(ids, Outcome.CANNOT_TELL), ids[0]: Outcome.PASSED}, TOMORROW)
    saved(store, run, *(Compared(account_id=id_, standings={}, drifts=()) for id_ in ids))
    readdressed(store, ids[2], at=TOMORROW)
    (waiting,) = SqlHolds(store.db).held_now(TODAY)
    assert [each.id for each in waiting.accounts] == [ids[1]]


def test_the_guard_counts_what_was_suspected_told_or_held_and_could_not_be_seen_again(store: SqlStore) -> None:
    ids, later = registered(store, 6), TOMORROW + timedelta(days=1)
    pending = Pending(outcome=Outcome.FAILED, fingerprint="gone", since=NIGHT, last=NIGHT)
    known = dict(zip(ids, (GONE, Standing(pending=pending), GONE, GONE), strict=False))
    saved(store, a_night_seen(store, ids[:4]), *(judged(id_, each) for id_, each in known.items()))
    a_held_night(store, ids[4:], TOMORROW)
    run = a_night_of(store, {**dict.fromkeys(ids, Outcome.CANNOT_TELL), ids[3]: Outcome.PASSED}, later)
    assert len(store.unseen_failures(run.id, NIGHT)) == 5
    assert len(store.unseen_failures(run.id, TOMORROW)) == 2
    assert store.unseen_failures(run.id, later) == []


def test_a_case_that_nobody_was_told_of_is_forgotten(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    new = a_case(account_id=id_, state=CaseState.NEW)
    saved(store, a_night_seen(store, [id_]), judged(id_), cases=[new])
    saved(store, a_night_seen(store, [id_], TOMORROW), judged(id_), dropped=[new])
    assert store.cases_of([id_]) == {id_: []}
    assert count(store, t.case_event) == 0
