from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from audits.digest import Addressee, Purpose, ToldBefore, WhenWell
from audits.model import Case, CaseState
from audits.registering import ChangeKind, RegisterChange
from tests.builders import NIGHT, a_case
from tests.storage.nights import applied, registered
from tests.telling.letters import STOCKHOLM
from worker.ports.telling import LetterKind, LetterState, NewLetter, NewLink
from worker.storage import SqlStore
from worker.storage import tables as t
from worker.storage.letters import SqlLetters

WEEK, NEXT = "2026-W45", "2026-W46"
MINUTE = timedelta(minutes=1)
KULTUR = Addressee(address="kultur@almestad.example")


@pytest.fixture
def letters(store: SqlStore) -> SqlLetters:
    return SqlLetters(store.db, STOCKHOLM)


@pytest.fixture
def case(store: SqlStore) -> Case:
    """A confirmed case of a registered account."""
    [id_] = registered(store, 1)
    kept = a_case(account_id=id_)
    store.save_case(kept, "confirmed", NIGHT)
    return kept


def a_letter(**changes: Any) -> NewLetter:
    given = {"key": "weekly:2026-W45:kultur", "recipient": KULTUR, "subject": "1 ny", "message": b"Hej\r\n"}
    return NewLetter(**{**given, **changes})


def test_a_slot_is_written_once_however_often_it_is_tried(letters: SqlLetters) -> None:
    assert letters.write(LetterKind.WEEKLY, WEEK, [a_letter()], NIGHT)
    assert not letters.write(LetterKind.WEEKLY, WEEK, [a_letter(key="another")], NIGHT)
    assert letters.written(LetterKind.WEEKLY, WEEK)
    assert [each.key for each in letters.letters()] == ["weekly:2026-W45:kultur"]


def test_a_slot_whose_letters_cannot_all_be_written_is_not_written_at_all(letters: SqlLetters) -> None:
    letters.write(LetterKind.WEEKLY, WEEK, [a_letter()], NIGHT)
    with pytest.raises(Exception, match=r"(?i)unique"):
        letters.write(LetterKind.WEEKLY, NEXT, [a_letter(key="new"), a_letter()], NIGHT)
    assert not letters.written(LetterKind.WEEKLY, NEXT)
    assert len(letters.letters()) == 1


def test_a_claimed_letter_is_nobody_elses(letters: SqlLetters) -> None:
    letters.write(LetterKind.WEEKLY, WEEK, [a_letter()], NIGHT)
    held = letters.claim(NIGHT, 60)
    assert held is not None
    assert (held.message, held.attempts) == (b"Hej\r\n", 1)
    assert letters.claim(NIGHT, 60) is None


def test_letters_to_functions_go_before_those_to_persons(letters: SqlLetters) -> None:
    person = a_letter(key="person", recipient=replace(KULTUR, shared=False))
    letters.write(LetterKind.WEEKLY, WEEK, [person, a_letter(key="function")], NIGHT)
    assert [held.key for _ in range(2) if (held := letters.claim(NIGHT, 60))] == ["function", "person"]


def test_a_letter_that_waits_can_be_dropped_and_not_sent_by_hand(letters: SqlLetters) -> None:
    letters.write(LetterKind.WEEKLY, WEEK, [a_letter()], NIGHT)
    [waiting] = letters.letters()
    assert not letters.decide_parked(waiting.id, LetterState.WAITING, NIGHT)
    assert letters.decide_parked(waiting.id, LetterState.DROPPED, NIGHT)
    assert letters.claim(NIGHT, 60) is None


def test_a_letter_that_was_put_off_waits_for_its_time(letters: SqlLetters) -> None:
    letters.write(LetterKind.WEEKLY, WEEK, [a_letter()], NIGHT)
    held = letters.claim(NIGHT, 60)
    assert held is not None
    assert letters.put_off(held, NIGHT + 2 * MINUTE, "451 later")
    assert letters.claim(NIGHT + MINUTE, 60) is None
    again = letters.claim(NIGHT + 2 * MINUTE, 60)
    assert again is not None
    assert (again.attempts, again.answer) == (2, "451 later")


