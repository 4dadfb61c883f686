from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from audits.model import UNSEEN, Closing, Picture, Rest, StepDone
from tests.builders import NIGHT
from tests.storage.nights import registered
from worker.ports.pictures import KeptPicture
from worker.storage import SqlStore
from worker.storage.pictures import SqlPictures
from worker.storage.resting import SqlRests

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
    assert closings.end_closing(1, "closed", LATER)
    assert not closings.end_closing(1, "closed", LATER)
    assert closings.start_closing(a_closing(id_))


def test_where_nobody_has_looked_no_link_is_known(store: SqlStore) -> None:
    [id_] = registered(store, 1)
    links = SqlRests(store.db).links_to(id_)
    assert (links.pages, links.on_list) == (UNSEEN, UNSEEN)


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
