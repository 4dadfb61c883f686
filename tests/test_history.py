"""What became of a change that was held back, and a look that may not be believed, as an account's page tells them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from audits.history import Doubted, Ending, Glance, History, Turned
from audits.model import DriftStage, Existence, Severity, Transport
from tests.builders import NIGHT

NEXT = NIGHT + timedelta(days=1)


def a_look(at: Any = NIGHT, **changes: Any) -> Glance:
    return Glance(**{"at": at, "transport": Transport.OK, "existence": Existence.PRESENT, **changes})


def turned(stage: DriftStage = DriftStage.HELD, at: Any = NIGHT) -> Turned:
    return Turned(at=at, rule="gone", stage=stage, severity=Severity.HIGH)


@pytest.mark.parametrize(
    ("later", "then", "became"),
    [
        ((), (), Ending.WAITS),
        ((a_look(NEXT),), (), Ending.WITHDRAWN),
        ((a_look(NEXT, transport=Transport.UNREACHABLE),), (), Ending.UNSEEN),
        ((a_look(NEXT, doubted=True),), (), Ending.UNSEEN),
        ((a_look(NEXT),), (turned(DriftStage.PENDING, NEXT),), Ending.AGAIN),
    ],
)
def test_what_is_held_waits_no_longer_than_until_the_next_look(
    later: tuple[Glance, ...], then: tuple[Turned, ...], became: Ending
):
    history = History(looks=(a_look(), *later), turned=(turned(), *then))
    held = next(each for each in history.events if isinstance(each, Turned) and each.stage is DriftStage.HELD)
    assert (held.became, held.ended_at) == (became, NEXT if later else None)


def test_a_look_that_may_not_be_believed_is_no_reading_and_stands_among_what_happened():
    history = History(looks=(a_look(), a_look(NEXT, existence=Existence.GONE, doubted=True)))
    assert history.last_read == NIGHT
    assert history.events == (Doubted(at=NEXT),)
