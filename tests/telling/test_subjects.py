"""A subject says what there is to do before whose it is, and is short enough to be shown whole."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.digest import remarks_of
from audits.digest.at_once import Notice, Trouble, notice_sheet, trouble_sheet, urgent_sheet
from audits.digest.headline import LONGEST, headline
from audits.digest.letters import Digest
from tests.builders import an_account, as_of
from tests.telling.letters import a_briefing, a_held, critical, full, last_week, said, terms, told, well
from worker.rendering.letters import letter_html

COUNTS = st.lists(st.sampled_from(["1 akut", "12 nya", "3 kvarstår", "2 åtgärdade", "4 kan vi inte se"]), min_size=1)


@given(COUNTS, st.text("abc ", max_size=200))
def test_no_subject_is_longer_than_is_shown_and_none_lacks_the_gravest_count(counts: list[str], who: str):
    subject = headline("digest.subject", "sv", counts, who)
    assert len(subject) <= LONGEST
    assert subject.startswith(counts[0])


def test_what_has_no_room_is_left_out_from_the_end_and_never_the_owner():
    counts = ["1 akut", "7 nya", "4 kvarstår", "2 frågor", "3 åtgärdade", "2 kan vi inte se"]
    assert headline("digest.subject", "sv", counts, "Kulturförvaltningen") == (
        "1 akut, 7 nya, 4 kvarstår, 2 frågor – Kulturförvaltningen"
    )


def test_an_urgent_letter_names_the_account_in_its_subject_however_long_the_name():
    for name in ("Konsthallen", "Konsthallen " * 12):
        [remark] = remarks_of(critical(an_account(name=name, platform="x")).dossier, a_briefing())
        subject = urgent_sheet(remark, terms(), as_of()).subject
        assert subject.startswith("Akut: Konsthallen")
        assert len(subject) <= LONGEST


def test_what_is_told_at_once_begins_with_the_thing():
    assert trouble_sheet([Trouble(what="quarantined", facts={"count": 2})], terms(), as_of()).subject.startswith(
        "1 sak"
    )
    assert notice_sheet(Notice(what="rest", facts={}), terms(), as_of()).subject.startswith("Breven till")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_list_of_letters_shows_what_is_to_be_done_first(language: str):
    sheet = full(language)
    page = letter_html(sheet, lambda _: "")
    body = re.sub(r"<[^>]+>", " ", page.partition("</head>")[2])
    assert " ".join(body.split()).startswith(" ".join(sheet.preview.split()))
    assert sheet.preview == sheet.glance[1].text, "it stands in the letter as well"


def test_lines_about_accounts_that_were_handed_on_are_not_said_never_to_have_been():
    left = told(well(an_account(id=2)), told=last_week())
    assert last_answer(left) == "1 anmärkning gällde ett konto som ni inte längre svarar för."
    assert last_answer(told(well(an_account(id=2)))) == "Det finns inga tidigare anmärkningar att följa upp."


def test_lines_that_stay_and_lines_that_were_handed_on_are_told_apart():
    another = {**last_week(), (7, "gone", "gone"): last_week()[(1, "gone", "gone")]}
    answer = last_answer(told(a_held(), told=another))
    assert answer.startswith("1 anmärkning: 1 utan svar.")
    assert answer.endswith("1 anmärkning gällde ett konto som ni inte längre svarar för.")


def last_answer(digest: Digest) -> str:
    return said(digest).glance[-1].text
