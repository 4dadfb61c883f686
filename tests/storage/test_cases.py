from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from audits.model import CaseState, Severity
from audits.registering import ChangeKind, RegisterChange
from tests.builders import NIGHT, a_case
from tests.storage.nights import a_night, applied, count, followed, looked, registered, rows
from worker.ports import Compared
from worker.storage import SqlStore
from worker.storage import tables as t

TOMORROW = NIGHT + timedelta(days=1)


def test_a_case_comes_back_as_it_was_kept(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    case = a_case(
        account_id=id_, state=CaseState.EXPLAINED, seen={"since": "2026-08-01"}, by="Bea", reason="ombyggnad",
        until=date(2027, 1, 1), fingerprint="å" * 50_000,
    )  # fmt: skip
    store.save_case(case, "explain", NIGHT)
    assert store.cases() == (case,)
    assert store.cases_of([id_]) == {id_: [case]}


def test_a_decision_is_told_with_who_took_it(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    explained = a_case(account_id=id_, state=CaseState.EXPLAINED, by="Bea", reason="ombyggnad", until=date(2027, 1, 1))
    followed(store, a_case(account_id=id_))
    store.save_case(explained, "explain", TOMORROW)
    looks, decision = (line for line in store.timeline(id_) if line.what == "case")
    assert (looks.at, looks.text["act"], "by" in looks.text) == (NIGHT, "confirmed", False)
    assert decision.at == TOMORROW
    assert decision.text == {
        "rule": "gone", "fingerprint": "gone", "act": "explain", "state": "explained", "by": "Bea",
        "reason": "ombyggnad", "until": "2027-01-01",
    }  # fmt: skip


def test_a_decision_that_is_repeated_is_told_once(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    for _ in range(2):
        store.save_case(a_case(account_id=id_, state=CaseState.ACKNOWLEDGED), "acknowledge", NIGHT)
    assert count(store, t.case_event) == 1


def test_the_same_decision_taken_again_later_is_told_again(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    for at in (NIGHT, TOMORROW):
        store.save_case(a_case(account_id=id_, state=CaseState.ACKNOWLEDGED), "acknowledge", at)
    assert count(store, t.case_event) == 2


def test_a_case_seen_again_unchanged_is_not_written(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    followed(store, a_case(account_id=id_))
    followed(store, a_case(account_id=id_), night=1)
    assert (count(store, t.cases), count(store, t.case_event)) == (1, 1)


def test_a_case_that_only_grew_worse_is_written_without_an_event(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    followed(store, a_case(account_id=id_))
    followed(store, a_case(account_id=id_, severity=Severity.CRITICAL), night=1)
    assert [case.severity for case in store.cases()] == [Severity.CRITICAL]
    assert count(store, t.case_event) == 1


def test_another_value_is_a_case_of_its_own(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    followed(store, a_case(account_id=id_), a_case(account_id=id_, fingerprint="moved"))
    assert {case.fingerprint for case in store.cases()} == {"gone", "moved"}


def test_a_closed_case_is_listed_only_when_asked_for(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    closed = a_case(account_id=id_, state=CaseState.VERIFIED_FIXED)
    followed(store, closed)
    assert store.cases() == ()
    assert store.cases(open_only=False) == (closed,)
    assert store.cases_of([id_]) == {id_: [closed]}


def test_a_removed_accounts_cases_are_not_listed(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    followed(store, a_case(account_id=id_))
    [(_, row)] = store.register_rows()
    applied(store, [RegisterChange(kind=ChangeKind.REMOVE, account_id=id_, before=row)])
    assert store.cases() == ()


def test_a_look_turns_a_case_in_nobodys_name(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    claimed = a_case(account_id=id_, state=CaseState.CLAIMED_FIXED, by="Bea", reason="rättat")
    store.save_case(claimed, "claim_fixed", NIGHT)
    followed(store, replace(claimed, state=CaseState.VERIFIED_FIXED), night=1)
    assert [(row["act"], row["by"]) for row in rows(store, t.case_event)] == [
        ("claim_fixed", "Bea"),
        ("verified_fixed", ""),
    ]


def test_a_decision_taken_while_the_night_was_compared_stands(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    followed(store, as_read := a_case(account_id=id_))
    store.save_case(
        replace(as_read, state=CaseState.ACKNOWLEDGED, by="Bea", changed_at=TOMORROW), "acknowledge", TOMORROW
    )
    followed(store, replace(as_read, severity=Severity.CRITICAL), night=1)
    [case] = store.cases()
    assert (case.state, case.by, case.severity) == (CaseState.ACKNOWLEDGED, "Bea", Severity.CRITICAL)


def test_a_look_that_ends_a_case_ends_it_whatever_was_decided_meanwhile(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    followed(store, as_read := a_case(account_id=id_))
    store.save_case(
        replace(as_read, state=CaseState.CLAIMED_FIXED, by="Bea", changed_at=TOMORROW), "claim_fixed", TOMORROW
    )
    followed(store, replace(as_read, state=CaseState.VERIFIED_FIXED), night=1)
    assert [case.state for case in store.cases(open_only=False)] == [CaseState.VERIFIED_FIXED]


def test_a_suspicion_that_somebody_decides_on_while_a_look_is_compared_that_calms_it_ends_and_is_kept(
    store: SqlStore,
) -> None:
    decided_on, forgotten = registered(store, 2)
    cases = [a_case(account_id=id_, state=CaseState.NEW) for id_ in (decided_on, forgotten)]
    followed(store, *cases)
    run = a_night(store, [decided_on, forgotten], TOMORROW)
    looked(store, run, TOMORROW)
    store.save_case(a_case(account_id=decided_on, state=CaseState.ACKNOWLEDGED, by="Bea"), "acknowledge", TOMORROW)
    compared = [Compared(account_id=id_, standings={}, drifts=()) for id_ in (decided_on, forgotten)]
    store.save_compared(run.id, compared, [], cases, TOMORROW + timedelta(minutes=1))
    kept = store.cases_of([decided_on, forgotten])
    assert [case.state for case in kept[decided_on]] == [CaseState.VERIFIED_FIXED]
    assert kept[forgotten] == []
    told = [line.text["act"] for line in store.timeline(decided_on) if line.what == "case"]
    assert told == ["new", "acknowledge", "verified_fixed"]


def test_a_case_that_was_over_and_is_only_suspected_anew_is_over_again_with_all_that_was_decided(
    store: SqlStore,
) -> None:
    [id_] = registered(store, 1)
    new = a_case(account_id=id_, state=CaseState.NEW, opened_at=TOMORROW, changed_at=TOMORROW)
    followed(store, a_case(account_id=id_))
    store.save_case(a_case(account_id=id_, state=CaseState.ACKNOWLEDGED, by="Bea"), "acknowledge", NIGHT)
    followed(store, a_case(account_id=id_, state=CaseState.VERIFIED_FIXED), night=1)
    followed(store, new, night=2)
    run = a_night(store, [id_], NIGHT + timedelta(days=3))
    looked(store, run, NIGHT + timedelta(days=3))
    compared = [Compared(account_id=id_, standings={}, drifts=())]
    store.save_compared(run.id, compared, [], [new], NIGHT + timedelta(days=3))
    assert [case.state for case in store.cases_of([id_])[id_]] == [CaseState.VERIFIED_FIXED]
    told = [line.text["act"] for line in store.timeline(id_) if line.what == "case"]
    assert told == ["confirmed", "acknowledge", "verified_fixed", "new", "verified_fixed"]
