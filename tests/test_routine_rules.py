"""The sentences of the city's own routine, held against register, pictures, what people answer, and walls."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from audits.model import (
    UNSEEN,
    Account,
    Answer,
    Asked,
    Circumstances,
    Kind,
    Observation,
    Outcome,
    Picture,
    Severity,
)
from audits.rulebook import judge
from audits.sights import Register, sights_of
from config.rules import PATH, load_rules, read_rules
from tests.builders import NIGHT, TODAY, a_blind_observation, an_account, an_observation, as_of, some_facts
from tests.judged import CANNOT_TELL, FAILED, INAPPLICABLE, PASSED, a_closing, found, saying

RULES = load_rules().routines


POST_RULES = ["facebook-picture", "linkedin-picture", "youtube-captions", "alt-text", "film-captions", "flood"]


@pytest.mark.parametrize("rule", [*POST_RULES, "picture", "signpost", "farewell", "parked", "parked-notice", "season"])
def test_no_rule_of_the_routine_accuses_on_a_wall(rule):
    account = an_account(
        platform=next(iter(RULES[rule].platforms), "mastodon"),
        kind=next(iter(RULES[rule].kinds), Kind.ORDINARY),
        season_months=tuple(range(1, 13)),
    )
    approved = {"0" * 16: "staden"}
    assert found(rule, a_blind_observation(), account, approved_pictures=approved).outcome is CANNOT_TELL


# --- register, list and picture


@pytest.mark.parametrize(
    ("listed", "kind", "outcome"),
    [
        ({1: True}, Kind.ORDINARY, PASSED),
        ({1: False}, Kind.ORDINARY, FAILED),
        ({1: True}, Kind.SIGNPOSTED_CLOSED, FAILED),
        ({1: False}, Kind.SIGNPOSTED_CLOSED, PASSED),
        ({}, Kind.ORDINARY, CANNOT_TELL),
    ],
)
def test_accounts_in_use_stand_on_the_public_list_and_closed_ones_do_not(listed, kind, outcome):
    assert found("public-list", account=an_account(kind=kind), listed=listed).outcome is outcome


@pytest.mark.parametrize(
    ("ended", "listed", "outcome"),
    [(1, True, FAILED), (1, False, PASSED), (0, True, PASSED), (0, False, PASSED), (-1, False, FAILED)],
)
def test_an_account_past_its_last_day_is_closed_to_the_list_and_on_that_day_either_will_do(ended, listed, outcome):
    account = an_account(ends_on=TODAY - timedelta(days=ended))
    assert found("public-list", account=account, listed={1: listed}).outcome is outcome


AVATAR = "https://cdn.example/avatars/1.png?sig=1"
SEEN_PICTURE = Picture(url="https://other.example/avatars/1.png?sig=2", fingerprint="00000000000000ff")


@pytest.mark.parametrize(
    ("approved", "outcome"),
    [
        ({"00000000000000ff": "staden"}, PASSED),
        ({"00000000000000f8": "staden"}, PASSED),
        ({"ffffffffffffff00": "staden"}, FAILED),
        ({}, INAPPLICABLE),
    ],
    ids=["the same", "as good as the same", "another", "none approved yet"],
)
def test_an_unknown_picture_is_a_question_and_a_known_one_is_not(approved, outcome):
    shown = an_observation(facts=some_facts(avatar_url=AVATAR))
    finding = found("picture", shown, beside=Circumstances(picture=SEEN_PICTURE), approved_pictures=approved)
    assert (finding.outcome, finding.severity) == (outcome, Severity.LOW)


def test_a_picture_that_nobody_has_looked_at_is_not_asked_about():
    changed = an_observation(facts=some_facts(avatar_url="https://cdn.example/avatars/2.png"))
    approved = {"ffffffffffffff00": "staden"}
    for observation in (changed, an_observation(facts=some_facts(avatar_url=None))):
        finding = found("picture", observation, beside=Circumstances(picture=SEEN_PICTURE), approved_pictures=approved)
        assert finding.outcome is CANNOT_TELL


# --- what people answer


def answered(question: str, days_ago: int = 0, *, yes: bool = True) -> Circumstances:
    at = NIGHT - timedelta(days=days_ago)
    return Circumstances(answers={question: Answer(account_id=1, question=question, yes=yes, by="KF", at=at)})


def asked(question: str, due_on: date, answers: Circumstances | None = None) -> Circumstances:
    waiting = Asked(round_id=1, account_id=1, question=question, at=NIGHT - timedelta(days=14), due_on=due_on)
    return Circumstances(asked={question: waiting}, answers=answers.answers if answers else {})


@pytest.mark.parametrize(
    ("beside", "outcome"),
    [
        (Circumstances(), INAPPLICABLE),
        (asked("alive", TODAY), INAPPLICABLE),
        (asked("alive", TODAY - timedelta(days=1)), FAILED),
        (answered("alive"), PASSED),
        (answered("alive", 121), INAPPLICABLE),
        (answered("alive", yes=False), FAILED),
        (asked("alive", TODAY, answered("alive", 100)), PASSED),
        (asked("alive", TODAY - timedelta(days=1), answered("alive", 100)), FAILED),
    ],
    ids=[
        "never asked", "asked, in time", "overdue", "confirmed", "expired", "denied", "expiring, in time",
        "expiring, overdue",
    ],
)  # fmt: skip
def test_an_attestation_is_asked_for_holds_and_expires(beside, outcome):
    assert found("attestation-overdue", a_blind_observation(), beside=beside).outcome is outcome


def test_too_few_administrators_of_a_main_account_are_graver():
    beside = answered("two-administrators", yes=False)
    assert found("two-administrators", beside=beside).severity is Severity.MEDIUM
    assert found("two-administrators", beside=beside, main=frozenset({"1"})).severity is Severity.HIGH


def test_only_a_no_says_that_an_account_is_not_the_administrations():
    assert found("ours-denied", beside=answered("ours", yes=False)).outcome is FAILED
    assert found("ours-denied", beside=asked("ours", TODAY - timedelta(days=9))).outcome is INAPPLICABLE


@pytest.mark.parametrize(("days", "outcome"), [(0, PASSED), (-1, FAILED)])
def test_a_decided_closing_is_done_in_time(days, outcome):
    beside = Circumstances(closing=a_closing(closes_on=TODAY + timedelta(days=days)))
    assert found("closing-overdue", beside=beside).outcome is outcome


def test_what_is_done_to_close_an_account_is_not_held_against_it():
    closing = Circumstances(closing=a_closing())
    farewell = saying("Kontot är avslutat. Följ Almestads kultur i stället.")
    assert [found("farewell", farewell, beside=each).outcome for each in (None, closing)] == [FAILED, PASSED]
    off_the_list = {1: False}
    seen = [found("public-list", beside=each, listed=off_the_list).outcome for each in (None, closing)]
    assert seen == [FAILED, PASSED]


# --- proposals


SWITCHED = read_rules(PATH.read_text(encoding="utf-8").replace("enabled = false", "enabled = true")).routines


def proposed(rule: str, observation: Observation, account: Account | None = None) -> Outcome:
    account = account or an_account()
    return judge(
        SWITCHED[rule], account, observation, sights_of(account, observation, Register(), as_of()), as_of()
    ).outcome


def linking(link: Any, description: Any = None) -> Observation:
    return an_observation(facts=some_facts(website_link=link, description=description))


@pytest.mark.parametrize(
    ("rule", "observation", "outcome"),
    [
        ("privacy", linking("https://almestad.example/personuppgifter"), PASSED),
        ("privacy", linking("https://almestad.example/"), FAILED),
        ("privacy", linking(UNSEEN), CANNOT_TELL),
        ("contact", linking(None, "Ring 042-10 50 00"), PASSED),
        ("contact", linking(None, "Skriv till kultur@almestad.example"), PASSED),
        ("contact", linking("https://almestad.example/"), PASSED),
        ("contact", linking(None, "Nyheter sedan 1999."), FAILED),
        ("contact", linking(UNSEEN, "Nyheter."), CANNOT_TELL),
        ("sender-statement", saying("En del av Helsingborgs stad."), PASSED),
        ("sender-statement", saying("Nyheter."), FAILED),
        ("outdated-words", saying("Konto för Gamla förvaltningen."), FAILED),
        ("outdated-words", saying("Nyheter."), PASSED),
    ],
)
def test_a_proposal_that_a_city_takes_holds_its_sentence(rule, observation, outcome):
    assert proposed(rule, observation) is outcome


@pytest.mark.parametrize(
    ("stated", "shown", "outcome"),
    [("sv", "sv-SE", PASSED), ("sv", "en", FAILED), (None, "en", INAPPLICABLE), ("sv", None, INAPPLICABLE),
     ("sv", UNSEEN, CANNOT_TELL)],
)  # fmt: skip
def test_a_language_that_nobody_registered_is_noticed(stated, shown, outcome):
    seen = an_observation(facts=some_facts(language=shown))
    assert proposed("language", seen, an_account(language=stated)) is outcome
