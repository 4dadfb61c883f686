"""Administrations that are spelt almost as another, and persons' own profiles: asked about, never refused."""

from __future__ import annotations

import pytest

from audits.register_names import abbreviated, near_asked, near_names
from audits.registering import RegisterRow
from tests.importing.prepared import prepared
from worker.importing.preparing import Known


@pytest.mark.parametrize(
    "slip",
    [
        "Kultur- och fritidsförvaltnigen",
        "Kultur- och fritidsförvlatningen",
        "Kultur och fritidsförvaltningen",
        "kultur- och fritidsförvaltningen",
        "Kulturoch fritidsförvaltningen",
    ],
)
def test_a_name_that_is_almost_another_is_asked_about(slip):
    assert near_names({"Kultur- och fritidsförvaltningen": 7, slip: 1}) == {slip: "Kultur- och fritidsförvaltningen"}


@pytest.mark.parametrize(
    "written", ["Vård & omsorgsförvaltningen", "Vård+omsorgsförvaltningen", "Vård o. omsorgsförvaltningen"]
)
def test_a_name_that_writes_and_otherwise_is_asked_about(written):
    assert near_names({"Vård- och omsorgsförvaltningen": 7, written: 1}) == {written: "Vård- och omsorgsförvaltningen"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Östra skolförvaltningen", "Västra skolförvaltningen"),
        ("Norra skolförvaltningen", "Södra skolförvaltningen"),
        ("Skolområde 1", "Skolområde 2"),
        ("Förvaltning A", "Förvaltning B"),
        ("Kulturförvaltningen", "Skolförvaltningen"),
        ("KF", "SF"),
    ],
)
def test_names_of_their_own_are_not_asked_about(one, other):
    assert near_names({one: 2, other: 1}) == {}


def test_of_two_names_that_as_many_accounts_have_one_is_asked_about():
    assert near_names({"Miljöförvaltningen": 1, "Miljöförvaltnigen": 1}) == {"Miljöförvaltningen": "Miljöförvaltnigen"}


@pytest.mark.parametrize(
    ("accounts", "asked"),
    [
        (1, "the administration is spelt both Miljöförvaltnigen and Miljöförvaltningen: are they the same"),
        (7, "the administration is spelt Miljöförvaltnigen: is Miljöförvaltningen meant?"),
    ],
)
def test_neither_of_two_names_that_as_many_accounts_have_is_called_the_right_one(accounts, asked):
    counts = {"Miljöförvaltnigen": 1, "Miljöförvaltningen": accounts}
    assert near_asked("Miljöförvaltnigen", "Miljöförvaltningen", counts).startswith(asked)


def test_very_many_names_are_taken_as_they_stand():
    assert near_names({f"Förvaltningen {'abcdefghij'[at % 10] * (at + 6)}": 1 for at in range(301)}) == {}


def test_a_slip_is_held_against_the_file_and_against_the_register(tmp_path):
    head, row = "Förvaltning;Namn;Adress\n", "Kulturförvaltnigen;A;https://x.com/a\n"
    standing = RegisterRow(platform="x", name="B", administration="Kulturförvaltningen", key="x:b")
    known = Known(rows={1: standing, 2: standing})
    (stated,) = prepared(tmp_path, head + row, known=known, partial=True).read.stated
    assert stated.row.administration == "Kulturförvaltnigen"
    assert stated.remarks == ("the administration is spelt Kulturförvaltnigen: is Kulturförvaltningen meant?",)


@pytest.mark.parametrize(("kind", "asked"), [("", 1), ("befattning", 0)])
def test_a_person_s_own_profile_is_taken_and_asked_about_unless_it_is_an_office_s(tmp_path, kind, asked):
    table = f"Namn;Adress;Typ\nAnna;https://www.linkedin.com/in/anna-almestad/;{kind}\n"
    (stated,) = prepared(tmp_path, table).read.stated
    assert stated.row.key == "linkedin:in:anna-almestad"
    assert len([each for each in stated.remarks if "own profile" in each]) == asked


WHOLE = [
    "Barn- och utbildningsförvaltningen", "Kulturförvaltningen", "Kultur- och fritidsförvaltningen",
    "Socialförvaltningen", "Stadsbyggnadsförvaltningen", "Vård- och omsorgsförvaltningen",
]  # fmt: skip


@pytest.mark.parametrize(
    ("short", "meant"),
    [
        ("VOF", ["Vård- och omsorgsförvaltningen"]), ("BUF", ["Barn- och utbildningsförvaltningen"]),
        ("SBF", ["Stadsbyggnadsförvaltningen"]), ("KF", ["Kultur- och fritidsförvaltningen", "Kulturförvaltningen"]),
        ("SF", ["Socialförvaltningen", "Stadsbyggnadsförvaltningen"]), ("VOOF", ["Vård- och omsorgsförvaltningen"]),
    ],
)  # fmt: skip
def test_an_abbreviation_is_asked_about_with_the_names_that_it_may_stand_for(short: str, meant: list[str]) -> None:
    assert list(abbreviated([short, *WHOLE])[short]) == meant


@pytest.mark.parametrize("name", ["IT", "XQ", "Kf", "Museum", "OV", ""])
def test_a_name_that_abbreviates_no_other_is_left_alone(name: str) -> None:
    assert name not in abbreviated([name, *WHOLE])


def test_a_register_in_which_every_name_is_short_is_not_asked_about() -> None:
    assert abbreviated(["VOF", "SBF", "KF", "VF"]) == {}
