from datetime import timedelta
from typing import Any

import pytest

from audits.cases import Act, CaseRefused, decide, follow, lapse
from audits.model import Case, CaseState, Drift, DriftStage, Finding, Outcome, Severity
from tests.builders import NIGHT, TODAY, a_case, a_finding, nights


def a_drift(stage: DriftStage, finding: Finding | None = None) -> Drift:
    return Drift(finding=finding or a_finding(observed_at=nights(1)), before=Outcome.PASSED, stage=stage)


def an_act(what: str, **changes: Any) -> Act:
    given = {"by": "Redaktionen", "at": NIGHT, "reason": "stängt för ombyggnad", "until": TODAY + timedelta(days=30)}
    return Act(what=what, **{**given, **changes})


def followed(case: Case | None, drift: Drift) -> Case:
    after = follow(case, drift)
    assert after is not None
    return after


def test_a_pending_drift_is_a_new_case_that_nobody_is_told_of():
    case = followed(None, a_drift(DriftStage.PENDING))
    assert case.state is CaseState.NEW


def test_a_pending_case_that_calms_down_leaves_nothing():
    assert follow(a_case(state=CaseState.NEW), a_drift(DriftStage.CALMED)) is None


@pytest.mark.parametrize(
    "state", [CaseState.ACKNOWLEDGED, CaseState.EXPLAINED, CaseState.NOT_OURS, CaseState.CLAIMED_FIXED]
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
