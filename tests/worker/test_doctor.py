"""The doctor tells what is held and what it will cost, and never what it is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import orjson

from config.keys import PATH

ROOT = Path(__file__).parents[2]
SECRET = "hemlig-nyckel-0815"


def examined(folder: Path, **environment: str) -> dict[str, dict[str, Any]]:
    """The doctor's answers by what they are about."""
    own = {
        **{name: value for name, value in os.environ.items() if not name.startswith("KANALKOLL_")},
        "KANALKOLL_DATABASE_URL": f"sqlite:///{folder / 'kanalkoll.sqlite3'}",
        **environment,
    }
    command = [sys.executable, "-m", "worker.cli", "doctor", "--json"]
    done = subprocess.run(command, cwd=ROOT, env=own, capture_output=True, check=False)
    assert SECRET.encode() not in done.stdout + done.stderr
    return {answer["what"]: answer for answer in orjson.loads(done.stdout)}


def test_a_deployment_without_keys_is_not_wrong(tmp_path: Path) -> None:
    answer = examined(tmp_path)["keys"]
    assert (answer["state"], answer["remedy"]) == ("absent", "kanalkoll reach says what each would open")


def test_a_held_key_is_told_with_what_it_has_used_up(tmp_path: Path) -> None:
    answer = examined(tmp_path, KANALKOLL_KEY_X=SECRET)["key x"]
    assert answer["state"] == "well"
    assert "0 of 30 USD used in " in answer["told"]


def test_a_key_that_lacks_its_companion_is_told_what_to_set(tmp_path: Path) -> None:
    answer = examined(tmp_path, KANALKOLL_KEY_TWITCH=SECRET)["key twitch"]
    assert (answer["state"], answer["remedy"]) == ("wrong", "set KANALKOLL_KEY_TWITCH_CLIENT_ID")


def test_a_misspelt_key_is_told(tmp_path: Path) -> None:
    answer = examined(tmp_path, KANALKOLL_KEY_YOTUBE=SECRET)["keys"]
    assert answer["told"] == "KANALKOLL_KEY_YOTUBE belongs to no declared key"


def test_an_expired_key_is_wrong_and_its_owner_is_named(tmp_path: Path) -> None:
    keys = tmp_path / "keys.toml"
    keys.write_text(PATH.read_text().replace("[x]", "[x]\nexpires_on = 2020-01-01"))
    answer = examined(tmp_path, KANALKOLL_KEY_X=SECRET, KANALKOLL_KEYS_FILE=str(keys))["key x"]
    assert answer["state"] == "wrong"
    assert answer["told"].startswith("expired; holds until 2020-01-01")
    assert answer["remedy"] == "communications officer: renew it"


def test_a_keys_file_that_cannot_be_read_is_told_by_its_place(tmp_path: Path) -> None:
    keys = tmp_path / "keys.toml"
    keys.write_text('[x]\nplatforms = ["x"]\n')
    answer = examined(tmp_path, KANALKOLL_KEYS_FILE=str(keys))["keys"]
    assert (answer["state"], answer["told"]) == ("wrong", "keys.toml, [x]: hosts is missing")
