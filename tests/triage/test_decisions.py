"""What people decide of a channel, and how it is taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.model import Address, AddressKind, Kind
from audits.registering import ChangeKind, RegisterRow
from audits.triage import (
    About,
    Called,
    Candidate,
    CandidateState,
    Decision,
    TriageEvent,
    TriageRefused,
    Whose,
    change_for,
    decide,
    undo,
)
from tests.builders import NIGHT, TODAY, a_candidate

ADDRESS = Address(
    "https://www.instagram.com/almestad/", "instagram", AddressKind.PROFILE,
    canonical_url="https://www.instagram.com/almestad", key="instagram:almestad",
)  # fmt: skip
NO_ADDRESS = Address("", None, AddressKind.OTHER)
ROW = RegisterRow(
    platform="instagram", name="Museet", key="instagram:museet", address="https://www.instagram.com/museet"
)


def a_decision(act: str = "not_ours", **changes: Any) -> Decision:
    given = {"act": act, "by": "kommunikation", "at": NIGHT, "whose": Whose.SCHOOL, "administration": "KF"}
    return Decision(**{**given, **changes})


def event(after: Candidate, act: str) -> TriageEvent:
    told = {name: getattr(after, name) for name in ("state", "by", "reason", "administration", "whose", "account_id")}
    return TriageEvent(at=NIGHT, act=act, **told)


@pytest.mark.parametrize(
    ("act", "state"),
    [
        ("register", CandidateState.REGISTERED),
        ("not_ours", CandidateState.NOT_OURS),
        ("ask", CandidateState.ASKED),
    ],
)
def test_each_decision_leads_to_its_state(act, state):
    assert decide(a_candidate(), a_decision(act)).state is state


def test_an_answer_may_come_after_asking():
    asked = decide(a_candidate(), a_decision("ask"))
    assert decide(asked, a_decision()).state is CandidateState.NOT_OURS


def test_a_decision_that_contradicts_another_must_be_undone_first():
    decided = decide(a_candidate(), a_decision(reason="friskola"))
    with pytest.raises(
        TriageRefused, match="already been decided: said to be not ours, by kommunikation: friskola; undo that first"
    ):
        decide(decided, a_decision("register"))


@pytest.mark.parametrize(
    ("decision", "complaint"),
    [
        (a_decision(by=" "), "who decides"),
        (a_decision("ask", administration=None), "which administration to ask"),
        (a_decision(whose=None), "say whose it is: --as, one of school, company"),
        (a_decision(whose=Whose.OTHER), "why it is not ours"),
    ],
)
def test_a_decision_that_lacks_something_is_refused_with_what_would_do(decision, complaint):
    with pytest.raises(TriageRefused, match=complaint):
        decide(a_candidate(), decision)


@given(st.lists(st.sampled_from(["register", "not_ours", "ask", "undo"]), max_size=12))
def test_undoing_everything_leads_back_to_where_it_began(acts):
    first = candidate = a_candidate()
    history: list[TriageEvent] = []
    for act in [*acts, *["undo"] * len(acts)]:
        try:
            after = (
                undo(candidate, history, "kommunikation", NIGHT)
                if act == "undo"
                else decide(candidate, a_decision(act))
            )
        except TriageRefused:
            continue
        history.append(event(after, act))
        candidate = after
    assert candidate == first


def test_nothing_decided_is_nothing_to_take_back():
    with pytest.raises(TriageRefused, match="nothing has been decided"):
        undo(a_candidate(), [], "kommunikation", NIGHT)


# --- as a change of the register


def test_a_new_account_is_added_under_the_name_that_was_said():
    change = change_for(a_candidate(), ADDRESS, {}, TODAY, Called(name="Almestads stad", administration="KF"))
    assert change.kind is ChangeKind.ADD
    assert change.after == RegisterRow(
        platform="instagram", name="Almestads stad", administration="KF", raw=a_candidate().url,
        address=ADDRESS.canonical_url, key=ADDRESS.key, registered_on=TODAY,
    )  # fmt: skip


def test_an_account_that_is_registered_already_is_not_added_again():
    with pytest.raises(TriageRefused, match="already in the register, as account 7"):
        change_for(a_candidate(), ADDRESS, {7: replace(ROW, key="instagram:almestad")}, TODAY)


def test_a_closed_account_stays_and_is_marked():
    closed = a_candidate(about=About.CLOSED, account_id=7)
    change = change_for(closed, NO_ADDRESS, {7: ROW}, TODAY)
    assert change.after == replace(ROW, kind=Kind.SIGNPOSTED_CLOSED, ends_on=TODAY)


def test_a_changed_account_gets_its_new_address_and_keeps_its_number():
    changed = a_candidate(about=About.CHANGED, account_id=7, key="instagram:museet")
    change = change_for(changed, ADDRESS, {7: ROW}, TODAY)
    assert change.account_id == 7
    assert change.after is not None
    assert (change.after.key, change.after.name) == ("instagram:almestad", "Museet")


def test_a_change_that_changes_nothing_is_refused():
    changed = a_candidate(about=About.CHANGED, account_id=7)
    with pytest.raises(TriageRefused, match="already says so"):
        change_for(changed, NO_ADDRESS, {7: ROW}, TODAY)


def test_an_account_that_left_the_register_cannot_be_changed():
    with pytest.raises(TriageRefused, match="no longer in the register"):
        change_for(a_candidate(about=About.CLOSED, account_id=7), NO_ADDRESS, {}, TODAY)
