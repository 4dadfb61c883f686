"""Values come from the environment, or from files that it names, at the moment of use."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.keys import DeclaredKey, load_keys
from config.safe import NoValue, Safe

SECRET = "hemlig-nyckel-0815"
KEYS = load_keys()
X, TWITCH = KEYS["x"], KEYS["twitch"]


def test_a_key_of_the_environment_is_held() -> None:
    safe = Safe({"KANALKOLL_KEY_X": SECRET})
    assert safe.holds(X)
    assert safe.values(X) == (SECRET, {})


def test_a_key_of_a_file_is_read_without_its_line_end(tmp_path: Path) -> None:
    (tmp_path / "x").write_text(f"{SECRET}\n")
    safe = Safe({"KANALKOLL_KEY_X_FILE": str(tmp_path / "x")})
    assert safe.holds(X)
    assert safe.values(X) == (SECRET, {})


def test_a_renewed_file_is_read_anew(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("the-first-one")
    safe = Safe({"KANALKOLL_KEY_X_FILE": str(tmp_path / "x")})
    assert safe.values(X)[0] == "the-first-one"
    (tmp_path / "x").write_text("the-second-one")
    assert safe.values(X)[0] == "the-second-one"


def test_an_empty_variable_holds_no_key() -> None:
    assert not Safe({"KANALKOLL_KEY_X": ""}).holds(X)


def test_a_key_is_held_only_together_with_what_goes_beside_it() -> None:
    half = Safe({"KANALKOLL_KEY_TWITCH": SECRET})
    assert not half.holds(TWITCH)
    assert half.lacks(TWITCH) == ("KANALKOLL_KEY_TWITCH_CLIENT_ID",)
    whole = Safe({"KANALKOLL_KEY_TWITCH": SECRET, "KANALKOLL_KEY_TWITCH_CLIENT_ID": "klient-4711"})
    assert whole.values(TWITCH) == (SECRET, {"Client-Id": "klient-4711"})


def test_a_key_that_is_not_given_at_all_lacks_nothing() -> None:
    assert Safe({}).lacks(TWITCH) == ()


def test_a_misspelt_variable_is_told_by_its_name() -> None:
    environ = {"KANALKOLL_KEY_YOTUBE_FILE": "/run/key", "KANALKOLL_KEY_X": SECRET, "KANALKOLL_KEYS_FILE": "keys.toml"}
    assert Safe(environ).unknown(KEYS) == ("KANALKOLL_KEY_YOTUBE",)


@pytest.mark.parametrize("value", ["", "   ", "kort", "rad\nbrott-i-nyckeln", "nyckel-med-å", "nyckel\x00nyckel"])
def test_what_cannot_be_a_key_is_refused_by_the_name_of_its_variable(value: str, tmp_path: Path) -> None:
    (tmp_path / "x").write_text(value)
    with pytest.raises(NoValue, match="KANALKOLL_KEY_X") as refused:
        Safe({"KANALKOLL_KEY_X_FILE": str(tmp_path / "x")}).values(X)
    assert value.strip() == "" or value not in str(refused.value)


def test_a_file_that_is_not_there_is_refused_by_the_name_of_its_variable(tmp_path: Path) -> None:
    with pytest.raises(NoValue, match=r"KANALKOLL_KEY_X_FILE: .*there is no such file"):
        Safe({"KANALKOLL_KEY_X_FILE": str(tmp_path / "x")}).values(X)


@given(st.text())
def test_no_value_is_ever_told(value: str) -> None:
    safe = Safe({"KANALKOLL_KEY_X": f"hemlig-{value}-nyckel"})
    told = repr(safe) + repr(X)
    try:
        safe.values(X)
    except NoValue as none:
        told += str(none)
    assert f"hemlig-{value}-nyckel" not in told


def test_a_declared_key_has_no_room_for_a_value() -> None:
    assert "value" not in {name.strip("_") for name in DeclaredKey.__dataclass_fields__}
