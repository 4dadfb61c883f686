from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from audits.model import Kind, PlatformId
from audits.registering import ChangeKind, RegisterChange, RegisterRow
from tests.builders import NIGHT, an_occasion
from tests.storage.nights import a_night, a_row, added, applied, leased, registered, rows, seen
from worker.ports import RegisterMoved
from worker.storage import SqlStore
from worker.storage import tables as t
from worker.storage.register_writing import BATCH

LATER = NIGHT + timedelta(days=1)


def changed(store: SqlStore, account_id: int, **cells: Any) -> RegisterChange:
    before = dict(store.register_rows())[account_id]
    return RegisterChange(kind=ChangeKind.CHANGE, account_id=account_id, before=before, after=replace(before, **cells))


def removed(store: SqlStore, account_id: int) -> RegisterChange:
    return RegisterChange(kind=ChangeKind.REMOVE, account_id=account_id, before=dict(store.register_rows())[account_id])


def whole_row() -> RegisterRow:
    return a_row(
        ref="K-17", unit="Stadsbiblioteket", kind=Kind.SEASONAL, purpose="sommarens badplatser", language="sv",
        registered_on=date(2024, 1, 1), ends_on=date(2027, 1, 1), season_months=(6, 7, 8), limits={"quiet_days": 30},
        recipient="biblioteket@almestad.example",
    )  # fmt: skip


def test_a_row_comes_back_as_it_was_registered(store: SqlStore) -> None:
    applied(store, added(whole_row()))
    [(account_id, row)] = store.register_rows()
    assert row == whole_row()
    [account] = store.accounts()
    assert (account.id, account.unit, account.season_months) == (account_id, "Stadsbiblioteket", (6, 7, 8))
    assert account.limits == {"quiet_days": 30}


def test_a_change_of_key_ends_one_dated_row_and_begins_another(store: SqlStore) -> None:
    [account_id] = registered(store, 1)
    applied(store, [changed(store, account_id, key="mastodon:nytt@social.almestad.example")], LATER)
    old, new = rows(store, t.account_key)
    assert (old["valid_from"], old["valid_to"]) == (NIGHT, LATER)
    assert (new["valid_from"], new["valid_to"]) == (LATER, None)
    [account] = store.accounts()
    assert (account.id, account.key) == (account_id, "mastodon:nytt@social.almestad.example")


def test_a_change_of_purpose_leaves_the_dated_rows_alone(store: SqlStore) -> None:
    [account_id] = registered(store, 1)
    applied(store, [changed(store, account_id, purpose="evenemang")], LATER)
    assert len(rows(store, t.account_key)) == len(rows(store, t.account_owner)) == 1


def test_every_change_tells_who_when_why_and_what(store: SqlStore) -> None:
    [account_id] = registered(store, 1)
    import_id = applied(store, [changed(store, account_id, purpose="evenemang")], LATER, by="Bea", why="ny redaktör")
    [told] = [row for row in rows(store, t.register_change) if row["import_id"] == import_id]
    assert (told["kind"], told["before"]["purpose"], told["after"]["purpose"]) == ("change", None, "evenemang")
    occasion = rows(store, t.register_import)[-1]
    assert (occasion["by"], occasion["why"], occasion["at"]) == ("Bea", "ny redaktör", LATER)


def test_what_stays_the_same_leaves_no_history(store: SqlStore) -> None:
    registered(store, 1)
    before = rows(store, t.register_change)
    [(account_id, row)] = store.register_rows()
    applied(store, [RegisterChange(kind=ChangeKind.SAME, account_id=account_id, before=row, after=row)], LATER)
    assert rows(store, t.register_change) == before


def test_a_removed_account_leaves_the_register_and_keeps_its_history(store: SqlStore) -> None:
    ids = registered(store, 2)
    applied(store, [removed(store, ids[0])], LATER)
    assert [account.id for account in store.accounts()] == [account.id for account in store.each_account()] == [ids[1]]
    assert store.accounts(ids=ids[:1]) == ()
    assert [line.text["kind"] for line in store.timeline(ids[0]) if line.what == "register"] == ["add", "remove"]