def test_a_sender_that_died_before_the_letter_left_costs_nothing(letters: SqlLetters) -> None:
    letters.write(LetterKind.WEEKLY, WEEK, [a_letter()], NIGHT)
    held = letters.claim(NIGHT, 60)
    assert letters.recover(NIGHT + 2 * MINUTE) == 0
    assert letters.claim(NIGHT + 2 * MINUTE, 60) is not None
    assert held is not None
    assert not letters.start(held, NIGHT + 2 * MINUTE), "the first sender's claim is over"


def test_a_sender_that_died_after_it_parks_the_letter(letters: SqlLetters) -> None:
    letters.write(LetterKind.WEEKLY, WEEK, [a_letter()], NIGHT)
    held = letters.claim(NIGHT, 60)
    assert held is not None
    assert letters.start(held, NIGHT)
    assert letters.recover(NIGHT + MINUTE / 2) == 0, "its time has not run out"
    assert letters.recover(NIGHT + 2 * MINUTE) == 1
    assert letters.claim(NIGHT + 2 * MINUTE, 60) is None
    assert not letters.end(held, LetterState.SENT, "250", NIGHT + 3 * MINUTE)
    [parked] = letters.letters([LetterState.PARKED])
    assert letters.decide_parked(parked.id, LetterState.WAITING, NIGHT + 3 * MINUTE)
    assert letters.claim(NIGHT + 3 * MINUTE, 60) is not None


def test_a_letter_that_was_sent_is_decided(letters: SqlLetters) -> None:
    letters.write(LetterKind.WEEKLY, WEEK, [a_letter()], NIGHT)
    held = letters.claim(NIGHT, 60)
    assert held is not None
    assert letters.start(held, NIGHT)
    assert letters.end(held, LetterState.SENT, "250 OK", NIGHT)
    [sent] = letters.letters([LetterState.SENT])
    assert (sent.answer, sent.ended_at) == ("250 OK", NIGHT)
    assert not letters.decide_parked(sent.id, LetterState.WAITING, NIGHT)


BUTTON = b"https://kanalkoll.almestad.example/fix/" + b"x" * 43
PRESSED = b"Message-ID: <1@almestad.example>\r\nList-Unsubscribe: <" + BUTTON + b">\r\n\r\n" + BUTTON + b"\r\n"


@pytest.mark.parametrize("state", [LetterState.SENT, LetterState.BOUNCED, LetterState.DROPPED])
def test_whoever_reads_the_database_can_press_no_button_of_a_letter_that_has_left(
    letters: SqlLetters, state: LetterState
) -> None:
    letters.write(LetterKind.WEEKLY, WEEK, [a_letter(message=PRESSED)], NIGHT)
    held = letters.claim(NIGHT, 60)
    assert held is not None
    assert letters.end(held, state, "250 OK", NIGHT)
    kept = letters.db.read(lambda conn: conn.scalar(select(t.letter.c.message)))
    assert kept == b"Message-ID: <1@almestad.example>\r\n\r\n"


def test_a_letter_that_is_parked_keeps_its_buttons_until_somebody_says_that_it_arrived(letters: SqlLetters) -> None:
    letters.write(LetterKind.WEEKLY, WEEK, [a_letter(message=PRESSED)], NIGHT)
    held = letters.claim(NIGHT, 60)
    assert held is not None
    assert letters.end(held, LetterState.PARKED, "", NIGHT)
    assert letters.decide_parked(held.id, LetterState.WAITING, NIGHT)
    again = letters.claim(NIGHT, 60)
    assert (again and again.message) == PRESSED
    assert letters.end(again or held, LetterState.PARKED, "", NIGHT)
    assert letters.decide_parked(held.id, LetterState.SENT, NIGHT)
    kept = letters.db.read(lambda conn: conn.scalar(select(t.letter.c.message)))
    assert BUTTON not in (kept or b"")


