from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.register_plan import ImportPlan, plan_import
from audits.registering import ChangeKind, RegisterRow
from tests.importing.prepared import a_row


def standing(count: int) -> dict[int, RegisterRow]:
    return {number: a_row(number) for number in range(1, count + 1)}


def kinds(plan: ImportPlan) -> list[ChangeKind]:
    return [change.kind for change in plan.changes]


def test_the_same_register_again_changes_nothing():
    plan = plan_import(standing(5), list(standing(5).values()))
    assert not plan.changes_anything


def test_a_new_row_is_added():
    assert kinds(plan_import({}, [a_row(1)])) == [ChangeKind.ADD]


def test_a_moved_account_keeps_its_number():
    moved = a_row(1, administration="SBF")
    (change,) = plan_import(standing(1), [moved]).changes
    assert (change.kind, change.account_id) == (ChangeKind.CHANGE, 1)


def test_a_renamed_account_is_known_by_the_files_own_reference():
    before = {1: a_row(1, ref="A-17")}
    (change,) = plan_import(before, [a_row(1, ref="A-17", key="x:nyttnamn", name="Nytt namn")]).changes
    assert (change.kind, change.account_id) == (ChangeKind.CHANGE, 1)


def test_two_rows_for_one_address_stay_two_accounts():
    twins = {1: a_row(1, language="sv"), 2: a_row(1, language="en")}
    plan = plan_import(twins, list(reversed(twins.values())))
    assert not plan.changes_anything


def test_what_the_file_no_longer_holds_is_removed():
    plan = plan_import(standing(20), list(standing(19).values()))
    assert kinds(plan).count(ChangeKind.REMOVE) == 1
    assert not plan.held


def test_a_part_of_the_register_removes_nothing():
    plan = plan_import(standing(20), [a_row(1)], partial=True)
    assert ChangeKind.REMOVE not in kinds(plan)


def test_a_list_that_lost_much_is_held_for_a_person():
    plan = plan_import(standing(100), list(standing(56).values()))
    assert plan.held
    assert len(plan.of(ChangeKind.REMOVE)) == 44


@pytest.mark.parametrize(("before", "after"), [(10, 8), (4, 3), (4, 2), (30, 26)])
def test_a_fifth_of_a_register_and_a_tenth_of_a_larger_one_are_held_for_a_person(before, after):
    assert plan_import(standing(before), list(standing(after).values())).held


@pytest.mark.parametrize(("before", "after"), [(11, 9), (6, 5), (30, 27)])
def test_fewer_are_removed_without_a_question(before, after):
    assert not plan_import(standing(before), list(standing(after).values())).held


CLAIMS = {
    "by its address": a_row(20, name="Annat", address="https://x.com/konto20"),
    "by its name and platform": a_row(20, key=None),
    "by its name alone": a_row(20, key=None, platform=""),
    "by its number": a_row(99, key=None, ref="#20"),
    "by an address that is guessed": a_row(20, name="Annat"),
}


@pytest.mark.parametrize("known", CLAIMS)
def test_an_account_whose_row_was_refused_stays_as_it_was(known):
    before = {at: replace(row, address=f"https://x.com/konto{at}") for at, row in standing(20).items()}
    plan = plan_import(before, list(before.values())[:19], claims=[CLAIMS[known]])
    assert (set(kinds(plan)), plan.spared, plan.withheld) == ({ChangeKind.SAME}, (20,), ())


def test_an_account_that_no_refused_row_is_about_is_removed_beside_one_that_stays():
    plan = plan_import(standing(20), list(standing(18).values()), claims=[a_row(20, key=None)])
    assert [change.account_id for change in plan.of(ChangeKind.REMOVE)] == [19]


def test_a_refused_row_that_may_be_anybodys_keeps_all_until_a_person_has_said_how_many_are_to_go():
    claims = [a_row(77, key=None, platform="", name="")]
    plan = plan_import(standing(20), list(standing(19).values()), claims=claims)
    assert (set(kinds(plan)), plan.withheld) == ({ChangeKind.SAME}, (20,))
    said = plan_import(standing(20), list(standing(19).values()), claims=claims, confirmed=1)
    assert (len(said.of(ChangeKind.REMOVE)), said.withheld) == (1, ())


def test_an_accounts_own_limits_survive_a_file_that_does_not_hold_them():
    patient = {1: a_row(1, limits={"notice_days": 200})}
    assert not plan_import(patient, [a_row(1)]).changes_anything


rows = st.lists(st.builds(a_row, st.integers(1, 8), administration=st.sampled_from(["KF", "SBF", None])), max_size=12)


@given(rows, rows)
def test_every_row_and_every_account_is_accounted_for_once(before, stated):
    known = dict(enumerate(before, 1))
    plan = plan_import(known, stated)
    after = [change.after for change in plan.changes if change.after is not None]
    touched = [change.account_id for change in plan.changes if change.account_id is not None]
    assert sorted(map(str, after)) == sorted(map(str, stated))
    assert sorted(touched) == sorted(known)
