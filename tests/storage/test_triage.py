"""Candidates and list copies are kept as they were found and decided, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from audits.model import Look, Source
from audits.registering import ChangeKind, RegisterChange, RegisterRow
from audits.triage import About, Candidate, CandidateState, Decision, TriageEvent, Whose, decide
from tests.builders import NIGHT, a_candidate, a_sighting, an_occasion
from worker.ports import RegisterMoved
from worker.ports.triage import CandidateMoved, Carried, Copied, ListCopy
from worker.storage import SqlStore
from worker.storage.lists import SqlLists
from worker.storage.sightings import SqlSightings
from worker.storage.triage import SqlTriage

LATER = NIGHT + timedelta(days=1)


def kept(triage: SqlTriage, candidate: Candidate | None = None) -> Candidate:
    given = candidate or a_candidate()
    triage.keep_found([given])
    back = triage.candidate_of(given.key, given.about)
    assert back is not None
    return back.candidate


def not_ours(candidate: Candidate) -> tuple[Candidate, TriageEvent]:
    after = decide(candidate, Decision(act="not_ours", by="officer", at=LATER, whose=Whose.SCHOOL, reason="friskola"))
    event = TriageEvent(
        at=LATER, act="not_ours", state=after.state, by="officer", reason="friskola", whose=Whose.SCHOOL
    )
    return after, event


def test_a_candidate_comes_back_as_it_was_found(store: SqlStore):
    assert kept(SqlTriage(store.db)) == a_candidate()


def test_what_was_decided_holds_whatever_is_found_again(store: SqlStore):
    triage = SqlTriage(store.db)
    before = kept(triage)
    after, event = not_ours(before)
    triage.keep_event(before, after, event)
    assert triage.keep_found([replace(a_candidate(), first_seen_at=LATER)]) == 0
    back = triage.candidate(1)
    assert back is not None
    assert back.candidate == after
    assert back.events == (event,)


def test_a_candidate_is_counted_as_new_once_for_each_thing_that_it_is_about(store: SqlStore):
    triage = SqlTriage(store.db)
    found = [a_candidate(), a_candidate(about=About.CLOSED), a_candidate(name="again")]
    assert triage.keep_found(found) == 2
    assert triage.keep_found(found) == 0
    assert triage.keep_found([]) == 0
    assert len(triage.candidates()) == 2


def test_two_decisions_at_once_are_one_decision(store: SqlStore):
    triage = SqlTriage(store.db)
    before = kept(triage)
    after, event = not_ours(before)
    triage.keep_event(before, after, event)
    with pytest.raises(CandidateMoved, match="look again"):
        triage.keep_event(before, after, event)


def test_candidates_are_listed_by_state(store: SqlStore):
    triage = SqlTriage(store.db)
    before = kept(triage)
    triage.keep_event(before, *not_ours(before))
    assert triage.candidates({CandidateState.OPEN}) == ()
    assert len(triage.candidates({CandidateState.NOT_OURS})) == 1
    assert len(triage.candidates()) == 1


def a_row(key: str) -> RegisterRow:
    return RegisterRow(platform="x", name="Staden", key=key, address=f"https://{key}")


def added(key: str, after_import: int = 0) -> Carried:
    return Carried(change=RegisterChange(kind=ChangeKind.ADD, after=a_row(key)), why="", after_import=after_import)


def registering(candidate: Candidate) -> tuple[Candidate, TriageEvent]:
    after = decide(candidate, Decision(act="register", by="officer", at=LATER))
    return after, TriageEvent(at=LATER, act="register", state=after.state, by="officer")


def test_a_decision_is_kept_with_the_number_that_the_register_gave_the_account(store: SqlStore):
    triage = SqlTriage(store.db)
    before = kept(triage)
    after = triage.keep_carried(before, *registering(before), added("x:almestad"))
    back = triage.candidate(1)
    assert back is not None
    assert (back.candidate, after.account_id) == (after, 1)
    assert [(each.account_id, each.import_id) for each in back.events] == [(1, 1)]


def test_a_decision_that_comes_too_late_changes_no_register(store: SqlStore):
    triage = SqlTriage(store.db)
    before = kept(triage)
    triage.keep_event(before, *not_ours(before))
    with pytest.raises(CandidateMoved, match="look again"):
        triage.keep_carried(before, *registering(before), added("x:almestad"))
    assert store.register_rows() == ()
    assert store.last_import() == 0


def test_a_change_that_the_register_refuses_decides_nothing(store: SqlStore):
    triage = SqlTriage(store.db)
    before = kept(triage)
    apply(store, RegisterChange(kind=ChangeKind.ADD, after=a_row("x:almestad")))
    with pytest.raises(RegisterMoved):
        triage.keep_carried(before, *registering(before), added("x:almestad"))
    assert triage.candidates({CandidateState.OPEN}) == (before,)


# --- copies of the list


def a_copy(**changes: object) -> ListCopy:
    given = {
        "what": Copied.PUBLISHED,
        "source": "https://almestad.example/konton",
        "first_at": NIGHT,
        "last_at": NIGHT,
        "lines": [{"key": "x:almestad"}],
    }
    return ListCopy(**{**given, **changes})  # type: ignore[arg-type]  # a builder


def test_a_list_that_says_the_same_lasts_longer(store: SqlStore):
    lists = SqlLists(store.db)
    assert lists.keep_copy(a_copy())
    assert not lists.keep_copy(a_copy(first_at=LATER, last_at=LATER, held=(9, 20)))
    (only,) = lists.copies()
    assert (only.first_at, only.last_at, only.held) == (NIGHT, LATER, (9, 20))


def test_a_list_that_says_something_else_is_a_copy_of_its_own(store: SqlStore):
    lists = SqlLists(store.db)
    lists.keep_copy(a_copy())
    lists.keep_copy(a_copy(first_at=LATER, last_at=LATER, lines=[]))
    last = lists.last_copy(Copied.PUBLISHED)
    assert last is not None
    assert last.lines == []
    assert lists.last_copy(Copied.GENERATED) is None
    assert len(lists.copies()) == 2


def test_a_list_that_two_workers_read_at_once_is_missed_from_once(store: SqlStore):
    lists, sightings = SqlLists(store.db), SqlSightings(store.db)
    assert lists.keep_reading(a_copy(), Look(seen=(a_sighting(page=""),)), None)
    empty = a_copy(first_at=LATER, last_at=LATER, lines=[])
    missed = Look(missed=tuple(each.id for each in sightings.sightings_on(Source.LIST, "")))
    assert [lists.keep_reading(empty, missed, NIGHT) for _ in range(2)] == [True, False]
    assert [each.missed for each in sightings.sightings_on(Source.LIST, "")] == [1]


# --- what the register was


def apply(store: SqlStore, *changes: RegisterChange) -> None:
    store.apply_changes(changes, an_occasion(), source="test")


def test_the_register_remembers_names_that_accounts_bore_and_accounts_that_left(store: SqlStore):
    lists = SqlLists(store.db)
    apply(store, *(RegisterChange(kind=ChangeKind.ADD, after=a_row(key)) for key in ("x:old", "x:gone")))
    apply(
        store,
        RegisterChange(kind=ChangeKind.CHANGE, account_id=1, before=a_row("x:old"), after=a_row("x:new")),
        RegisterChange(kind=ChangeKind.REMOVE, account_id=2, before=a_row("x:gone")),
    )
    assert lists.former_keys() == {"x:old": 1}
    assert set(lists.left()) == {"x:gone"}
    lists.keep_copy(a_copy(lines=[{"key": "x:new", "state": ""}]))
    known = store.public_list()
    assert known is not None
    assert (known.registered, known.former) == ({"x:new"}, {"x:old": 1})


def test_a_source_counts_as_read_once_it_was(store: SqlStore):
    lists = SqlLists(store.db)
    assert lists.sources_read() == frozenset()
    SqlSightings(store.db).save_look(Source.LIST, "", Look(seen=(a_sighting(page=""),)), NIGHT)
    SqlSightings(store.db).save_look(Source.SITE, "https://a.example", Look(seen=(a_sighting(),)), NIGHT)
    assert lists.sources_read() == {Source.LIST}
    assert lists.linked_channels() == ()
