"""An administration answers whether a found channel is its own; the officer decides."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from audits.digest import Purpose
from audits.triage import Answer, CandidateState, Decision, Whose
from console.app import make_app
from tests.builders import NIGHT
from tests.telling.offices import CONSOLE, PAGE, Office, a_row, ask_about_a_channel, office
from worker.cli import main
from worker.ports.triage import KeptCandidate
from worker.storage.triage import SqlTriage
from worker.wiring.reconciling import Reconciling

BEA = {"by": "Bea, biblioteket"}


@pytest.fixture
def path(an_office: Office) -> str:
    """The button of a letter that asks about a channel."""
    ask_about_a_channel(an_office)
    return an_office.path(Purpose.OURS)


def kept(opened: Office) -> KeptCandidate:
    found = SqlTriage(opened.store.db).candidate(1)
    assert found is not None
    return found


def answers(opened: Office) -> list[tuple[str, str, str]]:
    return [(each.act, each.by, each.reason) for each in kept(opened).events if each.act in tuple(Answer)]


def test_the_page_shows_the_channel_and_what_speaks_for_it_and_changes_nothing(
    visitor: TestClient, an_office: Office, path: str
):
    before = kept(an_office)
    page = visitor.get(path).text
    assert "https://www.instagram.com/almestad/" in page
    assert f'href="{PAGE}"' in page
    assert page.count(f">{PAGE}<") == 1
    assert page.count(PAGE) == 2, "the link and its text"
    assert "heter som staden" in page
    assert "Den är vår" in page
    assert "Den är inte vår" in page
    assert "Jag vet inte" in page
    assert kept(an_office) == before


@pytest.mark.parametrize(
    ("what", "act"), [("ours", Answer.OURS), ("not_ours", Answer.NOT_OURS), ("unknown", Answer.UNKNOWN)]
)
def test_an_answer_is_kept_in_somebodys_name_and_the_channel_stays_asked(
    visitor: TestClient, an_office: Office, path: str, what: str, act: Answer
):
    told = visitor.post(path, data={**BEA, "what": what, "reason": "startad i maj"})
    assert "Tack, Bea, biblioteket." in told.text
    assert answers(an_office) == [(act.value, "Bea, biblioteket (kultur@almestad.example)", "startad i maj")]
    assert kept(an_office).candidate.state is CandidateState.ASKED


def test_an_answer_uses_the_button_up_and_says_who_answered(visitor: TestClient, an_office: Office, path: str):
    visitor.post(path, data={**BEA, "what": "ours"})
    again = visitor.post(path, data={"by": "Bo", "what": "not_ours"})
    assert again.status_code == 409
    assert "Bea, biblioteket svarade" in again.text
    assert "Skriv till kommunikationsansvarig" in again.text
    assert len(answers(an_office)) == 1


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"what": "ours", "reason": "i maj"}, "Skriv vem du är."),
        ({**BEA, "reason": "i maj"}, "Välj ett svar."),
        ({**BEA, "what": "register", "reason": "i maj"}, "Välj ett svar."),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_typed_is_lost(
    visitor: TestClient, an_office: Office, path: str, data: dict[str, str], told: str
):
    answer = visitor.post(path, data=data)
    assert (answer.status_code, told in answer.text, "i maj</textarea>" in answer.text) == (422, True, True)
    assert answers(an_office) == []
    assert visitor.get(path).status_code == 200, "the button is as good as before"


def test_the_button_is_over_after_two_months(visitor: TestClient, an_office: Office, path: str):
    an_office.clock.pass_hours(24 * 60)
    assert visitor.post(path, data={**BEA, "what": "ours"}).status_code == 410
    assert answers(an_office) == []


def test_a_button_for_something_else_answers_nothing(visitor: TestClient, an_office: Office):
    ask_about_a_channel(an_office)
    token = an_office.made(Purpose.REPORT).rpartition("/")[2]
    assert visitor.post(f"/ours/{token}", data={**BEA, "what": "ours"}).status_code == 404
    assert answers(an_office) == []


def test_what_the_officer_has_decided_is_asked_no_longer(visitor: TestClient, an_office: Office, path: str):
    decision = Decision(act="not_ours", by="KA", at=NIGHT, whose=Whose.SCHOOL)
    Reconciling(an_office.deployment).decide(1, decision)
    assert visitor.get(path).status_code == 410
    assert visitor.post(path, data={**BEA, "what": "ours"}).status_code == 410
    assert answers(an_office) == []


def test_whoever_was_asked_before_does_not_answer_for_who_is_asked_now(
    visitor: TestClient, an_office: Office, path: str
):
    decision = Decision(act="ask", by="KA", at=NIGHT, administration="Miljöförvaltningen")
    Reconciling(an_office.deployment).decide(1, decision)
    assert visitor.get(path).status_code == 410
    assert visitor.post(path, data={**BEA, "what": "ours"}).status_code == 410
    assert answers(an_office) == []


def test_a_colleague_with_another_letter_sees_the_answer_and_may_give_another(
    visitor: TestClient, an_office: Office, path: str
):
    an_office.clock.pass_hours(7 * 24)
    later = an_office.path(Purpose.OURS)
    visitor.post(path, data={**BEA, "what": "unknown"})
    assert "svarar: vet inte" in visitor.get(later).text
    visitor.post(later, data={"by": "Bo", "what": "ours"})
    assert [act for act, _, _ in answers(an_office)] == ["said_unknown", "said_ours"]


def test_an_english_letter_opens_an_english_page(tmp_path: Path):
    with office(tmp_path, a_row(), language="en") as opened:
        ask_about_a_channel(opened)
        visitor = TestClient(make_app(opened.deployment), base_url=CONSOLE)
        page = visitor.get(opened.path(Purpose.OURS)).text
        assert '<html lang="en">' in page
        assert "Is this channel yours?" in page
        assert "It is not ours" in page


def test_the_officer_sees_the_answer_where_she_decides(
    visitor: TestClient, an_office: Office, path: str, monkeypatch: pytest.MonkeyPatch
):
    visitor.post(path, data={**BEA, "what": "ours", "reason": "startad i maj"})
    monkeypatch.setenv("KANALKOLL_DATABASE_URL", an_office.deployment.settings.database_url.get_secret_value())
    monkeypatch.setenv("COLUMNS", "200")
    listed = CliRunner().invoke(main, ["triage", "list", "--json"])
    assert json.loads(listed.output)["answer"]["act"] == "said_ours"
    shown = CliRunner().invoke(main, ["triage", "list", "--language", "sv"])
    assert "svarar: den är vår" in " ".join(shown.output.split())
    history = CliRunner().invoke(main, ["triage", "show", "1", "--language", "sv"])
    assert "svar: vår" in " ".join(history.output.split())


def test_an_answer_that_came_while_the_page_was_open_is_shown_and_asked_about_once(
    visitor: TestClient, an_office: Office, path: str
):
    other = an_office.made(Purpose.OURS, None, candidate_id=1)
    stood = re.search(r'name="stood" value="([^"]+)"', visitor.get(path).text)
    assert stood
    assert visitor.post(other, data={**BEA, "what": "not_ours"}).status_code == 200
    late = {"by": "Cia", "what": "ours", "stood": stood[1]}
    held = visitor.post(path, data=late)
    assert (held.status_code, "Någon annan har svarat" in held.text, "Bea, biblioteket" in held.text) == (
        409,
        True,
        True,
    )
    assert [act for act, *_ in answers(an_office)] == [Answer.NOT_OURS]
    again = re.search(r'name="stood" value="([^"]+)"', held.text)
    assert again
    assert visitor.post(path, data={**late, "stood": again[1]}).status_code == 200
    assert [act for act, *_ in answers(an_office)] == [Answer.NOT_OURS, Answer.OURS]
