"""Refusals from below, and names of platforms, as a Swedish city reads them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.desk import Desk
from tests.empty import migrated

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
    refused = desk.run("migrate")
    assert refused.exit_code == 2
    assert "går inte att öppna: mappen finns inte" in refused.stderr


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


WRONG = {
    "kanalkoll.toml": [
        'language = "sv"\nsmtp_prot = 25\n', 'language = "sv"\nsmtp_port = "många"\n',
        'language = "sv"\nsmtp_port = 0\n',
        'language = "sv"\nsmtp_tls = "ingen"\n', 'language = "sv"\ntimezone = "Almestad"\n', 'language = "sv"\nx = [\n',
        'language = "sv"\ndatabase_url = "mysql://x"\n', 'language = "sv"\nrules_file = "finns-inte.toml"\n',
    ],
    "rules.toml": [
        "[rule\n", "[regel]\n", '[rule.a]\ncheck = "gone"\nsevrity = "high"\n', '[rule.a]\ncheck = "borta"\n',
        '[rule.a]\ncheck = "gone"\nseverity = "hemsk"\n', '[rule.a]\ncheck = "gone"\ndue_days = -1\n',
        "[guard]\nshare = 2\n",
    ],
    "permissions.toml": ["[platforms\n", "[pace]\nseconds = -1\n", "decisions = [{}]\n"],
    "keys.toml": ["[x]\n", '[x_file]\nowner = "IT"\n'],
}  # fmt: skip
NO_SWEDISH = re.compile(r"\b(the|is|are|no|not|with|known|unknown|write|give|line|there|must|cannot|should)\b")


@pytest.mark.parametrize(("file", "text"), [(file, text) for file, texts in WRONG.items() for text in texts])
def test_what_is_wrong_in_a_file_is_told_in_the_language_that_is_set(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, file: str, text: str
):
    monkeypatch.chdir(desk.folder)
    del desk.environment["KANALKOLL_LANGUAGE"], desk.environment["KANALKOLL_DATABASE_URL"]
    migrated(desk.folder / "kanalkoll.sqlite3")
    desk.file("kanalkoll.toml", f'language = "sv"\n{file.removesuffix(".toml")}_file = "{file}"\n')
    desk.file(file, text)
    refused = desk.run("reach")
    assert refused.exit_code == 2
    assert refused.stderr.startswith("Fel: ")
    assert not NO_SWEDISH.findall(refused.stderr), refused.stderr


def test_a_variable_that_only_other_programs_follow_is_told_in_swedish(desk: Desk):
    desk.environment |= {"HTTPS_PROXY": "http://proxy.almestad.example:3128", "COLUMNS": "300"}
    told = desk.run("doctor").stdout
    assert re.search(r"HTTPS_PROXY.* är satta? men följs inte här", told)
    assert "followed" not in told


@pytest.mark.parametrize(
    "stated", [b'\xef\xbb\xbflanguage = "sv"\nmail_from = "\xff"\n', 'language = "sv"\n'.encode("utf-16")]
)
def test_a_file_of_settings_whose_bytes_are_broken_is_refused_in_the_language_it_names(
    desk: Desk, stated: bytes, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(desk.folder)
    (desk.folder / "kanalkoll.toml").write_bytes(stated)
    del desk.environment["KANALKOLL_LANGUAGE"]
    refused = desk.run("digest")
    assert refused.exit_code == 2
    assert "är ingen text i UTF-8" in refused.stderr
