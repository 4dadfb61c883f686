"""A route's "no" counts only while the control that is there reads as there, and the one that is not as gone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from audits.controls import (
    DOUBTED,
    UNCONTROLLED,
    Control,
    ControlReading,
    Side,
    Trust,
    read,
    trust_in,
    trusted,
)
from audits.model import ACCUSING, NO_FACTS, Existence, Observation, Outcome, Route, Transport
from audits.sights import Register
from tests.builders import NIGHT, a_blind_observation, an_account, an_observation
from tests.fakes import some_instruments
from worker.steps import judged

PAIR = ("board", Route.PAGE)
CONTROL = Control(
    platform="board",
    route=Route.PAGE,
    accounts={side: an_account(id=0, platform="board", key=f"board:{side}") for side in Side},
)
THERE = an_observation(existence=Existence.PRESENT, route=Route.PAGE)
GONE = an_observation(existence=Existence.GONE, route=Route.PAGE, facts=NO_FACTS)


def readings(present: Observation = THERE, absent: Observation = GONE, **control: Any) -> list[ControlReading]:
    own = replace(CONTROL, **control)
    return [read(own, Side.PRESENT, present), read(own, Side.ABSENT, absent)]


# --- whether a control reads right


def test_a_route_whose_controls_read_right_is_trusted() -> None:
    assert trusted(readings()) == {PAIR}


@pytest.mark.parametrize("existence", [each for each in Existence if each in ACCUSING] + [Existence.UNKNOWN])
def test_a_present_control_that_is_not_seen_alive_is_wrong(existence: Existence) -> None:
    assert trusted(readings(present=an_observation(existence=existence))) == frozenset()


@pytest.mark.parametrize("existence", [each for each in Existence if each is not Existence.GONE])
def test_an_absent_control_that_is_not_seen_gone_is_wrong(existence: Existence) -> None:
    assert trusted(readings(absent=an_observation(existence=existence))) == frozenset()


@pytest.mark.parametrize("transport", [each for each in Transport if each is not Transport.OK])
def test_a_control_that_cannot_be_seen_is_not_right(transport: Transport) -> None:
    assert trusted(readings(present=a_blind_observation(transport))) == frozenset()
    assert trusted(readings(absent=a_blind_observation(transport))) == frozenset()


def test_a_route_that_cannot_prove_absence_must_say_nothing_of_the_absent_one() -> None:
    silent = an_observation(existence=Existence.UNKNOWN)
    assert trusted(readings(absent=silent, absent_reads=Existence.UNKNOWN)) == {PAIR}
    assert trusted(readings(absent=THERE, absent_reads=Existence.UNKNOWN)) == frozenset()
    assert trusted(readings(absent=GONE, absent_reads=Existence.UNKNOWN)) == frozenset()


def test_one_control_alone_proves_nothing() -> None:
    assert trusted(readings()[:1]) == frozenset()
    assert trusted(readings()[1:]) == frozenset()


def test_routes_are_trusted_one_by_one() -> None:
    broken = readings(present=GONE, route=Route.API_BY_ID)
    assert trusted([*readings(), *broken]) == {PAIR}


# --- what it is worth


@pytest.mark.parametrize("existence", sorted(ACCUSING))
def test_a_negative_of_a_doubted_route_says_nothing(existence: Existence) -> None:
    doubted = trust_in(readings(present=GONE))
    seen = an_observation(existence=existence, route=Route.PAGE)
    believed = doubted.believed("board", seen)
    assert (believed.existence, believed.facts, believed.reason) == (Existence.UNKNOWN, NO_FACTS, DOUBTED)


@pytest.mark.parametrize("existence", sorted(ACCUSING))
def test_a_negative_of_a_trusted_route_counts(existence: Existence) -> None:
    seen = an_observation(existence=existence, route=Route.PAGE)
    assert trust_in(readings()).believed("board", seen) is seen


@pytest.mark.parametrize("existence", [each for each in Existence if each not in ACCUSING])
def test_what_was_seen_alive_counts_on_any_route(existence: Existence) -> None:
    seen = an_observation(existence=existence, route=Route.PAGE)
    assert trust_in(readings(present=GONE)).believed("board", seen) is seen


def test_without_controls_everything_counts_as_it_is() -> None:
    assert UNCONTROLLED.believed("board", GONE) is GONE


def test_another_route_or_platform_is_not_doubted_with_it() -> None:
    doubted = trust_in(readings(present=GONE))
    by_api = replace(GONE, route=Route.API_BY_ID)
    assert doubted.believed("board", by_api) is by_api
    assert doubted.believed("x", GONE) is GONE


def test_a_route_that_is_closed_to_its_controls_has_none() -> None:
    """Another host's robots.txt must not silence what the city's own server says."""
    closed = a_blind_observation(Transport.NOT_PERMITTED)
    assert trust_in(readings(present=closed, absent=closed)) == Trust()


@pytest.mark.parametrize("rule", ["gone", "inactive", "taken-over"])
def test_no_rule_accuses_by_a_doubted_route(rule: str) -> None:
    doubted = trust_in(readings(present=GONE))
    account = an_account(platform="board", key="board:konto1")
    seen = judged(account, GONE, Register(), some_instruments(), NIGHT, doubted)
    finding = next(finding for finding in seen.findings if finding.rule == rule)
    assert finding.outcome is not Outcome.FAILED
    assert seen.observation is GONE


def test_a_doubted_finding_says_why() -> None:
    doubted = trust_in(readings(present=GONE))
    seen = judged(an_account(platform="board"), GONE, Register(), some_instruments(), NIGHT, doubted)
    finding = next(finding for finding in seen.findings if finding.rule == "gone")
    assert (finding.outcome, finding.why, finding.evidence) == (Outcome.CANNOT_TELL, DOUBTED, ())
