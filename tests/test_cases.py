from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from audits.cases import Act, CaseRefused, decide, disprove, follow, heed, lapse, regrade, undo
from audits.discretion import speaks_of_health
from audits.model import Case, CaseEvent, CaseState, Drift, DriftStage, Finding, Outcome, Severity
from tests.builders import NIGHT, STOCKHOLM, TODAY, a_case, a_finding, nights


def a_drift(stage: DriftStage, finding: Finding | None = None) -> Drift:
    return Drift(finding=finding or a_finding(observed_at=nights(1)), before=Outcome.PASSED, stage=stage)


def an_act(what: str, **changes: Any) -> Act:
    given = {"by": "Redaktionen", "at": NIGHT, "reason": "stängt för ombyggnad", "until": TODAY + timedelta(days=30)}
    return Act(what=what, zone=STOCKHOLM, **{**given, **changes})


def followed(case: Case | None, drift: Drift) -> Case:
    after = follow(case, drift)
    assert after is not None
    return after


def test_a_pending_drift_is_a_new_case_that_nobody_is_told_of():
    case = followed(None, a_drift(DriftStage.PENDING))
    assert case.state is CaseState.NEW


def test_a_pending_case_that_calms_down_leaves_nothing():
    assert follow(a_case(state=CaseState.NEW), a_drift(DriftStage.CALMED)) is None


def test_a_suspicion_that_somebody_decided_on_ends_when_it_calms_down():
    decided = a_case(state=CaseState.EXPLAINED)
    assert followed(decided, a_drift(DriftStage.CALMED)).state is CaseState.VERIFIED_FIXED


def test_what_stands_confirmed_stays_where_only_a_suspicion_beside_it_calms_down():
    calmed = replace(a_drift(DriftStage.CALMED), before=Outcome.FAILED)
    assert follow(a_case(state=CaseState.EXPLAINED), calmed) == a_case(state=CaseState.EXPLAINED)


@pytest.mark.parametrize(
    "state",
    [
        CaseState.ACKNOWLEDGED,
        CaseState.EXPLAINED,
        CaseState.SAID_NOT_OURS,
        CaseState.NOT_OURS,
        CaseState.CLAIMED_FIXED,
    ],
)
def test_what_people_decided_survives_every_further_look(state):
    case = a_case(state=state, by="Redaktionen")
    for _ in range(30):
        case = followed(case, a_drift(DriftStage.CONFIRMED))
    assert case.state is state
    assert case.by == "Redaktionen"


def test_a_claimed_fix_is_verified_only_by_a_clear_look():
    claimed = decide(a_case(), an_act("claim_fixed"))
    assert claimed.state is CaseState.CLAIMED_FIXED
    passed = a_finding(Outcome.PASSED, observed_at=nights(1))
    verified = followed(claimed, a_drift(DriftStage.MENDED, passed))
    assert verified.state is CaseState.VERIFIED_FIXED


def test_a_deviation_that_returns_after_a_fix_opens_the_case_again():
    returned = followed(a_case(state=CaseState.VERIFIED_FIXED), a_drift(DriftStage.CONFIRMED))
    assert returned.state is CaseState.CONFIRMED


def test_a_worse_deviation_is_told_in_spite_of_an_explanation():
    worse = a_finding(severity=Severity.CRITICAL, observed_at=nights(1))
    case = followed(a_case(state=CaseState.EXPLAINED), a_drift(DriftStage.WORSENED, worse))
    assert case.state is CaseState.CONFIRMED


def test_a_held_change_touches_no_case():
    assert follow(None, a_drift(DriftStage.HELD)) is None
    assert follow(a_case(), a_drift(DriftStage.HELD)) == a_case()


def test_an_explanation_lapses_on_the_day_after_its_last():
    explained = decide(a_case(), an_act("explain", until=TODAY))
    assert lapse(explained, TODAY, NIGHT).state is CaseState.EXPLAINED
    assert lapse(explained, TODAY + timedelta(days=1), NIGHT).state is CaseState.CONFIRMED


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"reason": " "}, "reason"),
        ({"until": None}, "end date"),
        ({"until": TODAY + timedelta(days=400)}, "year"),
        ({"until": TODAY - timedelta(days=1)}, "passed"),
        ({"by": ""}, "who"),
    ],
)
def test_an_explanation_needs_a_name_a_reason_and_an_end_within_a_year(changes, complaint):
    with pytest.raises(CaseRefused, match=complaint):
        decide(a_case(), an_act("explain", **changes))


def test_an_unknown_act_is_refused_by_name():
    with pytest.raises(CaseRefused, match="forgive"):
        decide(a_case(), an_act("forgive"))


def test_not_ours_takes_effect_only_when_the_officer_confirms_it():
    said = decide(a_case(), an_act("not_ours"))
    assert said.state is CaseState.SAID_NOT_OURS
    assert decide(said, an_act("confirm_not_ours", by="Kommunikationsansvarig")).state is CaseState.NOT_OURS
    assert decide(said, an_act("deny_not_ours", by="Kommunikationsansvarig")).state is CaseState.CONFIRMED


@pytest.mark.parametrize("what", ["confirm_not_ours", "deny_not_ours"])
def test_the_officer_has_nothing_to_confirm_where_nobody_said_not_ours(what):
    with pytest.raises(CaseRefused, match="confirmed"):
        decide(a_case(), an_act(what))


@pytest.mark.parametrize("what", ["acknowledge", "explain", "not_ours", "claim_fixed"])
def test_a_closed_case_is_not_decided_of(what):
    with pytest.raises(CaseRefused, match="verified fixed"):
        decide(a_case(state=CaseState.VERIFIED_FIXED), an_act(what))


def test_only_an_explanation_has_an_end_date():
    assert decide(a_case(), an_act("acknowledge")).until is None