def test_an_account_removed_during_a_night_can_still_be_looked_at(store: SqlStore) -> None:
    ids = registered(store, 1)
    run = a_night(store, ids)
    applied(store, [removed(store, ids[0])])
    lease = leased(store, run)
    assert [account.id for account in lease.accounts] == ids
    assert store.record(lease, [seen(ids[0])], NIGHT) == 1


def test_one_change_that_cannot_be_done_stops_them_all(store: SqlStore) -> None:
    first, second = registered(store, 2)
    stale = changed(store, second, purpose="evenemang")
    applied(store, [changed(store, second, purpose="press")])
    before = rows(store, t.register_import)
    with pytest.raises(RegisterMoved, match="somebody else"):
        applied(store, [changed(store, first, purpose="bad"), stale])
    assert [row.purpose for _, row in store.register_rows()] == [None, "press"]
    assert rows(store, t.register_import) == before


def test_a_plan_made_before_another_import_is_refused(store: SqlStore) -> None:
    planned_from = store.last_import()
    registered(store, 1)
    with pytest.raises(RegisterMoved, match="came in between"):
        applied(store, added(a_row()), after_import=planned_from)


def test_two_accounts_never_bear_one_id_of_the_register(store: SqlStore) -> None:
    with pytest.raises(RegisterMoved, match="the same id"):
        applied(store, added(a_row(ref="K-1"), a_row(ref="K-1", name="En annan")))
    assert store.accounts() == ()


def test_what_was_removed_frees_its_id_within_the_same_import(store: SqlStore) -> None:
    applied(store, added(a_row(ref="K-1")))
    [(old, _)] = store.register_rows()
    applied(store, [*added(a_row(ref="K-1", name="En annan")), removed(store, old)])
    assert [row.name for _, row in store.register_rows()] == ["En annan"]


def test_undoing_takes_back_additions_changes_and_removals(store: SqlStore) -> None:
    stays, goes = registered(store, 2)
    before = store.register_rows()
    import_id = applied(
        store,
        [*added(a_row(name="Ny")), changed(store, stays, key="x:ny", unit="Simhallen"), removed(store, goes)],
        LATER,
    )
    undoing = store.undo_last_import(an_occasion(LATER + timedelta(hours=1), "Bea", "fel lista"))
    assert store.register_rows() == before
    assert undoing == import_id + 1 == store.last_import()
    assert rows(store, t.register_import)[-1]["undoes_id"] == import_id


def test_undoing_again_goes_one_import_further_back(store: SqlStore) -> None:
    registered(store, 1)
    applied(store, added(a_row(name="Ny")))
    undone = [store.undo_last_import(an_occasion(LATER)) is not None for _ in range(3)]
    assert undone == [True, True, False]
    assert store.register_rows() == ()


def test_a_removed_account_comes_back_under_its_own_id(store: SqlStore) -> None:
    [account_id] = registered(store, 1)
    [(_, row)] = store.register_rows()
    applied(store, [removed(store, account_id)])
    applied(store, [RegisterChange(kind=ChangeKind.ADD, account_id=account_id, after=row)], LATER)
    assert store.register_rows() == ((account_id, row),)


def test_an_administration_ends_with_its_last_account_and_keeps_its_short_form(store: SqlStore) -> None:
    [account_id] = registered(store, 1)
    store.name_administrations({"Kulturförvaltningen": "KF", "Miljöförvaltningen": "MF"}, NIGHT)
    applied(store, [changed(store, account_id, administration="Stadsbyggnadsförvaltningen")], LATER)
    assert store.administrations() == {"Stadsbyggnadsförvaltningen"}
    applied(store, [changed(store, account_id, administration="Kulturförvaltningen")], LATER)
    assert [account.id for account in store.accounts(administration="KF")] == [account_id]
    ended = [row["name"] for row in rows(store, t.administration) if row["valid_to"]]
    assert ended == ["Kulturförvaltningen", "Stadsbyggnadsförvaltningen"]


