"""Rounds through the nights: asked behind a wall, answered in somebody's name, overdue when nobody does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event

from audits.model import Outcome
from audits.stating import StatementRefused, Word
from config.rules import read_rules
from tests.builders import as_of
from tests.fakes import some_instruments
from tests.worker.nights import BOARDS, WALL, City
from worker.ports.attesting import HandOver
from worker.steps.attesting import AnswerRefused, Reply, answer, hand_over, open_due_rounds, round_page
from worker.storage import SqlStore
from worker.storage.attesting import SqlAttestations

FIRST = datetime.fromisoformat("2026-12-10T02:15:00+00:00")  # more than a month after they were registered
RULES = read_rules(
    '[question.alive]\ntitle = { sv = "Är kontot i bruk?", en = "Is it in use?" }\ntakes_link = true\n'
    '[question.two-factor]\ntitle = { sv = "Tvåfaktor?", en = "Two-factor?" }\nof = "all"\nevery_days = 365\n'
    '[rule.attestation-overdue]\ncheck = "attested"\nlimits = { question = "alive", days = 120 }\n'
    "guarded = false\nconfirm = { looks = 1 }\n"
    '[rule.inactive]\ncheck = "inactive"\nguarded = false\n'
    "limits = { notice_days = 30, deviation_days = 90, closing_days = 180 }\n"
)


class KilledHere(BaseException):
    """The process ends in the middle of what it writes."""


@pytest.fixture
def city(store: SqlStore) -> City:
    """Two accounts of which the first stands behind a wall."""
    city = City(store, 2)
    city.instruments = some_instruments(RULES)
    city.web[city.addresses[0]] = WALL
    city.clock.now = FIRST
    city.night()
    return city


def asked(city: City) -> list[int]:
    return list(open_due_rounds(city.store, SqlAttestations(city.store.db), RULES.questions, as_of(city.clock())))


def replied(city: City, answers: dict[str, bool] | None = None, **changes: Any) -> Any:
    word = Word(
        by=changes.pop("by", "KF"), at=city.clock(), zone=ZoneInfo("Europe/Stockholm"), on=changes.pop("on", None)
    )
    reply = Reply(**{"account_id": 1, "word": word, "answers": answers or {}, **changes})
    return answer(city.store, SqlAttestations(city.store.db), city.instruments, (BOARDS,), reply)


def overdue(city: City) -> Outcome:
    return next(
        finding.outcome
        for account, finding, _ in city.store.current_findings()
        if account.id == 1 and finding.rule == "attestation-overdue"
    )


def test_only_what_no_look_tells_is_asked(city: City):
    [round_id] = asked(city)
    page = round_page(city.store, SqlAttestations(city.store.db), RULES.questions, round_id)
    assert page is not None
    wanted = {channel.account.id: {question.id for question in channel.questions} for channel in page.channels}
    assert wanted == {1: {"alive", "two-factor"}, 2: {"two-factor"}}


def test_an_administration_that_may_not_be_written_to_is_not_asked(city: City):
    attestations, now = SqlAttestations(city.store.db), as_of(city.clock())
    for written_to, opened in ((set(), []), ({"SF"}, []), ({"KF"}, [1])):
        found = open_due_rounds(city.store, attestations, RULES.questions, now, of=written_to)
        assert list(found) == opened


def test_asking_again_asks_nobody(city: City):
    assert asked(city)
    assert asked(city) == []


def test_the_page_shows_what_the_machine_knows_beside_what_it_asks(city: City):
    [round_id] = asked(city)
    page = round_page(city.store, SqlAttestations(city.store.db), RULES.questions, round_id)
    assert page is not None
    blind, seen = page.channels
    assert (blind.last_seen_at, seen.last_seen_at) == (None, city.clock() - timedelta(hours=24))
    assert blind.last_look is not None
    assert blind.last_look.transport.value == "unreadable"


def test_a_pasted_link_answers_that_the_account_is_in_use_and_acquits_of_silence(city: City):
    asked(city)
    answered = replied(city, link="https://board.example/0/note/7", on=date(2026, 12, 9))
    assert {each.question: each.yes for each in answered.answers} == {"alive": True}
    assert answered.in_words(RULES.questions, "sv", as_of(city.clock())) == [
        "Är kontot i bruk? Bekräftat av KF den 11 december."
    ]
    city.night()
    silent = next(
        finding
        for account, finding, _ in city.store.current_findings()
        if account.id == 1 and finding.rule == "inactive"
    )
    assert (silent.outcome, silent.stated_by) == (Outcome.PASSED, "KF")


def test_a_link_that_is_refused_leaves_no_answer_behind(city: City):
    asked(city)
    with pytest.raises(StatementRefused):
        replied(city, {"two-factor": True}, link="https://board.example/0/note/7")
    assert city.store.circumstances_of([1])[1].answers == {}


def test_a_pasted_link_and_its_answer_are_kept_as_one(city: City):
    asked(city)

    def broken_off(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("INSERT INTO attestation_answer"):
            raise KilledHere

    event.listen(city.store.db.engine, "before_cursor_execute", broken_off)
    with pytest.raises(KilledHere):
        replied(city, {"two-factor": True}, link="https://board.example/0/note/7", on=date(2026, 12, 9))
    event.remove(city.store.db.engine, "before_cursor_execute", broken_off)
    assert city.store.circumstances_of([1])[1].answers == {}
    assert city.store.statements_of([1]) == {}, "no statement without its answer"
    replied(city, {"two-factor": True}, link="https://board.example/0/note/7", on=date(2026, 12, 9))
    assert city.store.circumstances_of([1])[1].answers.keys() == {"alive", "two-factor"}
    assert city.store.statements_of([1]).keys() == {1}


@pytest.mark.parametrize(
    ("answers", "changes", "complaint"),
    [
        ({}, {}, "no answer"),
        ({"alive": True}, {"by": " "}, "who"),
        ({"colour": True}, {}, "alive, two-factor"),
        ({"alive": True}, {"account_id": 99}, "99"),
        ({"alive": False}, {"link": "https://board.example/0/note/7"}, "leave one"),
    ],
)
def test_an_answer_that_says_nothing_certain_is_refused(city: City, answers, changes, complaint):
    with pytest.raises(AnswerRefused, match=complaint):
        replied(city, answers, **changes)


def test_nobody_is_overdue_before_the_last_day_and_an_answer_ends_it(city: City):
    asked(city)
    city.clock.now = datetime.fromisoformat("2026-12-25T02:15:00+00:00")
    city.night()
    city.clock.now = datetime.fromisoformat("2026-12-26T02:15:00+00:00")
    assert overdue(city) is Outcome.INAPPLICABLE
    city.night()
    city.night()
    assert overdue(city) is Outcome.FAILED
    assert (1, "attestation-overdue") in city.told()
    replied(city, {"alive": True})
    city.night()
    assert overdue(city) is Outcome.PASSED
    assert (1, "attestation-overdue") not in city.told()


def test_a_no_is_told_with_who_said_it(city: City):
    asked(city)
    replied(city, {"alive": False})
    city.night()
    finding = next(
        finding for account, finding, _ in city.store.current_findings() if finding.rule == "attestation-overdue"
    )
    assert (finding.outcome, finding.seen["answered_by"]) == (Outcome.FAILED, "KF")


def test_a_round_is_handed_to_a_colleague_by_name(city: City):
    [round_id] = asked(city)
    attestations, to_cleo = SqlAttestations(city.store.db), HandOver(to="Cleo", by="KF", at=city.clock())
    hand_over(attestations, round_id, to_cleo)
    assert [each.to for each in attestations.rounds()[0].hand_overs] == ["Cleo"]
    with pytest.raises(AnswerRefused, match="does not ask"):
        hand_over(attestations, round_id, replace(to_cleo, account_id=99))
    with pytest.raises(AnswerRefused, match="whom"):
        hand_over(attestations, round_id, replace(to_cleo, to=""))
