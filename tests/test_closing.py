"""The steps of a closing: seen where a look can, attested where none can, and never against what is seen."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from audits.closing import ClosingRefused, Evidence, How, Step, attest, begin, is_done, move, progress
from audits.model import UNSEEN, Closing, Existence, Identity, Observation, StepDone
from audits.resting import RestRefused, plan
from audits.wording import LANGUAGES, phrase
from tests.builders import NIGHT, TODAY, a_blind_observation, an_observation, an_occasion, some_facts


def a_closing(*done: Step, **changes: Any) -> Closing:
    words = {step.value: StepDone(step=step.value, at=NIGHT, by="KF", how="attested") for step in done}
    given = {"account_id": 1, "started_at": NIGHT, "closes_on": TODAY, "by": "KF", "reason": "slås ihop", "done": words}
    return Closing(**{**given, **changes})


def how(step: Step, evidence: Evidence, closing: Closing | None = None) -> How:
    return next(state.how for state in progress(closing or a_closing(), evidence) if state.step is step)


def saying(description: Any, **changes: Any) -> Observation:
    return an_observation(facts=some_facts(description=description), **changes)


def test_nothing_is_done_in_the_beginning_and_everything_stands_in_order():
    states = progress(a_closing(), Evidence())
    assert [state.step for state in states] == list(Step)
    assert {state.how for state in states} == {How.OPEN}


@pytest.mark.parametrize(
    ("observation", "expected"),
    [
        (saying("Kontot är avslutat."), How.SEEN),
        (saying("Läs mer hos almestad.example/nytt"), How.SEEN),
        (saying("Nyheter."), How.OPEN),
        (saying(UNSEEN), How.OPEN),
        (saying("Nyheter.", existence=Existence.MOVED), How.SEEN),
        (a_blind_observation(), How.OPEN),
    ],
)
def test_a_signpost_is_seen_in_the_description(observation, expected):
    closing = a_closing(successor="almestad.example/nytt")
    evidence = Evidence(observation=observation, signposts=("avslutat", "stängt"))
    assert how(Step.SIGNPOST, evidence, closing) is expected


def test_a_closing_is_moved_to_another_day_with_its_reason_and_all_that_was_done():
    closing, later = a_closing(Step.SIGNPOST), TODAY + timedelta(days=30)
    moved = move(closing, an_occasion(), on=later, today=TODAY)
    assert (moved.closes_on, moved.reason, moved.done) == (later, "slås ihop", closing.done)
    assert move(closing, an_occasion(why="dröjer"), on=later, today=TODAY).reason == "dröjer"
    with pytest.raises(ClosingRefused, match="is already set for 2026-11-03"):
        move(closing, an_occasion(why="dröjer"), on=TODAY, today=TODAY)


def test_without_words_to_look_for_a_signpost_is_attested():
    silent = Evidence(observation=saying("Kontot är avslutat."))
    assert how(Step.SIGNPOST, silent) is How.OPEN
    assert how(Step.SIGNPOST, silent, a_closing(Step.SIGNPOST)) is How.ATTESTED


@pytest.mark.parametrize(
    ("step", "evidence", "expected"),
    [
        (Step.UNLINK, Evidence(linked_from=()), How.SEEN),
        (Step.UNLINK, Evidence(linked_from=("https://almestad.example/",)), How.CONTRADICTED),
        (Step.UNLINK, Evidence(), How.ATTESTED),
        (Step.LIST, Evidence(on_list=False), How.SEEN),
        (Step.LIST, Evidence(on_list=True), How.CONTRADICTED),
        (Step.LIST, Evidence(), How.ATTESTED),
        (Step.KEEP_NAME, Evidence(observation=an_observation()), How.SEEN),
        (Step.KEEP_NAME, Evidence(observation=an_observation(identity=Identity.DIFFERENT)), How.CONTRADICTED),
        (Step.KEEP_NAME, Evidence(observation=a_blind_observation()), How.ATTESTED),
        (Step.ANNOUNCE, Evidence(observation=an_observation()), How.ATTESTED),
        (Step.ARCHIVE, Evidence(observation=an_observation()), How.ATTESTED),
        (Step.LOOK_YEARLY, Evidence(), How.ATTESTED),
    ],
)
def test_a_look_goes_before_a_word(step, evidence, expected):
    assert how(step, evidence, a_closing(*Step)) is expected


def test_a_word_against_what_is_seen_is_refused_with_what_is_seen():
    linked = Evidence(linked_from=tuple(f"https://almestad.example/{at}" for at in range(5)))
    with pytest.raises(ClosingRefused, match=r"linked from https://almestad.example/0, .* and 2 more"):
        attest(a_closing(), linked, Step.UNLINK, an_occasion())


def test_a_word_needs_a_name():
    with pytest.raises(ClosingRefused, match="who"):
        attest(a_closing(), Evidence(), Step.ARCHIVE, an_occasion(by=" "))


def test_what_the_rules_see_to_is_neither_seen_nor_anybodys_to_do():
    [*steps, last] = progress(a_closing(*list(Step)[:-1]), Evidence(asked_yearly=True))
    assert (last.how, last.done, last.left) == (How.ARRANGED, False, False)
    assert is_done([*steps, last])


def test_a_closing_is_done_when_every_step_is():
    assert is_done(progress(a_closing(*Step), Evidence()))
    assert not is_done(progress(a_closing(*list(Step)[1:]), Evidence()))
    assert not is_done(progress(a_closing(*Step), Evidence(on_list=True)))


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [({"by": ""}, "who"), ({"why": " "}, "why"), ({"on": TODAY - timedelta(days=1)}, "passed")],
)
def test_a_closing_needs_a_name_a_reason_and_a_day_to_come(changes, complaint):
    given = {"on": TODAY, "by": "KF", "why": "slås ihop", **changes}
    occasion = an_occasion(by=given["by"], why=given["why"])
    with pytest.raises(ClosingRefused, match=complaint):
        begin(1, occasion, on=given["on"], successor="", today=TODAY)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_has_its_words(language):
    assert all(phrase(f"closing.{step}", language) for step in Step)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"by": " "}, "who"),
        ({"why": ""}, "why"),
        ({"until": TODAY - timedelta(days=1)}, "is before"),
        ({"starts_on": TODAY + timedelta(days=9)}, "is before"),
        ({"until": TODAY + timedelta(days=400)}, "a year at most"),
    ],
)
def test_a_rest_needs_a_name_a_reason_and_an_end_within_a_year(changes, complaint):
    given = {"starts_on": TODAY, "until": TODAY + timedelta(days=8), "why": "sommar", "by": "KF", **changes}
    occasion = an_occasion(by=given["by"], why=given["why"])
    with pytest.raises(RestRefused, match=complaint):
        plan(1, occasion, starts_on=given["starts_on"], until=given["until"], today=TODAY)


@pytest.mark.parametrize(("days", "holds"), [(-1, False), (0, True), (8, True), (9, False)])
def test_a_rest_holds_from_its_first_to_its_last_day(days, holds):
    rest = plan(1, an_occasion(why="sommar"), starts_on=TODAY, until=TODAY + timedelta(days=8), today=TODAY)
    assert rest.holds(TODAY + timedelta(days=days)) is holds
