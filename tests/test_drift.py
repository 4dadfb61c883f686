from datetime import timedelta

import pytest

from audits.drift import advance, eases, looks_by
from audits.model import Confirmation, Drift, DriftStage, Finding, Outcome, Pending, Severity, Standing
from tests.builders import NIGHT, a_finding, nights

THREE_NIGHTS = Confirmation(looks=3, hours=48)
NEVER_SEEN = Standing()


def through(findings: list[Finding], standing: Standing = NEVER_SEEN) -> tuple[Standing, list[Drift]]:
    drifts = []
    for finding in findings:
        standing, drift = advance(standing, finding)
        drifts += [drift] if drift else []
    return standing, drifts


def gone_on(*each: int) -> list[Finding]:
    return [a_finding(observed_at=nights(night), confirmation=THREE_NIGHTS) for night in each]


def stages(drifts: list[Drift]) -> list[DriftStage]:
    return [drift.stage for drift in drifts]


def test_gone_is_told_only_after_three_nights_over_two_days():
    _, drifts = through(gone_on(0, 1, 2))
    assert stages(drifts) == [DriftStage.PENDING, DriftStage.PENDING, DriftStage.CONFIRMED]


def test_a_suspicion_of_a_clock_that_was_ahead_begins_again_when_it_is_put_right():
    _, drifts = through(gone_on(40, 1, 2, 3))
    assert stages(drifts) == [DriftStage.PENDING, DriftStage.PENDING, DriftStage.PENDING, DriftStage.CONFIRMED]


def test_three_looks_within_one_night_are_one_look():
    findings = [a_finding(observed_at=NIGHT + timedelta(hours=h), confirmation=THREE_NIGHTS) for h in (0, 1, 2, 3)]
    standing, drifts = through(findings)
    assert DriftStage.CONFIRMED not in stages(drifts)
    assert standing.pending is not None
    assert standing.pending.looks == 1


@pytest.mark.parametrize(("minutes", "looks"), [(29, 1), (30, 2)])
def test_looks_within_half_an_hour_are_one_look_however_urgent_the_rule_is(minutes, looks):
    urgent = Confirmation(looks=3, gap_hours=0)
    at = (NIGHT, NIGHT + timedelta(minutes=minutes))
    standing, _ = through([a_finding(observed_at=each, confirmation=urgent) for each in at])
    assert standing.pending is not None
    assert standing.pending.looks == looks


@pytest.mark.parametrize("outcome", [Outcome.CANNOT_TELL, Outcome.INAPPLICABLE, Outcome.UNTESTED])
def test_a_blind_night_is_no_news(outcome):
    before = Standing(outcome=Outcome.FAILED, fingerprint="gone", severity=Severity.HIGH, decided_at=NIGHT)
    assert advance(before, a_finding(outcome, observed_at=nights(1))) == (before, None)


def test_blind_nights_between_neither_count_nor_reset():
    blind = a_finding(Outcome.CANNOT_TELL, observed_at=nights(1))
    first, second, third = gone_on(0, 2, 3)
    _, drifts = through([first, blind, second, blind, third])
    assert stages(drifts) == [DriftStage.PENDING, DriftStage.PENDING, DriftStage.CONFIRMED]


def test_many_blind_nights_never_age_into_a_deviation():
    standing, drifts = through([a_finding(Outcome.CANNOT_TELL, observed_at=nights(n)) for n in range(400)])
    assert standing == NEVER_SEEN
    assert drifts == []


def test_one_clear_look_forgets_what_was_pending():
    passed = a_finding(Outcome.PASSED, observed_at=nights(2))
    standing, drifts = through([*gone_on(0, 1), passed, *gone_on(3, 4)])
    assert DriftStage.CONFIRMED not in stages(drifts)
    assert DriftStage.CALMED in stages(drifts)
    assert standing.outcome is Outcome.PASSED


def test_a_clear_look_acquits_of_what_is_suspected_or_stands_and_of_nothing_else():
    well = a_finding(Outcome.PASSED, observed_at=nights(3))
    suspected, _ = through(gone_on(0, 1))
    confirmed, _ = through(gone_on(0, 1, 2))
    assert [eases(each, well) for each in (suspected, confirmed, NEVER_SEEN)] == [True, True, False]
    assert not eases(suspected, gone_on(3)[0])


def test_a_fixed_account_is_mended_by_one_clear_look():
    standing, _ = through(gone_on(0, 1, 2))
    _, drift = advance(standing, a_finding(Outcome.PASSED, observed_at=nights(3)))
    assert drift is not None
    assert drift.stage is DriftStage.MENDED


def test_what_is_known_is_not_told_again():
    _, drifts = through(gone_on(0, 1, 2, 3, 4, 5))
    assert stages(drifts).count(DriftStage.CONFIRMED) == 1


def test_a_deviation_that_grows_worse_is_told_again():
    once = Confirmation(looks=1)
    notice = a_finding(rule="inactive", fingerprint="2026-08-01", severity=Severity.LOW, confirmation=once)
    worse = a_finding(rule="inactive", fingerprint="2026-08-01", severity=Severity.MEDIUM, observed_at=nights(60))
    _, drifts = through([notice, worse])
    assert stages(drifts) == [DriftStage.CONFIRMED, DriftStage.WORSENED]


def test_another_value_must_be_confirmed_anew():
    other = [a_finding(fingerprint="another", observed_at=nights(n), confirmation=THREE_NIGHTS) for n in (3, 4, 5)]
    _, drifts = through([*gone_on(0, 1, 2), *other])
    assert stages(drifts)[2:] == [
        DriftStage.CONFIRMED,
        DriftStage.PENDING,
        DriftStage.PENDING,
        DriftStage.CONFIRMED,
    ]


CARRIED = Standing(pending=Pending(outcome=Outcome.FAILED, fingerprint="gone", since=NIGHT, last=NIGHT, looks=0))


def test_what_stood_at_another_address_is_confirmed_anew():
    _, drifts = through(gone_on(0, 1, 2), CARRIED)
    assert stages(drifts) == [DriftStage.PENDING, DriftStage.PENDING, DriftStage.CONFIRMED]


def test_what_stood_at_another_address_is_mended_by_the_first_look_that_finds_the_new_one_well():
    standing, drifts = through([a_finding(Outcome.PASSED, observed_at=nights(1), fingerprint="present")], CARRIED)
    assert stages(drifts) == [DriftStage.MENDED]
    assert not standing.is_carried


def test_what_stood_at_another_address_is_not_mended_by_somebodys_word():
    word = a_finding(Outcome.PASSED, observed_at=nights(1), seen={"stated_by": "KF"})
    assert advance(CARRIED, word) == (CARRIED, None)


def test_how_often_a_suspicion_had_been_seen_is_counted_from_the_looks_themselves():
    first, second = gone_on(0, 1)
    soon = a_finding(observed_at=NIGHT + timedelta(hours=1), confirmation=THREE_NIGHTS)
    assert list(looks_by((DriftStage.PENDING, each) for each in (first, soon, second))) == [1, 0, 2]


def test_what_was_calm_or_told_in_between_is_counted_anew():
    one, two, three = gone_on(0, 1, 2)
    for ended in (DriftStage.CALMED, DriftStage.CONFIRMED, DriftStage.MENDED):
        assert list(looks_by([(DriftStage.PENDING, one), (ended, two), (DriftStage.PENDING, three)])) == [1, 0, 1]