def test_an_explanation_that_lapses_leaves_nothing_of_itself_on_the_case():
    explained = decide(a_case(), an_act("explain", until=TODAY))
    over = lapse(explained, TODAY + timedelta(days=1), NIGHT)
    assert (over.by, over.reason, over.until) == ("", "", None)


def test_what_returns_after_a_fix_carries_no_old_explanation():
    mended = a_case(state=CaseState.VERIFIED_FIXED, by="KF", reason="ombyggnad", until=TODAY)
    returned = followed(mended, a_drift(DriftStage.CONFIRMED))
    assert (returned.by, returned.reason, returned.until) == ("", "", None)


def test_a_claimed_fix_that_the_next_clear_look_does_not_find_is_open_again():
    claimed = decide(a_case(), an_act("claim_fixed"))
    assert disprove(claimed, a_finding(observed_at=nights(1))).state is CaseState.CONFIRMED


@pytest.mark.parametrize(
    "finding",
    [
        a_finding(Outcome.CANNOT_TELL, observed_at=nights(1), fingerprint=""),
        a_finding(observed_at=nights(1), fingerprint="another value"),
        a_finding(observed_at=NIGHT - timedelta(hours=1)),
    ],
    ids=["a blind look", "another value", "a look from before the claim"],
)
def test_a_claimed_fix_is_disproved_by_nothing_else(finding):
    claimed = decide(a_case(), an_act("claim_fixed"))
    assert disprove(claimed, finding) is claimed


MILDER = a_finding(severity=Severity.LOW, seen={"days": "40"})


@pytest.mark.parametrize("state", [CaseState.CONFIRMED, CaseState.EXPLAINED, CaseState.NOT_OURS])
def test_what_is_less_grave_than_it_was_is_told_so_whatever_people_decided(state: CaseState):
    milder = regrade(a_case(state=state), MILDER)
    assert (milder.severity, milder.seen, milder.state) == (Severity.LOW, {"days": "40"}, state)


@pytest.mark.parametrize(
    ("case", "finding"),
    [
        (a_case(), a_finding(severity=Severity.LOW, fingerprint="another value")),
        (a_case(), a_finding(Outcome.CANNOT_TELL, severity=Severity.LOW, fingerprint="gone")),
        (a_case(severity=Severity.LOW), a_finding(severity=Severity.HIGH)),
        (a_case(state=CaseState.NEW), MILDER),
        (a_case(state=CaseState.VERIFIED_FIXED), MILDER),
    ],
    ids=["another value", "a blind look", "a graver one", "nobody was told", "it is over"],
)
def test_a_case_becomes_less_grave_by_nothing_else(case: Case, finding: Finding):
    assert regrade(case, finding) is case


def an_event(act: str, state: CaseState, **changes: Any) -> CaseEvent:
    return CaseEvent(**{"at": NIGHT, "act": act, "state": state, **changes})


CONFIRMED = an_event("confirmed", CaseState.CONFIRMED)
EXPLAINED = an_event("explain", CaseState.EXPLAINED, by="KF", reason="ombyggnad", until=TODAY)
CLAIMED = an_event("claim_fixed", CaseState.CLAIMED_FIXED, by="Bea")


def undone(*events: CaseEvent) -> Case:
    return undo(a_case(state=events[-1].state), events, "Bea", nights(1))


def test_an_undone_decision_leaves_the_case_as_it_was_before():
    assert undone(CONFIRMED, EXPLAINED).state is CaseState.CONFIRMED


def test_a_decision_on_a_suspicion_that_is_undone_leaves_a_case_that_is_told():
    assert undone(an_event("new", CaseState.NEW), EXPLAINED).state is CaseState.CONFIRMED


def test_an_undone_decision_gives_the_earlier_one_back_whole():
    case = undone(CONFIRMED, EXPLAINED, CLAIMED)
    assert (case.state, case.by, case.reason, case.until) == (CaseState.EXPLAINED, "KF", "ombyggnad", TODAY)


def test_two_decisions_can_be_undone_one_after_the_other():
    taken_back = an_event("undo", CaseState.EXPLAINED, by="Bea")
    assert undone(CONFIRMED, EXPLAINED, CLAIMED, taken_back).state is CaseState.CONFIRMED


@pytest.mark.parametrize(
    "events",
    [(CONFIRMED,), (CONFIRMED, CLAIMED, an_event("verified_fixed", CaseState.VERIFIED_FIXED))],
    ids=["nobody has decided", "a check has been made since"],
)
def test_what_a_look_has_seen_is_not_undone(events):
    with pytest.raises(CaseRefused, match="no decision"):
        undone(*events)


@pytest.mark.parametrize(
    "reason", ["Redaktören är sjukskriven till mars", "long-term sick leave", "hon är gravid", "Anna är sjuk"]
)
def test_a_reason_that_speaks_of_health_is_hinted_at(reason):
    assert speaks_of_health(reason)


@pytest.mark.parametrize(
    "reason",
    ["tjänsten är vakant till mars", "sjukhuset byggs om", "still waiting for the platform", "vi bytte skolsköterska",
     "kontot vilar tills sjukvårdsveckan börjar", "the mill is closed"],
)  # fmt: skip
def test_a_reason_about_places_and_plans_is_left_alone(reason):
    assert not speaks_of_health(reason)


def test_a_suspicion_of_a_clock_that_was_ahead_is_nobodys_word() -> None:
    told, ahead = a_case(changed_at=nights(2)), a_case(state=CaseState.NEW, changed_at=nights(40))
    assert heed(told, ahead) == told
    assert heed(told, replace(ahead, state=CaseState.ACKNOWLEDGED)).state is CaseState.ACKNOWLEDGED
