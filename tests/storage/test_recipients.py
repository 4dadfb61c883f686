"""Mailboxes of administrations and units in the store: set, told in the history, taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from audits.recipients import Answering, Mailbox, Place, PlaceChange, whom_to_tell
from audits.registering import ChangeKind, RegisterChange
from tests.builders import NIGHT, an_occasion
from tests.storage.nights import a_row, added, applied, rows
from worker.ports import RegisterMoved
from worker.storage import SqlStore
from worker.storage import tables as t

KF, LIBRARY = Place("Kulturförvaltningen"), Place("Kulturförvaltningen", "Stadsbiblioteket")
MAILBOX = Mailbox(recipient="kf@almestad.example", language="sv")
LATER = NIGHT + timedelta(days=1)


def a_library(store: SqlStore) -> int:
    applied(store, added(a_row(unit="Stadsbiblioteket")))
    return store.accounts()[0].id


def told(store: SqlStore, account_id: int) -> tuple[str, str | None, Answering] | None:
    recipient = whom_to_tell(store.mailboxes_around([account_id])[account_id])
    return (recipient.recipient, recipient.language, recipient.answering) if recipient else None


def test_a_place_without_a_mailbox_is_listed_all_the_same(store: SqlStore) -> None:
    a_library(store)
    assert store.places() == {KF: Mailbox(), LIBRARY: Mailbox()}


def test_the_administrations_mailbox_answers_for_its_units(store: SqlStore) -> None:
    account_id = a_library(store)
    applied(store, [], mailboxes=[PlaceChange(place=KF, after=MAILBOX)])
    assert told(store, account_id) == ("kf@almestad.example", "sv", Answering.ADMINISTRATION)


def test_the_units_mailbox_comes_first_and_takes_the_wider_language(store: SqlStore) -> None:
    account_id = a_library(store)
    own = Mailbox(recipient="biblioteket@almestad.example")
    applied(store, [], mailboxes=[PlaceChange(place=KF, after=MAILBOX), PlaceChange(place=LIBRARY, after=own)])
    assert told(store, account_id) == ("biblioteket@almestad.example", "sv", Answering.UNIT)


def test_a_rows_own_mailbox_is_the_accounts_and_not_its_units(store: SqlStore) -> None:
    applied(store, added(a_row(unit="Stadsbiblioteket", recipient="museet@almestad.example"), a_row(name="Andra")))
    first, second = (account.id for account in store.accounts())
    assert told(store, first) == ("museet@almestad.example", None, Answering.ACCOUNT)
    assert told(store, second) is None
    assert store.places()[LIBRARY] == Mailbox()


def test_undoing_takes_a_mailbox_back(store: SqlStore) -> None:
    a_library(store)
    applied(store, [], mailboxes=[PlaceChange(place=KF, after=MAILBOX)])
    store.undo_last_import(an_occasion(LATER, "Bea", "fel brevlåda"))
    assert store.places()[KF] == Mailbox()
    kinds = [(row["administration"], row["before"]["recipient"], row["after"]["recipient"]) for row in
             rows(store, t.place_change)]  # fmt: skip
    assert kinds == [(KF.administration, None, "kf@almestad.example"), (KF.administration, "kf@almestad.example", None)]


def test_undoing_a_whole_import_takes_its_accounts_and_mailboxes_back(store: SqlStore) -> None:
    applied(store, added(a_row(unit="Stadsbiblioteket")), mailboxes=[PlaceChange(place=KF, after=MAILBOX)])
    store.undo_last_import(an_occasion(LATER, "Bea", "fel lista"))
    assert store.accounts() == ()
    assert store.places() == {}
    assert store.places(ended=True)[KF] == Mailbox()


def test_a_mailbox_that_somebody_else_changed_is_left_alone(store: SqlStore) -> None:
    a_library(store)
    applied(store, [], mailboxes=[PlaceChange(place=KF, after=MAILBOX)])
    with pytest.raises(RegisterMoved, match="mailbox of Kulturförvaltningen"):
        applied(store, [], mailboxes=[PlaceChange(place=KF, after=Mailbox(recipient="annan@almestad.example"))])
    assert store.places()[KF] == MAILBOX


def test_an_administration_that_comes_back_is_told_where_it_was(store: SqlStore) -> None:
    account_id = a_library(store)
    applied(store, [], mailboxes=[PlaceChange(place=KF, after=MAILBOX)])
    [(_, row)] = store.register_rows()
    applied(store, [RegisterChange(kind=ChangeKind.REMOVE, account_id=account_id, before=row)], LATER)
    assert store.places() == {}
    applied(store, [RegisterChange(kind=ChangeKind.ADD, account_id=account_id, after=row)], LATER)
    assert store.places()[KF] == MAILBOX


def test_a_unit_ends_with_its_last_account(store: SqlStore) -> None:
    account_id = a_library(store)
    applied(store, added(a_row(name="Museet", unit="Museet")))
    row = dict(store.register_rows())[account_id]
    applied(store, [RegisterChange(kind=ChangeKind.REMOVE, account_id=account_id, before=row)], LATER)
    assert list(store.places()) == [KF, Place("Kulturförvaltningen", "Museet")]
