"""Refusals from below, and names of platforms, as a Swedish city reads them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.desk import Desk

ROW = "Kulturförvaltningen;Bokpodden;https://shows.acast.com/bokpodden-almestad\n"
REGISTER = "Förvaltning;Namn;Adress\n" + ROW


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.environment["KANALKOLL_LANGUAGE"] = "sv"
    return desk


def test_a_register_without_addresses_is_refused_in_swedish(desk: Desk):
    refused = desk.run("register", "import", desk.file("register.csv", "Förvaltning;Namn\nKF;Museet\n"))
    assert refused.exit_code == 2
    assert "ingen kolumn har adresser" in refused.stderr
    assert "no column" not in refused.stderr


def test_a_database_that_cannot_be_had_is_told_of_in_swedish(desk: Desk):
    desk.environment["KANALKOLL_DATABASE_URL"] = f"sqlite:///{desk.folder / 'nowhere' / 'desk.sqlite3'}"
    refused = desk.run("findings")
    assert refused.exit_code == 2
    assert "databasen kunde inte göra det" in refused.stderr


def test_a_register_that_moved_on_is_told_of_in_swedish(desk: Desk):
    desk.answer("register", "import", desk.file("register.csv", REGISTER))
    desk.answer("register", "import", desk.file("register.csv", REGISTER.replace("Bokpodden", "Podden")))
    refused = desk.run("register", "undo", "1", "--confirm-removals", "1")
    assert refused.exit_code == 2
    assert "har ändrats av någon annan" in refused.stderr


@pytest.mark.parametrize(("language", "named"), [("sv", "Podd"), ("en", "Podcast")])
def test_a_platform_is_named_in_the_terminals_language_and_by_its_key_in_json(desk: Desk, language: str, named: str):
    desk.environment["KANALKOLL_LANGUAGE"] = language
    desk.answer("register", "import", desk.file("register.csv", REGISTER))
    answer = ("attest", "answer", "1", "--by", "KF", "--yes", "ours")
    assert f"Bokpodden ({named}, " in desk.run(*answer).stderr
    assert f"{named} " in desk.run("reach").stdout
    assert json.loads(desk.run("reach", "--json").stdout)["platforms"][0]["platform"] == "podcast"


def test_a_platform_may_be_typed_as_it_is_read(desk: Desk):
    by_name, by_key = (desk.run("held", "withdraw", typed, "gone", "--by", "KF") for typed in ("Podd", "podcast"))
    assert (by_name.exit_code, by_name.stderr) == (1, by_key.stderr)
    assert "Podd" in by_key.stderr