def test_the_short_form_names_the_same_administration(store: SqlStore) -> None:
    store.name_administrations({"Kulturförvaltningen": "KF"}, NIGHT)
    applied(store, added(a_row(administration="KF")))
    assert [account.administration for account in store.accounts()] == ["Kulturförvaltningen"]


def test_accounts_are_chosen_by_administration_platform_and_id(store: SqlStore) -> None:
    applied(store, added(a_row(), a_row(platform="x"), a_row(administration=None)))
    first, second, third = (account.id for account in store.accounts())
    assert [account.id for account in store.accounts(administration="Kulturförvaltningen")] == [first, second]
    assert [account.id for account in store.accounts(platform="x")] == [second]
    assert [account.id for account in store.accounts(ids=[third, 999])] == [third]


def test_a_key_that_two_accounts_hold_is_told(store: SqlStore) -> None:
    applied(store, added(a_row(), a_row(name="Dubblett"), a_row(key="x:ensam"), a_row(key=None), a_row(key=None)))
    first, second, *_ = (account.id for account in store.accounts())
    assert store.shared_keys() == {a_row().key: [first, second]}


def test_a_large_register_is_streamed_in_order(store: SqlStore) -> None:
    ids = registered(store, 450)
    assert [account.id for account in store.each_account()] == ids


def test_an_id_seen_first_is_pinned_and_a_later_one_does_not_replace_it(store: SqlStore) -> None:
    ids = registered(store, 1)
    for night, value in enumerate(("https://a.example/1", "https://a.example/2")):
        at = NIGHT + timedelta(days=night)
        pinned = replace(seen(ids[0], at), pin=PlatformId("mastodon:uri", value))
        store.record(leased(store, a_night(store, ids, at), at), [pinned], at)
    assert store.accounts()[0].pinned == (PlatformId("mastodon:uri", "https://a.example/1"),)
    [pin] = rows(store, t.account_pin)
    assert (pin["since"], pin["how"]) == (NIGHT, "first look")


def many(count: int) -> list[RegisterChange]:
    keys = [f"mastodon:konto{number}@social.almestad.example" for number in range(count)]
    return added(*(a_row(name=f"Konto {number}", key=key) for number, key in enumerate(keys)))


def statements_of(store: SqlStore, work: Callable[[], object]) -> int:
    """How often the database is asked anything."""
    asked: list[object] = []

    def note(*_: object) -> None:
        asked.append(None)

    event.listen(store.db.engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(store.db.engine, "before_cursor_execute", note)
    return len(asked)


def test_a_batch_of_changes_costs_as_many_statements_as_one(store: SqlStore) -> None:
    one = statements_of(store, lambda: applied(store, many(1)))
    assert statements_of(store, lambda: applied(store, many(BATCH))) <= one
    rows_ = store.register_rows()[1:]
    renamed = [
        RegisterChange(kind=ChangeKind.CHANGE, account_id=id_, before=row, after=replace(row, name=f"{row.name} ny"))
        for id_, row in rows_
    ]
    assert statements_of(store, lambda: applied(store, renamed, LATER)) <= one + 5
    assert statements_of(store, lambda: store.undo_last_import(an_occasion(at=LATER))) <= one + 10
    assert store.register_rows()[1:] == rows_


def test_how_far_an_import_has_come_is_told_batch_by_batch_and_adds_up(store: SqlStore) -> None:
    told: list[int] = []
    applied(store, many(2 * BATCH + 1), told=told.append)
    assert told == [BATCH, BATCH, 1]


def test_an_import_that_ends_between_two_batches_leaves_nothing_and_can_be_done_again(store: SqlStore) -> None:
    def end(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        applied(store, many(BATCH + 1), told=end)
    assert (store.register_rows(), store.last_import()) == ((), 0)
    applied(store, many(BATCH + 1))
    assert len(store.register_rows()) == BATCH + 1


def test_what_no_database_can_hold_is_replaced_in_a_row_too(store: SqlStore) -> None:
    applied(store, added(a_row(name="Alme\0stad", unit="En\ud800het", purpose="\0")))
    [(_, row)] = store.register_rows()
    assert (row.name, row.unit, row.purpose) == ("Alme\ufffdstad", "En\ufffdhet", "\ufffd")
