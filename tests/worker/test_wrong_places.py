"""Whatever a command is told to write to or to read and cannot, is told in one line with its remedy."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.desk import Desk
from tests.servers.processes import held_port

REGISTER = "Förvaltning;Namn;Adress\nKultur;Almestads museum;https://www.instagram.com/almestadsmuseum/\n"
WRITERS = (
    ("register", "export", "--to"), ("report", "--out"), ("public-list", "generate", "--to"), ("digest", "--preview"),
    ("pictures", "list", "--folder"), ("demo", "--out"),
)  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.answer("register", "import", desk.file("register.csv", REGISTER))
    return desk


@pytest.mark.parametrize("command", WRITERS)
def test_a_place_below_a_file_is_refused_in_one_line(desk: Desk, command: tuple[str, ...]):
    done = desk.run(*command, str(desk.folder / "register.csv" / "out.csv"))
    [error] = [line for line in done.stderr.splitlines() if line.startswith("Error")]
    assert done.exit_code == 2, done.output
    assert "is a file or is inside one; give the name of a folder" in error


def test_a_file_in_a_folder_that_is_not_there_is_refused_in_one_line(desk: Desk):
    done = desk.run("register", "export", "--to", "/finns/ej/e.csv")
    told = "/finns/ej/e.csv: there is no such file or folder; correct the path, or create the folder first"
    assert (done.exit_code, done.stderr) == (2, f"Error: {told}\n")


def test_a_full_disk_is_told_in_one_line_and_is_no_bad_input(desk: Desk):
    done = desk.run("register", "export", "--to", "/dev/full", "--format", "csv")
    assert (done.exit_code, len(done.stderr.strip().splitlines())) == (1, 1), done.output
    assert "the disk is full" in done.stderr


def test_a_door_that_another_holds_is_told_in_one_line(desk: Desk):
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
        done = desk.run("console", "--port", str(port))
    assert (done.exit_code, len(done.stderr.strip().splitlines())) == (2, 1), done.output
    assert f"cannot listen on 127.0.0.1, port {port}: “Address already in use”" in done.stderr


def test_the_pages_are_not_served_over_a_database_that_nobody_began(desk: Desk):
    (desk.folder / "desk.sqlite3").unlink()
    with held_port() as port:
        done = desk.run("console", "--port", str(port))
    assert (done.exit_code, (desk.folder / "desk.sqlite3").exists()) == (1, False)
    assert "There is no database yet" in done.stderr


@pytest.mark.parametrize(
    ("name", "value"), [("LANGUAGE", "tyska"), ("RULES_FILE", "nej.toml"), ("DATABASE_URL", "mysql://x")]
)
@pytest.mark.parametrize("command", [("findings",), ("register", "export"), ("migrate",), ("case", "list")])
def test_every_command_tells_a_wrong_setting_in_one_line(desk: Desk, name: str, value: str, command: tuple[str, ...]):
    desk.environment[f"KANALKOLL_{name}"] = value
    done = desk.run(*command)
    assert (done.exit_code, len(done.stderr.strip().splitlines())) == (2, 1), done.output
    assert done.stderr.startswith(f"Error: KANALKOLL_{name}: ")


@pytest.mark.parametrize(
    ("name", "value"), [("LANGUAGE", "tyska"), ("RULES_FILE", "nej.toml"), ("DATABASE_URL", "mysql://x")]
)
def test_the_doctor_tells_a_wrong_setting_too(desk: Desk, name: str, value: str):
    desk.environment[f"KANALKOLL_{name}"] = value
    done = desk.run("doctor", "--json")
    assert done.exit_code == 1
    assert f"KANALKOLL_{name}: " in done.stdout


def test_rules_that_are_no_text_are_named_with_the_remedy(desk: Desk):
    (desk.folder / "some.xlsx").write_bytes(b"PK\x03\x04\xff\xfe")
    done = desk.run("rules", "what-if", str(desk.folder / "some.xlsx"))
    assert (done.exit_code, done.stderr) == (
        2, f"Error: {desk.folder / 'some.xlsx'}: is not a text file in UTF-8; save it as UTF-8, or give another file\n",
    )  # fmt: skip


def test_a_copy_of_the_list_may_be_named_from_where_one_stands(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(desk.folder)
    desk.file("list.html", '<main><a href="https://www.instagram.com/almestadsmuseum/">Museet</a></main>')
    assert desk.answer("public-list", "diff", "--file", "list.html")["listed"] == 1


def test_an_audit_that_could_read_nothing_says_so_and_counts_nothing(desk: Desk):
    desk.answer("register", "import", desk.file("register.csv", "Konto\nhttps://www.instagram.com/almestadsmuseum/\n"))
    for command in (("audit",), ("recheck", "1")):
        told = desk.run(*command, "--language", "sv").stderr
        assert "inget frågades, och inget konto gick att läsa" in told
        assert "räknas som det är" not in told


def test_a_walk_without_a_contact_page_says_so_and_blames_no_site(desk: Desk):
    desk.environment |= {"KANALKOLL_LIVE": "true", "KANALKOLL_AGENT_CONTACT": "almestad.example/kanalkoll"}
    told = desk.run("discover", "--site", "https://almestad.example", "--language", "sv")
    assert told.exit_code == 1
    assert "har ingen kontaktsida att hänvisa till" in told.stderr
    assert "lämnas i fred" not in told.stderr
    assert "robots.txt in oss" not in told.stderr
