"""Nobody's answer is displaced or taken back without a word, and not without a name."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from audits.deciding import CaseRef
from audits.digest import Purpose
from audits.model import CaseState
from tests.telling.offices import Office
from worker.storage.deciding import SqlDecisions

BO, CIA = {"by": "Bo", "reason": "vilar", "until": "2026-12-20"}, {"by": "Cia"}


def drawn(visitor: TestClient, path: str) -> dict[str, str]:
    """What a form sends of itself, as it was drawn."""
    found = re.search(r'name="stood" value="([^"]+)"', visitor.get(path).text)
    assert found
    return {"stood": found[1]}


def test_an_answer_that_came_since_a_page_was_opened_is_shown_and_asked_about_once(
    visitor: TestClient, an_office: Office
):
    links = an_office.links()
    opened = drawn(visitor, links["not-ours"])
    visitor.post(links["explain"], data={**BO, **drawn(visitor, links["explain"])})
    held = visitor.post(links["not-ours"], data={**CIA, **opened, "reason": "stängt i juni"})
    assert held.status_code == 409
    assert "Någon annan har svarat sedan du öppnade sidan" in held.text
    assert "Bo" in held.text
    assert "20 december" in held.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "stängt i juni" in held.text, "what was typed is still there"
    [case] = an_office.store.cases()
    assert (case.state, case.by) == (CaseState.EXPLAINED, "Bo")
    again = re.search(r'name="stood" value="([^"]+)"', held.text)
    assert again
    assert visitor.post(links["not-ours"], data={**CIA, "stood": again[1]}).status_code == 303


@pytest.mark.parametrize("page", ["fix", "explain", "not-ours"])
def test_a_form_that_was_drawn_with_the_answer_in_it_is_taken_at_once(
    visitor: TestClient, an_office: Office, page: str
):
    links = an_office.links()
    first = "explain" if page != "explain" else "fix"
    visitor.post(links[first], data={**BO, **drawn(visitor, links[first])})
    said = {**BO, **drawn(visitor, links[page]), "by": "Cia"}
    assert visitor.post(links[page], data=said).status_code == 303


def test_whoever_changes_their_own_answer_is_not_asked(visitor: TestClient, an_office: Office):
    links = an_office.links()
    opened = drawn(visitor, links["not-ours"])
    visitor.post(links["explain"], data={**BO, **drawn(visitor, links["explain"])})
    assert visitor.post(links["not-ours"], data={"by": "Bo", **opened}).status_code == 303


def test_nothing_is_taken_back_without_a_name_and_history_says_who(visitor: TestClient, an_office: Office):
    undo = visitor.post(an_office.path(Purpose.FIX), data={"by": "Bo"}).headers["location"]
    assert 'name="by"' in visitor.get(undo).text
    nameless = visitor.post(undo)
    assert (nameless.status_code, "Skriv vem du är" in nameless.text) == (422, True)
    assert 'name="by"' in nameless.text
    [case] = an_office.store.cases()
    assert case.state is CaseState.ACKNOWLEDGED
    assert visitor.post(undo, data=CIA).status_code == 303
    ref = CaseRef(account_id=case.account_id, rule=case.rule, fingerprint=case.fingerprint)
    kept = SqlDecisions(an_office.store.db).case_of(ref)
    assert kept
    assert kept.events[-1].by == "Cia"
