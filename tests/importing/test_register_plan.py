from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from audits.register_plan import ImportPlan, plan_import
from audits.registering import ChangeKind, RegisterRow


def a_row(number: int, **changes: Any) -> RegisterRow:
    row = RegisterRow(platform="x", name=f"Konto {number}", key=f"x:konto{number}", administration="KF")
    return replace(row, **changes)


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


def test_a_small_register_may_lose_two():
    assert not plan_import(standing(4), list(standing(2).values())).held


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
