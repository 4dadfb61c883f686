from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from audits.digest import Purpose
from audits.registering import RegisterRow
from config.rules import read_rules
from console.app import make_app
from tests.browser import assert_accessible, patient
from tests.console.serving import served
from tests.telling.offices import CONSOLE, Office, a_row, office
from worker.wiring.attesting import Attesting

QUESTIONS = (
    '[city]\nnames = ["Almestad"]\n[rule.gone]\ncheck = "gone"\n'
    '[question.ours]\ntitle.sv = "Är kontot ert?"\ntitle.en = "Is it yours?"\nsource = "Påhittat."\nof = "all"\n'
    "takes_link = true\n"
    '[question.two-factor]\ntitle.sv = "Är tvåfaktor på?"\ntitle.en = "Two-factor?"\nsource = "Påhittat."\nof = "all"\n'
)


@pytest.fixture
def asking(tmp_path: Path) -> Iterator[Office]:
    """An office whose administration has a round of questions to answer."""
    with asked_office(tmp_path) as opened:
        yield opened


@contextmanager
def asked_office(folder: Path, *rows: RegisterRow) -> Iterator[Office]:
    with office(folder, *rows) as opened:
        rulebook = read_rules(QUESTIONS)
        opened.deployment = replace(
            opened.deployment, instruments=replace(opened.deployment.instruments, rulebook=rulebook)
        )
        Attesting(opened.deployment).open_due()
        yield opened


def open_questions(opened: Office) -> set[str]:
    return {question for asked in Attesting(opened.deployment).rounds() for _, question in asked.open}


def visit(opened: Office) -> TestClient:
    return TestClient(make_app(opened.deployment), base_url=CONSOLE, follow_redirects=False)


def test_a_letter_asks_and_its_page_keeps_the_answers_in_somebodys_name(asking: Office):
    path, visitor = asking.path(Purpose.ROUND), visit(asking)
    assert "Är kontot ert?" in visitor.get(path).text
    answer = visitor.post(path, data={"by": "Bea", "answer-1-ours": "yes", "answer-1-two-factor": "no"})
    assert "bekräftat av Bea" in answer.text
    assert open_questions(asking) == set()
    assert "Ni har svarat på allt" in visitor.get(path).text


def test_each_editor_is_asked_about_the_accounts_of_their_own_letters_alone(tmp_path: Path):
    museum = a_row(name="Museet", key="board:museet", address="https://board.example/museet",
                   recipient="museet@almestad.example")  # fmt: skip
    with asked_office(tmp_path, a_row(), museum) as opened:
        page = visit(opened).get(opened.path(Purpose.ROUND)).text
        [asked] = Attesting(opened.deployment).rounds()
    assert len(asked.open) == 4
    assert "Almestads stad" in page
    assert "Museet" not in page


def test_what_is_not_ticked_waits_and_may_be_handed_to_a_colleague(asking: Office):
    path, visitor = asking.path(Purpose.ROUND), visit(asking)
    visitor.post(path, data={"by": "Bea", "answer-1-ours": "yes", "to": "bo@almestad.example"})
    assert open_questions(asking) == {"two-factor"}
    [asked] = Attesting(asking.deployment).rounds()
    assert [(each.to, each.by) for each in asked.hand_overs] == [("bo@almestad.example", "Bea")]


def test_who_answers_nothing_is_not_thanked_and_keeps_the_form(asking: Office):
    path, visitor = asking.path(Purpose.ROUND), visit(asking)
    answer = visitor.post(path, data={"by": "Red"})
    assert answer.status_code == 422
    assert "Inget är besvarat än" in answer.text
    assert "bekräftat av" not in answer.text
    assert 'value="Red"' in answer.text
    assert "Är kontot ert?" in answer.text
    handed = visitor.post(path, data={"by": "Red", "to": "Bo"})
    assert "Bo står nu som den som svarar" in handed.text
    assert open_questions(asking) == {"ours", "two-factor"}


def test_what_cannot_be_kept_stands_as_it_was_typed_and_says_at_which_account(asking: Office):
    path, visitor = asking.path(Purpose.ROUND), visit(asking)
    answer = visitor.post(path, data={"by": "Bea", "answer-1-ours": "yes", "link-1": "hejsan", "on-1": "2026-11-01"})
    assert answer.status_code == 422
    assert "Svaren om ett konto kunde inte sparas" in answer.text
    assert 'id="wrong-1">Den länken hör inte till något inlägg' in answer.text
    for kept in ('name="answer-1-ours" value="yes" checked', 'value="hejsan"', 'value="2026-11-01"', 'value="Bea"'):
        assert kept in answer.text
    answer = visitor.post(path, data={"by": "Bea", "answer-1-ours": "no", "link-1": "hejsan"})
    assert "Ni har svarat nej och ändå klistrat in en länk" in answer.text


def test_a_forgotten_name_costs_none_of_the_answers(asking: Office):
    path, visitor = asking.path(Purpose.ROUND), visit(asking)
    answer = visitor.post(path, data={"answer-1-ours": "yes", "to": "Bo"})
    assert "Skriv vem du är." in answer.text
    assert 'name="answer-1-ours" value="yes" checked' in answer.text
    assert 'value="Bo"' in answer.text
    assert open_questions(asking) == {"ours", "two-factor"}


def test_a_link_without_its_scheme_is_not_stopped_by_the_browser(asking: Office):
    for purpose in (Purpose.ATTEST, Purpose.REPORT):
        assert 'type="url"' not in visit(asking).get(asking.made(purpose)).text


def test_nobody_answers_without_a_name_or_for_an_account_that_is_not_asked_about(asking: Office):
    path, visitor = asking.path(Purpose.ROUND), visit(asking)
    assert visitor.post(path, data={"answer-1-ours": "yes"}).status_code == 422
    visitor.post(path, data={"by": "Bea", "answer-99-ours": "yes", "answer-1-made-up": "yes", "answer-1-ours": "maybe"})
    assert open_questions(asking) == {"ours", "two-factor"}


def test_axe_finds_nothing_on_the_page_of_a_round(asking: Office, browser):
    with served(make_app(asking.deployment)) as url:
        context = browser.new_context(bypass_csp=True)
        page = patient(context.new_page())
        page.goto(url + asking.path(Purpose.ROUND))
        assert_accessible(page)
        context.close()


def test_an_answer_that_came_while_the_page_was_open_is_not_displaced_and_both_are_told(asking: Office):
    path, visitor = asking.path(Purpose.ROUND), visit(asking)
    visitor.post(path, data={"by": "Bea", "answer-1-ours": "no"})
    held = visitor.post(path, data={"by": "Cia", "answer-1-ours": "yes", "answer-1-two-factor": "yes"})
    assert (held.status_code, "De svaren gäller" in held.text) == (422, True)
    assert "De svaren gäller" in visitor.post(path, data={"by": "Cia", "answer-1-ours": "yes"}).text, "all are answered"
    answered = asking.store.circumstances_of([1])[1].answers
    assert {name: (each.by, each.yes) for name, each in answered.items()} == {
        "ours": ("Bea", False), "two-factor": ("Cia", True),
    }  # fmt: skip
