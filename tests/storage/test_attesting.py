from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from audits.attesting import Round
from audits.model import Answer, Existence, Facts, Identity, Transport
from audits.registering import ChangeKind, RegisterChange
from tests.builders import NIGHT
from tests.storage.nights import a_night, applied, looked, registered, seen
from worker.ports.attesting import HandOver
from worker.storage import SqlStore
from worker.storage.attesting import SqlAttestations

LATER = NIGHT + timedelta(days=5)


def a_round(*ids: int, **changes: Any) -> Round:
    items = tuple((id_, question) for id_ in ids for question in ("alive", "ours"))
    given = {"administration": "KF", "period": "2026-Q4", "due_on": date(2026, 11, 17), "items": items}
    return Round(**{**given, **changes})


def an_answer(account_id: int, **changes: Any) -> Answer:
    return Answer(**{"account_id": account_id, "question": "alive", "yes": True, "by": "Bea", "at": LATER, **changes})


def test_a_round_is_opened_once(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    attestations = SqlAttestations(store.db)
    assert attestations.open_rounds([a_round(id_)], NIGHT) == [1]
    assert attestations.open_rounds([a_round(id_)], LATER) == []
    assert attestations.begun_rounds() == {("KF", "2026-Q4")}


def test_a_round_comes_back_as_it_was_opened(store: SqlStore) -> None:
    one, two = registered(store, 2)
    attestations = SqlAttestations(store.db)
    [round_id] = attestations.open_rounds([a_round(one, two)], NIGHT)
    asked = attestations.round(round_id)
    assert asked is not None
    assert (asked.administration, asked.period, asked.opened_at, asked.due_on) == (
        "KF", "2026-Q4", NIGHT, date(2026, 11, 17),
    )  # fmt: skip
    assert set(asked.items) == asked.open == {(id_, each) for id_ in (one, two) for each in ("alive", "ours")}
    assert attestations.round(round_id + 1) is None


def test_an_answer_closes_its_question_and_no_other(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    attestations = SqlAttestations(store.db)
    attestations.open_rounds([a_round(id_)], NIGHT)
    attestations.keep_answers([an_answer(id_)])
    [asked] = attestations.rounds()
    assert asked.open == {(id_, "ours")}
    known = store.circumstances_of([id_])[id_]
    assert list(known.asked) == ["ours"]
    assert known.answers == {"alive": an_answer(id_)}


def test_the_latest_answer_counts(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    attestations = SqlAttestations(store.db)
    attestations.keep_answers([an_answer(id_)])
    attestations.keep_answers([denied := an_answer(id_, yes=False, at=LATER + timedelta(days=1), note="såld")])
    assert store.circumstances_of([id_])[id_].answers == {"alive": denied}


def test_an_answer_from_before_does_not_close_what_was_asked_later(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    attestations = SqlAttestations(store.db)
    attestations.keep_answers([an_answer(id_, at=NIGHT - timedelta(days=1))])
    attestations.open_rounds([a_round(id_)], NIGHT)
    assert set(store.circumstances_of([id_])[id_].asked) == {"alive", "ours"}


def test_a_colleague_may_answer_instead(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    attestations = SqlAttestations(store.db)
    [round_id] = attestations.open_rounds([a_round(id_)], NIGHT)
    given = HandOver(to="Cleo", by="Bea", at=LATER, account_id=id_)
    attestations.hand_over(round_id, given)
    assert [asked.hand_overs for asked in attestations.rounds()] == [(given,)]


def test_answers_outlive_a_merged_administration_and_a_renamed_handle(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    attestations = SqlAttestations(store.db)
    attestations.open_rounds([a_round(id_)], NIGHT)
    attestations.keep_answers([an_answer(id_)])
    [(_, row)] = store.register_rows()
    merged = replace(row, administration="Stadsförvaltningen", key="mastodon:ny@social.almestad.example")
    applied(store, [RegisterChange(kind=ChangeKind.CHANGE, account_id=id_, before=row, after=merged)], LATER)
    known = attestations.every_circumstance()[id_]
    assert (set(known.answers), set(known.asked)) == ({"alive"}, {"ours"})


def test_the_last_clear_look_is_remembered_through_blind_nights(store: SqlStore) -> None:
    one, two = registered(store, 2)
    clear = a_night(store, [one, two])
    looked(store, clear)
    blind = a_night(store, [one, two], LATER)
    wall: dict[str, Any] = {"existence": Existence.UNKNOWN, "identity": Identity.NOT_READABLE, "facts": Facts()}
    looked(store, blind, LATER, lambda account: seen(account.id, LATER, transport=Transport.WALLED, **wall))
    assert {known.last_seen_at for known in store.circumstances_of([one, two]).values()} == {NIGHT}


def test_an_account_that_was_never_seen_has_no_such_day(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    assert store.circumstances_of([id_])[id_].last_seen_at is None
