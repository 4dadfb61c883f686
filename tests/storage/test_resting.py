from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from audits.closing import WITHDRAWAL
from audits.model import UNSEEN, Closing, Kind, Look, Picture, Rest, SightingKind, Source, StepDone
from audits.registering import ChangeKind, RegisterChange
from tests.builders import NIGHT, a_sighting, an_occasion
from tests.storage.nights import applied, registered
from worker.ports import RegisterMoved
from worker.ports.pictures import KeptPicture
from worker.storage import SqlStore
from worker.storage.pictures import SqlPictures
from worker.storage.resting import SqlRests
from worker.storage.sightings import SqlSightings

LATER = NIGHT + timedelta(days=5)


def a_rest(account_id: int, **changes: Any) -> Rest:
    given = {"starts_on": date(2026, 11, 3), "until": date(2026, 12, 1), "reason": "ombyggnad", "by": "KF"}
    return Rest(**{"account_id": account_id, **given, **changes})


def a_closing(account_id: int) -> Closing:
    return Closing(
        account_id=account_id, started_at=NIGHT, closes_on=date(2026, 12, 1), by="KF", reason="slås ihop",
        successor="almestad.example",
    )  # fmt: skip


def test_a_rest_comes_back_as_it_was_planned_and_the_new_one_counts(store: SqlStore) -> None:
    one, two = registered(store, 2)
    rests = SqlRests(store.db)
    for until in (date(2027, 1, 1), date(2026, 12, 1)):
        rests.plan_rest(a_rest(one, until=until), NIGHT)
    known = store.circumstances_of([one, two])
    assert known[one].rest == replace(a_rest(one), id=2)
    assert known[two].rest is None
    assert rests.end_rest(one, LATER)
    assert not rests.end_rest(one, LATER)


def test_a_closing_comes_back_with_the_latest_word_on_each_step(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    closings = SqlRests(store.db)
    assert closings.start_closing(a_closing(id_))
    assert not closings.start_closing(a_closing(id_))
    for by in ("Bea", "Cleo"):
        closings.keep_step(1, StepDone(step="archive", at=LATER, by=by, how="attested", note="mapp 7"))
    word = StepDone(step="archive", at=LATER, by="Cleo", how="attested", note="mapp 7")
    assert closings.closings() == {id_: replace(a_closing(id_), id=1, done={"archive": word})}
    given_up = StepDone(step=WITHDRAWAL, at=LATER, by="KF", how="attested", note="blir kvar")
    assert closings.withdraw_closing(1, given_up)
    assert not closings.withdraw_closing(1, given_up)
    assert closings.start_closing(a_closing(id_))


def test_a_closing_that_is_moved_keeps_what_was_done_and_the_history_keeps_every_decision(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    closings, later = SqlRests(store.db), date(2027, 1, 7)
    closings.start_closing(a_closing(id_))
    word = StepDone(step="archive", at=NIGHT, by="Bea", how="attested", note="mapp 7")
    closings.keep_step(1, word)
    moved = replace(a_closing(id_), started_at=LATER, closes_on=later, by="Cleo", done={"archive": word})
    assert closings.move_closing(1, moved)
    assert not closings.move_closing(1, moved)
    assert closings.closings() == {id_: replace(moved, id=2)}
    closings.withdraw_closing(2, StepDone(step=WITHDRAWAL, at=LATER, by="KF", how="attested", note="blir kvar"))
    told = [(turn.act, turn.by, turn.closes_on) for turn in store.histories([id_], NIGHT)[id_].closings]
    assert told == [
        ("begun", "KF", date(2026, 12, 1)), ("moved", "Cleo", later), ("withdrawn", "KF", later)
    ]  # fmt: skip
    lines = [line.text for line in store.timeline(id_) if line.what == "closing"]
    assert [line["act"] for line in lines] == ["begun", "moved", "withdrawn"]


def closed(store: SqlStore, id_: int) -> RegisterChange:
    row = dict(store.register_rows())[id_]
    after = replace(row, kind=Kind.SIGNPOSTED_CLOSED)
    return RegisterChange(kind=ChangeKind.CHANGE, account_id=id_, before=row, after=after)


def test_a_closing_ends_together_with_its_steps_and_the_registers_change(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    closings = SqlRests(store.db)
    closings.start_closing(a_closing(id_))
    seen, change = StepDone(step="silent", at=LATER, how="seen", note=""), closed(store, id_)
    ends = [closings.finish_closing(1, [seen], change, an_occasion(LATER)) for _ in range(2)]
    assert ends == [True, False]
    assert [account.kind for account in store.accounts()] == [Kind.SIGNPOSTED_CLOSED]
    assert closings.closings() == {}


def test_a_closing_of_an_account_that_was_changed_meanwhile_goes_on(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    closings = SqlRests(store.db)
    closings.start_closing(a_closing(id_))
    moved = closed(store, id_)
    change_of_name = replace(moved, after=replace(dict(store.register_rows())[id_], name="Annat"))
    applied(store, [change_of_name])
    seen = StepDone(step="silent", at=LATER, how="seen", note="")
    with pytest.raises(RegisterMoved):
        closings.finish_closing(1, [seen], moved, an_occasion(LATER))
    assert closings.closings() == {id_: replace(a_closing(id_), id=1)}


def test_where_nobody_has_looked_no_link_is_known(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    links = SqlRests(store.db).links_to(id_)
    assert (links.pages, links.on_list) == (UNSEEN, UNSEEN)


def test_where_a_short_link_may_lead_to_the_account_no_link_is_known(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    other = a_sighting(page="", url="https://x.com/almestad", platform="x", key="x:almestad")
    short = a_sighting(page="", url="https://bit.ly/a1", kind=SightingKind.OTHER, platform=None, key=None)
    sightings = SqlSightings(store.db)
    sightings.save_look(Source.LIST, "", Look(seen=(other,)), NIGHT)
    assert SqlRests(store.db).links_to(id_).on_list is False
    sightings.save_look(Source.LIST, "", Look(seen=(other, short)), NIGHT)
    assert SqlRests(store.db).links_to(id_).on_list is UNSEEN


def test_a_picture_and_its_approval_come_back(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    pictures = SqlPictures(store.db)
    kept = KeptPicture(
        account_id=id_, picture=Picture(url="https://cdn.example/1.png", fingerprint="0" * 16), thumbnail=b"\x89PNG",
        seen_at=NIGHT,
    )  # fmt: skip
    for _ in range(2):
        pictures.keep_picture(kept)
    assert pictures.kept_pictures() == (kept,)
    assert store.circumstances_of([id_])[id_].picture == kept.picture
    pictures.approve_picture("0" * 16, "Staden", "KA", NIGHT)
    pictures.approve_picture("0" * 16, "Museet", "KA", LATER)
    assert store.approved_pictures() == {"0" * 16: "Museet"}
    assert pictures.withdraw_picture("0" * 16, LATER)
    assert not pictures.withdraw_picture("0" * 16, LATER)
    assert store.approved_pictures() == {}
