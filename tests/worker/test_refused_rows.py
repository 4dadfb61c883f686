"""The rows that an import did not take: told when it happens, and listed until they are mended."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.desk import Desk

GOOD = "Förvaltning;Namn;Adress\nKultur;Museet;https://x.com/museet\n"
BAD = GOOD + "Kultur;Simhallen;https://simhallen\n"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def refused(desk: Desk) -> list[dict[str, object]]:
    return [json.loads(line) for line in desk.run("register", "refused", "--json").stdout.splitlines()]


def test_what_was_not_taken_is_told_and_listed_with_line_value_and_remedy(desk: Desk):
    told = desk.run("register", "import", desk.file("lista.csv", BAD)).stderr
    assert "One row was not accepted; kanalkoll register refused lists it." in told
    row = refused(desk)[0]
    assert (row["source"], row["line"], row["column"], row["value"]) == ("lista.csv", 3, "Adress", "https://simhallen")
    assert row["reason"]
    assert row["remedy"]
    desk.environment["KANALKOLL_LANGUAGE"] = "sv"
    desk.environment["COLUMNS"] = "200"
    assert "adressen leder inte till något konto" in desk.run("register", "refused").stdout


def test_a_password_that_was_pasted_with_an_address_is_not_kept(desk: Desk):
    desk.run("register", "import", desk.file("lista.csv", GOOD + "Kultur;Bad;https://bad:hemlig-0815@bad.example/a\n"))
    assert [row["value"] for row in refused(desk)] == ["https://…@bad.example/a"]
    assert not [each for each in desk.folder.glob("*.sqlite3*") if b"hemlig-0815" in each.read_bytes()]


def test_a_row_that_was_mended_leaves_the_list(desk: Desk):
    desk.run("register", "import", desk.file("lista.csv", BAD))
    desk.run("register", "import", desk.file("lista.csv", GOOD))
    assert refused(desk) == []
    assert "Every row of the latest imports was accepted." in desk.run("register", "refused").stderr


def test_looking_first_remembers_nothing(desk: Desk):
    told = desk.run("register", "import", desk.file("lista.csv", BAD), "--dry-run").stderr
    assert "One row would not be accepted." in told
    assert refused(desk) == []


def test_a_list_that_init_takes_is_remembered_too(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(desk.folder)
    desk.file("lista.csv", BAD)
    city = ("--city", "Almestad", "--site", "almestad.example", "--register", "lista.csv", "--language", "en", "--yes")
    assert desk.run("init", *city).exit_code == 0
    assert [row["source"] for row in refused(desk)] == ["lista.csv"]


STATES = "Förvaltning;Namn;Adress;Status\nKultur;Museet;https://x.com/museet;kanske\n"


def test_a_state_that_nobody_understood_waits_though_its_account_was_taken(desk: Desk):
    desk.run("register", "import", desk.file("lista.csv", STATES))
    (row,) = refused(desk)
    assert (row["line"], row["value"], "its state is kanske" in str(row["reason"])) == (2, "kanske", True)
    assert "One cell or row of an imported file needs correcting" in desk.run("register", "check").stderr
    desk.run("register", "import", desk.file("lista.csv", STATES.replace("kanske", "aktiv")))
    assert refused(desk) == []
    assert "waits" not in desk.run("register", "check").stderr


def test_several_addresses_of_one_row_are_told_to_be_of_one_row(desk: Desk):
    rows = GOOD + "Kultur;Bad;https://x.com/share?url=1 https://x.com/share?url=2\n"
    assert "(2 in one row)" in desk.run("register", "import", desk.file("lista.csv", rows)).stdout
    assert "in one row" not in desk.run("register", "import", desk.file("lista.csv", BAD), "--dry-run").stdout


def test_many_are_told_by_reason_and_written_as_a_file_that_a_spreadsheet_opens(desk: Desk):
    rows = "".join(f"Kultur;Bad {at};https://x.com/bad{at}/status/20\n" for at in range(30))
    good = "".join(f"Kultur;Hall {at};https://x.com/hall{at}\n" for at in range(31))
    desk.environment["COLUMNS"] = "200"
    desk.run("register", "import", desk.file("lista.csv", f"{GOOD}{rows}Kultur;=Bad;https://simhallen\n{good}"))
    shown = desk.run("register", "refused").stdout
    told = " ".join(shown.split())
    assert ("(31)" in told, "lista.csv 30 " in told, "line 3;" in told) == (True, True, True)
    file = desk.folder / "faults.csv"
    assert "31 rows and cells were written" in desk.run("register", "refused", "--to", str(file)).stderr
    first, *lines = file.read_bytes().decode("utf-8-sig").splitlines()
    assert (first, len(lines)) == ("File;Sheet;Line;Column;Value;Why;Remedy", 31)
    assert lines[-1].startswith("lista.csv;;33;Adress;https://simhallen;")
