from dataclasses import replace

import pytest

from audits.health import Failure, Guard, accuses, departs, mass_changes, was_told_lately
from audits.model import Outcome, Pending, Standing
from tests.builders import NIGHT, nights

WHERE = ("facebook", "gone")
NEVER_SEEN = Failure(platform="facebook", rule="gone", seen_at=NIGHT)
SUSPECTED = replace(
    NEVER_SEEN,
    before=Standing(pending=Pending(outcome=Outcome.FAILED, fingerprint="gone", since=NIGHT, last=NIGHT)),
)
TOLD = replace(NEVER_SEEN, before=Standing(outcome=Outcome.FAILED, fingerprint="gone", decided_at=NIGHT))


def test_a_fifth_of_a_platform_at_once_is_held():
    where = ("facebook", "gone")
    assert mass_changes([where] * 3, {where: 14}) != ()
    assert mass_changes([where] * 3, {where: 15}) == ()


def test_what_somebody_vouches_for_is_not_held():
    where = ("youtube", "gone")
    assert mass_changes([where] * 5, {where: 5}, believed={where}) == ()
    assert mass_changes([where] * 5, {where: 5}, believed={("youtube", "suspended")}) != ()


def test_fewer_than_three_are_never_held():
    where = ("facebook", "gone")
    assert mass_changes([where] * 2, {where: 2}) == ()
    assert mass_changes([where] * 2, {where: 2}, Guard(least=2)) != ()


def test_an_unguarded_rule_counts_once_it_has_been_decided():
    decided = replace(NEVER_SEEN, before=Standing(outcome=Outcome.PASSED, decided_at=NIGHT))
    assert not departs(NEVER_SEEN, guarded=False)
    assert departs(decided, guarded=False)
    assert departs(NEVER_SEEN, guarded=True)


def test_who_is_suspected_already_counts_in_a_night_and_not_in_a_look_at_a_few():
    assert accuses(SUSPECTED, guarded=True)
    assert not departs(SUSPECTED, guarded=True)


def test_what_was_told_lately_counts_with_those_that_come_after_it():
    assert mass_changes([WHERE], {WHERE: 10}, told=[WHERE] * 2) != ()
    assert mass_changes([WHERE], {WHERE: 10}, told=[WHERE]) == ()


def test_what_was_told_lately_is_no_wave_where_nobody_comes_after_it():
    assert mass_changes([], {WHERE: 10}, told=[WHERE] * 5) == ()


@pytest.mark.parametrize(("night", "counts"), [(1, True), (6, True), (7, False)])
def test_who_was_told_leaves_the_wave_after_some_nights(night: int, counts: bool):
    assert was_told_lately(replace(TOLD, seen_at=nights(night)), Guard(nights=7)) is counts


def test_who_was_never_told_is_not_told_lately():
    passed = replace(NEVER_SEEN, before=Standing(outcome=Outcome.PASSED, decided_at=NIGHT))
    assert not was_told_lately(passed, Guard())
    assert not was_told_lately(NEVER_SEEN, Guard())