def test_an_address_that_is_none_bounces_before_it_is_tried(letters: SqlLetters) -> None:
    letters.write(LetterKind.WEEKLY, WEEK, [a_letter(message=b"", refused="no address")], NIGHT)
    assert letters.claim(NIGHT, 60) is None
    assert [each.answer for each in letters.letters([LetterState.BOUNCED])] == ["no address"]


def test_what_was_told_is_known_to_the_next_letter(store: SqlStore, letters: SqlLetters, case: Case) -> None:
    assert store.first_told() == {}
    key = (case.account_id, case.rule, case.fingerprint)
    letters.write(LetterKind.WEEKLY, WEEK, [a_letter(lines=[case])], NIGHT)
    assert letters.told(KULTUR.address, WEEK) == {}
    assert store.first_told() == {key: NIGHT}
    assert letters.told(KULTUR.address, NEXT) == {key: ToldBefore(since=date(2026, 11, 3), state=CaseState.CONFIRMED)}


def test_what_could_not_wait_for_a_week_was_told_and_awaits_its_answer_since_the_last_letter(
    store: SqlStore, letters: SqlLetters, case: Case
) -> None:
    key, days = (case.account_id, case.rule, case.fingerprint), timedelta(days=1)
    letters.write(LetterKind.WEEKLY, WEEK, [a_letter()], NIGHT)
    letters.write(LetterKind.URGENT, "a1", [a_letter(key="at once", lines=[case])], NIGHT + 2 * days)
    told = ToldBefore(since=date(2026, 11, 5), state=CaseState.CONFIRMED)
    assert store.first_told() == {key: NIGHT + 2 * days}
    assert letters.told(KULTUR.address, NEXT) == {key: told}
    letters.write(LetterKind.WEEKLY, NEXT, [a_letter(key="next")], NIGHT + 7 * days)
    assert letters.told(KULTUR.address, "2026-W47") == {key: replace(told, last_week=False)}


def test_who_has_come_to_answer_for_an_account_has_not_heard_what_the_one_before_was_told(
    store: SqlStore, letters: SqlLetters, case: Case
) -> None:
    letters.write(LetterKind.URGENT, "a1", [a_letter(lines=[case])], NIGHT)
    [(id_, row)] = dict(store.register_rows()).items()
    moved = replace(row, administration="Miljöförvaltningen", recipient="miljo@almestad.example")
    change = RegisterChange(kind=ChangeKind.CHANGE, account_id=id_, before=row, after=moved)
    applied(store, [change], NIGHT + timedelta(days=1))
    assert store.first_told() == {}
    again = a_letter(key="again", lines=[case], recipient=replace(KULTUR, address="miljo@almestad.example"))
    letters.write(LetterKind.WEEKLY, NEXT, [again], NIGHT + timedelta(days=7))
    assert list(store.first_told().values()) == [NIGHT + timedelta(days=7)]


def test_a_mailbox_that_answers_for_an_account_also_after_its_move_has_been_told(
    store: SqlStore, letters: SqlLetters, case: Case
) -> None:
    letters.write(LetterKind.URGENT, "a1", [a_letter(lines=[case])], NIGHT)
    [(id_, row)] = dict(store.register_rows()).items()
    moved = replace(row, administration="Miljöförvaltningen", recipient="Kultur@Almestad.example")
    change = RegisterChange(kind=ChangeKind.CHANGE, account_id=id_, before=row, after=moved)
    applied(store, [change], NIGHT + timedelta(days=1))
    assert list(store.first_told().values()) == [NIGHT]


