"""Administrations that change names, merge and split: what goes along, what is kept, what can be taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from audits.recipients import Mailbox, Place, PlaceChange
from audits.reorganising import Wish, WishKind, WishRefused
from tests.builders import NIGHT, an_occasion
from tests.storage.nights import a_row, added, applied, rows
from worker.ports import RegisterMoved
from worker.steps.reorganising import carry_out, carry_out_due, looked_at
from worker.storage import SqlStore, correspondence
from worker.storage import tables as t

KF, MF = "Kulturförvaltningen", "Miljöförvaltningen"
LATER, TODAY = NIGHT + timedelta(days=1), date(2027, 1, 1)
KF_BOX, LIBRARY_BOX = Mailbox(recipient="kf@almestad.example"), Mailbox(recipient="biblioteket@almestad.example")


def a_wish(kind: WishKind, *sources: str, target: str, **more: Any) -> Wish:
    return Wish(kind=kind, sources=sources, target=target, **{"effective_on": TODAY, **more})


def a_city(store: SqlStore) -> None:
    """Two administrations, three accounts, a library with a mailbox of its own."""
    boxes = [PlaceChange(place=Place(KF), after=KF_BOX), PlaceChange(place=Place(KF, "Biblioteket"), after=LIBRARY_BOX)]
    names = [a_row(name="Museet"), a_row(name="Läsning", unit="Biblioteket"), a_row(name="Natur", administration=MF)]
    applied(store, added(*names), mailboxes=boxes)


def done(store: SqlStore, wish: Wish) -> int:
    return carry_out(store, wish, an_occasion(LATER, "Kommunikationsdirektören", "KS 2026/1"))


def owners(store: SqlStore) -> dict[str, str | None]:
    return {account.name: account.administration for account in store.accounts()}


def ids_of(store: SqlStore) -> dict[str, int]:
    return {row["name"]: row["id"] for row in rows(store, t.administration) if row["valid_to"] is None}


def released(store: SqlStore, name: str) -> None:
    values = {"administration_id": ids_of(store)[name], "by": "Bea", "valid_from": NIGHT}
    store.db.write(lambda conn: conn.execute(t.mail_release.insert().values(values)))


def may_be_written_to(store: SqlStore) -> set[int]:
    return {row["administration_id"] for row in rows(store, t.mail_release) if row["valid_to"] is None}


def test_a_renamed_administration_stays_the_same_with_its_mailboxes_and_its_release(store: SqlStore) -> None:
    a_city(store)
    released(store, KF)
    before = ids_of(store)[KF]
    done(store, a_wish(WishKind.RENAME, KF, target="Kultur och fritid"))
    assert owners(store)["Museet"] == "Kultur och fritid"
    assert ids_of(store)["Kultur och fritid"] == before
    assert before in may_be_written_to(store)
    assert store.places()[Place("Kultur och fritid", "Biblioteket")] == LIBRARY_BOX


def test_accounts_keep_their_numbers_when_administrations_merge(store: SqlStore) -> None:
    a_city(store)
    before = {account.name: account.id for account in store.accounts()}
    done(store, a_wish(WishKind.MERGE, KF, MF, target="Samhälle"))
    assert {account.name: account.id for account in store.accounts()} == before
    assert set(owners(store).values()) == {"Samhälle"}
    assert store.places() == {Place("Samhälle"): KF_BOX, Place("Samhälle", "Biblioteket"): LIBRARY_BOX}


def test_units_bring_their_mailboxes_into_an_administration_that_is_there(store: SqlStore) -> None:
    a_city(store)
    done(store, a_wish(WishKind.MERGE, KF, target=MF))
    assert store.places() == {Place(MF): KF_BOX, Place(MF, "Biblioteket"): LIBRARY_BOX}


def test_a_unit_that_is_split_off_takes_its_mailbox_and_the_officers_release_along(store: SqlStore) -> None:
    a_city(store)
    released(store, KF)
    done(store, a_wish(WishKind.SPLIT, KF, target="Bildning", units=("Biblioteket",)))
    assert owners(store) == {"Museet": KF, "Läsning": "Bildning", "Natur": MF}
    assert store.places()[Place("Bildning", "Biblioteket")] == LIBRARY_BOX
    assert store.places()[Place("Bildning")] == KF_BOX
    assert ids_of(store)["Bildning"] in may_be_written_to(store)


WISHES = [
    a_wish(WishKind.RENAME, KF, target="Kultur och fritid"),
    a_wish(WishKind.MERGE, KF, MF, target="Samhälle"),
    a_wish(WishKind.MERGE, KF, target=MF),
    a_wish(WishKind.SPLIT, KF, target="Bildning", units=("Biblioteket",)),
    a_wish(WishKind.SPLIT, KF, target=MF, accounts=(1,)),
]


@pytest.mark.parametrize("wish", WISHES, ids=lambda wish: f"{wish.kind}-{wish.target}")
def test_undoing_brings_every_administration_account_and_mailbox_back(store: SqlStore, wish: Wish) -> None:
    a_city(store)
    before = (store.register_rows(), store.places())
    done(store, wish)
    assert (store.register_rows(), store.places()) != before
    store.undo_last_import(an_occasion(LATER + timedelta(hours=1), "Bea", "fel"))
    assert (store.register_rows(), store.places()) == before


@pytest.mark.parametrize("wish", WISHES, ids=lambda wish: f"{wish.kind}-{wish.target}")
def test_looking_first_changes_nothing(store: SqlStore, wish: Wish) -> None:
    a_city(store)
    before = (store.register_rows(), store.places(), store.last_import())
    assert looked_at(store, wish).changes
    assert (store.register_rows(), store.places(), store.last_import()) == before


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        (a_wish(WishKind.RENAME, "Okänd", target="X"), "no administration “Okänd”; known: Kultur"),
        (a_wish(WishKind.RENAME, KF, target=MF), "use merge"),
        (a_wish(WishKind.SPLIT, KF, target="X", units=("Okänd",)), "has no Okänd"),
        (a_wish(WishKind.SPLIT, KF, target="X"), "name existing units or accounts"),
        (a_wish(WishKind.MERGE, KF, target=KF), "two administrations"),
        (a_wish(WishKind.RENAME, KF, target=" "), "needs a name"),
    ],
)
def test_what_cannot_be_done_is_told_with_what_would_do(store: SqlStore, wish: Wish, why: str) -> None:
    a_city(store)
    with pytest.raises(WishRefused, match=why):
        done(store, wish)


def test_what_was_decided_for_a_later_day_waits_for_it(store: SqlStore) -> None:
    a_city(store)
    wish = a_wish(WishKind.MERGE, KF, MF, target="Samhälle")
    store.plan_reorganisation(wish, an_occasion(NIGHT, "Direktören", "KF § 12"))
    assert carry_out_due(store, TODAY - timedelta(days=1), LATER) == []
    assert [len(carry_out_due(store, TODAY, LATER)) for _ in range(2)] == [1, 0]
    assert set(owners(store).values()) == {"Samhälle"}
    assert store.planned_reorganisations() == ()
    assert {(told.by, told.why, told.effective_on) for told in store.history() if told.source == "merge"} == {
        ("Direktören", "KF § 12", TODAY)
    }


def test_a_plan_that_was_dropped_meanwhile_changes_nothing(store: SqlStore) -> None:
    a_city(store)
    wish = a_wish(WishKind.MERGE, KF, MF, target="Samhälle")
    number = store.plan_reorganisation(wish, an_occasion(NIGHT, "Direktören", "KF § 12"))
    store.drop_reorganisation(number, LATER)
    before = (store.register_rows(), store.places(), store.last_import())
    with pytest.raises(RegisterMoved, match="somebody else carried out or cancelled"):
        carry_out(store, wish, an_occasion(LATER, "Direktören", "KF § 12"), planned=number)
    assert (store.register_rows(), store.places(), store.last_import()) == before


def test_what_can_no_longer_be_done_on_its_day_waits_to_be_seen(store: SqlStore) -> None:
    a_city(store)
    number = store.plan_reorganisation(a_wish(WishKind.RENAME, "Okänd", target="X"), an_occasion(NIGHT, "B", ""))
    assert carry_out_due(store, TODAY, LATER) == []
    assert [planned.id for planned in store.planned_reorganisations()] == [number]
    assert [store.drop_reorganisation(number, LATER) for _ in range(2)] == [True, False]


def test_an_accounts_history_tells_who_answered_for_it_and_why_that_changed(store: SqlStore) -> None:
    a_city(store)
    done(store, a_wish(WishKind.RENAME, KF, target="Kultur och fritid"))
    (account,) = [account for account in store.accounts() if account.name == "Museet"]
    told = store.history(account.id)
    assert ("change", KF, "Kultur och fritid") in {
        (each.what, each.before.get("administration"), each.after.get("administration")) for each in told
    }
    assert {("renamed", KF), ("mailbox", KF)} <= {(each.what, each.of) for each in told}
    assert not any(each.of == "account 3" for each in told)


# --- letters


def undone(store: SqlStore, hours: int) -> None:
    store.undo_last_import(an_occasion(LATER + timedelta(hours=hours), "Bea", "fel"))


def withheld(store: SqlStore, name: str, hours: int) -> None:
    at = LATER + timedelta(hours=hours)
    assert store.db.write(lambda conn: correspondence.withdraw(conn, name, at, "Bea"))


def test_what_is_withheld_after_a_merger_was_undone_is_withheld(store: SqlStore) -> None:
    a_city(store)
    released(store, MF)
    done(store, a_wish(WishKind.MERGE, MF, target=KF, letters=True))
    undone(store, 1)
    assert store.may_be_written_to() == {MF}
    withheld(store, MF, 2)
    assert store.may_be_written_to() == set()


def test_an_administration_comes_back_as_withheld_as_it_went(store: SqlStore) -> None:
    a_city(store)
    released(store, MF)
    wish = a_wish(WishKind.MERGE, MF, target=KF)
    done(store, a_wish(WishKind.MERGE, MF, target=KF, letters=True))
    undone(store, 1)
    withheld(store, MF, 2)
    done(store, wish)
    undone(store, 3)
    assert store.may_be_written_to() == set()


def test_a_split_that_was_undone_is_done_again(store: SqlStore) -> None:
    a_city(store)
    released(store, KF)
    wish = a_wish(WishKind.SPLIT, KF, target="Bildning", units=("Biblioteket",))
    done(store, wish)
    undone(store, 1)
    done(store, wish)
    assert store.may_be_written_to() == {KF, "Bildning"}


MIXED = [
    a_wish(WishKind.MERGE, KF, MF, target="Samhälle"),
    a_wish(WishKind.MERGE, KF, target=MF),
    a_wish(WishKind.MERGE, MF, target=KF),
    a_wish(WishKind.SPLIT, KF, target=MF, units=("Biblioteket",)),
]


@pytest.mark.parametrize("of", [KF, MF])
@pytest.mark.parametrize("wish", MIXED, ids=lambda wish: f"{wish.kind}-{wish.target}")
def test_a_release_reaches_nobody_elses_accounts_before_the_officer_has_said_so(
    store: SqlStore, wish: Wish, of: str
) -> None:
    a_city(store)
    released(store, of)
    before = (store.register_rows(), store.may_be_written_to())
    differing = looked_at(store, wish).differing
    assert differing is not None
    assert (differing.released, differing.unreleased) == ((of,), (MF if of == KF else KF,))
    with pytest.raises(WishRefused, match="--withhold"):
        done(store, wish)
    assert (store.register_rows(), store.may_be_written_to()) == before


@pytest.mark.parametrize("may", [True, False])
@pytest.mark.parametrize("of", [KF, MF])
@pytest.mark.parametrize("wish", MIXED, ids=lambda wish: f"{wish.kind}-{wish.target}")
def test_the_officers_word_on_letters_is_done_and_undone_with_the_merger(
    store: SqlStore, wish: Wish, of: str, may: bool
) -> None:
    a_city(store)
    released(store, of)
    number = done(store, replace(wish, letters=may))
    assert (wish.target in store.may_be_written_to()) is may
    undone(store, 1)
    assert store.may_be_written_to() == {of}
    again = store.last_import()
    store.undo_last_import(an_occasion(LATER + timedelta(hours=2), "Bea", "ändå"), number=again)
    assert (wish.target in store.may_be_written_to()) is may
    assert again > number


def test_those_that_are_all_released_or_none_are_merged_unasked(store: SqlStore) -> None:
    a_city(store)
    wish = a_wish(WishKind.MERGE, KF, MF, target="Samhälle")
    assert looked_at(store, wish).differing is None
    released(store, KF)
    released(store, MF)
    assert looked_at(store, wish).differing is None
    done(store, wish)
    assert store.may_be_written_to() == {"Samhälle"}


def test_a_plan_waits_for_the_officers_word_where_one_was_released_meanwhile(store: SqlStore) -> None:
    a_city(store)
    store.plan_reorganisation(a_wish(WishKind.MERGE, KF, MF, target="Samhälle"), an_occasion(NIGHT, "Bea", ""))
    released(store, KF)
    assert carry_out_due(store, TODAY, LATER) == []
    assert len(store.planned_reorganisations()) == 1


def test_a_plan_keeps_the_officers_word_until_its_day(store: SqlStore) -> None:
    a_city(store)
    released(store, KF)
    wish = a_wish(WishKind.MERGE, KF, MF, target="Samhälle", letters=False)
    store.plan_reorganisation(wish, an_occasion(NIGHT, "Bea", ""))
    assert len(carry_out_due(store, TODAY, LATER)) == 1
    assert store.may_be_written_to() == set()
