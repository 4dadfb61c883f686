"""`kanalkoll register recipients`: seen, set, told in words when wrong, taken back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.desk import Desk
from worker.cli.recipients import in_spans

REGISTER = """Förvaltning;Enhet;Namn;Adress
Kulturförvaltningen;Museet;Almestads museum;https://www.instagram.com/almestadsmuseum/
Kulturförvaltningen;;Almestads kultur;https://x.com/almestadskultur
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    assert desk.run("register", "import", desk.file("register.csv", REGISTER)).exit_code == 0
    return desk


def told(desk: Desk) -> dict[int, tuple[str | None, str | None]]:
    lines = desk.run("register", "recipients", "list", "--json").stdout.splitlines()
    rows = [row for row in map(json.loads, lines) if "account" in row]
    return {row["account"]: (row["recipient"], row["answering"]) for row in rows}


def test_each_level_can_be_set_and_the_nearest_is_told(desk: Desk):
    assert told(desk) == {1: (None, "nobody"), 2: (None, "nobody")}
    desk.answer(
        "register", "recipients", "set", "--administration", "Kulturförvaltningen", "--to", "kf@almestad.example"
    )
    desk.answer(
        "register", "recipients", "set", "--administration", "Kulturförvaltningen", "--unit", "Museet",
        "--to", "museet@almestad.example", "--language", "en",
    )  # fmt: skip
    assert told(desk) == {1: ("museet@almestad.example", "unit"), 2: ("kf@almestad.example", "administration")}
    desk.answer("register", "recipients", "set", "--account", "2", "--to", "egen@almestad.example")
    assert told(desk)[2] == ("egen@almestad.example", "account")


def test_everything_that_somebody_who_leaves_was_told_is_handed_over_at_once_and_taken_back_at_once(desk: Desk):
    place = ("register", "recipients", "set", "--administration", "Kulturförvaltningen")
    desk.answer(*place, "--unit", "Museet", "--to", "bea@almestad.example")
    desk.answer("register", "recipients", "set", "--account", "2", "--to", "Bea@almestad.example")
    before = told(desk)
    move = ("register", "recipients", "move", "bea@almestad.example", "--to", "bo@almestad.example")
    assert "Nothing has been changed" in desk.run(*move, "--dry-run").stderr
    assert told(desk) == before
    done = desk.answer(*move)
    assert (done["accounts"], done["places"]) == ([2], 1)
    assert told(desk) == {1: ("bo@almestad.example", "unit"), 2: ("bo@almestad.example", "account")}
    nothing = desk.run("register", "recipients", "move", "bo@almestad.example", "--to", "bo@almestad.example")
    assert (nothing.exit_code, nothing.stderr) == (1, "bo@almestad.example already has that mailbox.\n")
    wrong = desk.run(*move)
    assert wrong.exit_code == 2
    assert "bo@almestad.example" in wrong.stderr
    desk.answer("register", "undo")
    assert told(desk) == before


def test_a_mailbox_that_is_set_says_how_many_accounts_it_answers_for(desk: Desk):
    desk.answer("register", "recipients", "set", "--account", "2", "--to", "egen@almestad.example")
    place = ("register", "recipients", "set", "--administration", "Kulturförvaltningen")
    assert (
        "It receives letters about 1 account; 1 has a mailbox" in desk.run(*place, "--to", "kf@almestad.example").stderr
    )
    done = desk.answer(*place, "--to", "ny@almestad.example")
    assert (done["answers_for"], done["own_mailbox"]) == (1, 1)


def test_accounts_of_one_place_with_one_mailbox_stand_in_one_row(desk: Desk):
    rows = "".join(f"Kulturförvaltningen;Museet;Konto {n};https://x.com/k{n}\n" for n in (1, 2, 3))
    desk.answer("register", "import", desk.file("flera.csv", REGISTER + rows))
    desk.answer("register", "recipients", "set", "--account", "4", "--to", "egen@almestad.example")
    desk.answer(
        "register", "recipients", "set", "--administration", "Kulturförvaltningen", "--to", "kf@almestad.example"
    )
    desk.environment["COLUMNS"] = "160"
    shown = desk.run("register", "recipients", "list").stdout
    assert [" 1, 3, 5 " in shown, " 4 " in shown, " 2 " in shown] == [True, True, True]
    assert in_spans([7, 1, 3, 2, 9, 8]) == "1-3, 7-9"


def test_the_officer_is_told_where_nobody_else_is(desk: Desk):
    desk.environment["KANALKOLL_OFFICER_RECIPIENT"] = "kommunikation@almestad.example"
    assert told(desk)[1] == ("kommunikation@almestad.example", "officer")


def test_the_list_shows_who_is_told_and_counts_the_accounts_that_nobody_is_told_of(desk: Desk):
    desk.answer("register", "recipients", "set", "--account", "2", "--to", "egen@almestad.example")
    desk.environment["COLUMNS"] = "160"
    shown = desk.run("register", "recipients", "list", "--language", "sv")
    assert "kontots egen brevlåda" in shown.stdout
    assert "almestad.example" in shown.stdout.splitlines()[4]
    assert "Ett konto har ingen mottagare: nr 1." in shown.stderr
    assert "nobody" not in shown.stdout


def test_what_stood_there_is_told_where_a_mailbox_is_set_anew(desk: Desk):
    words = ("register", "recipients", "set", "--account", "2", "--to")
    assert desk.answer(*words, "bea@almestad.example")["was"] is None
    assert "Before, it was bea@almestad.example." in desk.run(*words, "cleo@almestad.example").stderr
    assert desk.answer(*words, "dan@almestad.example")["was"] == "cleo@almestad.example"


def test_undo_takes_the_last_mailbox_back(desk: Desk):
    desk.answer("register", "recipients", "set", "--account", "2", "--to", "egen@almestad.example")
    desk.answer("register", "undo")
    assert told(desk)[2] == (None, "nobody")


@pytest.mark.parametrize(
    ("words", "told_why"),
    [
        (("--administration", "Okänd", "--to", "a@almestad.example"), "Kulturförvaltningen"),
        (("--administration", "Kulturförvaltningen", "--unit", "Okänd", "--to", "a@almestad.example"), "Museet"),
        (("--account", "99", "--to", "a@almestad.example"), "no account 99"),
        (("--account", "1", "--to", "Kalle"), "not an e-mail address"),
        (("--to", "a@almestad.example"), "Say whose mailbox"),
    ],
)
def test_what_cannot_be_set_is_told_with_what_would_do(desk: Desk, words: tuple[str, ...], told_why: str):
    result = desk.run("register", "recipients", "set", *words)
    assert result.exit_code == 2
    assert told_why in result.stderr


def test_setting_what_is_set_already_does_nothing(desk: Desk):
    words = ("register", "recipients", "set", "--account", "1", "--to", "a@almestad.example")
    assert [desk.run(*words).exit_code for _ in range(2)] == [0, 1]


def test_the_language_of_a_mailbox_is_not_that_of_the_answer(desk: Desk):
    place = ("register", "recipients", "set", "--administration", "Kulturförvaltningen", "--to", "kf@almestad.example")
    assert desk.run(*place, "--language", "sv").stdout == desk.run(*place).stdout