@pytest.mark.parametrize("end", [LetterState.FAILED, LetterState.BOUNCED])
def test_a_letter_that_never_arrived_has_told_nobody(
    store: SqlStore, letters: SqlLetters, case: Case, end: LetterState
) -> None:
    letters.write(LetterKind.WEEKLY, WEEK, [a_letter(lines=[case])], NIGHT)
    held = letters.claim(NIGHT, 60)
    assert held is not None
    assert letters.end(held, end, "550 no such user", NIGHT)
    assert (letters.told(KULTUR.address, NEXT), store.first_told(), letters.first_written()) == ({}, {}, {})


def test_a_line_keeps_its_first_day_and_leaves_last_week_when_it_is_not_told_again(
    letters: SqlLetters, case: Case
) -> None:
    letters.write(LetterKind.WEEKLY, "2026-W44", [a_letter(key="1", lines=[case])], NIGHT - timedelta(days=7))
    letters.write(LetterKind.WEEKLY, WEEK, [a_letter(key="2")], NIGHT)
    [before] = letters.told(KULTUR.address, NEXT).values()
    assert (before.since, before.last_week) == (date(2026, 10, 27), False)


def test_a_mended_case_begins_a_new_round(store: SqlStore, letters: SqlLetters, case: Case) -> None:
    assert set(letters.rounds([case]).values()) == {0}
    store.save_case(replace(case, state=CaseState.VERIFIED_FIXED), "verified_fixed", NIGHT + MINUTE)
    assert set(letters.rounds([case]).values()) == {1}


def test_what_was_told_before_a_case_ended_is_not_known_of_the_same_case_come_back(
    store: SqlStore, letters: SqlLetters, case: Case
) -> None:
    letters.write(LetterKind.WEEKLY, WEEK, [a_letter(lines=[case])], NIGHT)
    store.save_case(replace(case, state=CaseState.VERIFIED_FIXED), "verified_fixed", NIGHT + MINUTE)
    store.save_case(case, "confirmed", NIGHT + 2 * MINUTE)
    [before] = letters.told(KULTUR.address, NEXT).values()
    assert (before.since, before.last_week, store.first_told()) == (None, True, {})
    letters.write(LetterKind.WEEKLY, NEXT, [a_letter(key="again", lines=[case])], NIGHT + timedelta(days=7))
    [before] = letters.told(KULTUR.address, "2026-W47").values()
    assert before.since == date(2026, 11, 10)


def test_a_link_leads_to_its_case_and_is_used_once(letters: SqlLetters, case: Case) -> None:
    link = NewLink(hash="f" * 64, purpose=Purpose.FIX, expires_at=NIGHT + timedelta(days=60),
                   case=(case.account_id, case.rule, case.fingerprint))  # fmt: skip
    letters.write(LetterKind.WEEKLY, WEEK, [a_letter(links=[link])], NIGHT)
    found = letters.find("f" * 64)
    assert found is not None
    assert (found.case, found.account_id, found.recipient, found.used_at) == (
        case,
        case.account_id,
        KULTUR.address,
        None,
    )
    assert letters.use("f" * 64, "Bea", NIGHT)
    assert not letters.use("f" * 64, "Bo", NIGHT)
    used = letters.find("f" * 64)
    assert used is not None
    assert (used.used_by, used.used_at) == ("Bea", NIGHT)
    assert letters.answered_since(NIGHT) == {KULTUR.address}


def test_a_link_whose_time_is_over_does_nothing(letters: SqlLetters) -> None:
    letters.add([NewLink(hash="e" * 64, purpose=Purpose.REPORT, expires_at=NIGHT)], KULTUR.address, "sv")
    assert not letters.use("e" * 64, "Bea", NIGHT)
    assert letters.find("d" * 64) is None


def test_an_administration_is_released_once_and_withheld_again(store: SqlStore, letters: SqlLetters) -> None:
    registered(store, 1)
    assert not letters.release("Ingenförvaltningen", "KA", NIGHT)
    assert letters.release("Kulturförvaltningen", "KA", NIGHT)
    assert letters.release("Kulturförvaltningen", "någon annan", NIGHT)
    assert letters.released() == {"Kulturförvaltningen": "KA"}
    assert letters.withdraw("Kulturförvaltningen", NIGHT)
    assert not letters.withdraw("Kulturförvaltningen", NIGHT)
    assert letters.released() == {}


