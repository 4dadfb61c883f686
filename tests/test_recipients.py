"""Who is told: the nearest mailbox, in the nearest language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.recipients import Answering, Mailbox, Mailboxes, Place, PlaceChange, is_mailbox, plan_places, whom_to_tell

MAILBOXES = st.builds(
    Mailbox,
    recipient=st.sampled_from([None, "a@almestad.example", "b@almestad.example"]),
    language=st.sampled_from([None, "sv", "en"]),
)
KF = Place("Kulturförvaltningen")


@given(MAILBOXES, MAILBOXES, MAILBOXES, MAILBOXES)
def test_the_nearest_mailbox_is_told_and_nobody_only_where_nobody_is_named(account, unit, administration, officer):
    around = Mailboxes(account=account, unit=unit, administration=administration)
    named = [each.recipient for each in (account, unit, administration, officer) if each.recipient]
    told = whom_to_tell(around, officer)
    assert (told.recipient if told else None) == next(iter(named), None)


def test_the_officer_is_told_where_nobody_else_is_named():
    told = whom_to_tell(Mailboxes(), Mailbox(recipient="webb@almestad.example", language="sv"))
    assert told is not None
    assert (told.recipient, told.answering) == ("webb@almestad.example", Answering.OFFICER)


def test_a_narrower_mailbox_is_not_told_in_a_language_of_a_place_inside_it():
    around = Mailboxes(unit=Mailbox(language="en"), administration=Mailbox(recipient="kf@almestad.example"))
    told = whom_to_tell(around, Mailbox(language="sv"))
    assert told is not None
    assert told.language == "sv"


def test_what_a_file_does_not_say_stays_as_it_stands():
    standing = {KF: Mailbox(recipient="kf@almestad.example", language="en")}
    assert plan_places(standing, {KF: Mailbox(language="en")}) == ()
    (change,) = plan_places(standing, {KF: Mailbox(language="sv")})
    assert change == PlaceChange(
        place=KF, before=standing[KF], after=Mailbox(recipient="kf@almestad.example", language="sv")
    )


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("redaktionen@almestad.example", True),
        ("åsa.öst@almestad.example", False),
        ("redaktionen", False),
        ("redaktionen@almestad", False),
        ("Redaktionen <redaktionen@almestad.example>", False),
        ("a@almestad.example, b@almestad.example", False),
        ("a@almestad.example\nBcc: b@elak.example", False),
        ("@almestad.example", False),
        ("(" * 2_000 + "a@almestad.example", False),
        ("a" * 400 + "@almestad.example", False),
        ("", False),
    ],
)
def test_a_mailbox_is_one_address_and_nothing_else(text, is_one):
    assert is_mailbox(text) is is_one


@given(st.text(max_size=60))
def test_no_text_breaks_the_question_whether_it_is_a_mailbox(text):
    assert is_mailbox(text) in (True, False)
