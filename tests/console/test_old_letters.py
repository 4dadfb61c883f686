"""Buttons of letters from before an account was moved: they say who answers for it now, and what is said counts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from audits.digest import Purpose
from audits.model import CaseState
from audits.registering import ChangeKind, RegisterChange
from tests.builders import an_occasion
from tests.telling.offices import Office


def moved(office: Office, **to: str | None) -> None:
    [(number, row)] = office.store.register_rows()
    change = RegisterChange(kind=ChangeKind.CHANGE, account_id=number, before=row, after=replace(row, **to))  # type: ignore[arg-type]  # every cell given is a text
    office.store.apply_changes([change], an_occasion(office.clock()), source="test")


@pytest.mark.parametrize("purpose", [Purpose.FIX, Purpose.EXPLAIN, Purpose.NOT_OURS, Purpose.RECHECK, Purpose.EVIDENCE])
def test_an_old_button_says_who_answers_for_the_account_by_now(
    visitor: TestClient, an_office: Office, purpose: Purpose
):
    path = an_office.path(purpose)
    assert "Vem som svarar för kontot nu" not in visitor.get(path).text
    moved(an_office, administration="Miljöförvaltningen", unit=None, recipient="miljo@almestad.example")
    assert "Vem som svarar för kontot nu</dt><dd><bdi>Miljöförvaltningen</bdi>" in visitor.get(path).text


def test_what_is_said_by_an_old_button_counts_for_whoever_answers_now(visitor: TestClient, an_office: Office):
    path = an_office.path(Purpose.FIX)
    moved(an_office, recipient="ny@almestad.example")
    given = {"by": "Bea, biblioteket", "what": "acknowledge"}
    assert visitor.post(path, data=given).status_code == 303
    assert [case.state for case in an_office.store.cases()] == [CaseState.ACKNOWLEDGED]
