"""What was answered can be taken back, and said again; not without end."""

from __future__ import annotations

from starlette.testclient import TestClient

from audits.digest import Purpose
from audits.model import CaseState
from tests.telling.offices import Office

BEA = {"by": "Bea, biblioteket"}


def test_done_and_its_taking_back_follow_each_other_twenty_times_a_day(visitor: TestClient, an_office: Office):
    path = an_office.path(Purpose.FIX)
    visitor.post(path, data={**BEA, "what": "acknowledge"})

    def done() -> str:
        an_office.clock.pass_hours(1 / 60)
        return str(visitor.post(path, data={**BEA, "what": "claim_fixed"}).headers["location"])

    for _ in range(20):
        assert visitor.post(done(), data=BEA).status_code == 303
    often = visitor.post(last := done(), data=BEA)
    assert (often.status_code, "ovanligt många svar" in often.text) == (429, True)
    [case] = an_office.store.cases(open_only=False)
    assert case.state is CaseState.CLAIMED_FIXED
    an_office.clock.pass_hours(24)
    assert visitor.post(last, data=BEA).status_code == 303
