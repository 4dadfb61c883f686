"""When administrations are asked, of what, and how their answers read."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from audits.attesting import Question, Questions, Reach, Round, confirmed, period_of, rounds_due
from audits.days import Now
from audits.model import Account, Answer, Asked, Circumstances
from tests.builders import NIGHT, TODAY, an_account, as_of

TITLE = {"sv": "Är kontot i bruk?", "en": "Is the account in use?"}


def a_question(**changes: Any) -> Question:
    return Question(**{"id": "alive", "title": TITLE, "source": "…", "main_every_days": 30, **changes})


def an_answer(days_ago: int = 0, **changes: Any) -> Answer:
    given = {"account_id": 1, "question": "alive", "yes": True, "by": "KF", "at": NIGHT - timedelta(days=days_ago)}
    return Answer(**{**given, **changes})


def due(
    known: Circumstances | None = None,
    question: Question | None = None,
    account: Account | None = None,
    begun: frozenset[tuple[str, str]] = frozenset(),
    main: frozenset[str] = frozenset(),
) -> list[Round]:
    question, account = question or a_question(), account or an_account()
    questions = Questions(every={question.id: question}, main=main)
    return list(rounds_due([account], questions, {account.id: known or Circumstances()}, begun, as_of()))


def asked_of(count: int, *, unseen: frozenset[int] = frozenset(), day: date = TODAY, main: bool = False) -> list[int]:
    """Of how many accounts of an office one question is due, and of the unseen ones another; who is asked about."""
    accounts = [an_account(id=number, key=f"board:{number}") for number in range(1, count + 1)]
    known = {each.id: Circumstances(last_seen_at=None if each.id in unseen else NIGHT) for each in accounts}
    every = {"alive": a_question(), "two-factor": a_question(id="two-factor", of=Reach.ALL)}
    questions = Questions(every=every, main=frozenset(str(each.id) for each in accounts) if main else frozenset())
    now = Now(datetime.combine(day, NIGHT.time(), NIGHT.tzinfo), as_of().zone)
    [round_] = rounds_due(accounts, questions, known, frozenset(), now)
    return list(dict.fromkeys(account for account, _ in round_.items))


@pytest.mark.parametrize(("count", "asked"), [(1, 1), (3, 3), (4, 2), (5, 3), (9, 3), (27, 3)])
def test_an_office_is_asked_about_a_few_accounts_a_week(count, asked):
    assert len(asked_of(count)) == asked


@pytest.mark.parametrize("day", [date(2026, 10, 1), date(2026, 12, 28)])
def test_more_are_asked_about_in_a_week_only_where_a_quarter_would_not_suffice_whenever_it_begins(day):
    assert len(asked_of(27, day=day)) == 3
    assert len(asked_of(65, day=day)) == 5


def test_accounts_that_no_look_has_reached_are_asked_about_first():
    assert asked_of(9, unseen=frozenset({4, 8})) == [4, 8, 1]


def test_of_the_main_accounts_all_is_asked_at_once():
    assert asked_of(9, main=True) == list(range(1, 10))


def test_an_account_that_no_route_sees_is_asked_about_in_this_weeks_round():
    [round_] = due()
    assert (round_.administration, round_.period) == (an_account().administration, "2026-W45")
    assert round_.items == ((1, "alive"),)
    assert round_.due_on == TODAY + timedelta(days=14)


def test_a_main_account_is_asked_about_every_month():
    assert [each.period for each in due(main=frozenset({"1"}))] == ["2026-11"]
    asked_last_month = Circumstances(answers={"alive": an_answer(31)})
    assert due(asked_last_month, main=frozenset({"1"}))
    assert not due(asked_last_month)


@pytest.mark.parametrize(("days", "asked"), [(1, False), (30, False), (31, True)])
def test_an_account_is_asked_about_when_it_was_not_seen_for_a_month(days, asked):
    assert bool(due(Circumstances(last_seen_at=NIGHT - timedelta(days=days)))) is asked


def test_an_account_that_is_new_has_its_month():
    assert not due(Circumstances(added_at=NIGHT - timedelta(days=30)))
    assert due(Circumstances(added_at=NIGHT - timedelta(days=31)))


def test_what_only_people_know_is_asked_of_every_account():
    seen = Circumstances(last_seen_at=NIGHT)
    assert due(seen, a_question(id="two-factor", of=Reach.ALL))


@pytest.mark.parametrize(("days", "asked"), [(89, False), (90, True)])
def test_an_answer_expires(days, asked):
    assert bool(due(Circumstances(answers={"alive": an_answer(days)}))) is asked


def test_a_no_is_an_answer_too():
    assert not due(Circumstances(answers={"alive": an_answer(yes=False)}))


def test_what_waits_for_its_answer_is_not_asked_again():
    waiting = Asked(round_id=1, account_id=1, question="alive", at=NIGHT, due_on=TODAY)
    assert not due(Circumstances(asked={"alive": waiting}))


def test_nobody_is_asked_twice_in_a_week():
    administration = an_account().administration or ""
    assert not due(begun=frozenset({(administration, "2026-W45")}))


def test_an_account_that_nobody_answers_for_is_not_asked_about():
    assert not due(account=an_account(administration=None))


@pytest.mark.parametrize("changes", [{"platforms": frozenset({"youtube"})}, {"kinds": frozenset({"role"})}])
def test_a_question_is_put_only_of_its_platforms_and_kinds(changes):
    assert not due(question=a_question(**changes))


@pytest.mark.parametrize(
    ("day", "main", "period"),
    [
        (date(2026, 1, 1), False, "2026-W01"),
        (date(2027, 1, 3), False, "2026-W53"),
        (date(2026, 3, 31), True, "2026-03"),
    ],
)
def test_periods_are_weeks_and_months(day, main, period):
    assert period_of(day, main=main) == period


def test_an_answer_reads_as_somebodys_word_and_never_as_seen():
    assert confirmed(an_answer(), "sv", as_of()) == "Bekräftat av KF den 3 november."
    assert confirmed(an_answer(), "en", as_of()) == "Confirmed by KF on 3 November."
    assert confirmed(an_answer(yes=False), "en", as_of()) == "KF answered no on 3 November."


def test_an_answer_of_another_year_says_which():
    assert confirmed(an_answer(400), "sv", as_of()) == "Bekräftat av KF den 29 september 2025."
