"""A register's file says who is told."""

from __future__ import annotations

from pathlib import Path

from audits.recipients import Mailbox, Place
from worker.importing.preparing import Known, Prepared, prepare

HEAD = "Förvaltning;Enhet;Adress;Mottagare;Enhetens mottagare;Förvaltningens mottagare;Förvaltningens språk\n"
KF = Place("Kulturförvaltningen")


def prepared(tmp_path: Path, *lines: str, known: Known | None = None) -> Prepared:
    file = tmp_path / "register.csv"
    file.write_text(HEAD + "\n".join(lines))
    return prepare(file, known)


def said(read: Prepared) -> dict[Place, Mailbox]:
    return {change.place: change.after for change in read.mailboxes}


def test_each_level_has_a_column_of_its_own(tmp_path):
    read = prepared(
        tmp_path, "Kulturförvaltningen;Museet;x.com/a;a@alm.example;museet@alm.example;kf@alm.example;svenska"
    )
    assert [each.row.recipient for each in read.read.stated] == ["a@alm.example"]
    assert said(read) == {
        KF: Mailbox(recipient="kf@alm.example", language="sv"),
        Place(KF.administration, "Museet"): Mailbox(recipient="museet@alm.example"),
    }


def test_one_line_is_enough_for_a_whole_administration(tmp_path):
    read = prepared(tmp_path, "Kulturförvaltningen;;x.com/a;;;kf@alm.example;", ";;x.com/b;;;;")
    assert said(read) == {KF: Mailbox(recipient="kf@alm.example")}
    assert read.read.rejected == ()


def test_two_lines_that_disagree_are_told_and_the_first_counts(tmp_path):
    read = prepared(
        tmp_path, "Kulturförvaltningen;;x.com/a;;;kf@alm.example;", "Kulturförvaltningen;;x.com/b;;;annan@alm.example;"
    )
    assert said(read) == {KF: Mailbox(recipient="kf@alm.example")}
    (rejected,) = read.read.rejected
    assert (rejected.line, rejected.value) == (3, "annan@alm.example")
    assert len(read.read.stated) == 2


def test_what_is_no_mailbox_is_told_with_its_line_and_the_account_is_taken(tmp_path):
    read = prepared(tmp_path, "Kulturförvaltningen;;x.com/a;;;Kalle;")
    (rejected,) = read.read.rejected
    assert (rejected.line, rejected.value, rejected.reason) == (2, "Kalle", "not an e-mail address")
    assert len(read.read.stated) == 1


def test_the_short_form_is_the_same_administration(tmp_path):
    known = Known(places={KF: Mailbox(recipient="kf@alm.example")}, short_forms={"KF": "Kulturförvaltningen"})
    read = prepared(tmp_path, "KF;;x.com/a;;;kf@alm.example;", known=known)
    assert [each.row.administration for each in read.read.stated] == ["Kulturförvaltningen"]
    assert read.mailboxes == ()
