from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from audits.deciding import CaseRef, KeptCase
from audits.model import Case, CaseEvent, CaseState
from audits.registering import ChangeKind, RegisterChange
from tests.builders import NIGHT, a_case
from tests.storage.nights import a_night_seen, applied, count, followed, judged, readdressed, registered, saved
from worker.ports.deciding import CaseMoved
from worker.storage import SqlStore
from worker.storage import tables as t
from worker.storage.deciding import SqlDecisions

TOMORROW = NIGHT + timedelta(days=1)


def a_kept_case(store: SqlStore, **changes: object) -> KeptCase:
    [id_] = registered(store, 1)
    followed(store, a_case(account_id=id_, **changes))
    return found(store, CaseRef(account_id=id_, rule="gone"))


def found(store: SqlStore, ref: CaseRef) -> KeptCase:
    kept = SqlDecisions(store.db).case_of(ref)
    assert kept is not None
    return kept


def explained(case: Case, until: date = date(2027, 1, 1)) -> tuple[Case, CaseEvent]:
    after = replace(case, state=CaseState.EXPLAINED, changed_at=TOMORROW, by="KF", reason="ombyggnad", until=until)
    event = CaseEvent(at=TOMORROW, act="explain", state=CaseState.EXPLAINED, by="KF", reason="ombyggnad", until=until)
    return after, event


def test_a_case_is_found_by_number_by_rule_and_by_value(store: SqlStore) -> None:
    kept = a_kept_case(store)
    by_value = CaseRef(account_id=kept.account.id, rule="gone", fingerprint="gone")
    assert found(store, CaseRef(id=kept.id)) == found(store, by_value) == kept


def test_a_case_that_nobody_knows_is_not_found(store: SqlStore) -> None:
    kept = a_kept_case(store)
    nowhere = (
        CaseRef(id=kept.id + 1),
        CaseRef(account_id=kept.account.id, rule="moved"),
        CaseRef(account_id=kept.account.id, rule="gone", fingerprint="another"),
    )
    assert [SqlDecisions(store.db).case_of(ref) for ref in nowhere] == [None] * 3


def test_a_decision_and_its_event_come_back_as_they_were_kept(store: SqlStore) -> None:
    kept = a_kept_case(store)
    after, event = explained(kept.case)
    SqlDecisions(store.db).keep_decision(kept, after, event)
    again = found(store, CaseRef(id=kept.id))
    assert again.case == after
    assert [each.act for each in again.events] == ["confirmed", "explain"]
    assert again.events[-1] == event


def test_of_two_decisions_on_the_same_case_the_second_is_told_that_it_moved(store: SqlStore) -> None:
    kept = a_kept_case(store)
    SqlDecisions(store.db).keep_decision(kept, *explained(kept.case))
    with pytest.raises(CaseMoved):
        SqlDecisions(store.db).keep_decision(kept, *explained(kept.case))
    assert count(store, t.case_event) == 2


def test_an_explanation_lapses_the_day_after_its_last(store: SqlStore) -> None:
    kept = a_kept_case(store)
    last = date(2026, 12, 24)
    SqlDecisions(store.db).keep_decision(kept, *explained(kept.case, last))
    lapsed = SqlDecisions(store.db).lapsed_before
    assert lapsed(last) == ()
    assert [each.id for each in lapsed(last + timedelta(days=1))] == [kept.id]


def test_a_case_of_an_address_that_the_register_has_changed_waits_for_a_look(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    saved(store, a_night_seen(store, [id_]), judged(id_), cases=[a_case(account_id=id_)])
    assert [each.waits for each in SqlDecisions(store.db).open_cases()] == [False]
    readdressed(store, id_)
    assert [each.waits for each in SqlDecisions(store.db).open_cases()] == [True]
    assert found(store, CaseRef(account_id=id_, rule="gone")).waits


def test_an_open_case_of_a_removed_account_is_found_and_not_listed(store: SqlStore) -> None:
    kept = a_kept_case(store)
    assert [each.id for each in SqlDecisions(store.db).open_cases()] == [kept.id]
    [(_, row)] = store.register_rows()
    applied(store, [RegisterChange(kind=ChangeKind.REMOVE, account_id=kept.account.id, before=row)])
    assert SqlDecisions(store.db).open_cases() == ()
    assert found(store, CaseRef(id=kept.id)).case == kept.case