def test_a_pause_ends_by_itself_or_by_word(letters: SqlLetters) -> None:
    letters.pause(KULTUR.address, "Bea", NIGHT + timedelta(days=30), NIGHT)
    letters.pause(KULTUR.address, "Bea", NIGHT + timedelta(days=60), NIGHT)
    [pause] = letters.pauses(NIGHT)
    assert (pause.recipient, pause.ends_at) == (KULTUR.address, NIGHT + timedelta(days=60))
    assert letters.pauses(NIGHT + timedelta(days=61)) == []
    assert letters.unpause(KULTUR.address, "KA", NIGHT)
    assert not letters.unpause(KULTUR.address, "KA", NIGHT)
    ended = select(t.mail_pause.c.ended_by).order_by(t.mail_pause.c.id)
    assert letters.db.read(lambda conn: conn.scalars(ended).all()) == ["Bea", "KA"]


def test_the_day_of_the_latest_look_that_saw_is_known(store: SqlStore, letters: SqlLetters) -> None:
    from audits.model import Transport
    from tests.storage.nights import a_night, looked, seen

    [id_] = registered(store, 1)
    for night, transport in enumerate((Transport.OK, Transport.WALLED)):
        now = NIGHT + timedelta(days=night)
        looked(store, a_night(store, [id_], now), now, lambda each, t=transport, at=now: seen(each.id, at, transport=t))  # type: ignore[misc]  # mypy cannot infer a lambda with defaults
    assert letters.last_reads() == {id_: NIGHT}


def test_what_a_mailbox_wishes_for_stands_until_it_wishes_otherwise(letters: SqlLetters) -> None:
    assert letters.wish("Kultur@almestad.example", WhenWell.SILENCE, "Bea", NIGHT)
    assert not letters.wish("kultur@almestad.example", WhenWell.SILENCE, "Bo", NIGHT), "it stands already"
    assert letters.wishes() == {"kultur@almestad.example": WhenWell.SILENCE}
    assert letters.wish("kultur@almestad.example", WhenWell.LINE, "Bo", NIGHT)
    assert letters.wishes() == {"kultur@almestad.example": WhenWell.LINE}
    assert letters.wish("kultur@almestad.example", None, "Bo", NIGHT)
    assert letters.wishes() == {}


def test_presses_are_counted_by_mailbox_and_button_and_forgotten_after_their_time(letters: SqlLetters) -> None:
    link = NewLink(hash="a" * 64, purpose=Purpose.REPORT, expires_at=NIGHT + timedelta(days=60))
    other = replace(link, hash="b" * 64, purpose=Purpose.ROUND)
    letters.add([link, other], KULTUR.address, "sv")
    report, round_ = letters.find(link.hash), letters.find(other.hash)
    assert report is not None
    assert round_ is not None
    since = NIGHT - timedelta(days=1)
    assert [letters.press(report, 2, since, NIGHT) for _ in range(3)] == [True, True, False]
    assert letters.press(round_, 2, since, NIGHT)
    assert letters.press(replace(report, recipient="bygg@almestad.example"), 2, since, NIGHT)
    assert letters.press(report, 2, NIGHT, NIGHT + MINUTE)


def test_a_mailbox_that_presses_from_many_places_at_once_is_counted_once_for_each(letters: SqlLetters) -> None:
    letters.add([NewLink(hash="a" * 64, purpose=Purpose.REPORT, expires_at=NIGHT + MINUTE)], KULTUR.address, "sv")
    link = letters.find("a" * 64)
    assert link is not None
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda _: letters.press(link, 5, NIGHT - MINUTE, NIGHT), range(16)))
    assert taken.count(True) == 5
