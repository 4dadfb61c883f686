"""What became of a look that somebody asked for by a letter's button."""

from __future__ import annotations

from datetime import timedelta

import pytest

from audits.digest import Purpose
from audits.model import CaseState, Observation, Transport
from tests.builders import NIGHT, a_blind_observation, a_case, an_account, an_observation
from worker.ports.telling import Link
from worker.steps.answering import Looked, Subject, outcome_of

PRESSED = Link(
    hash="h", purpose=Purpose.RECHECK, recipient="kultur@almestad.example", language="sv",
    expires_at=NIGHT + timedelta(days=30), used_at=NIGHT - timedelta(hours=1),
)  # fmt: skip


@pytest.mark.parametrize(
    ("state", "look", "means"),
    [
        (CaseState.VERIFIED_FIXED, an_observation(), Looked.FIXED),
        (CaseState.RELEASED, an_observation(), Looked.RELEASED),
        (CaseState.CONFIRMED, an_observation(), Looked.STANDS),
        (CaseState.CONFIRMED, a_blind_observation(Transport.WALLED), Looked.BLIND),
        (CaseState.RELEASED, an_observation(observed_at=NIGHT - timedelta(days=1)), Looked.WAITING),
        (CaseState.CONFIRMED, None, Looked.WAITING),
    ],
)
def test_the_page_says_what_the_look_has_made_of_the_case(state: CaseState, look: Observation | None, means: Looked):
    assert outcome_of(Subject(account=an_account(), case=a_case(state=state)), PRESSED, look) is means
