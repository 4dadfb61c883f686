"""Histories and last observations of many accounts at once: each account's own, whole, in a handful of queries."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import event

from audits.health import MassChange
from audits.history import Glance, Said
from audits.model import CaseState, Drift, DriftStage, Existence, Outcome, Stated, Statement, Transport
from tests.builders import NIGHT, TODAY, a_blind_observation, a_case, some_facts
from tests.storage.nights import (
    a_night,
    a_night_seen,
    a_row,
    added,
    applied,
    failing,
    judged,
    looked,
    registered,
    saved,
    seen,
)
from worker.gathering import dossiers
from worker.ports import Compared, Seen
from worker.storage import SqlStore
from worker.storage.holding import SqlHolds

TOMORROW = NIGHT + timedelta(days=1)
EARLY = NIGHT - timedelta(days=1)


@contextmanager
def counted(store: SqlStore) -> Iterator[list[str]]:
    """The statements that the store sends meanwhile."""
    sent: list[str] = []

    def listen(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    event.listen(store.db.engine, "before_cursor_execute", listen)
    try:
        yield sent
    finally:
        event.remove(store.db.engine, "before_cursor_execute", listen)


def test_a_history_has_every_night_also_those_that_added_no_row(store: SqlStore) -> None:
    (one,) = registered(store, 1)
    for now in (NIGHT, TOMORROW):
        looked(store, a_night(store, [one], now), now)
    looks = store.histories([one], EARLY)[one].looks
    assert looks == tuple(
        Glance(at=at, transport=Transport.OK, existence=Existence.PRESENT) for at in (NIGHT, TOMORROW)
    )


def test_a_blind_night_stands_as_such(store: SqlStore) -> None:
    (one,) = registered(store, 1)
    blind = Seen(observation=a_blind_observation(account_id=one), findings=())
    looked(store, a_night(store, [one]), NIGHT, lambda _: blind)
    assert [look.is_read for look in store.histories([one], EARLY)[one].looks] == [False]


def test_looks_and_verdicts_before_the_time_asked_for_are_left_out(store: SqlStore) -> None:
    ids = registered(store, 1)
    saved(store, a_night_seen(store, ids), judged(ids[0]))
    history = store.histories(ids, TOMORROW)[ids[0]]
    assert (history.looks, history.turned) == ((), ())


def test_a_history_has_each_verdict_that_moved(store: SqlStore) -> None:
    first, second = registered(store, 2)
    saved(store, a_night_seen(store, [first, second]), judged(first))
    histories = store.histories([first, second], EARLY)
    assert [(each.rule, each.stage, each.at) for each in histories[first].turned] == [
        ("gone", DriftStage.CONFIRMED, NIGHT)
    ]
    assert histories[second].turned == ()


def test_a_history_has_what_people_said_and_not_what_looks_did(store: SqlStore) -> None:
    (one,) = registered(store, 1)
    store.save_case(a_case(account_id=one), "confirmed", NIGHT)
    said = a_case(account_id=one, state=CaseState.ACKNOWLEDGED, by="KF", reason="seen")
    store.save_case(said, "acknowledge", TOMORROW)
    assert [(each.state, each.by, each.reason) for each in store.histories([one], NIGHT)[one].answered] == [
        (CaseState.ACKNOWLEDGED, "KF", "seen")
    ]


def test_a_history_has_the_posts_that_were_seen_and_the_register(store: SqlStore) -> None:
    (one,) = registered(store, 1)
    looked(store, a_night(store, [one]), NIGHT, lambda _: seen(one, facts=some_facts()))
    history = store.histories([one], EARLY)[one]
    assert history.posts == (NIGHT - timedelta(days=2),)
    assert [each.kind for each in history.entered] == ["add"]


def test_a_history_has_what_was_stated_in_whose_name(store: SqlStore) -> None:
    (one,) = registered(store, 1)
    store.save_statement(Statement(account_id=one, what=Stated.LATEST_POST, at=NIGHT, by="KF", on=TODAY))
    assert store.histories([one], TOMORROW)[one].said == (Said(at=NIGHT, what=Stated.LATEST_POST, on=TODAY, by="KF"),)


def test_the_last_observation_of_each_is_that_of_its_latest_look(store: SqlStore) -> None:
    first, second, third = registered(store, 3)
    looked(store, a_night(store, [first, second]))
    looked(store, a_night(store, [second], TOMORROW), TOMORROW)
    observations = store.last_observations([first, second, third])
    assert {id_: each.observed_at for id_, each in observations.items()} == {first: NIGHT, second: TOMORROW}
    assert observations[first] == store.last_observation(first)


def test_the_nights_come_with_what_they_read_and_told(store: SqlStore) -> None:
    first, second = registered(store, 2)
    run = a_night_seen(store, [first, second])
    saved(store, run, judged(first))
    store.close_run(run.id, NIGHT)
    (night,) = store.nights(EARLY, 5)
    assert (night.accounts, night.read) == (2, 2)
    assert [(piece.turn, piece.account.id, piece.finding.rule) for piece in night.pieces] == [("told", first, "gone")]


def test_what_was_held_comes_with_its_figures(store: SqlStore) -> None:
    first, second = registered(store, 2)
    run = a_night_seen(store, [first, second])
    waits = Drift(finding=failing(first), before=Outcome.PASSED, stage=DriftStage.HELD)
    saved(store, run, Compared(account_id=first, standings={}, drifts=(waits,)), judged(second))
    store.hold(run.id, MassChange(platform="mastodon", rule="gone", changed=12, seen=20), NIGHT)
    store.close_run(run.id, NIGHT)
    (held,) = SqlHolds(store.db).held_now(TODAY)
    assert (held.platform, held.rule, held.changed, held.seen) == ("mastodon", "gone", 12, 20)
    assert [account.id for account in held.accounts] == [first]


def test_gathering_asks_no_more_for_three_hundred_accounts_than_for_two_hundred_and_one(store: SqlStore) -> None:
    looked(store, a_night(store, registered(store, 201)))
    with counted(store) as for_201:
        dossiers(store, {}, EARLY)
    more = [f"mastodon:till{number}@social.almestad.example" for number in range(99)]
    applied(store, added(*(a_row(name=key, key=key) for key in more)))
    ids = [account.id for account in store.accounts()]
    looked(store, a_night(store, ids, TOMORROW), TOMORROW)
    with counted(store) as for_300:
        gathered = dossiers(store, {}, EARLY)
    assert [dossier.account.id for dossier in gathered] == ids
    assert all(dossier.observation and dossier.history.looks for dossier in gathered)
    assert len(for_300) == len(for_201) < 60
